"""Which clause of a file is which clause of the revision before it: a guess, for a person to see.

In the editor lineage is recorded as people work; only a file does not say where its words come
from. Equal words are paired first, then the likest, each clause once.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import Indel

from consultations.standards.reading.contract import ReadClause
from consultations.standards.reading.names import plain_name

REWORDED_FROM = 0.6  # the share of words that stayed
DOUBTFUL_FROM = 0.35
_NEAR = 0.05  # of two candidates that are so much alike, neither is sure
_SAME_COMPONENT = 0.1  # added where both stand under one component, taken off where they do not
_SHORT = 3  # words; “5 orang” and “7 orang” are one clause, but only under one component


class Kind(StrEnum):
    SAME = "same"  # word for word, in its place
    MOVED = "moved"  # word for word, under another component or in another order
    REWORDED = "reworded"
    DOUBTFUL = "doubtful"  # perhaps the same clause
    NEW = "new"
    GONE = "gone"


class OldClause(NamedTuple):
    key: Hashable
    component_key: str | None
    heading: str
    body: str


@dataclass(frozen=True)
class Pair:
    """`old` is the key of the old clause, `new` the index of the new one; None for neither."""

    old: Hashable | None
    new: int | None
    score: float
    kind: Kind


class _Candidate(NamedTuple):
    score: float
    likeness: float
    old: int
    new: int


def match_clauses(old: Sequence[tuple], new: Sequence[ReadClause]) -> list[Pair]:
    """Pairs in the order of the new clauses, each followed by what is gone from before it.

    `old` holds (key, component_key, heading, body). Every clause stands in exactly one pair.
    """
    before = [OldClause(*clause) for clause in old]
    old_words = [_words(clause.heading, clause.body) for clause in before]
    new_words = [_words(clause.heading, clause.body) for clause in new]
    pairs = dict(_equal(before, new, old_words, new_words))
    candidates = list(_candidates(before, new, old_words, new_words, pairs))
    pairs |= _likest(before, new, candidates, pairs)
    _mark_moved(pairs, before, new)
    return _in_order(before, new, pairs)


def _words(heading: str, body: str) -> list[str]:
    return plain_name(f"{heading} {body}").split()


def _equal(before, new, old_words, new_words) -> Iterator[tuple[int, Pair]]:
    """Clauses with the same words, those of one component first. Pairs by index of the old one."""
    for by_component in (True, False):
        waiting: dict[tuple, list[int]] = defaultdict(list)
        for index in reversed(range(len(before))):
            key = before[index].component_key if by_component else ""
            waiting[key, *old_words[index]].append(index)
        if by_component:
            used_old, used_new = set(), set()
        for index, clause in enumerate(new):
            key = clause.component_key if by_component else ""
            found = waiting.get((key, *new_words[index]), [])
            while found and found[-1] in used_old:
                found.pop()
            if found and index not in used_new:
                at = found.pop()
                used_old.add(at)
                used_new.add(index)
                yield at, Pair(before[at].key, index, 1.0, Kind.SAME)


def _candidates(before, new, old_words, new_words, pairs) -> Iterator[_Candidate]:
    taken = {pair.new for pair in pairs.values()}
    rest = [index for index in range(len(new)) if index not in taken]
    # Lists of words are compared as lists of numbers, which is several times as quick.
    numbers: dict[str, int] = {}
    coded = {
        index: [numbers.setdefault(word, len(numbers)) for word in new_words[index]]
        for index in rest
    }
    for at, clause in enumerate(before):
        if at in pairs:
            continue
        words = [numbers.setdefault(word, len(numbers)) for word in old_words[at]]
        for index in rest:
            is_alike = clause.component_key == new[index].component_key
            if not is_alike and min(len(words), len(coded[index])) <= _SHORT:
                continue
            likeness = Indel.normalized_similarity(
                words, coded[index], score_cutoff=DOUBTFUL_FROM - _SAME_COMPONENT
            )
            bonus = _SAME_COMPONENT if is_alike else -_SAME_COMPONENT
            if likeness and likeness + bonus >= DOUBTFUL_FROM:
                yield _Candidate(likeness + bonus, likeness, at, index)


def _likest(before, new, candidates: list[_Candidate], pairs: dict[int, Pair]) -> dict[int, Pair]:
    """The best candidate first, each clause once. With a rival nearly as good it is doubtful."""
    taken_old, taken_new = set(pairs), {pair.new for pair in pairs.values()}
    # Of equals, the one that stays nearest to its place.
    candidates.sort(key=lambda c: (-c.score, abs(c.old - c.new), c.old))
    scores: dict[tuple[str, int], list[float]] = defaultdict(list)
    for candidate in candidates:
        scores["old", candidate.old].append(candidate.score)
        scores["new", candidate.new].append(candidate.score)
    found = {}
    for candidate in candidates:
        if candidate.old in taken_old or candidate.new in taken_new:
            continue
        taken_old.add(candidate.old)
        taken_new.add(candidate.new)
        rivals = scores["old", candidate.old][1:2] + scores["new", candidate.new][1:2]
        has_rival = any(abs(candidate.score - rival) < _NEAR for rival in rivals)
        is_sure = candidate.likeness >= REWORDED_FROM and not has_rival
        kind = Kind.REWORDED if is_sure else Kind.DOUBTFUL
        score = min(max(round(candidate.likeness, 3), 0.0), 1.0)
        found[candidate.old] = Pair(before[candidate.old].key, candidate.new, score, kind)
    return found


def _mark_moved(pairs: dict[int, Pair], before, new) -> None:
    """Of the clauses with the same words: those that left their component, or the common order."""
    ordered = sorted(pairs)
    staying = _longest_rise([pairs[at].new for at in ordered])
    for position, at in enumerate(ordered):
        pair = pairs[at]
        has_left = before[at].component_key != new[pair.new].component_key
        if pair.kind is Kind.SAME and (has_left or position not in staying):
            pairs[at] = replace(pair, kind=Kind.MOVED)


def _longest_rise(numbers: list[int]) -> set[int]:
    """Positions of a longest rising subsequence: what kept its order."""
    ends: list[int] = []
    positions: list[int] = []
    previous: list[int] = []
    for position, number in enumerate(numbers):
        length = bisect_left(ends, number)
        previous.append(positions[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        positions[length : length + 1] = [position]
    kept: set[int] = set()
    at = positions[-1] if positions else -1
    while at != -1:
        kept.add(at)
        at = previous[at]
    return kept


def _in_order(before, new, pairs: dict[int, Pair]) -> list[Pair]:
    by_new = {pair.new: (at, pair) for at, pair in pairs.items()}
    result: list[Pair] = []
    told: set[int] = set()
    for index in range(len(new)):
        at, pair = by_new.get(index, (None, Pair(None, index, 0.0, Kind.NEW)))
        result.append(pair)
        if at is not None:
            told.add(at)
            follower = at + 1
            while follower < len(before) and follower not in pairs and follower not in told:
                result.append(Pair(before[follower].key, None, 0.0, Kind.GONE))
                told.add(follower)
                follower += 1
    leading = [
        Pair(before[at].key, None, 0.0, Kind.GONE)
        for at in range(len(before))
        if at not in told and at not in pairs
    ]
    return leading + result
