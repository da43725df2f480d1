"""What tests of standards in force share."""

from datetime import date

from consultations.ledger.queries import data_of
from consultations.standards import actions
from consultations.standards.models import Decree, Revision, Standard
from tests import build
from tests.build import TODAY

DAY = date(2026, 11, 24)  # of TODAY, in WIB
NEW_YEAR = date(2027, 1, 1)


def a_decree(agency, number: str = "188/1/2026") -> Decree:
    return actions.record_decree(
        actor=None, agency=agency, number=number, dated_on=date(2026, 11, 1), at=TODAY
    )


def adopt(revision: Revision, effective_on: date, *, actor=None, **kwargs) -> Revision:
    return actions.adopt_revision(
        actor=actor,
        revision=revision,
        decree=a_decree(revision.standard.service.agency),
        effective_on=effective_on,
        at=TODAY,
        **kwargs,
    )


def in_force(agency=None, effective_on: date = date(2026, 1, 1)) -> Revision:
    """A revision that is in force since then."""
    return adopt(build.a_revision(build.a_standard(agency), "finalised"), effective_on)


def finalised_after(revision: Revision, body: str = "") -> Revision:
    """The next one, with other words, waiting for its decree."""
    draft = build.a_next_draft(revision, body)
    return actions.publish_revision(actor=None, revision=draft, state="finalised", at=TODAY)


def fresh(standard: Standard) -> Standard:
    return Standard.objects.select_related("service__agency", "log").get(pk=standard.pk)


def entries(log) -> list[tuple[str, dict]]:
    return [(entry.type, data_of(entry)) for entry in log.entries.order_by("seq")]
