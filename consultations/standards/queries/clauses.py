"""One clause with what stands around it: for its own address."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.standards.models import Revision
from consultations.standards.queries.documents import (
    DocumentClause,
    DocumentComponent,
    revision_document,
)


@dataclass(frozen=True)
class ClausePage:
    clause: DocumentClause
    component: DocumentComponent
    below: tuple[DocumentClause, ...]  # its own sub-clauses
    before: DocumentClause | None  # in reading order
    after: DocumentClause | None


def clause_page(revision: Revision, label: str, language: str) -> ClausePage:
    """Three queries. Raises Missing."""
    document = revision_document(revision, language)
    clauses = document.clauses
    place = next((n for n, clause in enumerate(clauses) if clause.label == label), None)
    if place is None:
        raise Missing(
            _("Revision %(number)d has no clause %(label)s.")
            % {"number": revision.number, "label": label}
        )
    return ClausePage(
        clause=clauses[place],
        component=next(part for part in document.components if clauses[place] in part.clauses),
        below=tuple(clause for clause in clauses if clause.label.startswith(f"{label}.")),
        before=clauses[place - 1] if place else None,
        after=clauses[place + 1] if place + 1 < len(clauses) else None,
    )
