"""The pages of what is in force: its review, its withdrawal, and the calendar of all reviews."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags

from consultations.kernel.errors import Invalid
from consultations.standards import actions
from consultations.standards.models import Standard
from tests import build
from tests.standards.keeping import in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision(agency):
    """In force for a month; views go by the real clock."""
    return in_force(agency, timezone.localdate() - timedelta(days=30))


def keeping(revision, page):
    service = revision.standard.service
    return f"/standards/{service.agency.slug}/{service.slug}/keeping/{page}/"


def test_review_shows_what_holds_and_what_happened(as_user, agency, drafter, revision, citizen):
    consultation = build.a_consultation(agency, revision=revision)
    now = timezone.now()
    type(consultation).objects.filter(pk=consultation.pk).update(opens_at=now)
    build.a_comment(consultation, citizen)
    consultation.comments.update(occurred_at=now)

    page = as_user(drafter).get("/en" + keeping(revision, "review")).content.decode()

    assert "KTP-el diselesaikan paling lama 3 (tiga) hari kerja" in page
    assert "<b>1</b>comment</p>" in page
    assert "<b>1</b>consultation</p>" in page


def test_review_with_one_button(as_user, drafter, revision):
    client, url = as_user(drafter), keeping(revision, "review")
    today = timezone.localdate().isoformat()

    answer = client.post(
        url, {"note": "Waktu dan biaya masih benar.", "reviewed_on": today, "result": "unchanged"}
    )

    assert answer.headers["Location"] == url
    review = revision.standard.reviews.get()
    assert (review.result, review.reviewed_by) == ("unchanged", drafter)
    assert "Waktu dan biaya masih benar." in client.get(url).content.decode()


def test_review_without_a_note_keeps_the_day(as_user, drafter, revision):
    url = keeping(revision, "review")
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()

    answer = as_user(drafter).post(
        url, {"note": "", "reviewed_on": yesterday, "result": "unchanged"}
    )
    late = (timezone.localdate() + timedelta(days=2)).isoformat()
    future = as_user(drafter).post(
        url, {"note": "Tetap.", "reviewed_on": late, "result": "unchanged"}
    )

    assert answer.status_code == future.status_code == 422
    assert f'value="{yesterday}"' in answer.content.decode()
    assert list(future.context["form"].errors) == ["reviewed_on"]
    assert not revision.standard.reviews.exists()


def test_who_only_looks_has_no_form(as_user, agency, revision, citizen):
    signatory = build.an_official(agency, "signatory")

    page = as_user(signatory).get(keeping(revision, "review")).content.decode()

    assert "<textarea" not in page
    assert as_user(signatory).post(
        keeping(revision, "review"),
        {"note": "x", "reviewed_on": timezone.localdate().isoformat(), "result": "change"},
    ).status_code == 403  # fmt: skip
    assert as_user(citizen).get(keeping(revision, "review")).status_code == 403


def test_what_is_not_in_force_is_not_reviewed(as_user, agency, drafter):
    draft = build.a_revision(build.a_standard(agency))

    assert as_user(drafter).get(keeping(draft, "review")).status_code == 409


def test_withdraw_asks_first(as_user, signatory, revision):
    client, url = as_user(signatory), "/en" + keeping(revision, "1/withdraw")
    today = timezone.localdate().isoformat()

    page = client.get(url).content.decode()
    assert "Nothing is in force afterwards" in page
    assert client.post(url, {"withdrawn_on": today, "reason": ""}).status_code == 422
    answer = client.post(url, {"withdrawn_on": today, "reason": "Keputusan dicabut."})

    revision.refresh_from_db()
    assert answer.status_code == 302
    assert (revision.state, revision.withdrawn_reason) == ("withdrawn", "Keputusan dicabut.")
    again = client.post(url, {"withdrawn_on": today, "reason": "Lagi."})
    assert again.status_code == 409
    assert "cannot be withdrawn any more" in again.content.decode()


def test_withdraw_what_is_discussed_is_refused(as_user, consultation, drafter):
    url = keeping(build.draft_of(consultation), "1/withdraw")
    today = timezone.localdate().isoformat()

    answer = as_user(drafter).post("/en" + url, {"withdrawn_on": today, "reason": "Salah."})

    assert answer.status_code == 409
    assert "is not concluded" in answer.content.decode()


# --- the calendar


def due(agency, day, count=1):
    for _n in range(count):
        standard = in_force(agency).standard
        Standard.objects.filter(pk=standard.pk).update(review_due_on=day)


def months(client, **query):
    calendar = client.get("/en/standards/calendar/", query).context["calendar"]
    return {month.first.month: month.count for month in calendar.months if month.count}


def test_calendar_counts_by_month(client, agency):
    other = build.an_agency()
    due(agency, "2031-03-01")
    due(agency, "2031-12-31", 4)
    due(other, "2031-12-01")

    assert months(client, year=2031) == {3: 1, 12: 5}
    assert months(client, year=2031, agency=agency.slug) == {3: 1, 12: 4}
    assert months(client, year=2030) == {}
    page = client.get("/en/standards/calendar/", {"year": 2031, "month": 12}).content.decode()
    assert "take some of them earlier" in page
    assert page.count("31 Dec 2031") == 4
    assert "2,031" not in page


def test_calendar_says_what_is_overdue(client, agency):
    due(agency, "2020-05-01")

    page = client.get("/en/standards/calendar/", {"year": 2020, "month": 5}).content.decode()
    now = client.get("/en/standards/calendar/").content.decode()

    assert "1 overdue" in page
    assert "overdue since 1 May 2020" in strip_tags(page)
    assert "1 review was due before" in now


def test_calendar_takes_any_address(client):
    for query in ("year=x", "year=99999", "month=13", "agency=%00", "agency=nobody&month=1&page=z"):
        assert client.get(f"/standards/calendar/?{query}").status_code == 200


def test_calendar_sets_no_cookie_and_asks_no_more_for_more(client, agency):
    def queries():
        with CaptureQueriesContext(connection) as found:
            answer = client.get("/standards/calendar/?year=2031&month=12")
        assert not answer.cookies
        return len(found)

    due(agency, "2031-12-31")
    few = queries()
    due(agency, "2031-12-30", 3)
    assert queries() == few


def test_addresses_that_are_needed_are_nobodys(agency):
    with pytest.raises(Invalid):
        build.an_agency("calendar")
    with pytest.raises(Invalid):
        actions.create_service(
            actor=None, agency=agency, slug="desk", name=build.text("Desk"), at=build.TODAY
        )
