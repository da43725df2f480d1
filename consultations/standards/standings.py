"""Whether words hold, said in a sentence with its days: in the band of a page and in messengers."""

from dataclasses import dataclass
from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext as _

from consultations.standards.models import Revision
from consultations.standards.queries import Standing


@dataclass(frozen=True)
class Band:
    """`tone` chooses colour and icon; the words say the same without them."""

    tone: str  # success, warning, error
    title: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.title} {self.text}".strip()


def band(revision: Revision, standing: Standing) -> Band:
    return _BANDS[standing](revision)


def overdue_band(due_on: date) -> Band:
    return Band(
        "warning",
        _("Its review has been overdue since %(day)s.") % {"day": plain_day(due_on)},
        _("The agency has to look at this standard again. Until then the words hold as they are."),
    )


def plain_day(value: date | None) -> str:
    """2 January 2024, without markup."""
    return dateformat.format(value, "j F Y") if value else ""


def _in_force(revision: Revision) -> Band:
    title = _("In force since %(day)s.") % {"day": plain_day(revision.effective_on)}
    text = ""
    if revision.withdrawn_on:
        words = {"day": plain_day(revision.withdrawn_on), "reason": revision.withdrawn_reason}
        return Band("warning", title, _("It is withdrawn on %(day)s: %(reason)s") % words)
    if revision.superseded_on:
        text = _("It holds until %(day)s, when another revision takes its place.") % {
            "day": plain_day(revision.superseded_on)
        }
    return Band("success", title, text)


def _coming(revision: Revision) -> Band:
    day = {"day": plain_day(revision.effective_on)}
    return Band(
        "warning",
        _("Not yet in force: from %(day)s.") % day,
        _("It is adopted. Nobody can rely on these words before that day."),
    )


def _finalised(revision: Revision) -> Band:
    return Band(
        "warning",
        _("Not yet in force."),
        _("The words are final and wait for the decree that adopts them."),
    )


def _consulted(revision: Revision) -> Band:
    return Band(
        "warning",
        _("Not in force: a draft in consultation."),
        _("It was put before the public, and its words may still change."),
    )


def _working(revision: Revision) -> Band:
    return Band("warning", _("Not in force: a working draft."), _("Only the agency sees it."))


def _superseded(revision: Revision) -> Band:
    day = {"day": plain_day(revision.superseded_on)}
    return Band(
        "error",
        _("No longer in force since %(day)s.") % day,
        _("It held from %(day)s.") % {"day": plain_day(revision.effective_on)},
    )


def _never_adopted(revision: Revision) -> Band:
    return Band("error", _("Never came into force."), _("A later draft took its place."))


def _withdrawn(revision: Revision) -> Band:
    title = _("Withdrawn.")
    if revision.withdrawn_on:
        title = _("Withdrawn on %(day)s.") % {"day": plain_day(revision.withdrawn_on)}
    return Band("error", title, revision.withdrawn_reason or _("These words do not hold."))


_BANDS = {
    Standing.WORKING: _working,
    Standing.CONSULTED: _consulted,
    Standing.FINALISED: _finalised,
    Standing.COMING: _coming,
    Standing.IN_FORCE: _in_force,
    Standing.SUPERSEDED: _superseded,
    Standing.NEVER_ADOPTED: _never_adopted,
    Standing.WITHDRAWN: _withdrawn,
}
