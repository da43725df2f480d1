"""Standards and pledges as files to keep, print and edit."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.kernel.errors import Missing
from consultations.kernel.rates import check_rate
from consultations.standards import exporting, queries
from consultations.standards.enums import RevisionState
from consultations.standards.exporting import PledgePoster, export_of, pledge_pdf
from consultations.standards.models import Revision
from consultations.standards.queries.pledges import PledgePage
from consultations.standards.views.loading import Visit, language, revision_of, visit

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def standard_file(request, agency: str, service: str, number: int, form: str):
    """One revision as `standard.<form>`: pdf, docx, md or json."""
    visited = visit(agency, service)
    revision = revision_of(request, visited, number)
    if form not in _FORMS:
        raise Missing(_("A standard can be had as pdf, docx, md or json."))
    check_rate(request, "search")
    type, make = _FORMS[form]
    name = f"{visited.standard.service.slug}-{revision.number}.{form}"
    return _file(make(visited, revision), type, name)


@require_safe
def pledge_file(request, agency: str, service: str):
    """The pledge as a poster, on A3."""
    visited = visit(agency, service)
    page = queries.pledge_page(visited.standard, language(), on=visited.on)
    if page is None:
        raise Missing(_("The agency has not signed a pledge for this service yet."))
    check_rate(request, "search")
    name = f"{visited.standard.service.slug}-pledge.pdf"
    return _file(pledge_pdf(_poster(visited, page)), PDF, name)


def _paper(make: Callable) -> Callable[[Visit, Revision], bytes]:
    return lambda visited, revision: make(export_of(revision, language(), on=visited.on))


def _content(visited: Visit, revision: Revision) -> bytes:
    if revision.state == RevisionState.WORKING:
        raise Missing(_("A working draft has no file yet: its words still change."))
    found = exporting.standard_content(visited.standard, {revision.number})
    return exporting.file_bytes(found)


# By the ending of the address: the type of content, and what makes it.
_FORMS: dict[str, tuple[str, Callable[[Visit, Revision], bytes]]] = {
    "pdf": (PDF, _paper(exporting.standard_pdf)),
    "docx": (WORD, _paper(exporting.standard_docx)),
    "md": ("text/markdown; charset=utf-8", _paper(exporting.standard_markdown)),
    "json": ("application/json", _content),
}


def _poster(visited: Visit, page: PledgePage) -> PledgePoster:
    service, pledge = visited.standard.service, page.pledge
    return PledgePoster(
        agency=str(service.agency),
        service=str(service),
        statements=page.statements,
        promises=page.promises,
        place=pledge.place,
        dated_on=pledge.dated_on,
        post=str(pledge.signed_by),
        signed_name=pledge.signed_name,
        rank=pledge.signed_rank,
        civil_servant_number=pledge.civil_servant_number,
        url=f"{settings.SITE_URL}{pledge.revision.get_absolute_url()}",
        language=language(),
    )


def _file(content: bytes, type: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-cache",
        },
    )
