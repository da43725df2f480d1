"""What clauses promise in figures: `{% load targets %}{{ clause.target|as_target }}`."""

import json

from django import template

from consultations.standards.targets import Target, read

register = template.Library()


@register.filter
def as_target(stored: dict | None) -> Target | None:
    """The target that is stored with a clause; it speaks the reader's language."""
    return read(stored)


@register.filter
def figures(text: str) -> str:
    """A target as an edit of the draft keeps it (JSON, or nothing), in words."""
    return str(read(json.loads(text)) or "") if text else ""
