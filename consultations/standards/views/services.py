"""A service's standard, one of its revisions, and one clause: each has an address to cite."""

from django.shortcuts import render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.kernel.serving import serve
from consultations.standards import queries
from consultations.standards.models import Revision
from consultations.standards.queries.publicity import registers
from consultations.standards.rules import can_keep, can_pledge
from consultations.standards.standings import Band, band, overdue_band
from consultations.standards.views.loading import Visit, language, revision_of, visit

# As which files a revision can be had: the ending, and what people call it.
FILES = (("pdf", "PDF"), ("docx", "Word"), ("md", "Markdown"), ("json", "JSON"))
SENTENCE_CHARACTERS = 300  # what messengers show of a description


@require_safe
def service(request, agency: str, service: str):
    """What holds today, in citizens' order; where nothing does, the newest that is published."""
    visited = visit(agency, service)
    sections = visited.sections()

    def build():
        page = queries.service_page(visited.standard, language(), on=visited.on)
        context = _of_revision(visited, page.revision) | {
            "page": page,
            "sections": sections,
            **_for_the_agency(request, visited),
            "overdue": overdue_band(page.row.overdue_since) if page.row.overdue_since else None,
        }
        return render(request, "standards/service.html", context)

    return serve(request, visited.state(sections), build)


@require_safe
def revision(request, agency: str, service: str, number: int):
    visited = visit(agency, service)
    chosen = revision_of(request, visited, number)
    sections = visited.sections(chosen)

    def build():
        context = _of_revision(visited, chosen) | {
            "sections": sections,
            "document": queries.revision_document(chosen, language()),
            "revisions": [
                (each, queries.standing(each, on=visited.on)) for each in visited.standard.published
            ],
        }
        return render(request, "standards/revision.html", context)

    return serve(request, visited.state(sections), build)


@require_safe
def clause(request, agency: str, service: str, number: int, label: str):
    visited = visit(agency, service)
    chosen = revision_of(request, visited, number)
    sections = visited.sections(chosen, label)

    def build():
        page = queries.clause_page(chosen, label, language())
        context = _of_revision(visited, chosen) | {
            "page": page,
            "sections": sections,
            "sentence": _sentence(page.clause.plain),
        }
        return render(request, "standards/clause.html", context)

    return serve(request, visited.state(sections), build)


def _for_the_agency(request, visited: Visit) -> dict:
    """What its people can do from here; a visitor's page is made without a query for it."""
    if not request.user.is_authenticated:
        return {}
    agency = visited.standard.service.agency
    may_keep = can_keep(request.user, agency, on=visited.on)
    return {
        "may_keep": may_keep,
        "may_pledge": can_pledge(request.user, agency, on=visited.on),
        "registers": registers() if may_keep else [],
    }


def _of_revision(visited: Visit, revision: Revision) -> dict:
    """Whose words they are, and unmistakably whether they hold."""
    standing = queries.standing(revision, on=visited.on)
    told = band(revision, standing)
    return {
        "standard": visited.standard,
        "agency": visited.standard.service.agency,
        "files": FILES,
        "revision": revision,
        "standing": standing,
        "band": told,
        "newer": _newer(visited, revision),
        "description": _description(visited, told),
    }


def _newer(visited: Visit, revision: Revision) -> Revision | None:
    """The revision in force, where it is another one than these words are of."""
    in_force = (
        each
        for each in visited.standard.published
        if queries.standing(each, on=visited.on) == queries.Standing.IN_FORCE
    )
    return next((each for each in in_force if each.pk != revision.pk), None)


def _description(visited: Visit, told: Band) -> str:
    words = {"agency": visited.standard.service.agency, "standing": told.title}
    return _("Service standard of %(agency)s. %(standing)s") % words


def _sentence(plain: str) -> str:
    return Truncator(" ".join(plain.split())).chars(SENTENCE_CHARACTERS)
