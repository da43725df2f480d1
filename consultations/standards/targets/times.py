"""How long it takes: 7 working days, at most 3 days, 3–4 working days, on the spot."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.fields import LocalizedText
from consultations.standards.fields import Fields, refused
from consultations.standards.targets import durations
from consultations.standards.targets.base import Difference, Fact, Target, kinds
from consultations.standards.targets.durations import Duration, in_unit
from consultations.standards.targets.enums import Bound, Direction, TimeUnit
from consultations.standards.targets.wording import RANGE, arrow, figure


@kinds.register("time")
@dataclass(frozen=True)
class Time(Target):
    value: int | float | None  # None only for what is done on the spot
    unit: str = ""
    up_to: int | float | None = None  # the end of a range that begins with `value`
    bound: str = ""
    on_the_spot: bool = False
    since: LocalizedText | None = None  # what it is counted from

    kind = "time"
    label = gettext_lazy("Processing time")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        on_the_spot = fields.flag("on_the_spot")
        value = fields.number("value", required=not on_the_spot)
        if value is None:
            return cls(None, on_the_spot=True, since=_since(fields))
        up_to = fields.number("up_to", least=value, required=False)
        if up_to == value:
            raise refused(fields.at("up_to"), _("more than the value is expected"))
        unit = fields.choice("unit", TimeUnit.values)
        bound = fields.option("bound", Bound.values)
        if bound and up_to is not None:
            raise refused(fields.at("bound"), _("a range has no bound beside it"))
        return cls(value, unit, up_to, bound, on_the_spot, _since(fields))

    def dump(self) -> dict:
        given = {
            "value": self.value,
            "up_to": self.up_to,
            "unit": self.unit or None,
            "bound": self.bound or None,
            "on_the_spot": self.on_the_spot or None,
            "from": self.since,
        }
        return {"kind": self.kind} | {
            name: value for name, value in given.items() if value is not None
        }

    def facts(self) -> tuple[Fact, ...]:
        words = self._span(self._figures)
        if self.since:
            words = _("%(time)s from %(event)s") % {"time": words, "event": self.since}
        return (Fact(words),)

    def differences(self, after: Self) -> list[Difference]:
        direction, by = self._against(after)
        if direction == Direction.SAME:
            direction = Direction.CHANGED
        sentence = durations.sentence(direction, self._arrow(after), str(by or ""))
        if after.since != self.since:
            sentence += "; " + (
                _("counted from %(event)s") % {"event": after.since}
                if after.since
                else _("it is no longer said from when it is counted")
            )
        plain = {
            Direction.BETTER: _("You wait less: %(after)s instead of %(before)s."),
            Direction.WORSE: _("You wait longer: %(after)s instead of %(before)s."),
            Direction.CHANGED: _("The time is stated anew: %(after)s instead of %(before)s."),
        }
        return [Difference(direction, sentence, plain[direction] % _both(self, after))]

    def question(self) -> str:
        return _("Is this fast enough for you: %(time)s?") % {"time": self}

    @property
    def longest(self) -> Duration | None:
        """What a citizen has to expect; None where no end is promised."""
        if self.bound == Bound.AT_LEAST or self.value is None:
            return None
        return Duration(self.up_to or self.value, self.unit)

    @property
    def _figures(self) -> str:
        if self.value is None:
            return ""
        first = figure(self.value)
        return first if self.up_to is None else f"{first}{RANGE}{figure(self.up_to)}"

    def _span(self, figures: str) -> str:
        """In words, without what it is counted from; `figures` may hold two of them."""
        if self.value is None:
            return _("on the spot")
        words = in_unit(figures, self.up_to or self.value, self.unit)
        if self.bound == Bound.AT_MOST:
            words = _("at most %(time)s") % {"time": words}
        elif self.bound == Bound.AT_LEAST:
            words = _("at least %(time)s") % {"time": words}
        return _("on the spot, %(time)s") % {"time": words} if self.on_the_spot else words

    def _arrow(self, after: Self) -> str:
        """The unit once where it is the same: 14 → 7 working days."""
        shape = (self.unit, self.bound, self.on_the_spot, self.value is None)
        if shape != (after.unit, after.bound, after.on_the_spot, after.value is None):
            return arrow(self._with_days(after), after._with_days(self))
        if self._figures == after._figures:
            return after._span(after._figures)
        return after._span(arrow(self._figures, after._figures))

    def _with_days(self, other: Self) -> str:
        """With its length in calendar days where the other one is not in working days."""
        mixed = {self.unit, other.unit} == {TimeUnit.WORKING_DAYS, TimeUnit.DAYS}
        if not mixed or self.unit == TimeUnit.DAYS:
            return self._span(self._figures)
        days = Duration(self.up_to or self.value, self.unit).in_calendar_days
        return f"{self._span(self._figures)} (≈ {days})"

    def _against(self, after: Self) -> tuple[Direction, Duration | None]:
        """By the end of the range, then by its beginning, then by whether one can wait for it."""
        if self.value is None or after.value is None:
            return _by_waiting(self, after), None
        if (self.bound == Bound.AT_LEAST) != (after.bound == Bound.AT_LEAST):
            return Direction.CHANGED, None
        ends = [each.longest or Duration(each.value, each.unit) for each in (self, after)]
        direction, by = durations.difference(*ends)
        if direction == Direction.SAME:
            starts = (Duration(self.value, self.unit), Duration(after.value, after.unit))
            direction, by = durations.difference(*starts)
        if direction == Direction.SAME:
            return _by_waiting(self, after), None
        return direction, by


def _since(fields: Fields) -> LocalizedText | None:
    return fields.localized("from") if "from" in fields else None


def _by_waiting(before: Time, after: Time) -> Direction:
    if before.on_the_spot == after.on_the_spot:
        return Direction.SAME
    return Direction.BETTER if after.on_the_spot else Direction.WORSE


def _both(before: Target, after: Target) -> dict:
    return {"before": before, "after": after}
