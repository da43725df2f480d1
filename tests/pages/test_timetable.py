from datetime import timedelta

import pytest
from django.utils import translation

from consultations.pages.timetable import remaining, timetable
from consultations.proceedings import actions as proceedings
from tests import build


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("before", "days", "figure"),
    [
        (timedelta(days=6, hours=2), 6, "6 days"),
        (timedelta(days=1), 1, "1 day"),
        (timedelta(hours=2), 0, "Last day"),
        (timedelta(0), 0, "Last day"),
        (timedelta(microseconds=-1), None, "Closed"),
    ],
)
def test_days_are_counted_by_the_calendar(consultation, before, days, figure):
    found = remaining(consultation, consultation.closes_at - before)

    assert (found.days, found.figure) == (days, figure)


def test_midnight_is_that_of_the_agency(consultation):
    """23.30 and 00.30 in Jakarta are one day apart, though both lie on one day in Greenwich."""
    closes_at = consultation.closes_at = build.TODAY.replace(hour=16, minute=59)

    assert remaining(consultation, closes_at - timedelta(hours=1)).days == 0
    assert remaining(consultation, closes_at - timedelta(hours=23, minutes=58)).days == 0
    assert remaining(consultation, closes_at - timedelta(hours=24)).days == 1


def states(consultation, at) -> dict[str, str]:
    meetings = list(consultation.meetings.all())
    return {str(step.text): step.state for step in timetable(consultation, meetings, at)}


def test_the_next_day_that_counts_is_now(consultation):
    assert states(consultation, build.TODAY) == {
        "Opened": "done",
        "Closes for comments": "now",
        "Every comment answered": "todo",
    }


def test_a_session_under_way_is_now(consultation, moderator):
    build.a_meeting(consultation, moderator)

    found = states(consultation, build.TODAY)

    assert [state for text, state in found.items() if "Live session" in text] == ["now"]
    assert found["Closes for comments"] == "todo"


def test_after_closing_the_answers_are_awaited(consultation):
    proceedings.close_consultation(actor=None, consultation=consultation, at=build.TODAY)

    assert states(consultation, build.TODAY) == {
        "Opened": "done",
        "Closed for comments": "done",
        "Every comment answered": "now",
    }
