"""What changed between two revisions, clause by clause, by lineage and not by number."""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from consultations.standards.digests import label_key
from consultations.standards.enums import Operation
from consultations.standards.models import Change, Placement, Revision, Wording
from consultations.standards.queries.documents import placements_of, wording_in
from consultations.standards.queries.lineage import ancestry


class ClauseKind(TextChoices):
    """What happened to a clause."""

    SAME = "same", _("same")
    REWORDED = "reworded", _("reworded")
    MOVED = "moved", _("moved")
    FIGURES = "figures", _("figures changed")  # the same words with another target
    INSERTED = "inserted", _("added")
    DELETED = "deleted", _("removed")


@dataclass(frozen=True)
class ClauseChange:
    clause_id: int
    component_id: int  # where it stands, or stood
    label_before: str  # empty for an inserted clause
    label_after: str  # empty for a deleted one
    before: str  # plain text; what `diff_html` compares
    after: str
    kind: ClauseKind
    is_moved: bool  # also true of a clause that is reworded and moved
    changes: tuple[Change, ...]  # why, the oldest first; their outcomes are asked from above
    target_before: dict | None = None  # as stored; see standards.targets
    target_after: dict | None = None


def changes_between(old: Revision, new: Revision, language: str) -> list[ClauseChange]:
    """All clauses of both revisions in reading order; a deleted one stands where it stood.

    Words are compared in `language`, and in the site's first where one of the two lacks it. The
    reasons are the live changes of all revisions after `old` up to `new`. Six queries.
    """
    before, after = _placements(old), _placements(new)
    moved = _moved(before, after)
    reasons = _reasons(old, new)
    return [
        _clause_change(
            before.get(clause_id),
            after.get(clause_id),
            language,
            clause_id in moved,
            reasons.get(clause_id, ()),
        )
        for clause_id in _reading_order(before, after)
    ]


def unexplained_labels(old: Revision, new: Revision) -> list[str]:
    """Labels of clauses that differ in place or in any language, and no live change says why."""
    before, after = _placements(old), _placements(new)
    moved = _moved(before, after)
    reasons = _reasons(old, new)
    labels = []
    for clause_id in _reading_order(before, after):
        one, other = before.get(clause_id), after.get(clause_id)
        is_same = one and other and clause_id not in moved and _digests(one) == _digests(other)
        if not is_same and clause_id not in reasons:
            labels.append((other or one).label)
    return labels


def _placements(revision: Revision) -> dict[int, Placement]:
    return {placement.clause_id: placement for placement in placements_of(revision)}


def _digests(placement: Placement) -> tuple:
    words = {wording.language: wording.digest for wording in placement.wordings.all()}
    return words, placement.target


def _reading_order(before: dict[int, Placement], after: dict[int, Placement]) -> list[int]:
    """The new order, each deleted clause behind the one that it stood behind."""
    followers: dict[int | None, list[int]] = defaultdict(list)
    last = None
    for clause_id in before:
        if clause_id in after:
            last = clause_id
        else:
            followers[last].append(clause_id)
    order = list(followers[None])
    for clause_id in after:
        order += [clause_id, *followers[clause_id]]
    numbers = {p.clause_id: label_key(p.label)[0] for p in [*before.values(), *after.values()]}
    return sorted(order, key=numbers.__getitem__)


def _moved(before: dict[int, Placement], after: dict[int, Placement]) -> set[int]:
    """Clauses under another component or parent, or out of order among those that stayed.

    A number that only shifted, because a clause before it came or went, is no move.
    """
    both = [clause_id for clause_id in after if clause_id in before]
    home_before = {clause_id: _home(before[clause_id], before) for clause_id in both}
    home_after = {clause_id: _home(after[clause_id], after) for clause_id in both}
    stayed: dict[tuple, list[int]] = defaultdict(list)
    for clause_id in both:
        if home_before[clause_id] == home_after[clause_id]:
            stayed[home_after[clause_id]].append(clause_id)
    place = {clause_id: number for number, clause_id in enumerate(before)}
    unmoved: set[int] = set()
    for siblings in stayed.values():
        unmoved |= _longest_rising(siblings, place)
    return set(both) - unmoved


def _home(placement: Placement, placements: dict[int, Placement]) -> tuple[int, int | None]:
    parents = (p.clause_id for p in placements.values() if p.pk == placement.parent_id)
    parent = next(parents, None) if placement.parent_id else None
    return placement.component_id, parent


def _longest_rising(clause_ids: list[int], place: dict[int, int]) -> set[int]:
    """The largest set whose order did not change; the others are the ones that moved."""
    ends: list[int] = []  # the smallest last place of a rising run of each length
    runs: list[list[int]] = []
    for clause_id in clause_ids:
        length = bisect_left(ends, place[clause_id])
        run = [*(runs[length - 1] if length else []), clause_id]
        ends[length : length + 1] = [place[clause_id]]
        runs[length : length + 1] = [run]
    return set(runs[-1]) if runs else set()


def _reasons(old: Revision, new: Revision) -> dict[int, tuple[Change, ...]]:
    """Live changes by each clause that they explain: what was split or merged shares its own."""
    changes = list(
        Change.objects.filter(
            revision__standard=new.standard_id,
            revision__number__gt=old.number,
            revision__number__lte=new.number,
            reverted_at=None,
        ).order_by("id")
    )
    down, up = ancestry(new.standard_id)
    reasons: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        touched = {change.clause_id}
        if change.operation == Operation.SPLIT:
            touched |= down[change.clause_id]
        elif change.operation == Operation.MERGE:
            touched |= up[change.clause_id]
        for clause_id in touched:
            reasons[clause_id].append(change)
    return {clause_id: tuple(found) for clause_id, found in reasons.items()}


def _clause_change(
    one: Placement | None,
    other: Placement | None,
    language: str,
    is_moved: bool,
    changes: tuple[Change, ...],
) -> ClauseChange:
    before, after = _pair(one, other, language)
    words_before, words_after = _shown(before), _shown(after)
    if one is None:
        kind = ClauseKind.INSERTED
    elif other is None:
        kind = ClauseKind.DELETED
    elif words_before != words_after:
        kind = ClauseKind.REWORDED
    elif is_moved:
        kind = ClauseKind.MOVED
    else:
        kind = ClauseKind.SAME if one.target == other.target else ClauseKind.FIGURES
    placement = other or one
    return ClauseChange(
        clause_id=placement.clause_id,
        component_id=placement.component_id,
        label_before=one.label if one else "",
        label_after=other.label if other else "",
        before=words_before,
        after=words_after,
        kind=kind,
        is_moved=is_moved,
        changes=_told(changes, language) if kind != ClauseKind.SAME else (),
        target_before=one.target if one else None,
        target_after=other.target if other else None,
    )


def _told(changes: tuple[Change, ...], language: str) -> tuple[Change, ...]:
    """The changes of these words; those of a translation only where there are no others."""
    own = tuple(change for change in changes if change.language in {"", language})
    return own or changes


def _pair(
    one: Placement | None, other: Placement | None, language: str
) -> tuple[Wording | None, Wording | None]:
    """Both wordings in the same language, if there is one that both have."""
    placements = [placement for placement in (one, other) if placement]
    has_both = all(
        any(wording.language == language for wording in placement.wordings.all())
        for placement in placements
    )
    wanted = language if has_both else settings.LANGUAGE_CODE
    return tuple(
        wording_in(placement.wordings.all(), wanted) if placement else None
        for placement in (one, other)
    )


def _shown(wording: Wording | None) -> str:
    if wording is None:
        return ""
    return f"{wording.heading}\n{wording.plain}" if wording.heading else wording.plain
