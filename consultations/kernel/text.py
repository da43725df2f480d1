"""What people type, made safe to keep: one normal form, nothing invisible that lies.

Counts characters as the person sees them (extended grapheme clusters, UAX #29), so that an emoji
or an accented letter is one.
"""

import unicodedata

import regex
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.kernel.errors import Invalid

# Embeddings, overrides and isolates reorder what others read (Unicode TR #36, "Trojan Source").
_REORDERING = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
# A character as seen may take several code points; more than this many is an attack.
_MOST_CODE_POINTS_PER_CHARACTER = 12
_GRAPHEME = regex.compile(r"\X")


def clean_text(value: str, *, limit: int, field: str) -> str:
    """`value` in NFC with plain line ends and no outer space, or Invalid that names `field`.

    `limit` is in characters as they are seen.
    """
    if len(value) > limit * _MOST_CODE_POINTS_PER_CHARACTER:
        raise Invalid(_too_long(limit), field=field)
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if found := next((char for char in text if _is_forbidden(char)), None):
        message = _(
            "This contains a character that cannot be shown (U+%(code)s). Delete it and send again."
        )
        raise Invalid(message % {"code": f"{ord(found):04X}"}, field=field)
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > limit and count_characters(text) > limit:
        raise Invalid(_too_long(limit), field=field)
    return text


def count_characters(text: str) -> int:
    """The number of characters as a person sees them."""
    return sum(1 for _match in _GRAPHEME.finditer(text))


def _is_forbidden(char: str) -> bool:
    if char in "\n\t":
        return False
    code = ord(char)
    if code < 0x300:
        return code < 0x20 or 0x7F <= code < 0xA0
    is_noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    is_interlinear = 0xFFF9 <= code <= 0xFFFB
    return (
        char in _REORDERING
        or is_noncharacter
        or is_interlinear
        or unicodedata.category(char) == "Cs"
    )


def _too_long(limit: int) -> str:
    message = ngettext(
        "This is longer than %(limit)d character. Shorten it and send again.",
        "This is longer than %(limit)d characters. Shorten it and send again.",
        limit,
    )
    return message % {"limit": limit}
