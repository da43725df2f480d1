"""Who may run a live session, and what its stage allows."""

from datetime import datetime

from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Denied
from consultations.meetings.enums import MEETING_TRANSITIONS, MeetingState
from consultations.meetings.models import Meeting
from consultations.people.enums import Role
from consultations.people.queries import day_in
from consultations.people.rules import has_role
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation


def can_run(user, consultation: Consultation, *, at: datetime) -> bool:
    """Moderators and note-takers of the agency run its sessions."""
    return has_role(
        user,
        consultation.agency,
        Role.MODERATOR,
        Role.NOTE_TAKER,
        on=day_in(consultation.agency, at),
    )


def check_run(user, consultation: Consultation, *, at: datetime) -> None:
    if not can_run(user, consultation, at=at):
        raise Denied(_("Only a moderator or note-taker of this agency may run the session."))
    if consultation.stage not in Stage.UNDER_WAY:
        raise Conflict(_("Sessions are held while the consultation is open or being answered."))


def check_turn(meeting: Meeting, state: MeetingState) -> None:
    """The session may go over to `state` now."""
    if state not in MEETING_TRANSITIONS[MeetingState(meeting.state)]:
        raise Conflict(
            _("The session is “%(state)s” already. Load the page again.")
            % {"state": meeting.get_state_display()},
            code="meeting_state",
        )


def check_open(meeting: Meeting) -> None:
    if meeting.state != MeetingState.OPEN:
        raise Conflict(_("The session is not under way. Open it first."), code="meeting_state")
