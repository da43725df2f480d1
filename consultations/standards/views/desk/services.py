"""The desk itself: all services of the agency, a new one, and how often they are reviewed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.forms import show_refusal
from consultations.people.models import Agency
from consultations.people.rules import check_administer
from consultations.standards import actions
from consultations.standards.forms.desk import FilterForm, ReviewMonthsForm, ServiceForm
from consultations.standards.models import ComponentSet, Standard
from consultations.standards.queries.desk import DeskRow, Wait, count_doubts, desk_list
from consultations.standards.rules import check_publish
from consultations.standards.views.desk.loading import load_desk, url_if_there

PAGE_SIZE = 25

# What is done about what waits: the words of the link, the page, and whether it is the agency's.
_STEPS = {
    Wait.DECREE: (gettext_lazy("Adopt it by a decree"), "decrees", True),
    Wait.REVIEW: (gettext_lazy("Record the review"), "review_standard", False),
    Wait.DRAFT: (gettext_lazy("Go on with the draft"), "draft", False),
    Wait.NOTHING: (gettext_lazy("Begin a working draft"), "draft_start", False),
    Wait.IMPORT: (gettext_lazy("Look at the import"), "imports", True),
    Wait.PLEDGE: (gettext_lazy("Adopt the pledge"), "adopt_pledge", False),
    Wait.PUBLICATION: (gettext_lazy("Record where it is published"), "publications", False),
    Wait.REGISTER: (gettext_lazy("Bring the register up to date"), "registrations", False),
}


@never_cache
def desk(request, agency: str):
    loaded = load_desk(request, agency)
    form = FilterForm(request.GET)
    filters = form.filters()
    found = desk_list(loaded.agency, on=loaded.on, **filters)
    page = Paginator(found.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    count_doubts(page.object_list, today=loaded.on)
    context = {
        "form": form,
        "found": found,
        "page": page,
        "rows": [(row, _next_step(row)) for row in page],
        "choices": _choices(loaded.agency, found, filters),
        "import_url": url_if_there("imports", loaded.agency.slug),
        "passages_url": url_if_there("passages", loaded.agency.slug),
    }
    return loaded.page("desk/desk", **filters, **context)


@never_cache
def new_service(request, agency: str):
    loaded = load_desk(request, agency)
    check_publish(request.user, loaded.agency, on=loaded.on)
    sets = _component_sets(loaded.agency)
    if not sets:
        raise Conflict(
            _("No components are known yet. The operator of the site loads them first."),
            code="no_component_set",
        )
    form = ServiceForm(request.POST or None, component_sets=sets)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.open_service(
                actor=request.user, agency=loaded.agency, at=loaded.at, **form.service()
            )
        except (Invalid, Conflict) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The service is there. Its standard is still empty."))
            started = url_if_there("draft_start", loaded.agency.slug, made.service.slug)
            return redirect(started) if started else loaded.to("standards_desk")
    return loaded.page("desk/new_service", form=form, status=422 if form.errors else 200)


@never_cache
def review_settings(request, agency: str):
    loaded = load_desk(request, agency)
    check_administer(request.user, loaded.agency, on=loaded.on)
    initial = {"months": loaded.agency.review_months}
    form = ReviewMonthsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.set_review_months(
            actor=request.user,
            agency=loaded.agency,
            months=form.cleaned_data["months"],
            at=loaded.at,
        )
        messages.success(request, _("The days of all reviews have been set accordingly."))
        return loaded.to("standards_desk")
    return loaded.page("desk/review_settings", form=form, status=422 if form.errors else 200)


def _next_step(row: DeskRow) -> tuple[str, str] | None:
    """The words and the address of the first thing to be done that this program has a page for."""
    service = row.standard.service
    for wait in row.waits:
        words, name, is_agencys = _STEPS[wait]
        args = [service.agency.slug] if is_agencys else [service.agency.slug, service.slug]
        if url := url_if_there(name, *args):
            return words, url
    return None


def _choices(agency: Agency, found, filters: dict[str, str]) -> list[dict]:
    here = reverse("standards_desk", args=[agency.slug])
    choices = [("", _("All"), found.total)]
    choices += [(w.value, w.label, found.counts[w]) for w in Wait if found.counts[w]]
    return [
        {
            "url": f"{here}?waits={value}" if value else here,
            "label": label,
            "count": count,
            "is_current": filters["wait"] == value,
        }
        for value, label, count in choices
    ]


def _component_sets(agency: Agency) -> list[ComponentSet]:
    """That of the agency's newest standard first: the next one is mostly of the same rule."""
    sets = list(ComponentSet.objects.order_by("-pk"))
    standards = Standard.objects.filter(service__agency=agency).order_by("-pk")
    own = standards.values_list("component_set", flat=True).first()
    return sorted(sets, key=lambda each: each.pk != own)
