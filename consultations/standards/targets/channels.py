"""Where to complain, and within which time an answer is promised."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.standards.fields import Fields, refused
from consultations.standards.targets import durations
from consultations.standards.targets.base import MOST_ROWS, Difference, Fact, Target, kinds
from consultations.standards.targets.durations import Duration
from consultations.standards.targets.enums import Direction, Medium
from consultations.standards.targets.wording import arrow


@dataclass(frozen=True)
class Channel:
    medium: str
    address: str = ""
    answered_within: Duration | None = None

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        medium = fields.choice("channel", Medium.values)
        address = fields.text("address", required=medium in Medium.HAS_ADDRESS)
        within = fields.object("answered_within")
        duration = Duration.parse(within) if within else None
        if within:
            within.end()
        fields.end()
        return cls(medium, address, duration)

    def dump(self) -> dict:
        found: dict = {"channel": self.medium}
        if self.address:
            found["address"] = self.address
        if self.answered_within:
            found["answered_within"] = self.answered_within.dump()
        return found

    @property
    def label(self) -> str:
        return str(Medium(self.medium).label)

    @property
    def promise(self) -> str:
        """The address and the time of an answer, as far as they are stated."""
        within = ""
        if self.answered_within:
            within = _("answered within %(time)s") % {"time": self.answered_within}
        return ", ".join(filter(None, [self.address, within]))

    def __str__(self) -> str:
        return f"{self.label}: {self.promise}" if self.promise else self.label


@kinds.register("channels")
@dataclass(frozen=True)
class Channels(Target):
    rows: tuple[Channel, ...]

    kind = "channels"
    label = gettext_lazy("Channels for complaints")

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        parts = fields.objects("rows", most=MOST_ROWS)
        if not parts:
            raise refused(fields.at("rows"), _("at least one is expected"))
        return cls(tuple(Channel.parse(part) for part in parts))

    def dump(self) -> dict:
        return {"kind": self.kind, "rows": [channel.dump() for channel in self.rows]}

    def facts(self) -> tuple[Fact, ...]:
        return tuple(
            Fact(row.promise, row.label) if row.promise else Fact(row.label) for row in self.rows
        )

    def differences(self, after: Self) -> list[Difference]:
        return [
            difference for pair in _pairs(self.rows, after.rows) for difference in _changes(*pair)
        ]

    def question(self) -> str:
        return _("Could you complain in one of these ways: %(channels)s?") % {
            "channels": "; ".join(row.label for row in self.rows)
        }


def _pairs(
    before: tuple[Channel, ...], after: tuple[Channel, ...]
) -> list[tuple[Channel | None, Channel | None]]:
    """By medium and address first; what is left over, by medium: its address has changed."""
    left, pairs, open_ = list(before), [], []
    for row in after:
        same = [each for each in left if (each.medium, each.address) == (row.medium, row.address)]
        if same:
            left.remove(same[0])
            pairs.append((same[0], row))
        else:
            open_.append(row)
    for row in open_:
        same = [each for each in left if each.medium == row.medium]
        if same:
            left.remove(same[0])
        pairs.append((same[0] if same else None, row))
    return [*pairs, *((row, None) for row in left)]


def _changes(before: Channel | None, after: Channel | None) -> Iterator[Difference]:
    if before is None:
        words = {"channel": after}
        yield Difference(
            Direction.BETTER,
            _("added: %(channel)s") % words,
            _("You can also complain this way: %(channel)s.") % words,
        )
    elif after is None:
        words = {"channel": before}
        yield Difference(
            Direction.WORSE,
            _("no longer there: %(channel)s") % words,
            _("You can no longer complain this way: %(channel)s.") % words,
        )
    else:
        if before.address != after.address:
            yield _new_address(before, after)
        if before.answered_within != after.answered_within:
            yield _answer(before, after)


def _new_address(before: Channel, after: Channel) -> Difference:
    change = arrow(before.address or "–", after.address or "–")
    words = {"channel": after.label, "change": change, "address": after.address or "–"}
    sentence = _("%(channel)s: %(change)s") % words
    plain = _("There is a new address for your complaint: %(channel)s, %(address)s.") % words
    return Difference(Direction.CHANGED, sentence, plain)


def _answer(before: Channel, after: Channel) -> Difference:
    one, other = before.answered_within, after.answered_within
    words = {"channel": after.label, "before": one, "after": other}
    if one is None:
        sentence = _("%(channel)s: an answer is now promised within %(after)s") % words
        plain = _("You are now promised an answer within %(after)s: %(channel)s.") % words
        return Difference(Direction.BETTER, sentence, plain)
    if other is None:
        sentence = _("%(channel)s: an answer within %(before)s is no longer promised") % words
        plain = _("You are no longer promised an answer within %(before)s: %(channel)s.") % words
        return Difference(Direction.WORSE, sentence, plain)
    direction, by = durations.difference(one, other)
    change = durations.sentence(direction, arrow(one, other), str(by or ""))
    sentence = _("%(channel)s: %(change)s") % (words | {"change": change})
    plain = _("Your complaint is answered within %(after)s instead of %(before)s: %(channel)s.")
    changed = direction if direction != Direction.SAME else Direction.CHANGED
    return Difference(changed, sentence, plain % words)
