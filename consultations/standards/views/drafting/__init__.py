"""The drafter's editor: the working draft of a standard, clause by clause."""
