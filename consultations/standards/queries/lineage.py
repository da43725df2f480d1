"""Where clauses come from and where they went: their lineage through revisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from consultations.standards.models import ClauseAncestry, Revision
from consultations.standards.queries.documents import (
    DocumentClause,
    document_clause,
    placements_of,
)


def reachable(start: int, ways: dict[int, set[int]]) -> set[int]:
    """Everything that can be reached from `start`, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        for found in ways[waiting.pop()] - seen:
            seen.add(found)
            waiting.append(found)
    return seen


def ancestry(standard_id: int) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """For each clause of a standard its direct descendants, and its direct ancestors."""
    down: dict[int, set[int]] = defaultdict(set)
    up: dict[int, set[int]] = defaultdict(set)
    pairs: Iterable = ClauseAncestry.objects.filter(revision__standard=standard_id)
    for ancestor, descendant in pairs.values_list("ancestor_id", "descendant_id"):
        down[ancestor].add(descendant)
        up[descendant].add(ancestor)
    return down, up


def clauses_now(
    clause_ids: Collection[int], revision: Revision, language: str
) -> dict[int, list[DocumentClause]]:
    """Where each of these clauses stands in a revision: itself, or what it was split or merged
    into. An empty list means that it is gone. Three queries."""
    there = {
        placement.clause_id: clause
        for placement in placements_of(revision)
        if (clause := document_clause(placement, language))
    }
    down, _up = ancestry(revision.standard_id)
    found = {}
    for clause_id in clause_ids:
        heirs = [there[heir] for heir in reachable(clause_id, down) if heir in there]
        own = [heir for heir in heirs if heir.clause_id == clause_id]
        # Parts split off in an earlier revision have a life of their own.
        found[clause_id] = own or sorted(heirs, key=lambda heir: heir.label)
    return found
