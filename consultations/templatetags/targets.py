"""What clauses promise in figures: `{% load targets %}{{ clause.target|as_target }}`."""

from django import template

from consultations.standards.targets import Target, read

register = template.Library()


@register.filter
def as_target(stored: dict | None) -> Target | None:
    """The target that is stored with a clause; it speaks the reader's language."""
    return read(stored)
