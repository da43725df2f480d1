"""When reviews are due over a year: a calendar against the rush at its end."""

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, QuerySet

from consultations.people.models import Agency
from consultations.standards.models import Standard

_RUSH = 3  # times as many as in a month that is like the others


@dataclass(frozen=True)
class Month:
    first: date
    count: int
    overdue: int
    share: float  # of the fullest month, in percent
    is_rush: bool


@dataclass(frozen=True)
class ReviewCalendar:
    year: int
    months: tuple[Month, ...]
    overdue_before: int  # due in an earlier year, and still not done
    first_year: int
    last_year: int

    @property
    def total(self) -> int:
        return sum(month.count for month in self.months)

    @property
    def rush(self) -> list[Month]:
        """Months into which far more reviews fall than into others."""
        return [month for month in self.months if month.is_rush]


def review_calendar(agency: Agency | None, year: int, *, on: date) -> ReviewCalendar:
    """Of one agency, or of all. Three queries."""
    due = due_standards(agency)
    days = due.filter(review_due_on__year=year).values_list("review_due_on", flat=True)
    counts: Counter[int] = Counter()
    overdue: Counter[int] = Counter()
    for day in days.order_by():
        counts[day.month] += 1
        overdue[day.month] += day < on
    most, total = max(counts.values(), default=0), counts.total()
    years = due.aggregate(first=Min("review_due_on"), last=Max("review_due_on"))
    before = due.filter(review_due_on__lt=min(date(year, 1, 1), on))
    return ReviewCalendar(
        year,
        tuple(
            Month(
                date(year, number, 1),
                counts[number],
                overdue[number],
                100 * counts[number] / most if most else 0,
                counts[number] >= _RUSH and counts[number] * 12 >= _RUSH * total,
            )
            for number in range(1, 13)
        ),
        before.count(),
        min(years["first"].year, on.year) if years["first"] else on.year,
        max(years["last"].year, on.year) if years["last"] else on.year,
    )


def due_standards(agency: Agency | None) -> QuerySet[Standard]:
    found = Standard.objects.filter(review_due_on__isnull=False)
    return found.filter(service__agency=agency) if agency else found


def due_in_month(agency: Agency | None, first: date) -> QuerySet[Standard]:
    """Standards whose review falls into that month, the earliest first."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = due_standards(agency).filter(review_due_on__range=(first, last))
    return found.select_related("service__agency").order_by("review_due_on", "pk")


def agencies_with_reviews() -> QuerySet[Agency]:
    return Agency.objects.filter(services__standard__review_due_on__isnull=False).distinct()
