"""Where a standard is published: kept by its agency, its photographs shown to everybody."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.kernel.errors import Conflict, Invalid, Missing
from consultations.kernel.forms import show_refusal
from consultations.standards import actions, queries
from consultations.standards.forms.publicity import EndForm, PublicationForm
from consultations.standards.models import Publication
from consultations.standards.photographs import read_photograph
from consultations.standards.queries import publicity
from consultations.standards.rules import can_keep, check_keep
from consultations.standards.views.loading import Visit, visit

# A picture is shown and does nothing else, whoever opens its address by itself.
_PICTURE_POLICY = "default-src 'none'; sandbox"


@never_cache
def publications(request, agency: str, service: str):
    visited = visit(agency, service)
    check_keep(request.user, visited.standard.service.agency, on=visited.on)
    form = PublicationForm(request.POST or None, request.FILES or None, today=visited.on)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, visited, dict(form.cleaned_data))
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Recorded, and shown on the page of the standard."))
            return redirect("publications", agency, service)
    context = _context(visited) | {
        "form": form,
        "publications": publicity.publications_of(visited.standard),
    }
    status = 422 if form.is_bound else 200
    return render(request, "standards/publications.html", context, status=status)


def _record(request, visited: Visit, given: dict) -> None:
    photo = given.pop("photo")
    actions.record_publication(
        actor=request.user,
        revision=queries.register_row(visited.standard, on=visited.on).revision,
        photo=read_photograph(photo) if photo else b"",
        at=visited.at,
        **given,
    )


@never_cache
def end_publication(request, agency: str, service: str, pk: int):
    visited = visit(agency, service)
    check_keep(request.user, visited.standard.service.agency, on=visited.on)
    publication = publicity.get_publication(visited.standard, pk)
    form = EndForm(request.POST or None, today=visited.on)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_publication(
                actor=request.user, publication=publication, at=visited.at, **form.cleaned_data
            )
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("It is shown no more as a place where it can be read."))
            return redirect("publications", agency, service)
    context = _context(visited) | {"form": form, "publication": publication}
    status = 422 if form.is_bound else 200
    return render(request, "standards/end_publication.html", context, status=status)


@require_safe
def photo(request, agency: str, service: str, pk: int):
    """The picture as a picture, whatever a browser would make of it."""
    visited = visit(agency, service)
    publication = publicity.get_publication(visited.standard, pk)
    if not publication.photo or not _may_see(request, visited, publication):
        raise Missing(_("There is no such photograph."))
    response = FileResponse(publication.photo.open("rb"), content_type="image/jpeg")
    response["Content-Security-Policy"] = _PICTURE_POLICY
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _may_see(request, visited: Visit, publication: Publication) -> bool:
    """What is shown no more stays the agency's own proof."""
    is_shown = publication.ended_on is None or publication.ended_on > visited.on
    return is_shown or can_keep(request.user, visited.standard.service.agency, on=visited.on)


def _context(visited: Visit) -> dict:
    row = queries.register_row(visited.standard, on=visited.on)
    return {
        "standard": visited.standard,
        "agency": visited.standard.service.agency,
        "revision": row.revision,
    }
