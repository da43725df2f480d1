"""What every page of the import begins with: the agency, and the right to be here."""

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
from consultations.standards.models import ImportBatch, ImportedDocument
from consultations.standards.rules import can_adopt, check_import


@dataclass(frozen=True)
class Desk:
    """An agency, as whoever may import its standards meets it now."""

    request: HttpRequest
    agency: Agency
    at: datetime
    on: date  # in the agency's time zone

    @property
    def user(self):
        return self.request.user

    @property
    def may_adopt(self) -> bool:
        return can_adopt(self.user, self.agency, on=self.on)

    def page(self, template: str, *, status: int = 200, **context) -> HttpResponse:
        context = {
            "agency": self.agency,
            "zone": self.agency.time_zone,
            "desk_url": _url_if_there("standards_desk", self.agency.slug),
            "may_adopt": self.may_adopt,
        } | context
        return render(self.request, f"standards/intake/{template}.html", context, status=status)

    def to_batch(self, batch: ImportBatch, *, show: str = "") -> HttpResponse:
        url = reverse("import_batch", args=[self.agency.slug, batch.pk])
        return redirect(f"{url}?show={show}" if show else url)

    def to_document(self, document: ImportedDocument, *, page: int = 1) -> HttpResponse:
        url = self.url_of(document)
        return redirect(f"{url}?page={page}" if page > 1 else url)

    def url_of(self, document: ImportedDocument) -> str:
        return reverse("import_document", args=[self.agency.slug, document.batch_id, document.pk])


def load_desk(request: HttpRequest, slug: str) -> Desk:
    agency = Agency.objects.select_related("log").filter(slug=slug).first()
    if agency is None:
        raise Missing(_("There is no such agency."))
    at = timezone.now()
    on = day_in(agency, at)
    check_import(request.user, agency, on=on)
    return Desk(request, agency, at, on)


def _url_if_there(name: str, *args) -> str:
    """The address of a page of another part of the program, or empty where there is none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
