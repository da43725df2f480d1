"""Finding standards in the register: by words, agency, sector, kind, component and standing."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, SmallIntegerField, TextChoices, Value, When
from django.utils.translation import get_language, gettext_lazy

from consultations.people.models import Agency
from consultations.standards.models import Component, RegisterText
from consultations.standards.models.searching import Rank
from consultations.standards.queries.register import (
    RegisterRow,
    register_row,
    standards_shown,
)
from consultations.standards.searching import Excerpt, Terms, by_words, excerpts

# Beyond so many hits the names alone say what stands first: weighing all words takes longer than
# anybody reads on.
WEIGHED = 400


class StandingFilter(TextChoices):
    IN_FORCE = "in_force", gettext_lazy("In force")
    COMING = "coming", gettext_lazy("Coming into force")
    CONSULTED = "consulted", gettext_lazy("In consultation")
    OVERDUE = "overdue", gettext_lazy("Review overdue")


@dataclass(frozen=True)
class Criteria:
    terms: Terms = field(default_factory=Terms)
    agency: str = ""  # a slug; a government includes its agencies
    sector: str = ""
    kind: str = ""
    component: int | None = None  # the words are sought in it alone
    standing: str = ""


@dataclass(frozen=True)
class AgencyNode:
    """An agency that has something to find, itself or below; in the order of the tree."""

    agency: Agency
    depth: int
    count: int


@dataclass(frozen=True)
class Facets:
    """How many are found, and how many there would be with another choice of one filter."""

    total: int
    agencies: tuple[AgencyNode, ...]
    sectors: dict[str, int]
    kinds: dict[str, int]
    standings: dict[str, int]


@dataclass(frozen=True)
class Found:
    row: RegisterRow
    excerpt: Excerpt | None


def components() -> list[Component]:
    """Of all component sets, each key once: what words can be sought in."""
    found: dict[str, Component] = {}
    for component in Component.objects.order_by("component_set", "number"):
        found.setdefault(component.key, component)
    return list(found.values())


def facets(criteria: Criteria, *, on: date) -> Facets:
    """Two queries: everything is counted once, by all that can be chosen."""
    tree = _Tree.of_all()
    tests, total = _tests(criteria, tree), 0
    counts: dict[str, Counter] = {name: Counter() for name in _FILTERS}
    for cell in _cells(criteria, on):
        failed = [name for name, passes in tests if not passes(cell)]
        if len(failed) > 1:
            continue
        if not failed:
            total += cell.count
        # With another choice of the one filter that leaves them out, these would be found.
        for name in failed or _FILTERS:
            for value in cell.standing if name == "standing" else (getattr(cell, name),):
                counts[name][value] += cell.count
    return Facets(
        total,
        tree.nodes(counts["agency"]),
        counts["sector"],
        counts["kind"],
        counts["standing"],
    )


def search(criteria: Criteria, *, on: date, total: int, start: int, size: int) -> list[Found]:
    """One page of them, the best first; without words by name. Five queries at most."""
    texts = _matching(criteria).filter(_standing(criteria.standing, on), *_within(criteria))
    ordered = _ordered(texts, criteria, total).values_list("standard", flat=True)
    with by_words():
        ids = list(ordered[start : start + size])
    standards = {each.pk: each for each in standards_shown().filter(pk__in=ids)}
    rows = [register_row(standards[pk], on=on) for pk in ids if pk in standards]
    hits = excerpts(
        [row.revision.pk for row in rows], criteria.terms, _language(), criteria.component
    )
    return [Found(row, hits.get(row.revision.pk)) for row in rows]


def _matching(criteria: Criteria) -> QuerySet[RegisterText]:
    texts = RegisterText.objects.filter(component=criteria.component)
    return texts.filter(words__all=criteria.terms) if criteria.terms else texts


def _ordered(texts: QuerySet[RegisterText], criteria: Criteria, total: int):
    if not criteria.terms:
        is_first = _language() == settings.LANGUAGE_CODE
        name = "title" if is_first else f"standard__service__name__{_language()}"
        return texts.order_by(name, "standard")
    column = "words" if total <= WEIGHED else "names"
    return texts.annotate(rank=Rank(column, criteria.terms)).order_by("-rank", "title", "standard")


def _within(criteria: Criteria) -> Iterable[Q]:
    if criteria.agency:
        yield Q(agency__in=_Tree.of_all().below(criteria.agency))
    if criteria.sector:
        yield Q(sector=criteria.sector)
    if criteria.kind:
        yield Q(kind=criteria.kind)


def _standing(wanted: str, on: date) -> Q:
    in_force = Q(in_force_from__lte=on) & (Q(in_force_until=None) | Q(in_force_until__gt=on))
    conditions = {
        "": Q(),
        StandingFilter.IN_FORCE: in_force,
        StandingFilter.COMING: Q(newest_from__gt=on) | Q(is_finalised=True),
        StandingFilter.CONSULTED: Q(is_consulted=True),
        StandingFilter.OVERDUE: in_force & Q(review_due_on__lt=on),
    }
    return conditions[wanted]


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# --- counting ---------------------------------------------------------------------------------


class _Cell(NamedTuple):
    """Standards that are alike in all that can be chosen. There can be thousands."""

    agency: int
    sector: str
    kind: str
    standing: tuple[str, ...]
    count: int


_FILTERS = ("agency", "sector", "kind", "standing")
_STANDINGS = StandingFilter.values
# By the sum of their bits: all that a standard can be at once.
_COMBINATIONS = [
    tuple(name for bit, name in enumerate(_STANDINGS) if bits >> bit & 1)
    for bits in range(2 ** len(_STANDINGS))
]


def _cells(criteria: Criteria, on: date) -> Iterator[_Cell]:
    bits = sum(
        (_bit(_standing(name, on), bit) for bit, name in enumerate(_STANDINGS)), start=Value(0)
    )
    counted = (
        _matching(criteria)
        .annotate(bits=bits)
        .values_list("agency", "sector", "kind", "bits")
        .annotate(count=Count("pk"))
        .order_by()
    )
    with by_words():
        rows = list(counted)
    for agency, sector, kind, found, count in rows:
        yield _Cell(agency, sector, kind, _COMBINATIONS[found], count)


def _bit(condition: Q, bit: int) -> Case:
    return Case(When(condition, then=1 << bit), default=0, output_field=SmallIntegerField())


def _tests(criteria: Criteria, tree: "_Tree") -> list[tuple[str, Callable[[_Cell], bool]]]:
    """What has been chosen, by the name of the filter."""
    tests: list[tuple[str, Callable[[_Cell], bool]]] = []
    if criteria.agency:
        below = tree.below(criteria.agency)
        tests.append(("agency", lambda cell: cell.agency in below))
    if criteria.sector:
        tests.append(("sector", lambda cell: cell.sector == criteria.sector))
    if criteria.kind:
        tests.append(("kind", lambda cell: cell.kind == criteria.kind))
    if criteria.standing:
        tests.append(("standing", lambda cell: criteria.standing in cell.standing))
    return tests


class _Tree:
    """All agencies, from governments down to their units."""

    def __init__(self, agencies: Iterable[Agency]):
        self._agencies = {agency.pk: agency for agency in agencies}
        self._children: dict[int | None, list[Agency]] = {}
        for agency in self._agencies.values():
            self._children.setdefault(agency.parent_id, []).append(agency)

    @classmethod
    def of_all(cls) -> "_Tree":
        """One query."""
        return cls(Agency.objects.only("pk", "parent_id", "slug", "name"))

    def below(self, slug: str) -> set[int]:
        """The agency and all below it; nobody if there is no such agency."""
        level = {agency.pk for agency in self._agencies.values() if agency.slug == slug}
        found: set[int] = set()
        while level:
            found |= level
            level = {child.pk for pk in level for child in self._children.get(pk, ())} - found
        return found

    def nodes(self, counts: dict[int, int]) -> tuple[AgencyNode, ...]:
        return tuple(self._walk(None, 0, counts))

    def _walk(self, parent: int | None, depth: int, counts: dict[int, int]):
        children = self._children.get(parent, ())
        for agency in sorted(children, key=lambda each: str(each.name).casefold()):
            below = list(self._walk(agency.pk, depth + 1, counts))
            count = counts.get(agency.pk, 0)
            count += sum(node.count for node in below if node.depth == depth + 1)
            if count:
                yield AgencyNode(agency, depth, count)
                yield from below
