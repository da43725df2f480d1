"""Where a clause can be cut into several: marks that a person sets, paragraphs, sentences."""

import re

MARK = "====="
_MARKED = re.compile(r"^[ \t]*={5,}[ \t]*$", re.M)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n+|\n(?=[ \t]*(?:[-*•]|\d+[.)]|[a-z][.)])[ \t])")
# A full stop inside "08.00", "Rp120.000" or "No. 5" ends nothing.
_SENTENCES = re.compile(r"(?<=[.!?;])\s+(?=[^\W\d_a-z])")


def parts_of(text: str) -> list[str]:
    """The parts between the marks; empty ones are none."""
    return [part.strip() for part in _MARKED.split(text.replace("\r\n", "\n")) if part.strip()]


def cut_at_paragraphs(text: str) -> str:
    """Marks between paragraphs and between the items of a list."""
    return _joined(_PARAGRAPHS.split(without_marks(text)))


def cut_at_sentences(text: str) -> str:
    paragraphs = _PARAGRAPHS.split(without_marks(text))
    return _joined(part for each in paragraphs for part in _SENTENCES.split(each))


def without_marks(text: str) -> str:
    return "\n\n".join(parts_of(text))


def _joined(parts) -> str:
    kept = [part.strip() for part in parts if part.strip()]
    return f"\n{MARK}\n".join(kept)
