"""What every kind of target can do, and the registry of the kinds.

A target is stored as JSON on a clause's placement, frozen and digested with a published revision.
So what is stored is never rewritten, and `parse` and `dump` keep it as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.utils.translation import gettext as _
from django.utils.translation import override

from consultations.kernel.errors import Invalid
from consultations.kernel.registry import Registry
from consultations.standards.fields import Fields
from consultations.standards.targets.enums import Direction
from consultations.standards.targets.wording import arrow

MOST_ROWS = 100


@dataclass(frozen=True)
class Fact:
    """One line of a target in words; `term` is empty where the value speaks for itself."""

    value: str
    term: str = ""

    def __str__(self) -> str:
        return f"{self.term}: {self.value}" if self.term else self.value


@dataclass(frozen=True)
class Difference:
    """One thing that changed: a sentence for a table, and one that speaks to the citizen."""

    direction: Direction
    sentence: str
    for_you: str


@dataclass(frozen=True)
class Comparison:
    """Two targets of one clause, or one of them where the other is missing."""

    direction: Direction
    sentence: str  # empty where they are the same
    differences: tuple[Difference, ...] = ()

    @classmethod
    def of(cls, differences: Iterable[Difference]) -> Self:
        """Better or worse only where all of it is."""
        found = tuple(differences)
        directions = {difference.direction for difference in found}
        if not found:
            direction = Direction.SAME
        elif len(directions) == 1:
            direction = found[0].direction
        else:
            direction = Direction.CHANGED
        return cls(direction, "; ".join(each.sentence for each in found), found)


class Target:
    """What a clause promises, in figures.

    The methods without a `language` speak the active one; callers from outside give theirs.
    """

    kind: ClassVar[str]
    label: ClassVar[str]

    @classmethod
    def parse(cls, fields: Fields) -> Self:
        """Reads what follows `kind`; Invalid names the place. The caller ends the fields."""
        raise NotImplementedError

    def dump(self) -> dict:
        """The JSON that it was parsed from."""
        raise NotImplementedError

    def facts(self) -> tuple[Fact, ...]:
        raise NotImplementedError

    def differences(self, after: Self) -> Iterable[Difference]:
        """What changed to another target of the same kind that is not equal to this one."""
        raise NotImplementedError

    def question(self) -> str:
        """What a citizen can be asked about it when it is new or has changed."""
        raise NotImplementedError

    @property
    def is_table(self) -> bool:
        """Whether its facts have names of their own."""
        return any(fact.term for fact in self.facts())

    def __str__(self) -> str:
        return "; ".join(str(fact) for fact in self.facts())

    def in_words(self, language: str) -> str:
        with override(language):
            return str(self)

    def compare(self, after: "Target", language: str) -> Comparison:
        """From this one to `after`, seen by the citizen."""
        with override(language):
            if self == after:
                return Comparison.of(())
            if self.kind != after.kind:
                return Comparison.of([restated(self, after)])
            return Comparison.of(self.differences(after) or [restated(self, after)])


kinds: Registry[type[Target]] = Registry("kinds of targets")


def parse(value: Any, where: str = "target") -> Target:
    """Strict: Invalid names the first place that is wrong, such as target.rows[2].value."""
    return parse_fields(Fields(value, where))


def parse_fields(fields: Fields) -> Target:
    kind = fields.choice("kind", [kind for kind, _class in kinds.items()])
    target = kinds[kind].parse(fields)
    fields.end()
    return target


def read(value: dict | None) -> Target | None:
    """For pages: what was stored under older rules and cannot be read any more has no words, and
    does not take the page down with it."""
    try:
        return parse(value) if value else None
    except Invalid:
        return None


def check(value: dict | None) -> dict | None:
    """What may be stored: the target with its texts cleaned, or Invalid."""
    return parse(value).dump() if value else None


def compare_stored(before: dict | None, after: dict | None, language: str) -> Comparison:
    """Of two targets as they are stored; where one is missing, it is newly or no longer stated."""
    if before == after:
        return Comparison.of(())
    one, other = read(before), read(after)
    if one and other:
        return one.compare(other, language)
    with override(language):
        if other:
            sentence = _("newly stated: %(words)s") % {"words": other}
            plain = _("%(label)s: %(words)s (stated for the first time).") % _named(other)
        elif one:
            sentence = _("no longer stated: %(words)s") % {"words": one}
            plain = _("%(label)s: %(words)s (no longer stated).") % _named(one)
        else:
            return Comparison.of(())
        return Comparison.of([Difference(Direction.CHANGED, sentence, plain)])


def restated(before: Target, after: Target) -> Difference:
    """Both in words; nobody can say which is better."""
    plain = _("%(label)s: now %(words)s; before: %(before)s.") % (
        _named(after) | {"before": before}
    )
    return Difference(Direction.CHANGED, arrow(before, after), plain)


def _named(target: Target) -> dict:
    return {"label": target.label, "words": target}
