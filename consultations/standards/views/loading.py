"""What the public pages of standards share: finding, and what their ETag depends on."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from consultations.people.queries import day_in
from consultations.standards import queries
from consultations.standards.models import Revision, Standard
from consultations.standards.rules import can_see_drafts
from consultations.standards.sections import Place, Section, sections_of


@dataclass(frozen=True)
class Visit:
    """A request for a page of one standard, in its agency's day."""

    standard: Standard
    at: datetime
    on: date

    def state(self, sections: list[Section] = ()) -> tuple:
        """All that the page depends on besides its address, language and release."""
        logs = (self.standard.log, self.standard.service.agency.log)
        heads = tuple((log.epoch, log.head_seq) for log in logs)
        return (*heads, self.on, *(section.state for section in sections))

    def sections(self, revision: Revision | None = None, label: str = "") -> list[Section]:
        return sections_of(Place(self.standard, revision, label), self.at)


def visit(agency: str, service: str) -> Visit:
    """Raises Missing."""
    found, at = queries.get_standard(agency, service), timezone.now()
    return Visit(found, at, day_in(found.service.agency, at))


def revision_of(request: HttpRequest, visited: Visit, number: int) -> Revision:
    """Raises Missing, also for a working draft that this person may not see."""
    may_see_drafts = can_see_drafts(request.user, visited.standard.service.agency, on=visited.on)
    return queries.get_revision(visited.standard, number, with_drafts=may_see_drafts)


def language() -> str:
    return get_language() or settings.LANGUAGE_CODE
