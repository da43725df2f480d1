"""One document as the page of its preview shows it: clause by clause beside what is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from consultations.people.models import Agency
from consultations.people.queries import line_of
from consultations.richtext.rendering import Rendered, render_words
from consultations.standards import citing
from consultations.standards.importing.choices import ClauseChoices
from consultations.standards.importing.matching import Match, OldWords
from consultations.standards.importing.planning import PlannedClause, citations_in
from consultations.standards.importing.present import text_of
from consultations.standards.importing.previews import OpenDoubt, Preview
from consultations.standards.models import Component
from consultations.standards.queries.legal import known_acts
from consultations.standards.reading import Place
from consultations.standards.reading.lineage import Kind

CLAUSES_A_PAGE = 40
_KINDS = {
    Kind.SAME: _("the same"),
    Kind.MOVED: _("moved"),
    Kind.REWORDED: _("reworded"),
    Kind.DOUBTFUL: _("perhaps reworded"),
    Kind.NEW: _("new"),
}


@dataclass(frozen=True)
class Cited:
    citation: citing.Citation
    advice: tuple[citing.Advice, ...]


@dataclass(frozen=True)
class PreviewClause:
    index: int
    wanted: ClauseChoices
    place: Place
    doubts: tuple[OpenDoubt, ...]
    component: Component | None
    planned: PlannedClause | None  # None: left out, or under no component yet
    match: Match | None
    words: Rendered
    text: str  # heading and plain words, for comparing
    cited: tuple[Cited, ...]

    @property
    def dom_id(self) -> str:
        return f"k{self.index}"

    @property
    def old(self) -> OldWords | None:
        return self.match.old if self.match else None

    @property
    def has_other_words(self) -> bool:
        return self.old is not None and self.old.text != self.text

    @property
    def kind(self) -> str:
        """Matching overlooks case and punctuation, which are words all the same."""
        if self.match is None:
            return ""
        is_touched = self.match.has_same_words and self.has_other_words
        return str(_KINDS[Kind.REWORDED if is_touched else self.match.kind])

    @property
    def loses_figures(self) -> bool:
        """Its words are others now, and what they promised in figures may be, too."""
        if self.planned is None or self.old is None or not self.old.target:
            return False
        return not (self.planned.keeps_figures or self.planned.target)


@dataclass(frozen=True)
class PreviewPage:
    number: int
    count: int
    clauses: Sequence[PreviewClause]

    @property
    def groups(self) -> list[tuple[Component | None, list[PreviewClause]]]:
        """By component, in the order of the page."""
        found: list[tuple[Component | None, list[PreviewClause]]] = []
        for clause in self.clauses:
            if not found or found[-1][0] != clause.component:
                found.append((clause.component, []))
            found[-1][1].append(clause)
        return found

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.count else None


def preview_page(found: Preview, number: int, *, agency: Agency, today: date) -> PreviewPage:
    """What has no component comes first, since it has to be decided; then the order of the
    standard, with what is left out where it stood."""
    order = _in_order(found)
    count = max(1, -(-len(order) // CLAUSES_A_PAGE))
    number = min(max(1, number), count)
    shown = order[(number - 1) * CLAUSES_A_PAGE : number * CLAUSES_A_PAGE]
    return PreviewPage(number, count, _clauses(found, shown, agency, today))


def page_of(found: Preview, index: int) -> int:
    """The page on which a clause stands."""
    return _in_order(found).index(index) // CLAUSES_A_PAGE + 1


def _in_order(found: Preview) -> list[int]:
    numbers = {component.key: component.number for component in found.components}
    return sorted(
        found.wanted.clauses,
        key=lambda index: (numbers.get(found.wanted.clauses[index].component_key, 0), index),
    )


def _clauses(
    found: Preview, shown: Sequence[int], agency: Agency, today: date
) -> list[PreviewClause]:
    components = {component.key: component for component in found.components}
    planned = {clause.index: clause for clause in found.planned}
    doubts: dict[int | None, list[OpenDoubt]] = {}
    for doubt in found.open_doubts:
        doubts.setdefault(doubt.index, []).append(doubt)
    cited = _cited(found, shown, agency, today)
    clauses = []
    for index in shown:
        wanted = found.wanted.clauses[index]
        words = render_words(wanted.body)
        clauses.append(
            PreviewClause(
                index,
                wanted,
                found.read.clauses[index].place,
                tuple(doubts.get(index, ())),
                components.get(wanted.component_key),
                planned.get(index),
                found.matching.of.get(index),
                words,
                text_of(wanted.heading, words.plain),
                cited.get(index, ()),
            )
        )
    return clauses


def _cited(
    found: Preview, shown: Sequence[int], agency: Agency, today: date
) -> Mapping[int, tuple[Cited, ...]]:
    """With advice, where any act is known; four queries, and none where nothing is cited."""
    citations = {
        index: citations_in(clause.component_key, clause.body)
        for index in shown
        if not (clause := found.wanted.clauses[index]).is_left_out
    }
    if not any(citations.values()):
        return {}
    known = known_acts()
    regions = [each.region for each in line_of(agency) if each.region]
    return {
        index: tuple(
            Cited(each, tuple(citing.check(each, known, region_names=regions, today=today)))
            if known
            else Cited(each, ())
            for each in cited
        )
        for index, cited in citations.items()
    }
