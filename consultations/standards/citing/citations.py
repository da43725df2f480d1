"""A reference to a legal act, and what is known of an act."""

from dataclasses import dataclass
from enum import StrEnum

from consultations.standards.citing.kinds import Kind


@dataclass(frozen=True)
class Citation:
    """`place` completes the kind's name: the region or office whose act it is.

    `number` is kept as printed. Where it holds the year itself ("46/PMK.01/2021") the year is not
    printed again.
    """

    kind: Kind
    number: str
    year: int
    title: str = ""
    place: str = ""

    def __str__(self) -> str:
        style = self.kind.style
        title = [style.title, self.title] if self.title else []
        return " ".join([*self._named(self.kind.name), *self._number_and_year(), *title])

    @property
    def short(self) -> str:
        """As people say it: "UU 25/2009"."""
        if not self.number:
            return f"{self.kind.short} {self.year}"
        if "/" in self.number:
            parts = self._number_and_year()[1:]
            return " ".join([*self._named(self.kind.short), *parts])
        return " ".join([*self._named(self.kind.short), f"{self.number}/{self.year}"])

    def is_same_act(self, other: "Citation | LegalAct") -> bool:
        """By kind, number and year; by place only where both name one."""
        return (
            self.kind.includes(other.kind)
            and has_same_number(self, other)
            and may_be_same_place(self, other)
        )

    def _named(self, kind: str) -> list[str]:
        return [kind, self.place] if self.place else [kind]

    def _number_and_year(self) -> list[str]:
        style = self.kind.style
        if not self.number:
            return [style.year, str(self.year)]
        year = [] if self.number.endswith(f"/{self.year}") else [style.year, str(self.year)]
        return [style.number, self.number, *year]


class LegalStatus(StrEnum):
    """Only what a source states; most of the time that is nothing."""

    UNSTATED = ""
    REVISED = "revised"
    REPLACED = "replaced"
    REPEALED = "repealed"


@dataclass(frozen=True)
class LegalAct:
    """An act that is known, with the public `source` that speaks of it."""

    kind: Kind
    number: str
    year: int
    title: str = ""
    place: str = ""
    status: LegalStatus = LegalStatus.UNSTATED
    replaced_by: Citation | None = None
    gazette: str = ""
    source: str = ""

    @property
    def citation(self) -> Citation:
        return Citation(self.kind, self.number, self.year, self.title, self.place)


def has_same_number(one: Citation | LegalAct, other: Citation | LegalAct) -> bool:
    return one.year == other.year and _plain_number(one) == _plain_number(other)


def may_be_same_place(one: Citation | LegalAct, other: Citation | LegalAct) -> bool:
    places = {one.place.casefold(), other.place.casefold()} - {""}
    return len(places) < 2


def _plain_number(act: Citation | LegalAct) -> str:
    return act.number.casefold().removesuffix(f"/{act.year}").lstrip("0")
