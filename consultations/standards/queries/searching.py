"""Finding standards in the register: by words, agency, sector, kind, component and standing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import (
    Case,
    Count,
    ExpressionWrapper,
    Field,
    Q,
    QuerySet,
    SmallIntegerField,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import get_language, gettext_lazy

from consultations.people.models import Agency
from consultations.standards.models import Component, RegisterText
from consultations.standards.models.searching import Rank
from consultations.standards.queries.register import (
    RegisterRow,
    register_row,
    standards_listed,
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

    slug: str
    name: str
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
    counts: dict[str, dict] = {name: defaultdict(int) for name in _FILTERS}
    for cell in _cells(criteria, on):
        *chosen, count = cell
        failed = [name for place, name, passes in tests if not passes(chosen[place])]
        if not failed:
            total += count
            for place, name in enumerate(_FILTERS):
                counts[name][chosen[place]] += count
        elif len(failed) == 1:
            # With another choice of the one filter that leaves them out, these would be found.
            counts[failed[0]][chosen[_FILTERS.index(failed[0])]] += count
    return Facets(
        total,
        tree.nodes(counts["agency"]),
        dict(counts["sector"]),
        dict(counts["kind"]),
        _by_standing(counts["standing"]),
    )


def search(criteria: Criteria, *, on: date, total: int, start: int, size: int) -> list[Found]:
    """One page of them, the best first; without words by name. Five queries at most."""
    texts = _matching(criteria).filter(_standing(criteria.standing, on), *_within(criteria))
    ordered = _ordered(texts, criteria, total).values_list("standard", flat=True)
    with by_words(criteria.terms):
        ids = list(ordered[start : start + size])
    standards = {each.pk: each for each in standards_listed().filter(pk__in=ids)}
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


# Standards that are alike in all that can be chosen, and how many they are. There can be thousands
# of these, so they are no more than tuples.
_Cell = tuple[int, str, str, int, int]
_FILTERS = ("agency", "sector", "kind", "standing")
_STANDINGS = StandingFilter.values


def _cells(criteria: Criteria, on: date) -> list[_Cell]:
    """The standings of a cell are bits of one number, in the order of the list of them."""
    bits = sum(
        (_bit(_standing(name, on), bit) for bit, name in enumerate(_STANDINGS)), start=Value(0)
    )
    counted = (
        _matching(criteria)
        .annotate(bits=ExpressionWrapper(bits, _AS_IT_COMES))
        .values_list("agency", "sector", "kind", "bits")
        .annotate(count=Count("pk", output_field=_AS_IT_COMES))
        .order_by()
    )
    with by_words(criteria.terms):
        return list(counted)


_AS_IT_COMES = Field()  # numbers are numbers on both databases: nothing is left to convert


def _bit(condition: Q, bit: int) -> Case:
    return Case(When(condition, then=1 << bit), default=0, output_field=SmallIntegerField())


def _by_standing(counts: dict[int, int]) -> dict[str, int]:
    found: dict[str, int] = {}
    for bits, count in counts.items():
        for bit, name in enumerate(_STANDINGS):
            if bits >> bit & 1:
                found[name] = found.get(name, 0) + count
    return found


def _tests(criteria: Criteria, tree: "_Tree") -> list[tuple[int, str, Callable[[Any], bool]]]:
    """What has been chosen: place in a cell, name of the filter, and who passes it."""
    tests: list[tuple[int, str, Callable[[Any], bool]]] = []
    if criteria.agency:
        tests.append((0, "agency", tree.below(criteria.agency).__contains__))
    if criteria.sector:
        tests.append((1, "sector", criteria.sector.__eq__))
    if criteria.kind:
        tests.append((2, "kind", lambda kind: kind == criteria.kind))
    if criteria.standing:
        wanted = 1 << _STANDINGS.index(criteria.standing)
        tests.append((3, "standing", lambda bits: bool(bits & wanted)))
    return tests


class _Place(NamedTuple):
    pk: int
    parent_id: int | None
    slug: str
    name: str


class _Tree:
    """All agencies, from governments down to their units."""

    def __init__(self, places: Iterable[_Place]):
        self._places = list(places)
        self._children: dict[int | None, list[_Place]] = defaultdict(list)
        for place in self._places:
            self._children[place.parent_id].append(place)

    @classmethod
    def of_all(cls) -> "_Tree":
        """One query."""
        rows = Agency.objects.values_list("pk", "parent_id", "slug", "name")
        return cls(_Place(*ids, str(name)) for *ids, name in rows)

    def below(self, slug: str) -> set[int]:
        """The agency and all below it; nobody if there is no such agency."""
        level = {place.pk for place in self._places if place.slug == slug}
        found: set[int] = set()
        while level:
            found |= level
            level = {child.pk for pk in level for child in self._children.get(pk, ())} - found
        return found

    def nodes(self, counts: dict[int, int]) -> tuple[AgencyNode, ...]:
        return tuple(self._walk(None, 0, counts))

    def _walk(self, parent: int | None, depth: int, counts: dict[int, int]):
        children = self._children.get(parent, ())
        for place in sorted(children, key=lambda each: each.name.casefold()):
            below = list(self._walk(place.pk, depth + 1, counts))
            count = counts.get(place.pk, 0)
            count += sum(node.count for node in below if node.depth == depth + 1)
            if count:
                yield AgencyNode(place.slug, place.name, depth, count)
                yield from below
