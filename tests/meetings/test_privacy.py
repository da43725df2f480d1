"""What a session keeps about people, handed out and taken away."""

import pytest

from consultations.meetings import actions
from consultations.meetings.enums import AgreementResult, AttendanceMode
from consultations.meetings.models import Agreement, Attendance
from consultations.people.privacy import personal_data
from consultations.proceedings.actions import join
from tests import build

AT = build.TODAY


@pytest.fixture
def meeting(consultation, moderator):
    return build.a_meeting(consultation, moderator)


def attend(note_taker, meeting, user, name):
    voice = join(user=user, consultation=meeting.consultation, at=AT)
    return actions.record_attendance(
        actor=note_taker,
        meeting=meeting,
        participant=voice,
        name=name,
        organisation="RW 05",
        mode=AttendanceMode.IN_PERSON,
        at=AT,
    )


def test_attendance_is_handed_out_and_loses_its_name(meeting, note_taker, citizen, other_citizen):
    attend(note_taker, meeting, citizen, "Siti Rahmawati")
    attend(note_taker, meeting, other_citizen, "I Made Suardana")
    registered = personal_data[Attendance.__name__]

    exported = registered.export(citizen)
    registered.erase(citizen, AT)

    assert exported == [
        {
            "consultation": meeting.consultation.slug,
            "meeting": 1,
            "name": "Siti Rahmawati",
            "organisation": "RW 05",
            "unsur": "service_users",
            "mode": "in_person",
            "present_at": AT.isoformat(),
        }
    ]
    rows = meeting.attendances.order_by("pk").values_list("name", "organisation", "unsur")
    assert list(rows) == [("", "", "service_users"), ("I Made Suardana", "RW 05", "service_users")]


def test_who_recorded_an_agreement_is_handed_out_and_stays(meeting, moderator, citizen):
    actions.record_agreement(
        actor=moderator, item=meeting.items.first(), result=AgreementResult.AGREED, at=AT
    )
    registered = personal_data[Agreement.__name__]

    registered.erase(moderator, AT)

    assert registered.export(citizen) == []
    assert registered.export(moderator) == [
        {
            "consultation": meeting.consultation.slug,
            "meeting": 1,
            "item": 1,
            "result": "agreed",
            "sentence": "",
            "recorded_at": AT.isoformat(),
        }
    ]
