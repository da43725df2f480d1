"""An agency's desk: each of its services with its standing, its draft, and what it waits for."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Prefetch, TextChoices
from django.utils.translation import gettext_lazy as _

from consultations.people.models import Agency
from consultations.standards.enums import ImportState, RevisionState
from consultations.standards.models import (
    Change,
    Component,
    ImportedDocument,
    Placement,
    Pledge,
    Publication,
    Registration,
    Revision,
    Standard,
)
from consultations.standards.queries.keeping import ReviewState, review_state
from consultations.standards.queries.legal import legal_advice_of
from consultations.standards.queries.register import Standing, standing


class Wait(TextChoices):
    """What a standard can wait for, what presses most first."""

    DECREE = "decree", _("Final, without decree")
    REVIEW = "review", _("Review due")
    DRAFT = "draft", _("Working draft")
    NOTHING = "nothing", _("Nothing in force")
    IMPORT = "import", _("Import to look at")
    PLEDGE = "pledge", _("Pledge missing or outdated")
    PUBLICATION = "publication", _("Not published anywhere")
    REGISTER = "register", _("Outdated in a register")


@dataclass(frozen=True)
class Draft:
    """A working draft: how far it is, and who touched it last."""

    revision: Revision
    filled: int
    components: int
    last: Change | None  # none yet, when it was only begun


@dataclass
class DeskRow:
    standard: Standard
    holds: Revision | None
    shown: Revision | None  # what holds, or else the newest that was published
    standing: Standing | None
    coming: Revision | None  # adopted for a later day
    final: Revision | None  # waits for its decree
    draft: Draft | None
    review: ReviewState
    waits: tuple[Wait, ...]
    doubts: int = 0  # citations to look at again

    @property
    def name(self) -> str:
        return str(self.standard.service)


@dataclass(frozen=True)
class DeskList:
    rows: list[DeskRow]
    counts: Counter  # by what is waited for, of all services
    total: int
    imports: int  # documents of the agency to look at, of new services too


@dataclass
class _Facts:
    """What stands around the standards of an agency, by standard or by revision."""

    components: dict[int, int]
    filled: dict[int, int]
    last: dict[int, Change]
    pledged: dict[int, int]  # standard → the revision that is pledged
    published: set[int]  # revisions
    registered: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    imports: Counter = field(default_factory=Counter)


def desk_list(agency: Agency, *, on: date, wait: str = "", text: str = "") -> DeskList:
    """By name; `wait` and `text` choose among them. Ten queries, however many there are."""
    standards = list(_standards(agency))
    facts = _facts(agency, standards)
    rows = [_row(standard, facts, on) for standard in standards]
    counts = Counter(each for row in rows for each in row.waits)
    words = text.casefold().split()
    found = [
        row for row in rows if (not wait or wait in row.waits) and _has_words(row.standard, words)
    ]
    found.sort(key=lambda row: row.name.casefold())
    return DeskList(found, counts, len(rows), sum(facts.imports.values()))


def count_doubts(rows: Iterable[DeskRow], *, today: date) -> None:
    """Looks at the citations of the words that come next, or else of those that hold."""
    looked_at = {}
    for row in rows:
        revision = row.draft.revision if row.draft else row.final or row.coming or row.holds
        if revision is not None:
            revision.standard = row.standard
            looked_at[revision.pk] = row, revision
    advice = legal_advice_of([revision for _row, revision in looked_at.values()], today=today)
    for pk, (row, _revision) in looked_at.items():
        row.doubts = len({each.citation for each in advice[pk] if each.is_doubtful})


def _standards(agency: Agency):
    revisions = Revision.objects.select_related("decree").order_by("-number")
    return (
        Standard.objects.filter(service__agency=agency)
        .select_related("service__agency")
        .prefetch_related(Prefetch("revisions", revisions, to_attr="all_revisions"), "reviews")
    )


def _has_words(standard: Standard, words: list[str]) -> bool:
    service = standard.service
    names = " ".join([*service.name.values(), service.slug, service.sector]).casefold()
    return all(word in names for word in words)


def _facts(agency: Agency, standards: list[Standard]) -> _Facts:
    drafts = [r for s in standards for r in s.all_revisions if r.state == RevisionState.WORKING]
    sets = Component.objects.filter(component_set__in={s.component_set_id for s in standards})
    placements = Placement.objects.filter(revision__in=drafts).values_list("revision")
    changes = Change.objects.filter(revision__in=drafts)
    newest = changes.values("revision").annotate(newest=Max("pk")).values("newest")
    of_agency = {"standard__service__agency": agency}
    pledges = Pledge.objects.filter(**of_agency, ended_on=None)
    publications = Publication.objects.filter(**of_agency, ended_on=None)
    facts = _Facts(
        components=dict(sets.values_list("component_set").annotate(Count("pk"))),
        filled=dict(placements.annotate(Count("component", distinct=True))),
        last={
            change.revision_id: change
            for change in Change.objects.filter(pk__in=newest).select_related("made_by")
        },
        pledged=dict(pledges.values_list("standard", "revision")),
        published=set(publications.values_list("revision", flat=True)),
    )
    for pair in Registration.objects.filter(**of_agency).values_list("standard", "revision"):
        facts.registered[pair[0]].add(pair[1])
    waiting = ImportedDocument.objects.filter(batch__agency=agency, state=ImportState.READ)
    facts.imports = Counter(waiting.values_list("standard", flat=True))
    return facts


def _row(standard: Standard, facts: _Facts, on: date) -> DeskRow:
    by_standing: dict[Standing, Revision] = {}
    for revision in standard.all_revisions:  # the newest first, and it counts
        revision.standard = standard
        by_standing.setdefault(standing(revision, on=on), revision)
    holds = by_standing.get(Standing.IN_FORCE)
    working = by_standing.get(Standing.WORKING)
    published = [r for r in standard.all_revisions if r.state != RevisionState.WORKING]
    shown = holds or (published[0] if published else None)
    row = DeskRow(
        standard=standard,
        holds=holds,
        shown=shown,
        standing=standing(shown, on=on) if shown else None,
        coming=by_standing.get(Standing.COMING),
        final=by_standing.get(Standing.FINALISED),
        draft=_draft(working, standard, facts) if working else None,
        review=review_state(standard, on),
        waits=(),
    )
    row.waits = tuple(_waits(row, facts))
    return row


def _draft(working: Revision, standard: Standard, facts: _Facts) -> Draft:
    return Draft(
        working,
        facts.filled.get(working.pk, 0),
        facts.components.get(standard.component_set_id, 0),
        facts.last.get(working.pk),
    )


def _waits(row: DeskRow, facts: _Facts) -> Iterable[Wait]:
    pk, holds = row.standard.pk, row.holds
    if row.final:
        yield Wait.DECREE
    if holds and row.review.is_near:
        yield Wait.REVIEW
    if row.draft:
        yield Wait.DRAFT
    if not holds and not row.coming:
        yield Wait.NOTHING
    if facts.imports[pk]:
        yield Wait.IMPORT
    if holds and facts.pledged.get(pk) != holds.pk:
        yield Wait.PLEDGE
    if holds and holds.pk not in facts.published:
        yield Wait.PUBLICATION
    if holds and facts.registered[pk] - {holds.pk}:
        yield Wait.REGISTER
