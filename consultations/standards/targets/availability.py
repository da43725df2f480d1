"""How far a service can be reached: hours in a week, or a share of the time."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.standards.fields import Fields
from consultations.standards.targets.base import Difference, Fact, Target, kinds
from consultations.standards.targets.enums import AvailabilityUnit, Direction
from consultations.standards.targets.wording import arrow, figure

_MOST = {AvailabilityUnit.HOURS_PER_WEEK: 7 * 24, AvailabilityUnit.PERCENT: 100}


@kinds.register("availability")
@dataclass(frozen=True)
class Availability(Target):
    value: int | float
    unit: str

    kind = "availability"
    label = gettext_lazy("Availability")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        unit = fields.choice("unit", AvailabilityUnit.values)
        return cls(fields.number("value", most=_MOST[unit]), unit)

    def dump(self) -> dict:
        return {"kind": self.kind, "value": self.value, "unit": self.unit}

    def facts(self) -> tuple[Fact, ...]:
        return (Fact(self._said(figure(self.value))),)

    def differences(self, after: Self) -> list[Difference]:
        if self.unit != after.unit:
            return []
        direction = Direction.BETTER if after.value > self.value else Direction.WORSE
        sentence = after._said(arrow(figure(self.value), figure(after.value)))
        plain = (
            _("You can reach the service for longer: %(change)s.")
            if direction == Direction.BETTER
            else _("You can reach the service for a shorter time: %(change)s.")
        )
        return [Difference(direction, sentence, plain % {"change": sentence})]

    def question(self) -> str:
        return _("Can you reach the service when you need it?")

    def _said(self, figures: str) -> str:
        if self.unit == AvailabilityUnit.PERCENT:
            return _("%(n)s%% of the time") % {"n": figures}
        count = int(self.value) if self.value == int(self.value) else 2
        return ngettext("%(n)s hour a week", "%(n)s hours a week", count) % {"n": figures}
