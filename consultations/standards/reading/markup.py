"""Words as the small Markdown of `richtext`, so that it shows them as they stood in the file."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from consultations.kernel.errors import Invalid
from consultations.kernel.text import clean_text

_SPECIAL = re.compile(r"[\\*]|(?<![^\W_])_|_(?![^\W_])|\](?=\(|\Z)|&(?=#?\w+;)")
_START = re.compile(r"(?m)^([-+])(?=\s|$)|^(\d{1,9})([.)])(?=\s|$)")
_BRACKET, _BACKSLASHED = re.compile(r"(?<!\\)[\[\]]"), r"\\\g<0>"
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>()\\\x00-\x1f]+", re.I)


class Run(NamedTuple):
    """Words that look the same."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    href: str = ""


def escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def start_escaped(markdown: str) -> str:
    """A line that begins like a list item is none."""
    return _START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", markdown)


def line_of(runs: Iterable[Run]) -> str:
    """One line of Markdown. Emphasis on all of it is left out: then it is a look, not a stress."""
    merged = [
        Run("".join(run.text for run in group), *look)
        for look, group in groupby(runs, key=lambda run: run[1:])
    ]
    worded = [run for run in merged if run.text.strip()]
    keeps_bold = not all(run.is_bold for run in worded)
    keeps_italic = not all(run.is_italic for run in worded)
    pieces = []
    for number, run in enumerate(merged):
        before = merged[number - 1].text[-1:] if number else ""
        after = merged[number + 1].text[:1] if number + 1 < len(merged) else ""
        stars = "**" * (run.is_bold and keeps_bold) + "*" * (run.is_italic and keeps_italic)
        pieces.append(_marked(run, stars, before, after))
    return "".join(pieces)


def _marked(run: Run, stars: str, before: str, after: str) -> str:
    words = run.text.strip()
    if not words:
        return run.text
    left, right = run.text.split(words, 1)
    inner = escaped(words)
    if run.href and _LINK.fullmatch(run.href) and "\n" not in words:
        # A bracket of its own would end the words of the link.
        inner = f"[{_BRACKET.sub(_BACKSLASHED, inner)}]({run.href})"
    # Stars beside a letter or another sign do not open or close emphasis: those words stay plain.
    is_apart = (left or not before or before.isspace()) and (
        right or not after or after.isspace() or after in ".,;:!?)"
    )
    if stars and is_apart and words[0].isalnum() and words[-1].isalnum():
        inner = f"{stars}{inner}{stars}"
    return f"{left}{inner}{right}"


def cleaned(text: str) -> tuple[str, bool]:
    """`text` by the rules of `kernel.text`, and whether something had to be left out for them."""
    try:
        return clean_text(text, limit=len(text), field="file"), False
    except Invalid:
        kept = "".join(char for char in text if char == "\r" or _is_allowed(char))
        return clean_text(kept, limit=len(text), field="file"), True


@lru_cache(maxsize=4096)
def _is_allowed(char: str) -> bool:
    try:
        clean_text(char, limit=1, field="file")
    except Invalid:
        return False
    return True
