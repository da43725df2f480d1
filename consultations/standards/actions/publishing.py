"""From one published revision to the next: start a working draft, and publish it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.ledger import actions as ledger
from consultations.people.queries import actor_name
from consultations.standards import gates
from consultations.standards.actions.indexing import index_standards
from consultations.standards.actions.working import day_of
from consultations.standards.digests import digest_revision
from consultations.standards.enums import REVISION_TRANSITIONS, RevisionState
from consultations.standards.models import Placement, Revision, Standard, Wording
from consultations.standards.rules import ADOPTING, DRAFTING, check_draft, check_publish


@transaction.atomic
def start_working_draft(
    *,
    actor,
    standard: Standard,
    based_on: Revision | None,
    number: int | None = None,
    at: datetime,
) -> Revision:
    """The next revision, with the clauses and words of a published one (or empty, for the first).

    `number` may leave some out, where a standard had revisions before it came here.
    """
    ledger.lock(standard.log)
    check_draft(actor, standard.service.agency, on=day_of(standard, at))
    if standard.revisions.filter(state=RevisionState.WORKING).exists():
        raise Conflict(_("This standard has a working draft already."), code="draft_exists")
    if based_on:
        based_on.refresh_from_db(fields=["state"])
        if based_on.standard_id != standard.pk or based_on.state == RevisionState.WORKING:
            raise Invalid(_("Choose a published revision of this standard."), field="based_on")
    last = standard.revisions.aggregate(last=Max("number"))["last"] or 0
    if number is not None and number <= last:
        raise Invalid(_("There is a revision with this number or a later one."), field="number")
    draft = Revision.objects.create(
        standard=standard, number=number or last + 1, based_on=based_on, created_at=at
    )
    if based_on:
        _copy_words(based_on, draft)
    return draft


def _copy_words(based_on: Revision, draft: Revision) -> None:
    """The same clauses in the same places with the same words; as many queries for any size."""
    old = list(Placement.objects.filter(revision=based_on).order_by("id"))
    copies = Placement.objects.bulk_create(
        Placement(
            revision=draft,
            clause_id=placement.clause_id,
            component_id=placement.component_id,
            position=placement.position,
            label=placement.label,
            target=placement.target,
        )
        for placement in old
    )
    copy_of = {placement.pk: copy for placement, copy in zip(old, copies, strict=True)}
    below = [placement for placement in old if placement.parent_id]
    for placement in below:
        copy_of[placement.pk].parent = copy_of[placement.parent_id]
    Placement.objects.bulk_update([copy_of[placement.pk] for placement in below], ["parent"])
    wordings = list(Wording.objects.filter(placement__revision=based_on))
    for wording in wordings:
        wording.pk, wording.placement = None, copy_of[wording.placement_id]
    Wording.objects.bulk_create(wordings)


@transaction.atomic
def publish_revision(*, actor, revision: Revision, state: str, at: datetime) -> Revision:
    """Publishes the working draft, for consultation or as the final words; or finalises a revision
    that was consulted on and stays as it is. From here on its words are fixed."""
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db()
    revision.standard = standard
    check_publish(actor, standard.service.agency, on=day_of(standard, at))
    if state not in {RevisionState.CONSULTED, RevisionState.FINALISED}:
        raise Invalid(_("Publish it for consultation or as final."), field="state")
    check_transition(revision, state)
    gates.check_gate(gates.publication, revision)
    revision.state = state
    if revision.published_at is None:
        revision.published_at = at
        placements = Placement.objects.filter(revision=revision)
        revision.digest = digest_revision(
            placements.select_related("component", "parent").prefetch_related("wordings")
        )
    revision.save(update_fields=["state", "published_at", "digest"])
    data = {"number": revision.number, "state": str(state), "digest": revision.digest}
    append(actor, revision, "revision.published", data, at)
    index_standards([standard], at=at)
    return revision


def check_transition(revision: Revision, state: str) -> None:
    if state not in REVISION_TRANSITIONS[revision.state]:
        words = {
            "number": revision.number,
            "now": revision.get_state_display(),
            "wanted": RevisionState(state).label,
        }
        raise Conflict(
            _("Revision %(number)d is: %(now)s. It cannot become: %(wanted)s.") % words,
            code="wrong_state",
        )


def append(
    actor,
    revision: Revision,
    type: str,
    data: dict,
    at: datetime,
    contents: dict[str, str] | None = None,
) -> None:
    """An entry about a revision on its standard's log."""
    standard = revision.standard
    on = day_of(standard, at)
    ledger.append(
        standard.log,
        type,
        actor=actor_name(actor, standard.service.agency, *DRAFTING, *ADOPTING, on=on),
        subject=f"revision:{revision.number}",
        data=data,
        contents=contents,
        at=at,
    )
