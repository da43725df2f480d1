"""What every page of an agency's desk begins with: the agency, and the right to be here."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.people.rules import can_administer
from consultations.standards.rules import can_adopt, can_publish, check_see_agency_desk


@dataclass(frozen=True)
class Desk:
    """An agency, as whoever may see its desk meets it now."""

    request: HttpRequest
    agency: Agency
    at: datetime
    on: date  # in the agency's time zone

    @property
    def user(self):
        return self.request.user

    def page(self, template: str, *, status: int = 200, **context) -> HttpResponse:
        rights = {
            "may_draft": can_publish(self.user, self.agency, on=self.on),
            "may_adopt": can_adopt(self.user, self.agency, on=self.on),
            "may_administer": can_administer(self.user, self.agency, on=self.on),
        }
        context = {"agency": self.agency, "today": self.on, **rights} | context
        return render(self.request, f"standards/{template}.html", context, status=status)

    def to(self, name: str, *args) -> HttpResponse:
        return redirect(reverse(name, args=[self.agency.slug, *args]))


def load_desk(request: HttpRequest, slug: str) -> Desk:
    agency = find_agency(slug)
    at = timezone.now()
    on = day_in(agency, at)
    check_see_agency_desk(request.user, agency, on=on)
    return Desk(request, agency, at, on)


def find_agency(slug: str) -> Agency:
    found = Agency.objects.select_related("log").filter(slug=slug).first()
    if found is None:
        raise Missing(_("There is no such agency."))
    return found


def url_if_there(name: str, *args) -> str:
    """The address of a page of another part of the program, or empty where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
