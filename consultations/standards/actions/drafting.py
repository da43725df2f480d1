"""Editing a working draft clause by clause, each edit with its reason.

`expected_digest` is the digest of the words that the editor saw; if they are others by now the
edit is refused with WordsChanged, which carries all versions. For edits of a whole clause it is
the digest of its words in the site's first language.
"""

import json
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.standards import targets
from consultations.standards.actions.outlines import Outline
from consultations.standards.actions.working import (
    check_component,
    check_language,
    check_unchanged,
    clean_reason,
    count_edit,
    new_placement,
    open_draft,
    placed,
    record_change,
    set_words,
    words,
)
from consultations.standards.digests import digest_target
from consultations.standards.enums import Operation
from consultations.standards.models import Change, Clause, Component, Placement, Revision, Wording


@transaction.atomic
def reword_clause(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    language: str,
    body: str,
    reason_kind: str,
    reason: str = "",
    expected_digest: str,
    heading: str | None = None,
    at: datetime,
) -> Change:
    """Gives a clause other words in one language, or its first words in it ("" expected).
    `heading=None` leaves the heading as it is; "" takes it away."""
    open_draft(actor, revision, reason_kind, at)
    check_language(language)
    placement = placed(Outline(revision), clause)
    wording = check_unchanged(placement, language, expected_digest, body, heading=heading)
    sentence = clean_reason(reason_kind, reason)
    before = wording or Wording()  # no words yet
    columns = words(body, heading=before.heading if heading is None else heading)
    if columns["digest"] == before.digest:
        raise Invalid(_("These are the words that stand there already."), field="body")
    set_words(placement, language, columns)
    return record_change(
        actor,
        revision,
        clause,
        Operation.REWORD,
        language=language,
        before=before.body,
        after=columns["body"],
        headings=(before.heading, columns["heading"]),
        reason=(reason_kind, sentence),
        at=at,
    )


@transaction.atomic
def insert_clause(
    *,
    actor,
    revision: Revision,
    component: Component,
    body: str,
    language: str | None = None,
    heading: str = "",
    parent: Clause | None = None,
    position: int | None = None,
    behind: Clause | None = None,
    target: dict | None = None,
    reason_kind: str,
    reason: str = "",
    at: datetime,
) -> Change:
    """Adds a clause, at that position among its siblings (from 1; None: the end), or `behind` one.

    The change's `clause` is the new one. Its words in other languages are added by
    `reword_clause` with an empty `expected_digest`.
    """
    open_draft(actor, revision, reason_kind, at)
    language = language or settings.LANGUAGE_CODE
    check_language(language)
    check_component(revision, component)
    sentence = clean_reason(reason_kind, reason)
    columns = words(body, heading=heading)
    outline = Outline(revision)
    placement = new_placement(revision, component, target=targets.check(target))
    outline.put(placement, *_spot(outline, placement, component, parent, position, behind))
    outline.save()
    set_words(placement, language, columns)
    return record_change(
        actor,
        revision,
        placement.clause,
        Operation.INSERT,
        language=language,
        after=columns["body"],
        headings=("", columns["heading"]),
        reason=(reason_kind, sentence),
        at=at,
    )


@transaction.atomic
def delete_clause(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    reason_kind: str,
    reason: str = "",
    expected_digest: str,
    at: datetime,
) -> Change:
    """Takes a clause out of the draft. One that was only added to this draft is as if it had never
    been: the change that added it is returned, reverted."""
    open_draft(actor, revision, reason_kind, at)
    outline = Outline(revision)
    placement = placed(outline, clause)
    wording = check_unchanged(placement, settings.LANGUAGE_CODE, expected_digest, "")
    sentence = clean_reason(reason_kind, reason)
    remove_placement(outline, placement)
    outline.save()
    own = Change.objects.filter(revision=revision, clause=clause, reverted_at=None)
    if added := own.filter(operation=Operation.INSERT).first():
        own.update(reverted_at=at)
        added.reverted_at = at
        count_edit(revision)
        return added
    return record_change(
        actor,
        revision,
        clause,
        Operation.DELETE,
        language=settings.LANGUAGE_CODE,
        before=wording.body if wording else "",
        headings=(wording.heading if wording else "", ""),
        reason=(reason_kind, sentence),
        at=at,
    )


@transaction.atomic
def move_clause(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    component: Component,
    parent: Clause | None = None,
    position: int | None = None,
    behind: Clause | None = None,
    reason_kind: str,
    reason: str = "",
    expected_digest: str,
    at: datetime,
) -> Change:
    """Puts a clause, with all below it, elsewhere: at a position, or `behind` another one. The
    change's texts are its labels."""
    open_draft(actor, revision, reason_kind, at)
    check_component(revision, component)
    outline = Outline(revision)
    placement = placed(outline, clause)
    check_unchanged(placement, settings.LANGUAGE_CODE, expected_digest, "")
    sentence = clean_reason(reason_kind, reason)
    spot = _spot(outline, placement, component, parent, position, behind)
    if outline.stands_below(spot[1], placement):
        raise Invalid(_("A clause cannot stand below itself."), field="parent")
    before = placement.label
    outline.put(placement, *spot)
    outline.save()
    if placement.label == before:
        raise Invalid(_("The clause stands there already."), field="position")
    return record_change(
        actor,
        revision,
        clause,
        Operation.MOVE,
        before=before,
        after=placement.label,
        reason=(reason_kind, sentence),
        at=at,
    )


def _spot(
    outline: Outline,
    placement: Placement,
    component: Component,
    parent: Clause | None,
    position: int | None,
    behind: Clause | None,
) -> tuple[Component, Placement | None, int | None]:
    """Component, parent and position as they are now, under the lock. What is behind or below a
    clause stands in that clause's component."""
    if behind:
        other = placed(outline, behind)
        if other is placement:  # behind itself: where it stands
            return other.component, other.parent, outline.place_of(other)
        return other.component, other.parent, outline.place_behind(other, moving=placement)
    above = placed(outline, parent) if parent else None
    return above.component if above else component, above, position


class TargetChanged(Conflict):
    """Somebody else stated the figures of a clause anew while they were edited."""

    code = "target_changed"


@transaction.atomic
def set_target(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    target: dict | None,
    reason_kind: str = "",
    reason: str = "",
    expected_digest: str | None = None,
    at: datetime,
) -> Change | None:
    """States anew, in figures, what the words of a clause promise.

    With a reason it is a change of its own, whose texts are the figures as JSON. Without one the
    words that changed with them have it. `expected_digest` (`digest_target`) is of the figures that
    were seen; TargetChanged where they are others by now. Invalid names the place that is wrong.
    """
    open_draft(actor, revision, reason_kind, at)
    placement = placed(Outline(revision), clause)
    before, after = placement.target, targets.check(target)
    if expected_digest is not None and digest_target(before) != expected_digest:
        raise TargetChanged(_("Somebody else has changed the figures of this clause meanwhile."))
    sentence = clean_reason(reason_kind, reason) if reason_kind else ""
    if reason_kind and before == after:
        raise Invalid(_("These are the figures that stand there already."), field="target")
    placement.target = after
    placement.save(update_fields=["target"])
    if not reason_kind:
        count_edit(revision)
        return None
    return record_change(
        actor,
        revision,
        clause,
        Operation.TARGET,
        before=json.dumps(before) if before else "",
        after=json.dumps(after) if after else "",
        reason=(reason_kind, sentence),
        at=at,
    )


def remove_placement(outline: Outline, placement: Placement) -> None:
    if outline.children(placement):
        raise Invalid(
            _("Clauses stand below clause %s. Move or remove those first.") % placement.label,
            field="clause",
        )
    outline.take_out(placement)
    Wording.objects.filter(placement=placement).delete()
    Placement.objects.filter(pk=placement.pk).delete()
