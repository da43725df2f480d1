"""Which clause of a document is which clause that is there: decided by a person, else guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from consultations.standards.digests import label_key
from consultations.standards.importing.choices import NEW, DocumentChoices
from consultations.standards.reading import ReadStandard
from consultations.standards.reading.lineage import Kind, match_clauses
from consultations.standards.reading.names import plain_name


@dataclass(frozen=True)
class OldWords:
    """A clause of the revision before, in the document's language."""

    clause_id: int
    label: str
    component_key: str
    heading: str
    body: str
    text: str  # heading and plain words, for comparing
    target: dict | None


@dataclass(frozen=True)
class Match:
    kind: Kind
    score: float = 0.0
    old: OldWords | None = None
    is_decided: bool = False  # by a person

    @property
    def is_doubtful(self) -> bool:
        return self.kind is Kind.DOUBTFUL

    @property
    def has_same_words(self) -> bool:
        """But for case and punctuation."""
        return self.kind in (Kind.SAME, Kind.MOVED)

    @property
    def percent(self) -> int:
        return round(100 * self.score)


@dataclass(frozen=True)
class Matching:
    of: Mapping[int, Match]  # by the index of the clause that was read; of those that stay
    gone: tuple[OldWords, ...] = ()


def match(old: Sequence[OldWords], read: ReadStandard, wanted: DocumentChoices) -> Matching:
    """Every clause that stays has a match. What a person decided is no guess, and what they gave to
    one clause is not guessed for another; of two that claim the same one the first has it."""
    by_id = {words.clause_id: words for words in old}
    staying = [index for index, clause in wanted.clauses.items() if not clause.is_left_out]
    decided = _decided(by_id, staying, wanted)
    open_ones = [index for index in staying if index not in decided]
    taken = {found.old.clause_id for found in decided.values() if found.old}
    left = [words for words in old if words.clause_id not in taken]
    clauses = [_as_wanted(read, wanted, index) for index in open_ones]
    rows = [(words.clause_id, words.component_key, words.heading, words.body) for words in left]
    found, gone = dict(decided), []
    for pair in match_clauses(rows, clauses):
        if pair.new is None:
            gone.append(by_id[pair.old])
        else:
            before = by_id[pair.old] if pair.old is not None else None
            found[open_ones[pair.new]] = Match(pair.kind, pair.score, before)
    return Matching(found, tuple(sorted(gone, key=lambda words: label_key(words.label))))


def _decided(by_id: dict, staying: Sequence[int], wanted: DocumentChoices) -> dict[int, Match]:
    decided: dict[int, Match] = {}
    taken: set[int] = set()
    for index in staying:
        was = wanted.clauses[index].was
        if was == NEW:
            decided[index] = Match(Kind.NEW, is_decided=True)
        elif was in by_id and was not in taken:
            taken.add(was)
            decided[index] = Match(_kind(by_id[was], wanted, index), 1.0, by_id[was], True)
    return decided


def _kind(old: OldWords, wanted: DocumentChoices, index: int) -> Kind:
    clause = wanted.clauses[index]
    if plain_name(f"{clause.heading} {clause.body}") != plain_name(f"{old.heading} {old.body}"):
        return Kind.REWORDED
    return Kind.SAME if clause.component_key == old.component_key else Kind.MOVED


def _as_wanted(read: ReadStandard, wanted: DocumentChoices, index: int):
    clause = wanted.clauses[index]
    return replace(
        read.clauses[index],
        component_key=clause.component_key,
        heading=clause.heading,
        body=clause.body,
    )
