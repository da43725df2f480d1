"""A revision as plain data, ready to be written in any form."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import translation

from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.standards.models import Placement, Revision
from consultations.standards.queries import (
    DocumentClause,
    DocumentComponent,
    Standing,
    revision_document,
    standing,
)


@dataclass(frozen=True)
class ExportedClause:
    label: str
    depth: int  # 0 for a clause directly under its component
    language: str  # another than the paper's where the clause has no words in that one
    heading: str
    body: str  # Markdown
    html: str  # the same, rendered and clean
    plain: str
    target: dict | None


@dataclass(frozen=True)
class ExportedComponent:
    number: int
    key: str
    group: str
    name: str
    clauses: tuple[ExportedClause, ...]


@dataclass(frozen=True)
class ExportedDecree:
    number: str
    dated_on: date
    title: str
    signed_name: str
    annex_number: str


@dataclass(frozen=True)
class ExportedRevision:
    """All that a paper says about one revision, in one language."""

    language: str
    agencies: tuple[str, ...]  # from the government down to the agency itself
    address: str
    region: str
    service: str
    number: int
    standing: Standing  # on the day of the export
    state: str  # in words
    dated_on: date  # from when its words are fixed; of a working draft, when it was begun
    effective_on: date | None
    superseded_on: date | None
    decree: ExportedDecree | None
    component_set: str
    component_source: str
    components: tuple[ExportedComponent, ...]  # all of the set, the empty ones too
    url: str
    digest: str

    @property
    def agency(self) -> str:
        return self.agencies[-1]


def export_of(revision: Revision, language: str, *, on: date) -> ExportedRevision:
    """As many queries for any size. `revision.standard`, with service, agency and component set,
    and `revision.decree` should be loaded; `on` is the day in the agency's time zone."""
    service = revision.standard.service
    component_set = revision.standard.component_set
    document = revision_document(revision, language)
    targets = dict(
        Placement.objects.filter(revision=revision)
        .exclude(target=None)
        .values_list("clause_id", "target")
    )
    with translation.override(language):
        return ExportedRevision(
            language=language,
            agencies=_agency_names(service.agency, language),
            address=service.agency.address,
            region=service.agency.region,
            service=service.name.in_language(language),
            number=revision.number,
            standing=standing(revision, on=on),
            state=str(revision.get_state_display()),
            dated_on=day_in(service.agency, revision.published_at or revision.created_at),
            effective_on=revision.effective_on,
            superseded_on=revision.superseded_on,
            decree=_decree(revision, language),
            component_set=component_set.name.in_language(language),
            component_source=component_set.source,
            components=tuple(_component(part, targets) for part in document.components),
            url=settings.SITE_URL + revision.get_absolute_url(),
            digest=revision.digest,
        )


def _agency_names(agency: Agency, language: str) -> tuple[str, ...]:
    names, seen = [], set()
    while agency and agency.pk not in seen:
        seen.add(agency.pk)
        names.append(agency.name.in_language(language))
        agency = agency.parent
    return tuple(reversed(names))


def _decree(revision: Revision, language: str) -> ExportedDecree | None:
    if (decree := revision.decree) is None:
        return None
    return ExportedDecree(
        decree.number,
        decree.dated_on,
        decree.title.in_language(language),
        decree.signed_name,
        revision.annex_number,
    )


def _component(part: DocumentComponent, targets: dict[int, dict]) -> ExportedComponent:
    clauses = tuple(_clause(clause, targets.get(clause.clause_id)) for clause in part.clauses)
    return ExportedComponent(part.number, part.key, str(part.group), part.name, clauses)


def _clause(clause: DocumentClause, target: dict | None) -> ExportedClause:
    return ExportedClause(
        label=clause.label,
        depth=clause.depth,
        language=clause.language,
        heading=clause.heading,
        body=clause.body,
        html=str(clause.html),
        plain=clause.plain,
        target=target,
    )
