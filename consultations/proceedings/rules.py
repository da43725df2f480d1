"""Who may see a consultation, prepare and run it, speak in it, and enter what others said."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Denied
from consultations.people.enums import Role
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.people.rules import can_see_inside, has_role
from consultations.proceedings.enums import STAGE_TRANSITIONS, Source, Stage
from consultations.proceedings.models import Consultation

PREPARING = (Role.DRAFTER, Role.APPROVER, Role.ADMINISTRATOR)
CONCLUDING = (Role.ANSWERING_OFFICER, Role.APPROVER, Role.ADMINISTRATOR)
ENTERING = (Role.NOTE_TAKER, Role.MODERATOR)


class CommentsClosed(Conflict):
    """It is too early or too late to comment; what was written is not lost."""

    code = "closed"


def can_view(user, consultation: Consultation, *, on: date) -> bool:
    """What is open or was open is public; what is being prepared is its agency's own.
    `queries.visible_to` says the same of many."""
    return consultation.stage in Stage.PUBLIC or is_staff(user, consultation, on=on)


def is_staff(user, consultation: Consultation, *, on: date) -> bool:
    """Works in the agency that asks, or helps or audits it from above."""
    return can_see_inside(user, consultation.agency, on=on)


def can_prepare(user, agency: Agency, *, at: datetime) -> bool:
    """Set up, open and close consultations of an agency, and put drafts before the public."""
    return has_role(user, agency, *PREPARING, on=day_in(agency, at))


def can_conclude(user, consultation: Consultation, *, at: datetime) -> bool:
    agency = consultation.agency
    return has_role(user, agency, *CONCLUDING, on=day_in(agency, at))


def can_enter(user, consultation: Consultation, *, at: datetime) -> bool:
    """Write down what others said in the hall, on paper or by telephone."""
    agency = consultation.agency
    return has_role(user, agency, *ENTERING, on=day_in(agency, at))


def takes_comments(consultation: Consultation, *, at: datetime) -> bool:
    """The last moment counts."""
    return consultation.stage == Stage.OPEN and at <= consultation.closes_at


def can_comment(user, consultation: Consultation, *, at: datetime) -> bool:
    return bool(user.is_authenticated and user.is_active and takes_comments(consultation, at=at))


def check_prepare(user, agency: Agency, *, at: datetime) -> None:
    """`user` None is the program itself: a command that loads data."""
    if user is not None and not can_prepare(user, agency, at=at):
        raise Denied(_("Only drafters and approvers of this agency prepare its consultations."))


def check_conclude(user, consultation: Consultation, *, at: datetime) -> None:
    if user is not None and not can_conclude(user, consultation, at=at):
        raise Denied(_("Only answering officers and approvers of this agency conclude it."))


def check_enter(user, consultation: Consultation, *, at: datetime) -> None:
    if not can_enter(user, consultation, at=at):
        raise Denied(_("Only note-takers and moderators of this agency enter what others said."))


def check_stage(consultation: Consultation, stage: Stage) -> None:
    """The consultation may go over to `stage` now."""
    if stage not in STAGE_TRANSITIONS[Stage(consultation.stage)]:
        raise Conflict(
            _("The consultation is “%(stage)s” now. Load the page again.")
            % {"stage": consultation.get_stage_display()},
            code="stage",
        )


def check_takes_comments(
    consultation: Consultation, *, source: str = Source.ONLINE, occurred_at: datetime
) -> None:
    """What was said in time may be entered later, until the consultation is concluded."""
    if consultation.stage == Stage.PREPARING:
        raise CommentsClosed(_("This consultation is not open yet. Send your comment then."))
    in_time = occurred_at <= consultation.closes_at
    stages = {Stage.OPEN} if source == Source.ONLINE else Stage.UNDER_WAY
    if consultation.stage not in stages or not in_time:
        raise CommentsClosed(
            _(
                "This consultation is closed for comments. Copy your text; the agency's contacts "
                "stand on the consultation's page."
            )
        )
