"""The public register of standards: what holds, what is coming, and what held before."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.kernel.rates import check_rate
from consultations.kernel.serving import serve
from consultations.ledger.queries import public_state
from consultations.people.queries import day_in
from consultations.standards import queries
from consultations.standards.forms.register import SearchForm

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


@require_safe
def agency(request, agency: str):
    found = queries.get_agency(agency)
    on = day_in(found, timezone.now())

    def build():
        page = queries.agency_page(found, on=on)
        words = {"agency": found, "count": len(page.rows)}
        context = {
            "agency": found,
            "page": page,
            "description": _("What %(agency)s promises: %(count)d service standards.") % words,
        }
        return render(request, "standards/agency.html", context)

    return serve(request, (*public_state(), on), build)
