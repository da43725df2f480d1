"""The legal basis as records: kind, number, year, title and place of each rule."""

from dataclasses import dataclass
from dataclasses import fields as columns
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.standards.fields import Fields, refused
from consultations.standards.targets.base import MOST_ROWS, Difference, Fact, Target, kinds
from consultations.standards.targets.enums import Direction


@dataclass(frozen=True)
class CitationRow:
    """Texts as they are cited: of no language, since a rule is cited in that of its country."""

    kind: str
    number: str = ""
    year: int | None = None
    title: str = ""
    place: str = ""  # whose rule it is, where it is not the whole country's

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        row = cls(
            fields.text("kind", limit=80),
            fields.text("number", limit=80, required=False),
            fields.number("year", least=1800, most=2200, whole=True, required=False),
            fields.text("title", limit=400, required=False),
            fields.text("place", limit=120, required=False),
        )
        fields.end()
        return row

    def dump(self) -> dict:
        """All five, always: what recognises and checks citations reads the same shape."""
        return {column.name: getattr(self, column.name) for column in columns(self)}

    def __str__(self) -> str:
        parts = [self.kind, self.place]
        if self.number:
            parts.append(_("Number %(number)s") % {"number": self.number})
        if self.year:
            parts.append(_("Year %(year)s") % {"year": self.year})
        if self.title:
            parts.append(_("on %(title)s") % {"title": self.title})
        return " ".join(filter(None, parts))


@kinds.register("citations")
@dataclass(frozen=True)
class Citations(Target):
    rows: tuple[CitationRow, ...]

    kind = "citations"
    label = gettext_lazy("Legal basis")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        parts = fields.objects("rows", most=MOST_ROWS)
        if not parts:
            raise refused(fields.at("rows"), _("at least one is expected"))
        return cls(tuple(CitationRow.parse(part) for part in parts))

    def dump(self) -> dict:
        return {"kind": self.kind, "rows": [row.dump() for row in self.rows]}

    def facts(self) -> tuple[Fact, ...]:
        return tuple(Fact(str(row)) for row in self.rows)

    def differences(self, after: Self) -> list[Difference]:
        """A rule that comes or goes is neither better nor worse by itself."""
        differences = []
        for row in after.rows:
            if row not in self.rows:
                words = {"rule": row}
                sentence = _("newly cited: %(rule)s") % words
                plain = _("The standard now also rests on: %(rule)s.") % words
                differences.append(Difference(Direction.CHANGED, sentence, plain))
        for row in self.rows:
            if row not in after.rows:
                words = {"rule": row}
                sentence = _("no longer cited: %(rule)s") % words
                plain = _("The standard no longer rests on: %(rule)s.") % words
                differences.append(Difference(Direction.CHANGED, sentence, plain))
        return differences

    def question(self) -> str:
        return _("Do you know of a rule that should be named here too?")
