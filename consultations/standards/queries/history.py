"""The history of one clause: its words in every revision, with those that it came from."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from consultations.standards.digests import label_key
from consultations.standards.enums import Operation, RevisionState
from consultations.standards.models import Change, Clause, ClauseAncestry, Placement, Revision
from consultations.standards.queries.comparison import ClauseKind
from consultations.standards.queries.documents import wording_in


@dataclass(frozen=True)
class ClauseVersion:
    """What stood in one revision where the clause stands, or what it was made of then."""

    revision: Revision
    labels: tuple[str, ...]  # several where clauses were merged later; none: it is gone
    text: str
    target: dict | None
    language: str


@dataclass(frozen=True)
class HistoryStep:
    """What one revision did to the clause. `before` is empty where it came into being."""

    version: ClauseVersion
    before: str
    target_before: dict | None
    kind: ClauseKind
    changes: tuple[Change, ...]  # why, the oldest first; their outcomes are asked from above

    @property
    def label(self) -> str:
        return ", ".join(self.version.labels)


def clause_steps(clause: Clause, language: str, *, with_drafts: bool) -> list[HistoryStep]:
    """From the revision that brought the clause to the newest one, the oldest first.

    Words are told in `language`, or where a revision lacks it in the site's first. Four queries.
    """
    lineage = _Lineage(clause)
    versions = list(_versions(lineage, language, with_drafts=with_drafts))
    changes: dict[int, list[Change]] = defaultdict(list)
    live = Change.objects.filter(clause__in=lineage.family, reverted_at=None).order_by("id")
    for change in live:
        changes[change.revision_id].append(change)
    if not versions:
        return []
    steps = [_step(None, versions[0], changes)]
    return steps + [_step(old, new, changes) for old, new in pairwise(versions)]


class _Lineage:
    """The clause, and by which operation it came from which others."""

    def __init__(self, clause: Clause):
        self.clause = clause
        self._origins: dict[int, list[tuple[int, str]]] = defaultdict(list)
        rows = ClauseAncestry.objects.filter(revision__standard=clause.standard_id)
        for descendant, ancestor, operation in rows.values_list(
            "descendant_id", "ancestor_id", "operation"
        ):
            self._origins[descendant].append((ancestor, operation))
        self.family = self._made_of(clause.pk, ())

    def made_of(self, placed: Collection[int]) -> set[int]:
        """Of the clauses that stand in a revision, those whose words became this clause's."""
        return self._made_of(self.clause.pk, placed) & set(placed)

    def _made_of(self, clause_id: int, placed: Collection[int]) -> set[int]:
        """Where the clause stands itself, what was split off from elsewhere is its own already;
        what is merged into it later still stands beside it."""
        found = {clause_id}
        for ancestor, operation in self._origins[clause_id]:
            if clause_id not in placed or operation == Operation.MERGE:
                found |= self._made_of(ancestor, placed)
        return found


def _versions(lineage: _Lineage, language: str, *, with_drafts: bool) -> Iterator[ClauseVersion]:
    revisions = Revision.objects.filter(standard=lineage.clause.standard_id)
    if not with_drafts:
        revisions = revisions.exclude(state=RevisionState.WORKING)
    places = Placement.objects.filter(clause__in=lineage.family, revision__in=revisions)
    by_revision: dict[int, list[Placement]] = defaultdict(list)
    for placement in places.prefetch_related("wordings"):
        by_revision[placement.revision_id].append(placement)
    was_there = False
    for revision in revisions.select_related("decree", "standard").order_by("number"):
        placed = {placement.clause_id for placement in by_revision[revision.pk]}
        chosen = lineage.made_of(placed)
        found = [place for place in by_revision[revision.pk] if place.clause_id in chosen]
        if found or was_there:
            yield _version(revision, found, language)
        was_there = bool(found)


def _version(revision: Revision, placements: list[Placement], language: str) -> ClauseVersion:
    placements = sorted(placements, key=lambda placement: label_key(placement.label))
    wordings = [wording_in(placement.wordings.all(), language) for placement in placements]
    wordings = [wording for wording in wordings if wording]
    return ClauseVersion(
        revision=revision,
        labels=tuple(placement.label for placement in placements),
        text="\n".join("\n".join(filter(None, [w.heading, w.plain])) for w in wordings),
        target=placements[0].target if len(placements) == 1 else None,
        language=wordings[0].language if wordings else language,
    )


def _step(
    old: ClauseVersion | None, new: ClauseVersion, changes: dict[int, list[Change]]
) -> HistoryStep:
    made = changes[new.revision.pk]
    kind = _kind(old, new, was_moved=any(one.operation == Operation.MOVE for one in made))
    made = made if kind != ClauseKind.SAME else []
    told = [change for change in made if change.language in {"", new.language}]
    return HistoryStep(
        version=new,
        before=old.text if old else "",
        target_before=old.target if old else None,
        kind=kind,
        changes=tuple(told or made),
    )


def _kind(old: ClauseVersion | None, new: ClauseVersion, *, was_moved: bool) -> ClauseKind:
    if old is None or not old.labels:
        return ClauseKind.INSERTED
    if not new.labels:
        return ClauseKind.DELETED
    if old.text != new.text:
        return ClauseKind.REWORDED
    if old.target != new.target:
        return ClauseKind.FIGURES
    # A number alone shifts when others come and go.
    return ClauseKind.MOVED if was_moved else ClauseKind.SAME
