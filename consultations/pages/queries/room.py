"""The room of a live session, as citizens see it: the table, the agenda, and what is said on it."""

from dataclasses import dataclass

from consultations.meetings.models import Meeting
from consultations.meetings.queries import Room, UnsurCount, attendance_by_unsur, room
from consultations.pages.queries.conversations import add_answers
from consultations.threads.queries import Thread, threads_of_wordings

_SHOWN = 20  # threads on the clause that is on the table


@dataclass(frozen=True)
class RoomPage:
    room: Room
    threads: list[Thread]
    attendance: list[UnsurCount]

    @property
    def present(self) -> int:
        return sum(row.count for row in self.attendance)


def room_page(meeting: Meeting) -> RoomPage:
    held = room(meeting)
    item = held.on_table
    threads: list[Thread] = []
    if item and item.wording_id:
        found = threads_of_wordings([item.wording_id], per_wording=_SHOWN)
        threads = found.get(item.wording_id, [])
        add_answers(threads)
    return RoomPage(held, threads, attendance_by_unsur(meeting))
