"""A revision as a paper to be printed, signed, put on a wall or read aloud."""

from django.utils import translation
from django.utils.translation import gettext as _

from consultations.printing import Paper, print_pdf, qr_svg
from consultations.richtext.trees import tree
from consultations.standards.exporting import facts
from consultations.standards.exporting.documents import (
    ExportedClause,
    ExportedComponent,
    ExportedRevision,
)

TEMPLATE = "standards/exporting/standard.typ"
_HEADER_LETTERS = 70


def standard_pdf(given: ExportedRevision) -> bytes:
    """PDF/UA-1 and PDF/A-2a; the same bytes for the same revision and standing."""
    with translation.override(given.language):
        paper = Paper(
            title=facts.title(given),
            language=given.language,
            dated_on=given.dated_on,
            author=given.agency,
            description=f"{facts.revision_name(given)}, {given.url}",
        )
        return print_pdf(TEMPLATE, _content(given), paper=paper)


def _content(given: ExportedRevision) -> dict:
    return {
        "letterhead": given.agencies,
        "address": given.address,
        "kind": _("Service standard"),
        "service": given.service,
        "revision": facts.revision_name(given),
        "header": shortened(given.service),
        "notice": facts.notice(given),
        "short_notice": facts.short_notice(given),
        "facts": facts.facts(given),
        "url": given.url,
        "qr": qr_svg(given.url),
        "groups": [
            {"name": name, "components": [_component(part, given) for part in parts]}
            for name, parts in facts.groups(given)
        ],
        "closing": facts.closing(given),
        "digest": given.digest,
        "words": {
            "pages": _("page {page} of {pages}"),
            "empty": _("This component has no words yet."),
            "closing": _("About this paper"),
            "digest": facts.digest_name(),
            "qr": _("QR code that leads to the page of these words: %(url)s") % {"url": given.url},
            "scan": _("These words on the web"),
        },
    }


def _component(part: ExportedComponent, given: ExportedRevision) -> dict:
    clauses = [_clause(clause, given) for clause in part.clauses]
    return {"number": part.number, "name": part.name, "clauses": clauses}


def _clause(clause: ExportedClause, given: ExportedRevision) -> dict:
    return {
        "label": clause.label,
        "depth": clause.depth,
        "heading": clause.heading,
        "language": "" if clause.language == given.language else clause.language,
        "blocks": tree(clause.html, base=given.url),
    }


def shortened(text: str) -> str:
    """What fits on one line of a header."""
    return text if len(text) <= _HEADER_LETTERS else text[: _HEADER_LETTERS - 1].rstrip() + "…"
