"""Finding standards in the register: by words, agency, sector, kind, component and standing."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import compress

from django.conf import settings
from django.db.models import Case, Count, Q, QuerySet, SmallIntegerField, TextChoices, When
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
    cells = _cells(criteria, on)
    tree = _Tree.of_all()
    chosen = _tests(criteria, tree)
    return Facets(
        total=sum(cell.count for cell in cells if _passes(cell, chosen)),
        agencies=tree.nodes(_counts(cells, chosen, "agency", lambda cell: [cell.agency])),
        sectors=_counts(cells, chosen, "sector", lambda cell: [cell.sector]),
        kinds=_counts(cells, chosen, "kind", lambda cell: [cell.kind]),
        standings=_counts(cells, chosen, "standing", lambda cell: cell.standings),
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


@dataclass(frozen=True)
class _Cell:
    """Standards that are alike in all that can be chosen."""

    agency: int
    sector: str
    kind: str
    standings: tuple[str, ...]
    count: int


def _cells(criteria: Criteria, on: date) -> list[_Cell]:
    names = StandingFilter.values
    counted = (
        _matching(criteria)
        .annotate(**{f"is_{name}_now": _flag(_standing(name, on)) for name in names})
        .values_list("agency", "sector", "kind", *(f"is_{name}_now" for name in names))
        .annotate(count=Count("pk"))
        .order_by()
    )
    with by_words():
        return [
            _Cell(agency, sector, kind, tuple(compress(names, flags)), count)
            for agency, sector, kind, *flags, count in counted
        ]


def _flag(condition: Q) -> Case:
    """Never null, so that what is alike is counted together."""
    return Case(When(condition, then=1), default=0, output_field=SmallIntegerField())


Test = Callable[[_Cell], bool]


def _tests(criteria: Criteria, tree: "_Tree") -> dict[str, Test]:
    """What has been chosen, by the name of the filter."""
    tests: dict[str, Test] = {}
    if criteria.agency:
        below = tree.below(criteria.agency)
        tests["agency"] = lambda cell: cell.agency in below
    if criteria.sector:
        tests["sector"] = lambda cell: cell.sector == criteria.sector
    if criteria.kind:
        tests["kind"] = lambda cell: cell.kind == criteria.kind
    if criteria.standing:
        tests["standing"] = lambda cell: criteria.standing in cell.standings
    return tests


def _passes(cell: _Cell, tests: dict[str, Test], *, but: str = "") -> bool:
    return all(test(cell) for name, test in tests.items() if name != but)


def _counts(cells: list[_Cell], tests: dict[str, Test], name: str, values: Callable) -> Counter:
    """By each choice of one filter, the others as they are."""
    found: Counter = Counter()
    for cell in cells:
        if _passes(cell, tests, but=name):
            for value in values(cell):
                found[value] += cell.count
    return found


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
