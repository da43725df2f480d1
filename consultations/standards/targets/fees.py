"""What it costs: nothing, one amount, or a table of amounts, in any currency."""

import re
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.fields import LocalizedText
from consultations.standards.fields import Fields, refused
from consultations.standards.targets.base import MOST_ROWS, Difference, Fact, Target, kinds
from consultations.standards.targets.enums import Direction
from consultations.standards.targets.matching import matched
from consultations.standards.targets.wording import arrow, money

_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True)
class FeeRow:
    for_what: LocalizedText
    value: int | float


@kinds.register("fee")
@dataclass(frozen=True)
class Fee(Target):
    """`value` is None for a table. What is free needs no currency."""

    value: int | float | None
    unit: str = ""
    rows: tuple[FeeRow, ...] = ()

    kind = "fee"
    label = gettext_lazy("Fee")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        if "rows" not in fields:
            value = fields.number("value")
            return cls(value, _currency(fields, required=value > 0))
        parts = fields.objects("rows", most=MOST_ROWS)
        rows = []
        for part in parts:
            rows.append(FeeRow(part.localized("for"), part.number("value")))
            part.end()
        if not rows:
            raise refused(fields.at("rows"), _("at least one is expected"))
        return cls(None, _currency(fields, required=True), tuple(rows))

    def dump(self) -> dict:
        unit = {"unit": self.unit} if self.unit else {}
        if not self.rows:
            return {"kind": self.kind, "value": self.value} | unit
        rows = [{"for": row.for_what, "value": row.value} for row in self.rows]
        return {"kind": self.kind, "rows": rows} | unit

    @property
    def is_free(self) -> bool:
        return not self.value and not any(row.value for row in self.rows)

    def facts(self) -> tuple[Fact, ...]:
        if self.rows:
            return tuple(Fact(self._said(row.value), str(row.for_what)) for row in self.rows)
        return (Fact(self._said(self.value)),)

    def differences(self, after: Self) -> list[Difference]:
        if self.is_free != after.is_free:
            return [_free_or_not(self, after)]
        if self.unit != after.unit or bool(self.rows) != bool(after.rows):
            return []
        if not self.rows:
            return [after._change("", self.value, after.value)]
        differences = []
        for one, other in matched(self.rows, after.rows, lambda row: row.for_what):
            if one is None:
                differences.append(_new_row(after, other))
            elif other is None:
                differences.append(_lost_row(self, one))
            elif one.value != other.value:
                differences.append(after._change(str(other.for_what), one.value, other.value))
        return differences

    def question(self) -> str:
        if self.is_free:
            return _("Have you been asked for money for this service, although it is free?")
        return _("Is this fee reasonable for you: %(fee)s?") % {"fee": self}

    def _said(self, value: float) -> str:
        return money(value, self.unit) if value else _("Free of charge")

    def _change(self, for_what: str, before: float, after: float) -> Difference:
        words = {
            "change": arrow(self._said(before), self._said(after)),
            "difference": money(abs(after - before), self.unit),
        }
        if for_what:
            words["change"] = f"{for_what}: {words['change']}"
        if after < before:
            sentence = _("%(change)s: %(difference)s cheaper") % words
            return Difference(Direction.BETTER, sentence, _("You pay less: %(change)s.") % words)
        sentence = _("%(change)s: %(difference)s dearer") % words
        return Difference(Direction.WORSE, sentence, _("You pay more: %(change)s.") % words)


def _currency(fields: Fields, *, required: bool) -> str:
    unit = fields.text("unit", limit=3, required=required)
    if unit and not _CURRENCY.fullmatch(unit):
        raise refused(fields.at("unit"), _("a currency such as IDR is expected"))
    return unit


def _free_or_not(before: Fee, after: Fee) -> Difference:
    if after.is_free:
        sentence = _("now free of charge; before: %(before)s") % {"before": before}
        return Difference(
            Direction.BETTER, sentence, _("You pay nothing any more; before: %(before)s.")
            % {"before": before},
        )  # fmt: skip
    sentence = _("now charged: %(after)s; before free of charge") % {"after": after}
    plain = _("You now pay for what was free of charge: %(after)s.") % {"after": after}
    return Difference(Direction.WORSE, sentence, plain)


def _new_row(fee: Fee, row: FeeRow) -> Difference:
    words = {"what": row.for_what, "fee": fee._said(row.value)}
    return Difference(
        Direction.CHANGED,
        _("new in the table: %(what)s, %(fee)s") % words,
        _("A fee is stated for the first time: %(what)s, %(fee)s.") % words,
    )


def _lost_row(fee: Fee, row: FeeRow) -> Difference:
    words = {"what": row.for_what, "fee": fee._said(row.value)}
    return Difference(
        Direction.CHANGED,
        _("no longer in the table: %(what)s, %(fee)s") % words,
        _("A fee is no longer stated: %(what)s, %(fee)s.") % words,
    )
