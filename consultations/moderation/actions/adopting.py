"""The last gate in one step: finalise the words, name the decree, set the day."""

from datetime import date, datetime

from django.db import transaction

from consultations.ledger import actions as ledger
from consultations.standards import actions as standards
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision


def bring_into_force(
    *,
    actor,
    revision: Revision,
    number: str,
    dated_on: date,
    effective_on: date,
    annex_number: str = "",
    at: datetime,
) -> Revision:
    """Finalises the revision if that has not been done, and adopts it by this decree.

    All or nothing: when a gate is closed (GateClosed carries the list), nothing has happened.
    """
    agency = revision.standard.service.agency
    with transaction.atomic():
        ledger.lock(agency.log, revision.standard.log)
        revision.refresh_from_db(fields=["state"])
        if revision.state in {RevisionState.WORKING, RevisionState.CONSULTED}:
            standards.publish_revision(
                actor=actor, revision=revision, state=RevisionState.FINALISED, at=at
            )
        decree = standards.record_decree(
            actor=actor, agency=agency, number=number, dated_on=dated_on, at=at
        )
        standards.adopt_revision(
            actor=actor,
            revision=revision,
            decree=decree,
            annex_number=annex_number,
            effective_on=effective_on,
            at=at,
        )
    return revision
