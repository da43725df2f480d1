"""Taking back one edit of a working draft; its row stays, marked as reverted.

What a clause was before is known from the revision that the draft is based on and from the live
changes since. Nothing that came later is lost: it is merged where that is clear, and otherwise the
revert is refused.
"""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict
from consultations.standards.actions.drafting import remove_placement
from consultations.standards.actions.outlines import Outline
from consultations.standards.actions.working import (
    count_edit,
    current_wording,
    open_draft,
    set_words,
    words,
)
from consultations.standards.diffing import merge_three_ways
from consultations.standards.enums import Operation
from consultations.standards.models import (
    Change,
    Clause,
    ClauseAncestry,
    Component,
    Placement,
    Revision,
    Wording,
)


class ChangedSince(Conflict):
    """Something that was done later stands on this change."""

    code = "changed_since"


@transaction.atomic
def revert_change(*, actor, change: Change, at: datetime) -> Change:
    """Undoes one change in the working draft; what later changes stand on is refused
    (ChangedSince)."""
    open_draft(actor, change.revision, change.reason_kind, at)
    change.refresh_from_db(fields=["reverted_at"])
    if change.reverted_at:
        raise Conflict(_("This change has been reverted already."), code="reverted")
    outline = Outline(change.revision)
    _UNDO[change.operation](outline, change)
    outline.save()
    change.reverted_at = at
    change.save(update_fields=["reverted_at"])
    count_edit(change.revision)
    return change


def _undo_reword(outline: Outline, change: Change) -> None:
    placement = _still_placed(outline, change)
    wording = current_wording(placement, change.language)
    merged = merge_three_ways(change.after, wording.body if wording else "", change.before).text
    if merged is None:
        raise _changed_since()
    heading = _heading_without(change, wording)
    if merged.strip():
        set_words(placement, change.language, words(merged, heading=heading))
    elif wording:  # it had added the words in this language
        wording.delete()


def _heading_without(change: Change, wording: Wording | None) -> str:
    """The heading as it is without this change. One line is not merged: who gave it another one
    later has to take that back first."""
    if not change.changes_heading:
        return wording.heading if wording else ""
    later = Change.objects.filter(
        revision=change.revision,
        clause=change.clause_id,
        language=change.language,
        pk__gt=change.pk,
        reverted_at=None,
    )
    if later.exclude(heading_before=F("heading_after")).exists():
        raise _changed_since()
    return change.heading_before


def _undo_insert(outline: Outline, change: Change) -> None:
    placement = _still_placed(outline, change)
    _check_last(change, {change.clause_id})
    remove_placement(outline, placement)


def _undo_move(outline: Outline, change: Change) -> None:
    placement = _still_placed(outline, change)
    _check_last(change, {change.clause_id}, Operation.MOVE)
    component, parent, position = _place(outline, change.before)
    if outline.stands_below(parent, placement):
        raise _changed_since()
    outline.put(placement, component, parent, position)


def _undo_delete(outline: Outline, change: Change) -> None:
    if outline.of_clause(change.clause_id):
        raise _changed_since()
    _put_back(outline, change, change.clause, {change.language: change.before})


def _undo_split(outline: Outline, change: Change) -> None:
    placement = _still_placed(outline, change)
    made = ClauseAncestry.objects.filter(
        ancestor=change.clause, operation=Operation.SPLIT, revision=change.revision
    )
    parts = {row.descendant_id for row in made}
    _check_last(change, {change.clause_id, *parts})
    for part in parts:
        place = outline.of_clause(part)
        if place is None:  # merged into another clause, which has its words
            raise _changed_since()
        remove_placement(outline, place)
    made.delete()
    _restore_words(change, placement, {change.language: change.before})


def _undo_merge(outline: Outline, change: Change) -> None:
    placement = _still_placed(outline, change)
    joined = ClauseAncestry.objects.filter(
        descendant=change.clause, operation=Operation.MERGE, revision=change.revision
    ).select_related("ancestor")
    _check_last(change, {change.clause_id})
    _restore_words(change, placement, {})
    back = [_put_back(outline, change, row.ancestor, {}) for row in joined]
    restored = [current_wording(place, change.language).body for place in (placement, *back)]
    if sorted("\n\n".join(restored)) != sorted(change.before):
        raise _changed_since()  # by a revert that was merged: the old words are not known exactly
    joined.delete()


def _undo_target(outline: Outline, change: Change) -> None:
    placement = _still_placed(outline, change)
    _check_last(change, {change.clause_id}, Operation.TARGET)
    placement.target = json.loads(change.before) if change.before else None
    placement.save(update_fields=["target"])


_UNDO = {
    Operation.REWORD: _undo_reword,
    Operation.INSERT: _undo_insert,
    Operation.MOVE: _undo_move,
    Operation.DELETE: _undo_delete,
    Operation.SPLIT: _undo_split,
    Operation.MERGE: _undo_merge,
    Operation.TARGET: _undo_target,
}


def _changed_since() -> ChangedSince:
    return ChangedSince(
        _("Other changes were made to this clause since. Revert those first, or edit the words.")
    )


def _still_placed(outline: Outline, change: Change) -> Placement:
    if placement := outline.of_clause(change.clause_id):
        return placement
    raise _changed_since()


def _check_last(change: Change, clause_ids: set[int], *operations: Operation) -> None:
    later = Change.objects.filter(
        revision=change.revision, clause__in=clause_ids, pk__gt=change.pk, reverted_at=None
    )
    if operations:
        later = later.filter(operation__in=operations)
    if later.exists():
        raise _changed_since()


def _place(outline: Outline, label: str) -> tuple[Component, Placement | None, int]:
    """Component, parent and position that a label stands for; a parent that is gone is left out."""
    number, *path = label.split(".")
    component = Component.objects.get(
        component_set=outline.revision.standard.component_set_id, number=number
    )
    parent = outline.by_label(".".join([number, *path[:-1]])) if len(path) > 1 else None
    return component, parent, int(path[-1])


def _put_back(outline: Outline, change: Change, clause: Clause, known: dict[str, str]) -> Placement:
    """Places a clause that the change took out where it stood, with the words that it had."""
    stood = (
        Placement.objects.filter(revision=change.revision.based_on_id, clause=clause)
        .select_related("component")
        .first()
    )
    moves = Change.objects.filter(
        revision=change.revision,
        clause=clause,
        operation=Operation.MOVE,
        reverted_at=None,
        pk__lt=change.pk,
    )
    label = moves.order_by("pk").values_list("after", flat=True).last() or (stood and stood.label)
    if not label:
        raise _changed_since()
    component, parent, position = _place(outline, label)
    placement = Placement.objects.create(
        revision=change.revision,
        clause=clause,
        component=component,
        position=0,
        label="",
        target=stood.target if stood else None,
    )
    outline.put(placement, component, parent, position)
    _restore_words(change, placement, known)
    return placement


def _restore_words(change: Change, placement: Placement, known: dict[str, str]) -> None:
    headings, bodies = _words_before(change, placement.clause_id)
    before = bodies | known
    if not before.get(settings.LANGUAGE_CODE):
        raise _changed_since()
    placement.wordings.exclude(language__in=before).delete()
    for language, body in before.items():
        set_words(placement, language, words(body, heading=headings.get(language, "")))


def _words_before(change: Change, clause_id: int) -> tuple[dict[str, str], dict[str, str]]:
    """Headings and bodies of a clause by language before a change: those that the last change
    before it left, otherwise those of the revision that the draft is based on."""
    revision: Revision = change.revision
    base = Wording.objects.filter(
        placement__revision=revision.based_on_id, placement__clause=clause_id
    )
    headings = dict(base.values_list("language", "heading"))
    bodies = dict(base.values_list("language", "body"))
    earlier = Change.objects.filter(
        revision=revision, clause=clause_id, reverted_at=None, pk__lt=change.pk
    ).exclude(operation__in=[Operation.MOVE, Operation.DELETE, Operation.TARGET])
    for edit in earlier.order_by("pk"):
        # Of a split only all parts together are known, not which of them the clause kept.
        bodies[edit.language] = edit.after if edit.operation != Operation.SPLIT else ""
        if edit.changes_heading:
            headings[edit.language] = edit.heading_after
    return headings, {language: body for language, body in bodies.items() if body}
