"""Where quoted words stand in a plain text, after the W3C Web Annotation model (DESIGN §6).

Offsets are code points of the wording's plain text (`richtext.rendering` has its rule).
"""

import re
import unicodedata

CONTEXT = 32  # code points of prefix and suffix that an anchor keeps

_SPACE = re.compile(r"\s+")


def contexts(plain: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and after plain[start:end]: prefix and suffix of an anchor."""
    return plain[max(0, start - CONTEXT) : start], plain[end : end + CONTEXT]


def find_quote(
    plain: str, exact: str, prefix: str = "", suffix: str = ""
) -> tuple[int, int] | None:
    """Start and end of the quoted words, or None if they are not there word for word.

    White space counts as one space and all texts are compared in NFC, since browsers select
    blocks with other white space than is stored. Words that stand there several times are told
    apart by prefix and suffix; if those say nothing, the first is meant.
    """
    text, places = _normalized(plain)
    wanted = _plain(exact).strip()
    if not wanted:
        return None
    before, after = _plain(prefix), _plain(suffix)
    best, best_score = None, -1
    at = text.find(wanted)
    while at != -1:
        score = _shared(text[:at][::-1], before[::-1])
        score += _shared(text[at + len(wanted) :], after)
        if score > best_score:
            best, best_score = at, score
        at = text.find(wanted, at + 1)
    if best is None:
        return None
    return places[best], places[best + len(wanted) - 1] + 1


def _plain(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text))


def _normalized(plain: str) -> tuple[str, list[int]]:
    """The text with single spaces, and the place of each of its characters in `plain`."""
    chars, places = [], []
    for place, char in enumerate(plain):
        space = char.isspace()
        if space and chars and chars[-1] == " ":
            continue
        chars.append(" " if space else char)
        places.append(place)
    return "".join(chars), places


def _shared(text: str, context: str) -> int:
    """How many characters of the context agree, counted from the quote outwards."""
    text, context = text[:CONTEXT].strip(), context[:CONTEXT].strip()
    pairs = enumerate(zip(text, context, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(text), len(context)))
