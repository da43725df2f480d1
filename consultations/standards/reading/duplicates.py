"""Standards that are nearly the same text, among many files (a real set of 147 held some).

Texts are compared by the share of three-word sequences that both hold (Jaccard), exactly and each
with each: the sequences that several texts hold are the bits of one large number a text.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import combinations
from typing import NamedTuple

from consultations.standards.reading.contract import ReadStandard
from consultations.standards.reading.names import plain_name

LIKE_FROM = 0.8
_WORDS = 3


class Likeness(NamedTuple):
    """Two texts by their keys, and the share that is alike: 1 for the same words."""

    first: Hashable
    second: Hashable
    score: float


class _Counted(NamedTuple):
    place: int  # in the order that the texts came in
    key: Hashable
    size: int  # sequences
    shared: int  # a bit for each of them that other texts hold too


def text_of(standard: ReadStandard) -> str:
    """The words that two standards are compared by: all but the decree and the title."""
    return "\n".join(f"{clause.heading}\n{clause.body}" for clause in standard.clauses)


def near_duplicates(
    texts: Iterable[tuple[Hashable, str]], *, like_from: float = LIKE_FROM
) -> list[Likeness]:
    """All pairs of texts that are alike, the likest first. `texts` holds (key, text)."""
    found = []
    counted = sorted(_counted(texts), key=lambda text: text.size)
    for small, large in combinations(counted, 2):
        if not small.size or small.size < like_from * large.size:
            continue
        shared = (small.shared & large.shared).bit_count()
        score = shared / (small.size + large.size - shared)
        if score >= like_from:
            first, second = sorted((small, large), key=lambda text: text.place)
            found.append((-score, first.place, second.place, first.key, second.key))
    return [
        Likeness(first, second, round(-score, 3))
        for score, _at, _and, first, second in sorted(found, key=lambda pair: pair[:3])
    ]


def _counted(texts: Iterable[tuple[Hashable, str]]) -> list[_Counted]:
    sequences = [(key, _sequences(text)) for key, text in texts]
    times = Counter(sequence for _key, found in sequences for sequence in found)
    bits = {sequence: bit for bit, sequence in enumerate(s for s, n in times.items() if n > 1)}
    counted = []
    for place, (key, found) in enumerate(sequences):
        mask = bytearray(len(bits) // 8 + 1)
        for sequence in found & bits.keys():
            bit = bits[sequence]
            mask[bit >> 3] |= 1 << (bit & 7)
        counted.append(_Counted(place, key, len(found), int.from_bytes(mask, "little")))
    return counted


def _sequences(text: str) -> set[int]:
    words = plain_name(text).split()
    if len(words) < _WORDS:
        return {hash(tuple(words))} if words else set()
    following = (words[start:] for start in range(_WORDS))
    return {hash(sequence) for sequence in zip(*following, strict=False)}
