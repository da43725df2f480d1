"""What the room, the running desk and the minutes show of a session."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.meetings.enums import ItemState, MeetingState
from consultations.meetings.models import AgendaItem, Meeting
from consultations.proceedings.enums import Unsur
from consultations.proceedings.models import Consultation


@dataclass(frozen=True)
class UnsurCount:
    """How many of a participant category were there."""

    unsur: str
    label: str
    count: int


@dataclass(frozen=True)
class Room:
    """A session as everybody in it sees it."""

    meeting: Meeting
    items: list[AgendaItem]

    @property
    def on_table(self) -> AgendaItem | None:
        return next((item for item in self.items if item.state == ItemState.ON_TABLE), None)

    @property
    def next_item(self) -> AgendaItem | None:
        """The first item after the table that is still to come."""
        here = self.on_table.position if self.on_table else 0
        waiting = [item for item in self.items if item.state == ItemState.WAITING]
        return next((item for item in waiting if item.position > here), None) or (
            waiting[0] if waiting else None
        )


def get_meeting(consultation: Consultation, number: int) -> Meeting:
    meeting = consultation.meetings.filter(number=number).first()
    if meeting is None:
        raise Missing(_("There is no such session."))
    meeting.consultation = consultation
    return meeting


def room(meeting: Meeting) -> Room:
    """Two queries, however long the agenda is."""
    items = list(
        meeting.items.select_related(
            "agreement", "wording__placement__component", "wording__placement__revision"
        )
    )
    for item in items:
        item.meeting = meeting
    return Room(meeting, items)


def rooms(consultation: Consultation, numbers: set[int]) -> dict[int, Room]:
    """Several sessions at once, by number; for rendering a batch of entries."""
    meetings = consultation.meetings.filter(number__in=numbers).prefetch_related(
        "items__agreement", "items__wording__placement"
    )
    found = {}
    for meeting in meetings:
        meeting.consultation = consultation
        found[meeting.number] = Room(meeting, list(meeting.items.all()))
    return found


def live_meeting(consultation: Consultation) -> Meeting | None:
    """The session that is under way, if any."""
    return consultation.meetings.filter(state=MeetingState.OPEN).first()


def attendance_by_unsur(meeting: Meeting) -> list[UnsurCount]:
    """All five unsur in their order, also those that nobody came from; organisers apart."""
    counts = dict(
        meeting.attendances.filter(is_organiser=False).values_list("unsur").annotate(Count("id"))
    )
    return [UnsurCount(unsur.value, unsur.label, counts.get(unsur, 0)) for unsur in Unsur]
