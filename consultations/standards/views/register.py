"""The public register of standards: what holds, what is coming, and what held before."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from consultations.kernel.rates import check_rate
from consultations.people.queries import day_in
from consultations.standards import queries
from consultations.standards.forms.register import SearchForm
from consultations.standards.models import Revision, Standard
from consultations.standards.rules import can_see_drafts

PAGE_SIZE = 50


def standard_list(request):
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    if text:
        check_rate(request, "search")
    paginator = Paginator(queries.search_standards(text), PAGE_SIZE)
    page = paginator.get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [queries.register_row(found, on=day_in(found.service.agency, now)) for found in page]
    context = {"form": form, "text": text, "page": page, "rows": rows}
    return render(request, "standards/list.html", context)


def standard(request, agency: str, service: str):
    """The revision that holds today; where none does, the newest that is published."""
    found = queries.get_standard(agency, service)
    on = day_in(found.service.agency, timezone.now())
    return _revision_page(request, found, queries.register_row(found, on=on).revision)


def revision(request, agency: str, service: str, number: int):
    found = queries.get_standard(agency, service)
    on = day_in(found.service.agency, timezone.now())
    may_see_drafts = can_see_drafts(request.user, found.service.agency, on=on)
    chosen = queries.get_revision(found, number, with_drafts=may_see_drafts)
    return _revision_page(request, found, chosen)


def _revision_page(request, standard: Standard, revision: Revision):
    on = day_in(standard.service.agency, timezone.now())
    revision.standard = standard
    context = {
        "standard": standard,
        "revision": revision,
        "standing": queries.standing(revision, on=on),
        "document": queries.revision_document(revision, get_language() or settings.LANGUAGE_CODE),
        "current": queries.register_row(standard, on=on),
        "revisions": [(each, queries.standing(each, on=on)) for each in standard.published],
    }
    return render(request, "standards/revision.html", context)
