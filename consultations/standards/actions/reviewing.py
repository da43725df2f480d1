"""Looking at a standard again, and how often that is to be done."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people import actions as people
from consultations.people.models import Agency
from consultations.people.queries import acting_post, actor_name, day_in
from consultations.people.rules import check_administer
from consultations.standards.actions.adopting import set_review_day
from consultations.standards.actions.indexing import index_review_days
from consultations.standards.actions.working import day_of
from consultations.standards.enums import ReviewResult
from consultations.standards.models import Review, Standard
from consultations.standards.queries import revision_in_force
from consultations.standards.queries.keeping import review_days
from consultations.standards.rules import DRAFTING, check_review

NOTE_LIMIT = 3000


@transaction.atomic
def record_review(
    *,
    actor,
    standard: Standard,
    result: str,
    note: str,
    reviewed_on: date | None = None,
    at: datetime,
) -> Review:
    """That the revision in force was looked at: it stays as it is, or has to change. The next
    review is due from that day on. The same review sent twice is recorded once."""
    agency = standard.service.agency
    ledger.lock(standard.log)
    on = day_of(standard, at)
    check_review(actor, agency, on=on)
    revision = revision_in_force(standard, on=on)
    if revision is None:
        raise Conflict(_("Nothing of this standard is in force, so there is nothing to review."))
    review = Review(
        standard=standard,
        revision=revision,
        result=_clean_result(result),
        note=_clean_note(note),
        reviewed_on=_clean_day(reviewed_on or on, revision.effective_on, on),
        reviewed_by=actor,
    )
    if same := _recorded(review):
        return same
    holding = acting_post(actor, agency, *DRAFTING, on=on)
    review.post = holding.post if holding else None
    _append(actor, review, agency, at)
    months = Agency.objects.values_list("review_months", flat=True).get(pk=agency.pk)
    set_review_day(standard, review_days([standard], months)[standard.pk])
    index_review_days([standard])
    return review


@transaction.atomic
def set_review_months(*, actor, agency: Agency, months: int, at: datetime) -> Agency:
    """How many months may pass between reviews; the days of all standards move accordingly."""
    standards = list(Standard.objects.filter(service__agency=agency).select_related("log"))
    ledger.lock(agency.log, *(standard.log for standard in standards))
    check_administer(actor, agency, on=day_in(agency, at))
    people.change_review_months(actor=actor, agency=agency, months=months, at=at)
    days = review_days(standards, months)
    for standard in standards:
        standard.review_due_on = days[standard.pk]
    Standard.objects.bulk_update(standards, ["review_due_on"], batch_size=500)
    index_review_days(standards)
    return agency


def _append(actor, review: Review, agency: Agency, at: datetime) -> None:
    """The row and its entry name each other."""
    review.seq = review.standard.log.head_seq + 1
    review.save(force_insert=True)
    on = day_in(agency, at)
    ledger.append(
        review.standard.log,
        "standard.reviewed",
        actor=actor_name(actor, agency, *DRAFTING, on=on),
        subject=f"review:{review.pk}",
        data={
            "number": review.revision.number,
            "result": str(review.result),
            "reviewed_on": review.reviewed_on.isoformat(),
        },
        contents={"note": review.note},
        at=at,
    )


def _recorded(review: Review) -> Review | None:
    same = ("revision", "result", "note", "reviewed_on")
    return Review.objects.filter(**{name: getattr(review, name) for name in same}).first()


def _clean_result(result: str) -> ReviewResult:
    if result not in ReviewResult.values:
        raise Invalid(_("Choose what came of the review."), field="result")
    return ReviewResult(result)


def _clean_note(note: str) -> str:
    note = clean_text(note, limit=NOTE_LIMIT, field="note")
    if not note:
        raise Invalid(
            _("Write what was looked at, and why it stays or has to change."), field="note"
        )
    return note


def _clean_day(day: date, first: date, last: date) -> date:
    if not first <= day <= last:
        raise Invalid(
            _("Choose a day on which the revision was in force, not later than today."),
            field="reviewed_on",
        )
    return day
