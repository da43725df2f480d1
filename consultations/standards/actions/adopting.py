"""Bringing a revision into force by a decree, and what that ends."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.models import Agency, Post
from consultations.people.queries import day_in
from consultations.standards import gates
from consultations.standards.actions.indexing import index_standard
from consultations.standards.actions.publishing import append, check_transition
from consultations.standards.actions.working import day_of
from consultations.standards.enums import RevisionState
from consultations.standards.models import Decree, Revision
from consultations.standards.rules import check_adopt, check_publish


@transaction.atomic
def record_decree(
    *,
    actor,
    agency: Agency,
    number: str,
    dated_on: date,
    title: LocalizedText | None = None,
    signed_by: Post | None = None,
    signed_name: str = "",
    at: datetime,
) -> Decree:
    """A decree as it was signed; the same one twice is the same row."""
    ledger.lock(agency.log)
    check_adopt(actor, agency, on=day_in(agency, at))
    number = clean_text(number, limit=80, field="number")
    if not number:
        raise Invalid(_("Write the decree's number as it is printed."), field="number")
    decree, _is_new = Decree.objects.get_or_create(
        agency=agency,
        number=number,
        dated_on=dated_on,
        defaults={
            "title": title or LocalizedText(),
            "signed_by": signed_by,
            "signed_name": clean_text(signed_name, limit=120, field="signed_name"),
        },
    )
    return decree


@transaction.atomic
def adopt_revision(
    *,
    actor,
    revision: Revision,
    decree: Decree,
    annex_number: str = "",
    effective_on: date,
    is_history: bool = False,
    at: datetime,
) -> Revision:
    """Brings a finalised revision into force on a day, and ends the one before it on that day.

    Refuses what the gate `coming_into_force` finds missing. Only the program may load as history
    (`is_history`) what came into force before it came here: that is a fact, however untidy.
    """
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db()
    revision.standard = standard
    check_adopt(actor, standard.service.agency, on=day_of(standard, at))
    check_transition(revision, RevisionState.ADOPTED)
    _check_decree(revision, decree)
    revision.decree, revision.effective_on = decree, effective_on
    revision.annex_number = clean_text(annex_number, limit=20, field="annex_number")
    if not (is_history and actor is None):
        gates.check_gate(gates.coming_into_force, revision)
    _end_earlier(actor, revision, at)
    revision.state = RevisionState.ADOPTED
    revision.save(update_fields=["state", "decree", "annex_number", "effective_on"])
    data = {
        "number": revision.number,
        "decree": decree.number,
        "annex": revision.annex_number,
        "effective_on": effective_on.isoformat(),
    }
    append(actor, revision, "revision.adopted", data, at)
    index_standard(standard, at=at)
    return revision


def _check_decree(revision: Revision, decree: Decree) -> None:
    """The agency's own, or that of a government above it."""
    agency, seen = revision.standard.service.agency, set()
    while agency and agency.pk not in seen:
        if agency.pk == decree.agency_id:
            return
        seen.add(agency.pk)
        agency = agency.parent
    raise Invalid(_("This decree is of another agency."), field="decree")


def _end_earlier(actor, revision: Revision, at: datetime) -> None:
    """What was in force holds until the new day; drafts that were consulted on are done with."""
    others = Revision.objects.filter(
        standard=revision.standard_id,
        state__in=[RevisionState.ADOPTED, RevisionState.CONSULTED],
    ).exclude(pk=revision.pk)
    for other in others.order_by("number"):
        other.standard = revision.standard
        if other.state == RevisionState.CONSULTED:
            if other.number < revision.number:
                _supersede(actor, other, revision.number, None, at)
        elif other.effective_on >= revision.effective_on:
            raise Conflict(
                _("Revision %(number)d comes into force on %(day)s. This one must come later.")
                % {"number": other.number, "day": other.effective_on.isoformat()},
                code="too_early",
            )
        else:
            _supersede(actor, other, revision.number, revision.effective_on, at)


@transaction.atomic
def supersede_revision(
    *, actor, revision: Revision, by: Revision | None = None, at: datetime
) -> Revision:
    """Ends a revision that was consulted on, when another draft takes its place; or one that is in
    force, today, without another (`adopt_revision` ends it where there is another)."""
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db()
    revision.standard = standard
    on = day_of(standard, at)
    check_transition(revision, RevisionState.SUPERSEDED)
    was_adopted = revision.state == RevisionState.ADOPTED
    (check_adopt if was_adopted else check_publish)(actor, standard.service.agency, on=on)
    _supersede(actor, revision, by.number if by else None, on if was_adopted else None, at)
    index_standard(standard, at=at)
    return revision


def _supersede(actor, revision: Revision, by: int | None, on: date | None, at: datetime) -> None:
    revision.state, revision.superseded_on = RevisionState.SUPERSEDED, on
    revision.save(update_fields=["state", "superseded_on"])
    day = on.isoformat() if on else None
    data = {"number": revision.number, "by": by, "superseded_on": day}
    append(actor, revision, "revision.superseded", data, at)
