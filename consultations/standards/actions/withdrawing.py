"""Taking back what was published: a draft for good, or a standard from a day on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.standards import gates
from consultations.standards.actions.adopting import set_review_day
from consultations.standards.actions.indexing import index_standards
from consultations.standards.actions.publishing import append, check_transition
from consultations.standards.actions.working import day_of
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision
from consultations.standards.queries import held_before
from consultations.standards.queries.keeping import review_days
from consultations.standards.rules import check_withdraw

REASON_LIMIT = 500


@transaction.atomic
def withdraw_revision(
    *, actor, revision: Revision, withdrawn_on: date, reason: str, at: datetime
) -> Revision:
    """Withdraws a revision, with the reason that everybody reads.

    What is in force holds until that day; what was not adopted never will, and is withdrawn today.
    Where its own day never comes, the revision that it was to end goes on holding.
    """
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db()
    revision.standard = standard
    on = day_of(standard, at)
    check_withdraw(actor, revision, on=on)
    check_transition(revision, RevisionState.WITHDRAWN)
    gates.check_gate(gates.withdrawal, revision)
    reason = clean_text(reason, limit=REASON_LIMIT, field="reason")
    if not reason:
        raise Invalid(_("Write why it is withdrawn. Everybody reads it."), field="reason")
    was_adopted = revision.state == RevisionState.ADOPTED
    if not was_adopted and withdrawn_on != on:
        message = _("It is not adopted, so it is withdrawn today or not at all.")
        raise Invalid(message, field="withdrawn_on")
    if withdrawn_on < day_of(standard, revision.published_at):
        message = _("It was published after that day. Choose a later one.")
        raise Invalid(message, field="withdrawn_on")
    if was_adopted and withdrawn_on <= revision.effective_on:
        _let_hold(actor, revision, at)
    _withdraw(actor, revision, withdrawn_on, reason, at)
    if was_adopted:
        months = standard.service.agency.review_months
        set_review_day(standard, review_days([standard], months)[standard.pk])
    index_standards([standard], at=at)
    return revision


def _withdraw(actor, revision: Revision, day: date, reason: str, at: datetime) -> None:
    revision.state, revision.withdrawn_on = RevisionState.WITHDRAWN, day
    revision.withdrawn_reason = reason
    revision.save(update_fields=["state", "withdrawn_on", "withdrawn_reason"])
    data = {"number": revision.number, "withdrawn_on": day.isoformat()}
    append(actor, revision, "revision.withdrawn", data, at, contents={"reason": reason})


def _let_hold(actor, revision: Revision, at: datetime) -> None:
    """The revision that was to end by this one is in force as if nothing had come."""
    other = held_before(revision)
    if other is None:
        return
    other.standard = revision.standard
    if other.state == RevisionState.SUPERSEDED:
        other.state = RevisionState.ADOPTED
    other.superseded_on = None
    other.save(update_fields=["state", "superseded_on"])
    data = {"number": other.number, "instead_of": revision.number}
    append(actor, other, "revision.upheld", data, at)
