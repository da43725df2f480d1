"""From a document with its choices to the clauses of a revision, in their order."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from consultations.kernel.errors import Invalid
from consultations.standards import citing, targets
from consultations.standards.importing.choices import DocumentChoices, final_parent
from consultations.standards.importing.matching import Match, Matching
from consultations.standards.reading import ReadStandard
from consultations.standards.targets.base import MOST_ROWS

# The component of the legal basis, by the key that component sets share for it.
LEGAL_BASIS = "legal-basis"


@dataclass(frozen=True)
class PlannedClause:
    index: int  # in what was read; its parent's likewise
    label: str  # that it will have
    component_key: str
    heading: str
    body: str
    parent: int | None
    match: Match
    keeps_figures: bool  # of the clause before, where there are any
    target: dict | None  # what is proposed as figures; None: nothing

    @property
    def position(self) -> int:
        return int(self.label.rsplit(".", 1)[1])

    @property
    def depth(self) -> int:
        return self.label.count(".") - 1


def plan(
    read: ReadStandard,
    wanted: DocumentChoices,
    matching: Matching,
    numbers: Mapping[str, int],
) -> list[PlannedClause]:
    """In reading order, parents before what stands below them. What is left out, or stands under
    no component yet, is not in it. `numbers` are those of the components by key."""
    labels: dict[int, str] = {}
    counts: Counter[str] = Counter()  # of what stands directly below a component or a clause
    planned = []
    for index, parent in _placed(read, wanted, numbers):
        clause = wanted.clauses[index]
        above = labels[parent] if parent is not None else str(numbers[clause.component_key])
        counts[above] += 1
        labels[index] = f"{above}.{counts[above]}"
        planned.append(
            PlannedClause(
                index,
                labels[index],
                clause.component_key,
                clause.heading,
                clause.body,
                parent,
                matching.of[index],
                clause.keeps_figures or matching.of[index].has_same_words,
                proposed_target(clause.component_key, clause.body) if clause.has_records else None,
            )
        )
    return sorted(planned, key=lambda each: [int(part) for part in each.label.split(".")])


def _placed(
    read: ReadStandard, wanted: DocumentChoices, numbers: Mapping[str, int]
) -> Iterator[tuple[int, int | None]]:
    for index, clause in wanted.clauses.items():
        if not clause.is_left_out and clause.component_key in numbers:
            yield index, final_parent(read, wanted, index)


def citations_in(component_key: str | None, body: str) -> Sequence[citing.Citation]:
    """The legal acts that a clause of the legal basis names."""
    if component_key != LEGAL_BASIS:
        return ()
    return [found.citation for found in citing.recognise(body)]


def proposed_target(component_key: str | None, body: str) -> dict | None:
    """Citations as records, where there are any that can be kept as such."""
    citations = citations_in(component_key, body)[:MOST_ROWS]
    rows = [
        {
            "kind": citation.kind.name,
            "number": citation.number,
            "year": citation.year or None,
            "title": citation.title,
            "place": citation.place,
        }
        for citation in citations
    ]
    try:
        return targets.check({"kind": "citations", "rows": rows}) if rows else None
    except Invalid:  # too long for a record, such as a title that runs on; the words stay anyway
        return None
