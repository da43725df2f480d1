"""The demo's standard that is adopted and not yet in force, whatever the day is."""

from datetime import datetime, timedelta

from consultations.people.queries import day_in
from consultations.standards import actions
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision

_SLUG = "kartu-keluarga"
_DAYS_SINCE_DECREE = 7
_DAYS_UNTIL_IN_FORCE = 35


def adopt_for_later(*, now: datetime) -> Revision:
    """Adopts its final revision, by a decree like the one before."""
    revision = Revision.objects.select_related("standard__log").get(
        standard__service__slug=_SLUG, state=RevisionState.FINALISED
    )
    before = revision.based_on
    today = day_in(before.decree.agency, now)
    signed_on = today - timedelta(days=_DAYS_SINCE_DECREE)
    decree = actions.record_decree(
        actor=None,
        agency=before.decree.agency,
        number=f"188.4/47/DUKCAPIL/{signed_on.year}",
        dated_on=signed_on,
        title=before.decree.title,
        signed_by=before.decree.signed_by,
        signed_name=before.decree.signed_name,
        at=now,
    )
    return actions.adopt_revision(
        actor=None,
        revision=revision,
        decree=decree,
        annex_number=before.annex_number,
        effective_on=today + timedelta(days=_DAYS_UNTIL_IN_FORCE),
        at=now,
    )
