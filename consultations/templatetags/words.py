"""Words that changed: `{% load words %}{% word_diff old new %}`."""

from django import template
from django.utils.safestring import SafeString

from consultations.standards.diffing import diff_html

register = template.Library()


@register.simple_tag
def word_diff(old: str, new: str) -> SafeString:
    """Deleted and added words in place; stands inside an element of class rb-diff."""
    return diff_html(old, new)
