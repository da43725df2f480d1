import re
from datetime import timedelta

import pytest

from consultations.kernel.fields import LocalizedText
from consultations.meetings.actions import put_on_table
from consultations.moderation.actions import hide
from consultations.outcomes.actions import NewWords, record_outcome
from consultations.proceedings import actions as proceedings
from consultations.threads.enums import ConductRule
from tests import build


def page_of(client, url: str) -> str:
    return client.get(url).content.decode()


def titled(agency, title: str, **kwargs):
    consultation = build.a_consultation(agency, **kwargs)
    consultation.title = LocalizedText({"id": title, "en": f"{title} (en)"})
    consultation.save()
    return consultation


def slugs(page: str) -> list[str]:
    return re.findall(r'<h3><a href="(?:/en)?/consultations/([\w-]+)/">', page)


def change_words(officer, consultation, comment):
    wording = build.a_wording(build.draft_of(consultation))
    return record_outcome(
        actor=officer,
        consultation=consultation,
        comments=[comment],
        disposition="accepted",
        reason="Titik mulai kami ubah.",
        changes=[
            NewWords(
                clause=wording.placement.clause,
                language="id",
                after=wording.body.replace("perekaman dinyatakan tunggal", "tanda terima"),
                expected_digest=wording.digest,
            )
        ],
        at=build.TODAY,
    )


# Home


def test_an_empty_forum_says_that_nothing_is_open(client, db):
    page = page_of(client, "/en/")

    assert "Nothing is open for comments just now." in page


def test_what_closes_first_stands_first(client, agency):
    later = build.a_consultation(agency, closes_at=build.TODAY + timedelta(days=9))
    sooner = build.a_consultation(agency, closes_at=build.TODAY + timedelta(days=2))
    build.a_consultation(agency, closes_at=build.TODAY - timedelta(hours=1))
    build.a_consultation(agency, is_open=False)

    page = page_of(client, "/en/")

    assert slugs(page) == [sooner.slug, later.slug]
    assert "2 days left" in page
    assert "Fotokopi tidak diminta lagi." in page


def test_a_session_under_way_stands_at_the_top(client, consultation, moderator):
    meeting = build.a_meeting(consultation, moderator)
    put_on_table(actor=moderator, item=meeting.items.get(position=2), at=build.TODAY)

    page = page_of(client, "/")

    assert f'href="{meeting.get_absolute_url()}"' in page
    assert "KTP-el diselesaikan paling lama 3 (tiga) hari kerja" in page


def test_words_that_changed_are_shown_with_who_asked(
    client, consultation, answering_officer, citizen
):
    comment = build.a_comment(consultation, citizen, body="Hitung sejak tanda terima.")
    change_words(answering_officer, consultation, comment)

    page = page_of(client, "/en/")

    assert "Hitung sejak tanda terima." in page
    assert "Siti Rahmawati" in page
    assert re.search(r"<del[^>]*>.*perekaman dinyatakan tunggal", page)


def test_a_comment_that_was_hidden_is_not_quoted_on_the_home_page(
    client, consultation, answering_officer, moderator
):
    comment = build.a_comment(consultation, body="Rahasia 3374010101010001.")
    change_words(answering_officer, consultation, comment)
    hide(
        actor=moderator,
        comment=comment,
        rule=ConductRule.PERSONAL_DATA,
        note="Ada nomor induk.",
        at=build.TODAY,
    )

    page = page_of(client, "/")

    assert "3374010101010001" not in page


def test_the_search_box_leads_to_the_register(client, db):
    page = page_of(client, "/")

    assert re.search(r'<form[^>]* role="search" action="/standards/" method="get">', page)
    assert 'name="q"' in page


# List


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["paspor", "ktp"]),
        ("?q=kartu", ["ktp"]),
        ("?q=KARTU+en", ["ktp"]),
        ("?q=fotokopi", ["paspor", "ktp"]),
        ("?q=lain", ["paspor"]),
        ("?agency=imigrasi", ["paspor"]),
        ("?stage=open", ["ktp"]),
        ("?stage=closed", ["paspor"]),
        ("?stage=concluded", []),
        ("?q=kartu&agency=imigrasi", []),
        ("?stage=nonsense&agency=!!&after=x", ["paspor", "ktp"]),
    ],
)
def test_filters_are_in_the_address(client, agency, query, found):
    immigration = build.an_agency("imigrasi")
    titled(agency, "Kartu tanda penduduk", slug="ktp")
    passport = titled(immigration, "Paspor dan lainnya", slug="paspor")
    proceedings.close_consultation(actor=None, consultation=passport, at=build.TODAY)
    build.a_consultation(agency, is_open=False, slug="rahasia")

    page = page_of(client, f"/consultations/{query}")

    assert slugs(page) == found
    assert "rahasia" not in page


def test_nothing_found_says_what_to_do(client, consultation):
    page = page_of(client, "/en/consultations/?q=xyzzy")

    assert "No consultation matches." in page
    assert 'value="xyzzy"' in page


def test_a_filter_keeps_the_others(client, consultation):
    page = page_of(client, "/consultations/?q=konsultasi&after=9")

    assert 'href="?q=konsultasi&amp;stage=open"' in page
