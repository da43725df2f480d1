"""The public register of standards: what holds, what is coming, and what held before."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from consultations.kernel.paging import NumberedPage
from consultations.kernel.rates import check_rate
from consultations.kernel.serving import serve
from consultations.ledger.queries import public_state
from consultations.people.queries import day_in
from consultations.standards import queries
from consultations.standards.forms.register import SearchForm
from consultations.standards.views.choosing import filters, standings

PAGE_SIZE = 20


@require_safe
def standard_list(request):
    form = SearchForm(request.GET)
    components = {component.key: component for component in queries.components()}
    asked = form.asked({key: component.pk for key, component in components.items()})
    on = timezone.localdate()
    if asked.text:
        check_rate(request, "search")

    def build():
        facets = queries.facets(asked.criteria, on=on)
        page = NumberedPage(form.page_number, PAGE_SIZE, facets.total)
        found = queries.search(
            asked.criteria, on=on, total=facets.total, start=page.start, size=PAGE_SIZE
        )
        context = {
            "form": form,
            "asked": asked,
            "found": found,
            "page": page,
            "total": facets.total,
            "filters": filters(asked, facets, components),
            "standings": standings(request.GET, asked, facets),
        }
        return render(request, "standards/list.html", context)

    return serve(request, (*public_state(), on), build)


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
            "description": ngettext(
                "What %(agency)s promises: %(count)d service standard.",
                "What %(agency)s promises: %(count)d service standards.",
                words["count"],
            )
            % words,
        }
        return render(request, "standards/agency.html", context)

    return serve(request, (*public_state(), on), build)
