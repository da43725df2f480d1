"""Every change of a live session: planning, opening, the clause on the table, agreements.

Each action locks the consultation's log first, so two moderators take turns, and appends what
happened to the public record; from there it reaches everybody in the room.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.fields import LocalizedText
from consultations.ledger import actions as ledger
from consultations.ledger.models import Entry
from consultations.meetings.enums import AgreementResult, AttendanceMode, ItemState, MeetingState
from consultations.meetings.models import AgendaItem, Agreement, Attendance, Meeting
from consultations.meetings.rules import check_open, check_run, check_turn
from consultations.people.queries import actor_name, day_in
from consultations.proceedings.models import Consultation, Participant
from consultations.standards.models import Wording


@dataclass(frozen=True)
class PlannedItem:
    """An item to be put on the agenda: a title, and usually the words that it is about."""

    title: LocalizedText
    wording: Wording | None = None


def plan_meeting(
    *,
    actor,
    consultation: Consultation,
    title: LocalizedText,
    starts_at: datetime,
    ends_at: datetime,
    items: list[PlannedItem],
    place: str = "",
    link: str = "",
    at: datetime,
) -> Meeting:
    """Plans a session with its agenda. Refuses an end before the start and an empty agenda."""
    with transaction.atomic():
        ledger.lock(consultation.log)
        check_run(actor, consultation, at=at)
        if ends_at <= starts_at:
            raise Invalid(_("The session must end after it starts."), field="ends_at")
        if not items:
            raise Invalid(_("Put at least one item on the agenda."), field="items")
        number = (consultation.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
        meeting = Meeting.objects.create(
            consultation=consultation,
            number=number,
            title=title,
            starts_at=starts_at,
            ends_at=ends_at,
            place=place,
            link=link,
        )
        AgendaItem.objects.bulk_create(
            AgendaItem(meeting=meeting, position=position, title=item.title, wording=item.wording)
            for position, item in enumerate(items, 1)
        )
        _append(actor, meeting, "meeting.planned", {"items": len(items)}, at)
    return meeting


def open_meeting(*, actor, meeting: Meeting, at: datetime) -> None:
    with _turn(actor, meeting, at):
        check_turn(meeting, MeetingState.OPEN)
        meeting.state, meeting.opened_at = MeetingState.OPEN, at
        meeting.save(update_fields=["state", "opened_at"])
        _append(actor, meeting, "meeting.opened", {}, at)


def close_meeting(*, actor, meeting: Meeting, at: datetime) -> None:
    """Ends the session: what is on the table leaves it, and the attendance by unsur is recorded."""
    with _turn(actor, meeting, at):
        check_turn(meeting, MeetingState.CLOSED)
        _clear_table(meeting, at)
        meeting.state, meeting.closed_at = MeetingState.CLOSED, at
        meeting.save(update_fields=["state", "closed_at"])
        present = meeting.attendances.count()
        _append(actor, meeting, "meeting.closed", {"present": present}, at)


def put_on_table(*, actor, item: AgendaItem, at: datetime) -> None:
    """Makes this the item under discussion. Putting it there twice changes nothing."""
    meeting = item.meeting
    with _turn(actor, meeting, at):
        check_open(meeting)
        item.refresh_from_db()
        if item.state == ItemState.ON_TABLE:
            return
        _clear_table(meeting, at)
        item.state = ItemState.ON_TABLE
        item.opened_at = item.opened_at or at
        item.save(update_fields=["state", "opened_at"])
        _append(
            actor,
            meeting,
            "item.opened",
            {"position": item.position, "wording": item.wording_id},
            at,
        )


def record_agreement(
    *, actor, item: AgendaItem, result: AgreementResult, sentence: str = "", at: datetime
) -> Agreement:
    """What the room agreed on this item. Recorded again it replaces the sentence; the record
    keeps that there were two, and each result. Notes and disagreement need the sentence that
    says what they are."""
    meeting = item.meeting
    with _turn(actor, meeting, at):
        check_open(meeting)
        if result not in AgreementResult.values:
            raise Invalid(_("Choose what the room agreed."), field="result")
        if result != AgreementResult.AGREED and not sentence:
            raise Invalid(_("Write in one sentence what the note is."), field="sentence")
        entry = _append(
            actor,
            meeting,
            "agreement.recorded",
            {"position": item.position, "result": str(result)},
            at,
            contents={"sentence": sentence},
        )
        _forget_sentence_before(item)
        agreement, _is_new = Agreement.objects.update_or_create(
            item=item,
            defaults={
                "result": result,
                "sentence": sentence,
                "recorded_at": at,
                "recorded_by": actor,
                "seq": entry.seq,
            },
        )
    return agreement


def record_attendance(
    *,
    actor,
    meeting: Meeting,
    mode: AttendanceMode,
    unsur: str = "",
    participant: Participant | None = None,
    name: str = "",
    organisation: str = "",
    at: datetime,
) -> Attendance:
    """Somebody is there. An organiser has no unsur. Names stay inside, so nothing is appended:
    the closing of the session records the figure."""
    with _turn(actor, meeting, at):
        if participant is not None:
            is_organiser = participant.is_organiser
            unsur = "" if is_organiser else participant.unsur
        else:
            is_organiser = not unsur
        attendance, _is_new = Attendance.objects.get_or_create(
            meeting=meeting,
            participant=participant,
            name=name,
            defaults={
                "organisation": organisation,
                "unsur": unsur,
                "is_organiser": is_organiser,
                "mode": mode,
                "present_at": at,
            },
        )
    return attendance


@contextmanager
def _turn(actor, meeting: Meeting, at: datetime):
    """One moderator's turn: the log is locked, the meeting fresh, and the actor may run it."""
    with transaction.atomic():
        ledger.lock(meeting.consultation.log)
        meeting.refresh_from_db(fields=["state", "opened_at", "closed_at"])
        check_run(actor, meeting.consultation, at=at)
        yield


def _clear_table(meeting: Meeting, at: datetime) -> None:
    on_table = meeting.items.filter(state=ItemState.ON_TABLE)
    on_table.filter(agreement=None).update(state=ItemState.WAITING, closed_at=at)
    meeting.items.filter(state=ItemState.ON_TABLE).update(state=ItemState.DONE, closed_at=at)


def _forget_sentence_before(item: AgendaItem) -> None:
    """A corrected sentence is not kept, so nothing must be left to test a guess at it against."""
    for agreement in Agreement.objects.filter(item=item):
        ledger.erase_salts(item.meeting.consultation.log, seqs=[agreement.seq])


def _append(
    actor, meeting: Meeting, type: str, data: dict, at: datetime, contents: dict | None = None
) -> Entry:
    agency = meeting.consultation.agency
    return ledger.append(
        meeting.consultation.log,
        type,
        actor=actor_name(actor, agency, on=day_in(agency, at)),
        subject=f"meeting:{meeting.number}",
        data={"meeting": meeting.number} | data,
        contents=contents,
        at=at,
    )
