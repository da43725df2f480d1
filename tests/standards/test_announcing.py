"""What the calendar brings about, and who is told of it: once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consultations.notices.models import Notice
from consultations.people.enums import Role
from consultations.proceedings import actions as proceedings
from consultations.standards import actions
from consultations.standards.models import Revision, Standard
from consultations.standards.queries import revision_in_force
from consultations.standards.tasks import tell_followers
from tests import build
from tests.build import TODAY
from tests.standards.keeping import DAY, NEW_YEAR, adopt, entries, finalised_after, in_force

pytestmark = pytest.mark.django_db
MIDNIGHT_WIB = datetime(2026, 12, 31, 17, tzinfo=UTC)
MIDNIGHT_WIT = datetime(2026, 12, 31, 15, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def announce(at):
    return actions.announce_coming_into_force(at=at)


def told(standard):
    return [data for type, data in entries(standard.log) if type == "revision.in_force"]


def test_told_once_when_the_day_has_come(agency):
    revision = adopt(build.a_revision(build.a_standard(agency), "finalised"), NEW_YEAR)

    assert announce(MIDNIGHT_WIB - A_SECOND) == 0
    assert announce(MIDNIGHT_WIB) == 1
    assert announce(MIDNIGHT_WIB + A_SECOND) == 0

    revision.refresh_from_db()
    assert revision.in_force_told_at == MIDNIGHT_WIB
    assert told(revision.standard) == [{"number": 1, "effective_on": "2027-01-01"}]


def test_midnight_is_the_agencys_own():
    east = build.an_agency(time_zone="Asia/Jayapura")
    west = build.an_agency(time_zone="Asia/Jakarta")
    for agency in (east, west):
        adopt(build.a_revision(build.a_standard(agency), "finalised"), NEW_YEAR)

    def who(at):
        announce(at)
        found = Revision.objects.exclude(in_force_told_at=None)
        return {revision.standard.service.agency for revision in found}

    assert who(MIDNIGHT_WIT - A_SECOND) == set()
    assert who(MIDNIGHT_WIT) == {east}
    assert who(MIDNIGHT_WIB - A_SECOND) == {east}
    assert who(MIDNIGHT_WIB) == {east, west}


def test_missed_days_are_told_late_with_the_true_date(agency):
    first = adopt(build.a_revision(build.a_standard(agency), "finalised"), NEW_YEAR)
    adopt(finalised_after(first), date(2027, 2, 1))

    assert announce(datetime(2027, 3, 1, tzinfo=UTC)) == 2
    assert told(first.standard) == [
        {"number": 1, "effective_on": "2027-01-01"},
        {"number": 2, "effective_on": "2027-02-01"},
    ]


def test_pages_do_not_wait_for_it(agency):
    revision = adopt(build.a_revision(build.a_standard(agency), "finalised"), NEW_YEAR)

    assert revision_in_force(revision.standard, on=NEW_YEAR) == revision


def test_what_never_holds_and_what_is_history_is_no_news(agency):
    withdrawn = adopt(build.a_revision(build.a_standard(agency), "finalised"), NEW_YEAR)
    actions.withdraw_revision(
        actor=None, revision=withdrawn, withdrawn_on=DAY, reason="Salah.", at=TODAY
    )
    history = build.a_revision(build.a_standard(agency), "finalised")
    adopt(history, date(2020, 1, 1), is_history=True)
    build.a_revision(build.a_standard(agency), "finalised")

    assert announce(MIDNIGHT_WIB) == 0


def test_who_commented_on_the_way_is_told(agency, citizen, other_citizen):
    holds = in_force(agency)
    early = build.a_consultation(agency, revision=holds)  # on what is in force already
    early.drafts.update(opened_at=TODAY + A_SECOND)
    build.a_comment(early, citizen)
    coming = adopt_after_round(early, holds)
    announce(MIDNIGHT_WIB)

    assert tell_followers.func(coming.pk) == 1
    assert tell_followers.func(coming.pk) == 0

    [notice] = Notice.objects.filter(kind="revision_in_force")
    assert notice.user == citizen
    assert notice.data == {
        "agency": "disdukcapil",
        "service": coming.standard.service.slug,
        "revision": coming.number,
        "effective_on": "2027-01-01",
    }


def adopt_after_round(consultation, holds):
    """The consultation ends, and the words after it come into force."""
    proceedings.close_consultation(actor=None, consultation=consultation, at=TODAY)
    type(consultation).objects.filter(pk=consultation.pk).update(stage="concluded")
    return adopt(finalised_after(holds), NEW_YEAR)


def test_who_commented_on_what_held_before_is_not_told_again(agency, citizen):
    consultation = build.a_consultation(agency)
    build.a_comment(consultation, citizen)
    draft = build.draft_of(consultation)
    type(consultation).objects.filter(pk=consultation.pk).update(stage="concluded")
    actions.publish_revision(actor=None, revision=draft, state="finalised", at=TODAY)
    first = adopt(draft, DAY)
    second = adopt(finalised_after(first), NEW_YEAR)
    announce(MIDNIGHT_WIB)

    assert tell_followers.func(first.pk) == 1
    assert tell_followers.func(second.pk) == 0


# --- reminders


@pytest.fixture
def due(agency, drafter):
    """Two standards to be reviewed on 1 January 2027."""
    return [in_force(agency).standard for _n in range(2)]


def remind(day, hour=3):
    return actions.remind_of_reviews(at=datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def reminded(user):
    notices = Notice.objects.filter(kind="reviews_due", user=user).order_by("pk")
    return [(n.created_at.date().isoformat(), n.data["count"]) for n in notices]


def test_reminders_come_60_30_and_7_days_before_and_on_the_day(due, drafter):
    for days in range(62):
        remind(NEW_YEAR - timedelta(days=61 - days))

    assert reminded(drafter) == [
        ("2026-11-02", 2),
        ("2026-12-02", 2),
        ("2026-12-25", 2),
        ("2027-01-01", 2),
    ]


def test_then_each_month(due, drafter):
    for days in range(1, 95):
        remind(NEW_YEAR + timedelta(days=days))

    assert [day for day, _count in reminded(drafter)] == [
        "2027-01-02",  # that of the day itself, missed
        "2027-02-01",
        "2027-03-01",
        "2027-04-01",
    ]
    last = Notice.objects.filter(kind="reviews_due").order_by("pk").last()
    assert last.data["overdue_months"] == 3


def test_after_a_pause_only_the_latest_reminder_comes(due, drafter):
    remind(NEW_YEAR - timedelta(days=5))

    assert reminded(drafter) == [("2026-12-27", 2)]
    assert remind(NEW_YEAR - timedelta(days=4)) == 0


def test_what_was_reviewed_is_not_due(due, drafter):
    for standard in due:
        actions.record_review(
            actor=drafter, standard=standard, result="unchanged", note="Tetap.", at=TODAY
        )

    assert remind(NEW_YEAR) == 0


def test_nobody_else_is_reminded(due, drafter, signatory, moderator, stranger):
    remind(NEW_YEAR)

    assert {notice.user for notice in Notice.objects.all()} == {drafter}


def test_without_drafters_the_administrators_are(agency):
    administrator = build.an_official(agency, Role.ADMINISTRATOR)
    in_force(agency)

    remind(NEW_YEAR)

    assert len(reminded(administrator)) == 1


def test_the_day_is_the_agencys_own(agency, drafter):
    Standard.objects.filter(pk=in_force(agency).standard.pk).update(review_due_on=NEW_YEAR)

    assert actions.remind_of_reviews(at=datetime(2026, 11, 1, 16, 59, tzinfo=UTC)) == 0
    assert actions.remind_of_reviews(at=datetime(2026, 11, 1, 17, 0, tzinfo=UTC)) == 1
