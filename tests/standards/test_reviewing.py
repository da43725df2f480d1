"""Reviews: recorded with their result, due again by the calendar."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.verifying import verify
from consultations.people.enums import Role
from consultations.people.privacy import personal_data
from consultations.standards import actions
from consultations.standards.models import Review
from consultations.standards.queries.keeping import add_months, review_state
from tests import build
from tests.build import TODAY
from tests.standards.keeping import DAY, NEW_YEAR, adopt, entries, finalised_after, fresh, in_force

pytestmark = pytest.mark.django_db


def review(standard, actor=None, result="unchanged", note="Waktu dan biaya masih benar.", **kwargs):
    return actions.record_review(
        actor=actor, standard=standard, result=result, note=note, at=TODAY, **kwargs
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 24), 12, date(2027, 11, 24)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 1), 36, date(2029, 12, 1)),
    ],
)
def test_months_are_of_the_calendar(day, months, expected):
    assert add_months(day, months) == expected


def test_due_a_year_after_it_came_into_force(agency):
    standard = fresh(in_force(agency, date(2026, 2, 3)).standard)

    state = review_state(standard, date(2027, 2, 3))

    assert (state.due_on, state.is_overdue, state.days, state.last) == (
        date(2027, 2, 3), False, 0, None,
    )  # fmt: skip
    assert review_state(standard, date(2027, 2, 4)).is_overdue
    assert review_state(standard, date(2027, 2, 4)).days == -1
    assert review_state(build.a_standard(agency), DAY).due_on is None


def test_record_review(agency, drafter):
    standard = in_force(agency).standard

    recorded = review(standard, drafter)

    holding = drafter.holdings.get()
    assert (recorded.reviewed_on, recorded.reviewed_by, recorded.post) == (
        DAY, drafter, holding.post,
    )  # fmt: skip
    state = review_state(fresh(standard), DAY)
    assert (state.due_on, state.last) == (date(2027, 11, 24), recorded)
    type, data = entries(standard.log)[-1]
    assert type == "standard.reviewed"
    assert (data["number"], data["result"], data["reviewed_on"]) == (1, "unchanged", "2026-11-24")
    body = standard.log.entries.get(seq=recorded.seq).body
    assert json.loads(body)["actor"] == f"post:{holding.post_id}"
    assert list(verify(standard.log)) == []


def test_a_review_that_is_gone_is_missed_by_the_record(agency):
    standard = in_force(agency).standard
    recorded = review(standard)
    Review.objects.filter(pk=recorded.pk).update(note="Lain.")

    assert [found.seq for found in verify(standard.log)] == [recorded.seq]


def test_the_same_review_twice_is_one(agency):
    standard = in_force(agency).standard

    assert review(standard) == review(standard)
    assert review(standard, result="change") != review(standard)
    assert standard.reviews.count() == 2


def test_a_review_of_the_past_is_entered_with_its_day(agency):
    standard = in_force(agency, date(2026, 1, 1)).standard

    review(standard, reviewed_on=date(2026, 6, 30))

    assert fresh(standard).review_due_on == date(2027, 6, 30)
    for day in (date(2025, 12, 31), DAY + timedelta(days=1)):
        with pytest.raises(Invalid):
            review(standard, reviewed_on=day)


def test_reviewing_what_is_ending_does_not_move_what_is_coming(agency):
    holds = in_force(agency)
    adopt(finalised_after(holds), NEW_YEAR)

    review(holds.standard)

    assert fresh(holds.standard).review_due_on == date(2028, 1, 1)


def test_refusals(agency, drafter, signatory, stranger, citizen):
    standard = in_force(agency).standard

    with pytest.raises(Conflict):
        review(build.a_revision(build.a_standard(agency)).standard)
    for bad in ({"note": " "}, {"result": "later"}):
        with pytest.raises(Invalid):
            review(standard, drafter, **bad)
    moderator = build.an_official(agency, Role.MODERATOR)
    for actor in (stranger, citizen, moderator):
        with pytest.raises(Denied):
            review(standard, actor)
    assert not standard.reviews.exists()
    assert review(standard, signatory)  # an approver, too


def test_who_reviewed_is_handed_out_and_stays(agency, drafter):
    standard = in_force(agency).standard
    review(standard, drafter)

    personal_data["Review"].erase(drafter, TODAY)

    assert personal_data["Review"].export(drafter)[0]["note"] == "Waktu dan biaya masih benar."


def test_months_between_reviews_move_all_days(agency):
    administrator = build.an_official(agency, Role.ADMINISTRATOR)
    one, other = in_force(agency).standard, in_force(agency).standard
    review(other)
    nothing = build.a_standard(agency)

    actions.set_review_months(actor=administrator, agency=agency, months=6, at=TODAY)

    days = [fresh(standard).review_due_on for standard in (one, other, nothing)]
    assert days == [date(2026, 7, 1), date(2027, 5, 24), None]
    assert entries(agency.log)[-1] == ("agency.review_months_changed", {"months": 6})


def test_who_sets_the_months(agency, drafter, stranger):
    for actor in (drafter, stranger):
        with pytest.raises(Denied):
            actions.set_review_months(actor=actor, agency=agency, months=6, at=TODAY)
    for months in (0, 37):
        with pytest.raises(Invalid):
            actions.set_review_months(actor=None, agency=agency, months=months, at=TODAY)


def test_setting_the_months_asks_no_more_for_more_standards(agency):
    def queries():
        with CaptureQueriesContext(connection) as found:
            actions.set_review_months(actor=None, agency=agency, months=24, at=TODAY)
        return len(found)

    in_force(agency)
    few = queries()
    for _n in range(3):
        in_force(agency)
    assert queries() == few
