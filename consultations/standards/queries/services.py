"""The page of a service: its standard in the order in which a citizen asks."""

from dataclasses import dataclass
from datetime import date

from consultations.standards.models import Pledge, Publication, Revision, Standard
from consultations.standards.queries.documents import (
    Document,
    DocumentClause,
    DocumentComponent,
    revision_document,
)
from consultations.standards.queries.pledges import current_pledge
from consultations.standards.queries.register import RegisterRow, Standing, register_row, standing

# What somebody wants to know before anything else, as kinds of targets.
_AT_A_GLANCE = ("time", "fee", "hours", "product")
_HOURS = "hours"


@dataclass(frozen=True)
class Part:
    """One question of citizens, and the clauses that answer it."""

    dom_id: str
    component: DocumentComponent | None  # None: opening hours, wherever they stand
    clauses: tuple[DocumentClause, ...]


@dataclass(frozen=True)
class ServicePage:
    standard: Standard
    row: RegisterRow
    document: Document
    parts: tuple[Part, ...]
    glance: tuple[DocumentClause, ...]
    revisions: tuple[tuple[Revision, Standing], ...]
    pledge: Pledge | None
    publications: tuple[Publication, ...]

    @property
    def revision(self) -> Revision:
        return self.row.revision


def service_page(standard: Standard, language: str, *, on: date) -> ServicePage:
    """Of a standard with `published` loaded. Five queries, whatever the size."""
    row = register_row(standard, on=on)
    row.revision.standard = standard
    document = revision_document(row.revision, language)
    return ServicePage(
        standard,
        row,
        document,
        parts=_parts(document),
        glance=_glance(document),
        revisions=tuple((each, standing(each, on=on)) for each in standard.published),
        pledge=current_pledge(standard),
        publications=tuple(current_publications(standard, on=on)),
    )


def current_publications(standard: Standard, *, on: date) -> list[Publication]:
    """Where it can be read now, the newest first."""
    found = Publication.objects.filter(standard=standard, published_on__lte=on)
    return list(found.exclude(ended_on__lte=on).select_related("revision"))


def _parts(document: Document) -> tuple[Part, ...]:
    """The components that must be published in their order; the hours before the last of them,
    which is where to complain, since one complains when one was there."""
    parts = [Part(each.dom_id, each, each.clauses) for each in document.delivery]
    hours = tuple(clause for clause in document.clauses if _kind(clause) == _HOURS)
    if hours:
        parts.insert(max(len(parts) - 1, 0), Part("hours", None, hours))
    return tuple(parts)


def _glance(document: Document) -> tuple[DocumentClause, ...]:
    """The first clause of each kind."""
    first: dict[str, DocumentClause] = {}
    for clause in document.clauses:
        first.setdefault(_kind(clause), clause)
    return tuple(first[kind] for kind in _AT_A_GLANCE if kind in first)


def _kind(clause: DocumentClause) -> str:
    return (clause.target or {}).get("kind", "")
