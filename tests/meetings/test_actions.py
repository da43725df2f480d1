from datetime import timedelta

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.queries import data_of, entries_after
from consultations.meetings import actions
from consultations.meetings.enums import AgreementResult, AttendanceMode, ItemState, MeetingState
from consultations.meetings.models import Agreement
from consultations.meetings.queries import attendance_by_unsur, room
from tests import build

pytestmark = pytest.mark.django_db
AT = build.TODAY


@pytest.fixture
def meeting(consultation, moderator):
    return build.a_meeting(consultation, moderator)


def entries_of(meeting, start=0):
    entries = entries_after(meeting.consultation.log, start, 100)
    return [(e.type, data_of(e)) for e in entries if e.subject == f"meeting:{meeting.number}"]


def test_plan_puts_the_items_on_the_agenda_and_into_the_record(consultation, moderator):
    meeting = build.a_meeting(consultation, moderator, is_open=False)

    assert meeting.number == 1
    assert [item.position for item in meeting.items.all()] == [1, 2, 3]
    assert entries_of(meeting) == [("meeting.planned", {"meeting": 1, "items": 3})]


def test_plan_refuses_an_end_before_the_start(consultation, moderator):
    with pytest.raises(Invalid) as refusal:
        actions.plan_meeting(
            actor=moderator,
            consultation=consultation,
            title=build.text("Sesi"),
            starts_at=AT,
            ends_at=AT - timedelta(hours=1),
            items=[actions.PlannedItem(build.text("Butir"))],
            at=AT,
        )

    assert list(refusal.value.errors) == ["ends_at"]


def test_only_one_item_is_on_the_table(meeting, moderator):
    first, second, _third = meeting.items.all()

    actions.put_on_table(actor=moderator, item=first, at=AT)
    actions.put_on_table(actor=moderator, item=second, at=AT)

    states = [item.state for item in room(meeting).items]
    assert states == [ItemState.WAITING, ItemState.ON_TABLE, ItemState.WAITING]


def test_putting_the_same_item_on_the_table_again_says_nothing_new(meeting, moderator):
    item = meeting.items.first()
    actions.put_on_table(actor=moderator, item=item, at=AT)
    said = len(entries_of(meeting))

    actions.put_on_table(actor=moderator, item=item, at=AT)

    assert len(entries_of(meeting)) == said


def test_an_agreed_item_is_done_when_the_next_comes(meeting, note_taker):
    first, second, _third = meeting.items.all()
    actions.put_on_table(actor=note_taker, item=first, at=AT)
    actions.record_agreement(actor=note_taker, item=first, result=AgreementResult.AGREED, at=AT)

    actions.put_on_table(actor=note_taker, item=second, at=AT)

    assert room(meeting).items[0].state == ItemState.DONE


@pytest.mark.parametrize("result", [AgreementResult.WITH_NOTES, AgreementResult.NOT_AGREED])
def test_notes_and_disagreement_need_a_sentence(meeting, moderator, result):
    with pytest.raises(Invalid) as refusal:
        actions.record_agreement(actor=moderator, item=meeting.items.first(), result=result, at=AT)

    assert list(refusal.value.errors) == ["sentence"]
    assert not Agreement.objects.exists()


def test_recording_again_corrects_the_agreement_and_the_record_shows_both_results(
    meeting, moderator
):
    item = meeting.items.first()
    for result, sentence in (("agreed", ""), ("with_notes", "Meterai dihapus.")):
        actions.record_agreement(
            actor=moderator, item=item, result=result, sentence=sentence, at=AT
        )

    assert Agreement.objects.get().sentence == "Meterai dihapus."
    recorded = [data["result"] for type, data in entries_of(meeting) if "agreement" in type]
    assert recorded == ["agreed", "with_notes"]


def test_the_sentence_itself_is_not_in_the_record(meeting, moderator):
    actions.record_agreement(
        actor=moderator,
        item=meeting.items.first(),
        result="with_notes",
        sentence="Meterai dihapus.",
        at=AT,
    )

    entry = entries_after(meeting.consultation.log, 0, 100)[-1]
    assert "Meterai" not in entry.body
    assert list(data_of(entry)["digests"]) == ["sentence"]


def test_attendance_counts_all_five_unsur_and_organisers_apart(meeting, note_taker):
    for number in range(3):
        actions.record_attendance(
            actor=note_taker,
            meeting=meeting,
            name=f"Warga {number}",
            unsur="service_users",
            mode=AttendanceMode.IN_PERSON,
            at=AT,
        )
    actions.record_attendance(
        actor=note_taker, meeting=meeting, name="Panitia", mode=AttendanceMode.ONLINE, at=AT
    )

    counts = {row.unsur: row.count for row in attendance_by_unsur(meeting)}
    assert counts == {
        "service_users": 3,
        "experts": 0,
        "related_agencies": 0,
        "civil_society": 0,
        "mass_media": 0,
    }


def test_nobody_is_counted_twice(meeting, note_taker):
    for _attempt in range(2):
        actions.record_attendance(
            actor=note_taker,
            meeting=meeting,
            name="Suharti",
            unsur="service_users",
            mode=AttendanceMode.IN_PERSON,
            at=AT,
        )

    assert meeting.attendances.count() == 1


def test_closing_clears_the_table_and_is_done_once(meeting, moderator):
    actions.put_on_table(actor=moderator, item=meeting.items.first(), at=AT)

    actions.close_meeting(actor=moderator, meeting=meeting, at=AT)

    assert meeting.state == MeetingState.CLOSED
    assert room(meeting).on_table is None
    with pytest.raises(Conflict):
        actions.close_meeting(actor=moderator, meeting=meeting, at=AT)


def test_nothing_is_agreed_before_the_session_is_open(consultation, moderator):
    planned = build.a_meeting(consultation, moderator, is_open=False)

    with pytest.raises(Conflict):
        actions.record_agreement(
            actor=moderator, item=planned.items.first(), result="agreed", at=AT
        )


@pytest.mark.parametrize("who", ["citizen", "drafter", "answering_officer", "stranger"])
def test_others_do_not_run_the_session(meeting, who, request):
    actor = request.getfixturevalue(who)

    with pytest.raises(Denied):
        actions.put_on_table(actor=actor, item=meeting.items.first(), at=AT)
