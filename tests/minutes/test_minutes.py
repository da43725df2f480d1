from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from consultations.meetings import actions as meetings
from consultations.minutes.compose import compose
from consultations.minutes.wording import date_parts, ordinal_heading
from consultations.moderation import actions as moderation
from tests import build

pytestmark = pytest.mark.django_db
AT = build.TODAY


@pytest.fixture
def meeting(consultation, moderator, signatory):
    """Two items agreed; something said before, during and hidden."""
    build.a_comment(consultation, body="Sebelum sesi.", at=AT - timedelta(days=1))
    meeting = build.a_meeting(consultation, moderator)
    build.a_comment(consultation, build.a_user("Nama Rahasia"), body="Di dalam sesi.", at=AT)
    hidden = build.a_comment(consultation, body="Tidak pantas.", at=AT)
    moderation.hide(actor=moderator, comment=hidden, rule="insult", note="menghina", at=AT)
    for item, result, sentence in zip(
        meeting.items.all()[:2],
        ("agreed", "with_notes"),
        ("", "Dihitung sejak tanda terima."),
        strict=True,
    ):
        item.meeting = meeting
        meetings.put_on_table(actor=moderator, item=item, at=AT)
        meetings.record_agreement(
            actor=moderator, item=item, result=result, sentence=sentence, at=AT
        )
    return meeting


@pytest.mark.parametrize(
    ("language", "day", "parts"),
    [
        (
            "id",
            date(2026, 11, 24),
            ("Selasa", "dua puluh empat", "November", "dua ribu dua puluh enam"),
        ),
        ("en", date(2026, 11, 24), ("Tuesday", "twenty-four", "November", "twenty twenty-six")),
    ],
)
def test_the_date_is_written_in_words(language, day, parts):
    with translation.override(language):
        words = date_parts(day)

    assert (words["weekday"], words["day"], words["month"], words["year"]) == parts


@pytest.mark.parametrize(("number", "word"), [(1, "KESATU"), (2, "KEDUA"), (12, "KEDUA BELAS")])
def test_points_are_counted_as_records_count_them(number, word):
    with translation.override("id"):
        assert ordinal_heading(number) == word


def test_it_composes_itself_from_the_record(meeting):
    minutes = compose(meeting)

    agreed = [(point.item.position, point.item.agreement.result) for point in minutes.points]
    assert agreed == [(1, "agreed"), (2, "with_notes")]
    discussed = minutes.discussed[1]
    assert [comment.body for comment in discussed.said] == ["Di dalam sesi."]
    assert (discussed.said_before, discussed.hidden) == (1, 1)
    assert [item.position for item in minutes.not_discussed] == [3]
    assert [holding.official_name for holding in minutes.signatories] == ["Ratna Wulandari"]
    assert minutes.figures["comments"] == 3


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_page_names_officials_and_no_citizen(client, meeting, prefix):
    slug = meeting.consultation.slug

    page = client.get(f"{prefix}/consultations/{slug}/meetings/1/minutes/").content.decode()

    assert "Di dalam sesi." in page
    assert "Dihitung sejak tanda terima." in page
    assert "Ratna Wulandari" in page
    assert "Nama Rahasia" not in page
    assert "Tidak pantas." not in page


def test_the_queries_do_not_depend_on_how_much_was_said(client, meeting):
    def count():
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/consultations/{meeting.consultation.slug}/meetings/1/minutes/")
        return len(queries)

    before = count()
    for _number in range(20):
        build.a_comment(meeting.consultation)

    assert count() == before
