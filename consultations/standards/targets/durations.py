"""Lengths of time, and what can honestly be said about two of them."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.standards.fields import Fields
from consultations.standards.targets.enums import Direction, TimeUnit
from consultations.standards.targets.wording import figure

_MINUTES = {TimeUnit.MINUTES: 1, TimeUnit.HOURS: 60, TimeUnit.DAYS: 24 * 60}
_OFFICE_DAY = 8 * 60
_DAYS_IN_A_WORKING_DAY = 7 / 5


@dataclass(frozen=True)
class Duration:
    value: int | float
    unit: str

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        return cls(fields.number("value"), fields.choice("unit", TimeUnit.values))

    def dump(self) -> dict:
        return {"value": self.value, "unit": self.unit}

    def __str__(self) -> str:
        return in_unit(figure(self.value), self.value, self.unit)

    @property
    def least_minutes(self) -> float:
        """It lasts that long for certain. Before n working days are over, n - 1 whole days and one
        day at the office have passed, however the weekends and holidays fall."""
        if self.unit == TimeUnit.WORKING_DAYS:
            return max(self.value - 1, 0) * _MINUTES[TimeUnit.DAYS] + _OFFICE_DAY
        return self.value * _MINUTES[self.unit]

    @property
    def in_calendar_days(self) -> "Duration":
        """About; for working days in weeks of five."""
        return Duration(round(self.value * _DAYS_IN_A_WORKING_DAY), TimeUnit.DAYS)


def in_unit(figures: str, count: float, unit: str) -> str:
    """`figures` with the unit's name, such as “14 → 7 working days”; `count` is for its plural."""
    # One of 1.5 is many in English, and rules of plural want whole numbers.
    whole = int(count) if count == int(count) else 2
    words = {
        TimeUnit.MINUTES: lambda: ngettext("%(n)s minute", "%(n)s minutes", whole),
        TimeUnit.HOURS: lambda: ngettext("%(n)s hour", "%(n)s hours", whole),
        TimeUnit.DAYS: lambda: ngettext("%(n)s day", "%(n)s days", whole),
        TimeUnit.WORKING_DAYS: lambda: ngettext("%(n)s working day", "%(n)s working days", whole),
    }
    return words[unit]() % {"n": figures}


def difference(before: Duration, after: Duration) -> tuple[Direction, Duration | None]:
    """Shorter is better. The difference is None where it can't be known: a working day is no fixed
    number of hours or days, so only what is shorter for certain is called that."""
    if before.unit == after.unit:
        change = Duration(abs(after.value - before.value), before.unit)
        return _direction(before.value, after.value), change
    if TimeUnit.WORKING_DAYS not in {before.unit, after.unit}:
        one, other = before.least_minutes, after.least_minutes
        return _direction(one, other), _in_finer_unit(abs(other - one), before.unit, after.unit)
    if after.unit != TimeUnit.WORKING_DAYS and after.least_minutes <= before.least_minutes:
        return Direction.BETTER, None
    if before.unit != TimeUnit.WORKING_DAYS and before.least_minutes <= after.least_minutes:
        return Direction.WORSE, None
    return Direction.CHANGED, None


def sentence(direction: Direction, change: str, by: str) -> str:
    """“14 → 7 working days: 7 working days faster”"""
    if direction == Direction.BETTER:
        words = _("%(change)s: %(difference)s faster") if by else _("%(change)s: faster")
    elif direction == Direction.WORSE:
        words = _("%(change)s: %(difference)s slower") if by else _("%(change)s: slower")
    else:
        return change
    return words % {"change": change, "difference": by}


def _direction(before: float, after: float) -> Direction:
    if before == after:
        return Direction.SAME
    return Direction.BETTER if after < before else Direction.WORSE


def _in_finer_unit(minutes: float, *units: str) -> Duration:
    unit = min(units, key=_MINUTES.__getitem__)
    value = minutes / _MINUTES[unit]
    return Duration(int(value) if value == int(value) else round(value, 1), unit)
