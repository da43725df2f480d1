"""An agency in the register: what it promises, and what of it is overdue."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.people.models import Agency
from consultations.standards.models import Pledge, Revision
from consultations.standards.queries.register import (
    RegisterRow,
    published,
    register_row,
    standards_shown,
)


@dataclass(frozen=True)
class AgencyPage:
    agency: Agency
    units: tuple[tuple[Agency, int], ...]  # directly below, with how many standards each keeps
    rows: tuple[RegisterRow, ...]
    pledges: int

    @property
    def overdue(self) -> int:
        return sum(1 for row in self.rows if row.overdue_since)


def get_agency(slug: str) -> Agency:
    """With its log and the government above. Raises Missing."""
    found = Agency.objects.select_related("log", "parent").filter(slug=slug).first()
    if found is None:
        raise Missing(_("There is no such agency."))
    return found


def agency_page(agency: Agency, *, on: date) -> AgencyPage:
    """Five queries, however many standards and units it has."""
    standards = standards_shown().filter(service__agency=agency)
    rows = [register_row(standard, on=on) for standard in standards]
    rows.sort(key=lambda row: str(row.standard.service).casefold())
    pledged = Pledge.objects.filter(standard__service__agency=agency, ended_on=None)
    return AgencyPage(
        agency,
        units=_units(agency),
        rows=tuple(rows),
        pledges=pledged.count(),
    )


def _units(agency: Agency) -> tuple[tuple[Agency, int], ...]:
    units = Agency.objects.filter(parent=agency)
    kept = published(Revision.objects.filter(standard__service__agency__parent=agency))
    counts: dict[int, set[int]] = {}
    for unit, standard in kept.values_list("standard__service__agency", "standard").distinct():
        counts.setdefault(unit, set()).add(standard)
    found = [(unit, len(counts.get(unit.pk, ()))) for unit in units]
    return tuple(sorted(found, key=lambda pair: str(pair[0]).casefold()))
