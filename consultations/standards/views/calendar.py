"""The public calendar of reviews over a year."""

from datetime import date

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.people.queries import day_in
from consultations.standards.forms.keeping import AgencyChoiceForm, CalendarForm
from consultations.standards.queries.reviews import (
    agencies_with_reviews,
    due_in_month,
    review_calendar,
)

PAGE_SIZE = 50


@require_safe
def review_calendar_page(request):
    at = timezone.now()
    slug, year, number = CalendarForm(request.GET).chosen(timezone.localdate(at).year)
    agencies = sorted(agencies_with_reviews(), key=lambda each: str(each).casefold())
    agency = next((each for each in agencies if each.slug == slug), None)
    on = day_in(agency, at) if agency else timezone.localdate(at)
    context = {
        "calendar": review_calendar(agency, year, on=on),
        "agency": agency,
        "today": on,
        "form": AgencyChoiceForm(agencies=agencies, initial={"agency": slug}),
    }
    if number:
        first = date(year, number, 1)
        found = Paginator(due_in_month(agency, first), PAGE_SIZE)
        context |= {"month": first, "page": found.get_page(request.GET.get("page"))}
    return render(request, "standards/calendar.html", context)
