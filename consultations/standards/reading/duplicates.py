"""Standards that are nearly the same text, among many files (a real set of 147 held some).

Texts are compared by the share of three-word sequences that both hold (Jaccard). A sketch of the
smallest hashes tells most pairs apart; only those that may be alike are compared in full.
"""

from collections.abc import Hashable, Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from consultations.standards.reading.contract import ReadStandard
from consultations.standards.reading.names import plain_name

LIKE_FROM = 0.8
_WORDS = 3
_SKETCH = 200
_SLACK = 0.15  # by which a sketch of this size may err, with room to spare


class Likeness(NamedTuple):
    """Two texts by their keys, and the share that is alike: 1 for the same words."""

    first: Hashable
    second: Hashable
    score: float


class _Shingled(NamedTuple):
    key: Hashable
    all: frozenset[int]
    sketch: frozenset[int]
    highest: int  # of the sketch


def text_of(standard: ReadStandard) -> str:
    """The words that two standards are compared by: all but the decree and the title."""
    return "\n".join(f"{clause.heading}\n{clause.body}" for clause in standard.clauses)


def near_duplicates(
    texts: Iterable[tuple[Hashable, str]], *, like_from: float = LIKE_FROM
) -> list[Likeness]:
    """All pairs of texts that are alike, the likest first. `texts` holds (key, text)."""
    shingled = [_shingled(key, text) for key, text in texts]
    found = []
    for number, first in enumerate(shingled):
        for second in shingled[number + 1 :]:
            if _may_be_alike(first, second, like_from):
                score = _jaccard(first.all, second.all)
                if score >= like_from:
                    found.append(Likeness(first.key, second.key, round(score, 3)))
    return sorted(found, key=lambda pair: -pair.score)


def _shingled(key: Hashable, text: str) -> _Shingled:
    words = plain_name(text).split()
    runs: Sequence = [tuple(words)] if 0 < len(words) < _WORDS else ()
    runs = runs or list(zip(*(words[start:] for start in range(_WORDS)), strict=False))
    # Python's own hash differs from run to run, and with it what a sketch lets through.
    known = frozenset(_number(" ".join(run)) for run in runs)
    sketch = sorted(known)[:_SKETCH]
    return _Shingled(key, known, frozenset(sketch), sketch[-1] if sketch else -1)


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def _may_be_alike(first: _Shingled, second: _Shingled, like_from: float) -> bool:
    small, large = sorted((len(first.all), len(second.all)))
    if not small or small < like_from * large:
        return False
    shared = len(first.sketch & second.sketch)
    # Of both sketches together, only what lies below the lower end stands for both texts.
    end = min(first.highest, second.highest)
    union = sum(number <= end for number in first.sketch | second.sketch)
    return shared >= (like_from - _SLACK) * union


def _jaccard(first: frozenset[int], second: frozenset[int]) -> float:
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
