"""Voices: people who take part themselves, and those whose words somebody enters for them."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.kernel.errors import Denied, Invalid
from consultations.ledger import actions as ledger
from consultations.people.names import clean_line, clean_public_name
from consultations.people.queries import day_in, office_in
from consultations.proceedings.enums import Source, Stage, Unsur
from consultations.proceedings.models import Consultation, Participant
from consultations.proceedings.rules import CommentsClosed, check_enter

AFFILIATION_LIMIT = 120


def join(
    *,
    user,
    consultation: Consultation,
    affiliation: str = "",
    unsur: str = Unsur.SERVICE_USERS,
    is_invited: bool = False,
    at: datetime,
) -> Participant:
    """This person's voice in the consultation; made the first time, then always the same.

    Whoever works for the agency that asks speaks in their post, and is counted apart.
    """
    if not user.is_authenticated or not user.is_active:
        raise Denied(_("Sign in to take part."), code="not_signed_in")
    with transaction.atomic():
        ledger.lock(consultation.log)
        found = Participant.objects.filter(consultation=consultation, user=user).first()
        if found is not None:
            return found
        _check_unsur(unsur)
        agency = consultation.agency
        office = office_in(user, agency, (), on=day_in(agency, at))
        return Participant.objects.create(
            consultation=consultation,
            number=_next_number(consultation),
            user=user,
            public_name=user.public_name,
            affiliation=clean_line(affiliation, limit=AFFILIATION_LIMIT, field="affiliation"),
            unsur=unsur,
            is_organiser=office is not None,
            is_invited=is_invited,
            post_id=office.post_id if office else None,
            consented_at=at,
            joined_at=at,
        )


def enter_participant(
    *,
    actor,
    consultation: Consultation,
    public_name: str,
    affiliation: str = "",
    unsur: str = Unsur.SERVICE_USERS,
    source: str = Source.HALL,
    consented_at: datetime | None = None,
    at: datetime,
) -> Participant:
    """A voice without an account: spoken in the hall, on paper, by telephone. It counts as much."""
    with transaction.atomic():
        ledger.lock(consultation.log)
        consultation.refresh_from_db(fields=["stage"])
        check_enter(actor, consultation, at=at)
        if consultation.stage not in Stage.UNDER_WAY:
            raise CommentsClosed(_("Voices are entered while a consultation is under way."))
        if source not in Source.values or source == Source.ONLINE:
            raise Invalid(_("Choose how the contribution came in."), field="source")
        _check_unsur(unsur)
        return Participant.objects.create(
            consultation=consultation,
            number=_next_number(consultation),
            public_name=clean_public_name(public_name),
            affiliation=clean_line(affiliation, limit=AFFILIATION_LIMIT, field="affiliation"),
            unsur=unsur,
            source=source,
            consented_at=consented_at,
            joined_at=at,
        )


def _next_number(consultation: Consultation) -> int:
    """Safe under the log's lock."""
    return (consultation.participants.aggregate(last=Max("number"))["last"] or 0) + 1


def _check_unsur(unsur: str) -> None:
    if unsur not in Unsur.values:
        raise Invalid(_("Choose a participant category."), field="unsur")
