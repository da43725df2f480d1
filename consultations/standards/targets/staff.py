"""How many people serve, in all or by role."""

from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from consultations.kernel.fields import LocalizedText
from consultations.standards.fields import Fields, refused
from consultations.standards.targets.base import MOST_ROWS, Difference, Fact, Target, kinds
from consultations.standards.targets.enums import Direction
from consultations.standards.targets.matching import matched
from consultations.standards.targets.wording import arrow, number

_MOST_PEOPLE = 1_000_000


@dataclass(frozen=True)
class StaffRow:
    role: LocalizedText
    value: int


@kinds.register("staff")
@dataclass(frozen=True)
class Staff(Target):
    """`value` is None where only the roles are counted."""

    value: int | None
    rows: tuple[StaffRow, ...] = ()

    kind = "staff"
    label = gettext_lazy("Number of staff")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        rows = []
        for part in fields.objects("rows", required=False, most=MOST_ROWS):
            rows.append(StaffRow(part.localized("role"), _people(part, required=True)))
            part.end()
        value = _people(fields, required=not rows)
        if value is not None and value < sum(row.value for row in rows):
            raise refused(fields.at("value"), _("at least the sum of the roles is expected"))
        return cls(value, tuple(rows))

    def dump(self) -> dict:
        value = {} if self.value is None else {"value": self.value}
        rows = [{"role": row.role, "value": row.value} for row in self.rows]
        return {"kind": self.kind} | value | ({"rows": rows} if rows else {})

    @property
    def total(self) -> int:
        return sum(row.value for row in self.rows) if self.value is None else self.value

    def facts(self) -> tuple[Fact, ...]:
        roles = (Fact(number(row.value), str(row.role)) for row in self.rows)
        return (Fact(_count(number(self.total), self.total)), *roles)

    def differences(self, after: Self) -> list[Difference]:
        """More staff is no promise to anybody: the direction is left open."""
        changes = []
        if self.total != after.total:
            change = arrow(number(self.total), number(after.total))
            changes.append(_count(change, after.total))
        for one, other in matched(self.rows, after.rows, lambda row: row.role):
            counts = [number(row.value) if row else "–" for row in (one, other)]
            if counts[0] != counts[1]:
                changes.append(f"{(other or one).role}: {arrow(*counts)}")
        if not changes:
            return []
        sentence = ", ".join(changes)
        plain = _("Another number of people serve you: %(change)s.") % {"change": sentence}
        return [Difference(Direction.CHANGED, sentence, plain)]

    def question(self) -> str:
        return _("Are there enough people to serve you: %(staff)s?") % {"staff": self.facts()[0]}


def _people(fields: Fields, *, required: bool) -> int | None:
    return fields.number("value", most=_MOST_PEOPLE, whole=True, required=required)


def _count(figures: str, count: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": figures}
