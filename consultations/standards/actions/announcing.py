"""What the calendar brings about: told once, by whichever process comes first, late if need be.

Pages never wait for this: what holds is derived from its day (`queries.standing`).
"""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from consultations.ledger import actions as ledger
from consultations.notices.actions import notify
from consultations.people.enums import Role
from consultations.people.models import Agency
from consultations.people.queries import colleagues, day_in
from consultations.standards.actions.publishing import append
from consultations.standards.actions.working import day_of
from consultations.standards.enums import RevisionState
from consultations.standards.kinds import REVIEWS_DUE
from consultations.standards.models import Revision, Standard
from consultations.standards.queries.keeping import SOON_DAYS, add_months
from consultations.standards.tasks import tell_followers

REMIND_DAYS = (0, 7, 30, SOON_DAYS)  # before the day on which a review is due
_MOST_AHEAD = timedelta(hours=14)  # the first place on earth where a day begins


def announce_coming_into_force(*, at: datetime) -> int:
    """An entry and notices for each revision whose day has come in its agency's time zone.

    Safe to repeat and to run in several processes. Returns how many were told.
    """
    found = _untold().filter(effective_on__lte=_latest_day(at)).order_by("effective_on", "pk")
    revisions = found.select_related("standard__service__agency", "standard__log")
    return sum(_announce(revision, at) for revision in list(revisions))


def _untold():
    """Adopted and not told yet, but for those whose day never comes."""
    is_withdrawn_before = Q(state=RevisionState.WITHDRAWN, withdrawn_on__lte=F("effective_on"))
    adopted = Revision.objects.filter(
        state__in=RevisionState.ONCE_ADOPTED, in_force_told_at=None, effective_on__isnull=False
    )
    return adopted.exclude(is_withdrawn_before)


@transaction.atomic
def _announce(revision: Revision, at: datetime) -> bool:
    standard = revision.standard
    ledger.lock(standard.log)
    day = day_of(standard, at)
    still = _untold().filter(pk=revision.pk, effective_on__lte=day)
    if not still.update(in_force_told_at=at):
        return False
    data = {"number": revision.number, "effective_on": revision.effective_on.isoformat()}
    append(None, revision, "revision.in_force", data, at)
    tell_followers.enqueue(revision.pk)
    return True


def remind_of_reviews(*, at: datetime) -> int:
    """Tells the drafters of each agency which reviews are due: 60, 30, 7 days before and on the
    day, and each month that they are overdue. One notice for all that are due on the same day.

    Safe to repeat and to run in several processes. Returns how many notices were written.
    """
    due: dict[tuple[Agency, date], list[Standard]] = defaultdict(list)
    last = _latest_day(at) + timedelta(days=SOON_DAYS)
    standards = Standard.objects.filter(review_due_on__lte=last).order_by("pk")
    for standard in standards.select_related("service__agency"):
        due[standard.service.agency, standard.review_due_on].append(standard)
    return sum(_remind(agency, day, found, at) for (agency, day), found in due.items())


def _remind(agency: Agency, due_on: date, standards: list[Standard], at: datetime) -> int:
    on = day_in(agency, at)
    stage = _stage(due_on, on)
    if stage is None:
        return 0
    drafters = colleagues(agency, Role.DRAFTER, on=on)
    if not drafters.exists():
        drafters = colleagues(agency, Role.ADMINISTRATOR, on=on)
    return notify(
        users=drafters.values_list("pk", flat=True),
        kind=REVIEWS_DUE,
        key=f"agency:{agency.pk}:{due_on.isoformat()}:{stage}",
        data={
            "agency": agency.slug,
            "service": standards[0].service.slug if len(standards) == 1 else None,
            "count": len(standards),
            "due_on": due_on.isoformat(),
            "overdue_months": -stage if stage < 0 else 0,
        },
        at=at,
    )


def _stage(due_on: date, on: date) -> int | None:
    """The latest reminder that is to have been sent: days before, or minus months overdue."""
    months = 0
    while add_months(due_on, months + 1) <= on:
        months += 1
    if months:
        return -months
    days = (due_on - on).days
    return next((ahead for ahead in REMIND_DAYS if days <= ahead), None)


def _latest_day(at: datetime) -> date:
    return (at.astimezone(UTC) + _MOST_AHEAD).date()
