"""What an agency owes a standard that is in force: when its review is due, and what came of it."""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from consultations.standards.enums import RevisionState
from consultations.standards.models import Review, Revision, Standard

SOON_DAYS = 60  # from then on the agency is reminded


@dataclass(frozen=True)
class ReviewState:
    """`days` until the review is due, negative afterwards; nothing is due while nothing holds."""

    due_on: date | None
    is_overdue: bool
    days: int | None
    last: Review | None

    @property
    def is_near(self) -> bool:
        """Overdue, or due so soon that it should be taken up."""
        return self.days is not None and self.days <= SOON_DAYS


def review_state(standard: Standard, on: date) -> ReviewState:
    """On the day itself the review is due, from the next one on overdue.

    One query for `last`, none where `reviews` is prefetched.
    """
    due_on = standard.review_due_on
    days = (due_on - on).days if due_on else None
    last = next(iter(standard.reviews.all()[:1]), None)
    return ReviewState(due_on, days is not None and days < 0, days, last)


def add_months(day: date, months: int) -> date:
    """By the calendar: a month after 31 January is the last of February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def review_days(standards: Collection[Standard], months: int) -> dict[int, date | None]:
    """By standard when its review is due: so many months after the newest adopted revision came
    into force, or was reviewed last. Two queries, however many."""
    adopted = Revision.objects.filter(standard__in=standards, state=RevisionState.ADOPTED)
    newest = {
        standard: (revision, day)
        for standard, revision, day in adopted.order_by("number").values_list(
            "standard", "pk", "effective_on"
        )
    }
    reviews = Review.objects.filter(revision__in=[revision for revision, _day in newest.values()])
    reviewed = dict(reviews.values_list("revision").annotate(last=Max("reviewed_on")))
    days: dict[int, date | None] = {standard.pk: None for standard in standards}
    for standard, (revision, day) in newest.items():
        days[standard] = add_months(max(day, reviewed.get(revision, day)), months)
    return days
