"""What people type, made safe to keep: one normal form, nothing invisible that lies.

Counts characters as the person sees them (extended grapheme clusters, UAX #29), so that an emoji
or an accented letter is one.
"""

import re
import unicodedata

import regex
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.kernel.errors import Invalid

_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line end
    # Embeddings, overrides and isolates reorder what others read (Unicode TR #36, "Trojan Source").
    "\u202a-\u202e\u2066-\u2069"
    "\ufff9-\ufffb"  # interlinear annotations
    "\ud800-\udfff"  # surrogates without their other half
    "\ufdd0-\ufdef"  # noncharacters, with the last two of each plane
    + "".join(
        f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)
# A character as seen may take several code points; more than this many is an attack.
_MOST_CODE_POINTS_PER_CHARACTER = 12
_GRAPHEME = regex.compile(r"\X")


def clean_text(value: str, *, limit: int, field: str) -> str:
    """`value` in NFC with plain line ends and no outer space, or Invalid that names `field`.

    `limit` is in characters as they are seen.
    """
    if not value:
        return ""
    if len(value) > limit * _MOST_CODE_POINTS_PER_CHARACTER:
        raise Invalid(_too_long(limit), field=field)
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if found := _FORBIDDEN.search(text):
        message = _(
            "This contains a character that cannot be shown (U+%(code)s). Delete it and send again."
        )
        raise Invalid(message % {"code": f"{ord(found[0]):04X}"}, field=field)
    text = unicodedata.normalize("NFC", text).strip()
    if len(text) > limit and count_characters(text) > limit:
        raise Invalid(_too_long(limit), field=field)
    return text


def count_characters(text: str) -> int:
    """The number of characters as a person sees them."""
    return sum(1 for _match in _GRAPHEME.finditer(text))


def _too_long(limit: int) -> str:
    message = ngettext(
        "This is longer than %(limit)d character. Shorten it and send again.",
        "This is longer than %(limit)d characters. Shorten it and send again.",
        limit,
    )
    return message % {"limit": limit}
