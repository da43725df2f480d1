"""Who may answer for the agency, when, and what an answer may be about."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.outcomes.models import Outcome, OutcomeAnswer
from consultations.people.enums import Role
from consultations.people.queries import day_in
from consultations.people.rules import has_role
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation
from consultations.proceedings.rules import is_staff
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries.answering import ANSWERABLE

# How many numbers a sentence for the reader names before it only counts.
_NAMED = 12


class AnsweredMeanwhile(Conflict):
    """Some of the comments have another current answer. `numbers` says which."""

    code = "answered_meanwhile"

    def __init__(self, numbers: Collection[int]):
        message = ngettext(
            "Comment %(numbers)s has been answered meanwhile by another outcome. Take it out of"
            " the selection, or revise that outcome.",
            "Comments %(numbers)s have been answered meanwhile by another outcome. Take them out"
            " of the selection, or revise that outcome.",
            len(numbers),
        )
        super().__init__(message % {"numbers": named(numbers)}, field="comments")
        self.numbers = sorted(numbers)


def named(numbers: Collection[int]) -> str:
    """M-0012, M-0031 … as the reader knows them."""
    shown = [f"M-{number:04d}" for number in sorted(numbers)[:_NAMED]]
    return ", ".join(shown) + (" …" if len(numbers) > _NAMED else "")


def can_answer(user, consultation: Consultation, *, at: datetime) -> bool:
    """Answering is the answering officer's; moderators keep the discussion fair (DESIGN §8)."""
    agency = consultation.agency
    return has_role(user, agency, Role.ANSWERING_OFFICER, on=day_in(agency, at))


def can_record(user, consultation: Consultation, *, at: datetime) -> bool:
    return consultation.stage in Stage.UNDER_WAY and can_answer(user, consultation, at=at)


def check_record(user, consultation: Consultation, *, at: datetime) -> None:
    if not can_answer(user, consultation, at=at):
        raise Denied(_("Only an answering officer of this agency may record outcomes."))
    if consultation.stage not in Stage.UNDER_WAY:
        raise Conflict(
            _("Outcomes are recorded while a consultation is under way, until it is concluded."),
            code="stage",
        )


def check_current(outcome: Outcome) -> None:
    """The version that somebody wants to revise or revert is still the one that holds."""
    if outcome.reverted_at is not None:
        raise Conflict(_("This outcome has been reverted already."), code="reverted")
    if not outcome.is_current:
        raise Conflict(
            _("Somebody has revised this outcome meanwhile. Look at its new version first."),
            code="revised_meanwhile",
        )


def check_comments(
    consultation: Consultation, found: Collection[Comment], asked: int, *, revising: int | None
) -> None:
    """These comments can be answered together now. `revising` is the number of the outcome whose
    own comments they may be."""
    if not found and not asked:
        raise Invalid(_("Select at least one comment to be answered."), field="comments")
    if len(found) < asked or any(c.consultation_id != consultation.pk for c in found):
        raise Invalid(_("Some of these comments are not of this consultation."), field="comments")
    gone = [c.number for c in found if c.state not in ANSWERABLE]
    if gone:
        message = _("These cannot be answered, since they are withdrawn or not published: %s.")
        raise Conflict(message % named(gone), code="not_standing", field="comments")
    if own := [c.number for c in found if c.is_official]:
        message = _("These are remarks of the agency's own people; take them out: %s.")
        raise Invalid(message % named(own), code="official", field="comments")
    answered = OutcomeAnswer.objects.filter(
        is_current=True, comment__in=[comment.pk for comment in found]
    ).exclude(outcome__consultation=consultation, outcome__number=revising or 0)
    if numbers := set(answered.values_list("comment__number", flat=True)):
        raise AnsweredMeanwhile(numbers)


def can_view_outcome(user, outcome: Outcome, *, at: datetime) -> bool:
    """Answers are public. One to hidden comments alone is its authors' and the staff's: what it
    says would tell everybody what was hidden."""
    consultation = outcome.consultation
    answered = OutcomeAnswer.objects.filter(outcome=outcome)
    if answered.exclude(comment__state=CommentState.HIDDEN).exists():
        return True
    if is_staff(user, consultation, on=day_in(consultation.agency, at)):
        return True
    return user.is_authenticated and answered.filter(comment__participant__user=user).exists()
