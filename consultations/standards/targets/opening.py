"""When it is open: days and hours in the agency's time zone, and when it is closed."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import time
from functools import cache
from itertools import groupby
from typing import Self
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from consultations.people.zones import zone_name
from consultations.standards.fields import Fields, refused
from consultations.standards.targets.base import MOST_ROWS, Difference, Fact, Target, kinds
from consultations.standards.targets.durations import Duration
from consultations.standards.targets.enums import Direction, TimeUnit, Weekday
from consultations.standards.targets.wording import RANGE, clock, days, listed

_DAY = 24 * 60


@dataclass(frozen=True)
class Opening:
    days: tuple[str, ...]  # empty: whenever it is open at all
    opens: time
    closes: time

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        opening = cls(
            fields.options("days", Weekday.values), fields.clock("opens"), fields.clock("closes")
        )
        fields.end()
        if opening.minutes[1] <= opening.minutes[0]:
            raise refused(fields.at("closes"), _("a time after it opens is expected"))
        return opening

    def dump(self) -> dict:
        return {
            "days": list(self.days),
            "opens": self.opens.isoformat("minutes"),
            "closes": self.closes.isoformat("minutes"),
        }

    @property
    def minutes(self) -> tuple[int, int]:
        """From midnight; closing at 00:00 is the end of the day."""
        opens, closes = (60 * each.hour + each.minute for each in (self.opens, self.closes))
        return opens, closes or _DAY

    def __str__(self) -> str:
        return f"{clock(self.opens)}{RANGE}{clock(self.closes)}"


@kinds.register("hours")
@dataclass(frozen=True)
class Hours(Target):
    time_zone: str
    rows: tuple[Opening, ...]
    closed: tuple[str, ...] = ()

    kind = "hours"
    label = gettext_lazy("Opening hours")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        zone = fields.text("time_zone", limit=60)
        if zone not in _zones():
            raise refused(fields.at("time_zone"), _("a zone such as Asia/Makassar is expected"))
        parts = fields.objects("rows", most=MOST_ROWS)
        rows = tuple(Opening.parse(part) for part in parts)
        _check_rows(rows, parts, fields)
        closed = fields.options("closed", Weekday.values)
        if set(closed) & {day for row in rows for day in row.days}:
            raise refused(fields.at("closed"), _("it is open on such a day"))
        return cls(zone, rows, closed)

    def dump(self) -> dict:
        closed = {"closed": list(self.closed)} if self.closed else {}
        rows = [row.dump() for row in self.rows]
        return {"kind": self.kind, "time_zone": self.time_zone, "rows": rows} | closed

    def facts(self) -> tuple[Fact, ...]:
        """Senin–Kamis 08.00–15.00, Jumat 08.00–13.00 WITA"""
        parts = []
        for on, rows in groupby(self.rows, key=lambda row: row.days):
            hours = listed(rows)
            parts.append(f"{days(on)} {hours}" if on else _at(hours))
        facts = [Fact(f"{', '.join(parts)} {zone_name(self.time_zone)}")]
        if self.closed:
            facts.append(Fact(_("closed: %(days)s") % {"days": days(self.closed)}))
        return tuple(facts)

    def differences(self, after: Self) -> list[Difference]:
        one, other = self._open(), after._open()
        is_daily = "" in one
        if self.time_zone != after.time_zone or one == other or is_daily != ("" in other):
            return []
        words = {
            "before": self,
            "after": after,
            "more": _length(other, one),
            "less": _length(one, other),
            "per": _("a day") if is_daily else _("a week"),
        }
        if not _minutes(one, other):
            return [_longer(words)]
        if not _minutes(other, one):
            return [_shorter(words)]
        sentence = _("%(before)s → %(after)s: %(more)s more and %(less)s less %(per)s") % words
        plain = _("It is open at other hours: %(after)s; before: %(before)s.") % words
        return [Difference(Direction.CHANGED, sentence, plain)]

    def question(self) -> str:
        return _("Can you come at these hours: %(hours)s?") % {"hours": self.facts()[0]}

    def _open(self) -> dict[str, set[int]]:
        """The minutes of each day at which it is open."""
        found: dict[str, set[int]] = defaultdict(set)
        for row in self.rows:
            for day in row.days or ("",):
                found[day].update(range(*row.minutes))
        return dict(found)


@cache
def _zones() -> set[str]:
    return available_timezones()  # it searches the disk


def _at(hours: str) -> str:
    # Indonesian sets a word before the hours (“Pukul”), where no day does it.
    return pgettext("hours of no certain day", "%(hours)s") % {"hours": hours}


def _check_rows(rows: tuple[Opening, ...], parts: list[Fields], fields: Fields) -> None:
    if not rows:
        raise refused(fields.at("rows"), _("at least one is expected"))
    seen: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, part in zip(rows, parts, strict=True):
        if not row.days and any(each.days for each in rows):
            raise refused(part.at("days"), _("at least one is expected"))
        for day in row.days or ("",):
            opens, closes = row.minutes
            if any(opens < end and start < closes for start, end in seen[day]):
                raise refused(part.at("opens"), _("hours that stand in another row are repeated"))
            seen[day].append((opens, closes))


def _minutes(one: dict[str, set[int]], other: dict[str, set[int]]) -> int:
    """How many minutes of `one` are not in `other`."""
    return sum(len(minutes - other.get(day, set())) for day, minutes in one.items())


def _length(one: dict[str, set[int]], other: dict[str, set[int]]) -> str:
    minutes = _minutes(one, other)
    unit = TimeUnit.MINUTES if minutes % 30 else TimeUnit.HOURS
    return str(Duration(minutes if unit == TimeUnit.MINUTES else minutes / 60, unit))


def _longer(words: dict) -> Difference:
    return Difference(
        Direction.BETTER,
        _("%(before)s → %(after)s: %(more)s more %(per)s") % words,
        _("It is open longer, %(more)s more %(per)s: %(after)s.") % words,
    )


def _shorter(words: dict) -> Difference:
    return Difference(
        Direction.WORSE,
        _("%(before)s → %(after)s: %(less)s less %(per)s") % words,
        _("It is open for a shorter time, %(less)s less %(per)s: %(after)s.") % words,
    )
