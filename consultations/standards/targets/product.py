"""What one gets: its name, on paper, electronic or as a card, and for how long it is valid."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.kernel.fields import LocalizedText
from consultations.standards.fields import Fields
from consultations.standards.targets.base import Difference, Fact, Target, kinds
from consultations.standards.targets.enums import Direction, ProductFormat, ValidityUnit
from consultations.standards.targets.wording import arrow, listed, number


@dataclass(frozen=True)
class Validity:
    unit: str
    value: int | None = None  # None: for life

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        unit = fields.choice("unit", ValidityUnit.values)
        value = None
        if unit != ValidityUnit.LIFE:
            value = fields.number("value", least=1, most=10_000, whole=True)
        fields.end()
        return cls(unit, value)

    def dump(self) -> dict:
        value = {} if self.value is None else {"value": self.value}
        return value | {"unit": self.unit}

    @property
    def about_days(self) -> float:
        if self.value is None:
            return float("inf")
        return self.value * ValidityUnit.IN_DAYS[self.unit]

    def __str__(self) -> str:
        words = {
            ValidityUnit.DAYS: lambda: ngettext("%(n)s day", "%(n)s days", self.value),
            ValidityUnit.MONTHS: lambda: ngettext("%(n)s month", "%(n)s months", self.value),
            ValidityUnit.YEARS: lambda: ngettext("%(n)s year", "%(n)s years", self.value),
        }
        if self.value is None:
            return str(ValidityUnit.LIFE.label)
        return words[self.unit]() % {"n": number(self.value)}


@kinds.register("product")
@dataclass(frozen=True)
class Product(Target):
    name: LocalizedText
    formats: tuple[str, ...] = ()
    validity: Validity | None = None

    kind = "product"
    label = gettext_lazy("Service output")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        name = fields.localized("name")
        formats = fields.options("formats", ProductFormat.values)
        validity = fields.object("valid_for")
        return cls(name, formats, Validity.parse(validity) if validity else None)

    def dump(self) -> dict:
        found: dict = {"kind": self.kind, "name": self.name}
        if self.formats:
            found["formats"] = list(self.formats)
        if self.validity:
            found["valid_for"] = self.validity.dump()
        return found

    def facts(self) -> tuple[Fact, ...]:
        formats = f" ({listed(_labels(self.formats))})" if self.formats else ""
        facts = [Fact(f"{self.name}{formats}")]
        if self.validity:
            facts.append(Fact(_("valid for: %(time)s") % {"time": self.validity}))
        return tuple(facts)

    def differences(self, after: Self) -> list[Difference]:
        return list(self._differences(after))

    def _differences(self, after: Self) -> Iterator[Difference]:
        if self.name != after.name:
            change = arrow(self.name, after.name)
            plain = _("What you get is named anew: %(name)s.") % {"name": after.name}
            yield Difference(Direction.CHANGED, change, plain)
        if gained := [each for each in after.formats if each not in self.formats]:
            words = {"formats": listed(_labels(gained))}
            sentence = _("now also: %(formats)s") % words
            yield Difference(
                Direction.BETTER, sentence, _("You now also get it: %(formats)s.") % words
            )
        if lost := [each for each in self.formats if each not in after.formats]:
            words = {"formats": listed(_labels(lost))}
            sentence = _("no longer: %(formats)s") % words
            yield Difference(
                Direction.WORSE, sentence, _("You no longer get it: %(formats)s.") % words
            )
        if self.validity != after.validity:
            yield _validity(self.validity, after.validity)

    def question(self) -> str:
        return _("Is this what you need: %(product)s?") % {"product": self}


def _validity(before: Validity | None, after: Validity | None) -> Difference:
    words = {"change": arrow(before or "–", after or "–"), "after": after, "before": before}
    if before is None or after is None or before.about_days == after.about_days:
        direction = Direction.CHANGED
        plain = _("For how long it is valid is stated anew: %(change)s.")
    elif after.about_days > before.about_days:
        direction = Direction.BETTER
        plain = _("What you get is valid for longer: %(after)s instead of %(before)s.")
    else:
        direction = Direction.WORSE
        plain = _("What you get is valid for a shorter time: %(after)s instead of %(before)s.")
    return Difference(direction, _("valid for: %(change)s") % words, plain % words)


def _labels(formats) -> list[str]:
    return [str(ProductFormat(each).label) for each in formats]
