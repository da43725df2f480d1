"""Public pages of outcomes: the answers of a consultation, and why the words of a standard are as
they are."""
