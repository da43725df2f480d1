import re

import pytest

from consultations.kernel.fields import LocalizedText
from consultations.moderation.actions import hide
from consultations.proceedings import actions as proceedings
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind
from consultations.threads.enums import ConductRule
from tests import build
from tests.outcomes.recording import record
from tests.pages.reading import body_of

SECRET = "NIK tetangga saya 3374010101010001"


# What a visitor reads


def test_the_page_holds_the_draft_with_its_comments(client, consultation, url, citizen):
    comment = build.a_comment(consultation, citizen, body="Hitung sejak tanda terima.")

    page = body_of(client.get(url))

    assert "Fotokopi tidak diminta lagi." in page
    assert 'id="c-2-1"' in page
    assert f'id="m-{comment.number}"' in page
    assert "Hitung sejak tanda terima." in page
    assert "Siti Rahmawati" in page


def test_the_other_language_has_the_same_page_at_its_own_address(client, consultation, url):
    page = body_of(client.get(f"/en{url}"))

    assert '<html lang="en"' in page
    assert f'href="/en{url}clauses/2.1/"' in page
    assert "7 days" in page


def test_the_deadline_is_told_with_its_zone(client, consultation, url):
    page = body_of(client.get(f"/en{url}"))

    assert "Tuesday, 1 December 2026" in page
    assert re.search(r"10:00 WIB", page)


def test_comments_in_both_languages_stand_at_the_same_clause(client, agency, citizen):
    standard = build.a_standard(agency)
    draft = build.a_working_draft(standard)
    clause = build.a_wording(draft).placement.clause
    standards.reword_clause(
        actor=None,
        revision=draft,
        clause=clause,
        language="en",
        body="The card is ready within 3 (three) working days.",
        reason_kind=ReasonKind.EDITORIAL,
        reason="Terjemahan",
        expected_digest="",
        at=build.TODAY,
    )
    revision = standards.publish_revision(
        actor=None, revision=draft, state="consulted", at=build.TODAY
    )
    consultation = build.a_consultation(agency, revision=revision)
    build.a_comment(consultation, citizen, body="Dalam bahasa Indonesia.")
    english = build.a_wording(revision, language="en")
    build.a_comment(consultation, citizen, wording=english, body="In English.")

    page = body_of(client.get(f"/en/consultations/{consultation.slug}/"))

    assert "The card is ready" in page
    assert "Dalam bahasa Indonesia." in page
    assert "In English." in page
    assert re.search(r'data-counts="2-1" data-total="2" data-unanswered="2"', page)


def test_passages_that_comments_are_about_are_marked(client, consultation, url, citizen):
    build.a_comment(consultation, citizen, quote={"exact": "3 (tiga) hari kerja"})

    page = body_of(client.get(url))

    assert '<a class="rb-anchor" href="#u-2-1">3 (tiga) hari kerja</a>' in page


def test_only_the_newest_threads_stand_at_a_clause(client, consultation, url, citizen):
    comments = [build.a_comment(consultation, body=f"Ke-{n}.") for n in range(5)]

    page = body_of(client.get(url))

    shown = [comment.number for comment in comments if f'id="m-{comment.number}"' in page]
    assert shown == [comment.number for comment in comments[2:]]
    assert f'href="{url}clauses/2.1/"' in page


def test_an_answer_stands_at_its_comment(client, consultation, url, answering_officer):
    comment = build.a_comment(consultation)
    record(
        answering_officer,
        consultation,
        [comment],
        disposition="accepted",
        reason="Kami ubah ke tanda terima.",
    )

    page = body_of(client.get(url))

    assert "Kami ubah ke tanda terima." in page
    assert re.search(r'data-counts="2-1" data-total="1" data-unanswered="0"', page)


def test_the_clause_on_the_table_is_named(client, consultation, url, moderator):
    from consultations.meetings.actions import put_on_table

    meeting = build.a_meeting(consultation, moderator)
    put_on_table(actor=moderator, item=meeting.items.get(position=2), at=build.TODAY)

    page = body_of(client.get(url))

    assert re.search(r'id="c-2-1"[^>]* data-on-table', page)
    assert f'href="{meeting.get_absolute_url()}"' in page


def test_a_consultation_without_drafts_takes_comments_on_the_whole(client, agency):
    consultation = proceedings.create_consultation(
        actor=None,
        agency=agency,
        slug="tema-saja",
        title=build.text("Tema saja"),
        purpose=build.text("Apa yang perlu diperbaiki?"),
        asked_by=build.a_consultation(agency).asked_by,
        opens_at=build.TODAY,
        closes_at=build.TODAY.replace(day=30),
        answer_by=build.TODAY.date().replace(day=30),
        at=build.TODAY,
    )
    proceedings.open_consultation(actor=None, consultation=consultation, at=build.TODAY)
    build.a_comment(consultation, wording=None, body="Loketnya terlalu sedikit.")

    page = body_of(client.get("/consultations/tema-saja/"))

    assert "Loketnya terlalu sedikit." in page


# A further round


def test_comments_of_an_earlier_round_stay_with_their_clause(client, agency, consultation, url):
    old = build.draft_of(consultation)
    build.a_comment(consultation, body="Pada rancangan pertama.", label="2.1")
    build.a_comment(consultation, body="Pada butir yang dihapus.", label="3.1")
    draft = standards.start_working_draft(
        actor=None, standard=old.standard, based_on=old, at=build.TODAY
    )
    standards.delete_clause(
        actor=None,
        revision=draft,
        clause=build.a_wording(old, "3.1").placement.clause,
        reason_kind=ReasonKind.EDITORIAL,
        reason="Diatur di tempat lain.",
        expected_digest=build.a_wording(old, "3.1").digest,
        at=build.TODAY,
    )
    first = consultation.drafts.get()
    proceedings.replace_draft(
        actor=None,
        draft=first,
        summary=LocalizedText({"id": "Putaran kedua."}),
        at=build.TODAY,
    )

    page = body_of(client.get(url))

    assert "Pada rancangan pertama." in page
    assert f"{url}clauses/3.1/?draft={first.pk}" in page
    gone = body_of(client.get(f"{url}clauses/3.1/?draft={first.pk}"))
    assert "Pada butir yang dihapus." in gone
    assert "Pada rancangan pertama." in body_of(client.get(f"{url}?draft={first.pk}"))


@pytest.mark.parametrize(
    "path", ["?draft=99", "?draft=x", "clauses/9.9/", "comments/99/", "clauses/2.1/?draft=99"]
)
def test_what_is_not_there_is_not_found(client, consultation, url, path):
    response = client.get(url + path)

    assert response.status_code == 404
    assert response["Cache-Control"] == "no-store"


def test_a_consultation_in_preparation_is_its_agencys_own(client, agency, as_user, drafter):
    consultation = build.a_consultation(agency, is_open=False)
    url = consultation.get_absolute_url()

    assert client.get(url).status_code == 404
    assert client.get(f"{url}record/").status_code == 404
    assert client.get(f"{url}record.jsonl").status_code == 404
    assert as_user(drafter).get(url).status_code == 200


# One clause, the whole, one comment


def test_all_threads_of_a_clause_are_reached_page_by_page(client, consultation, url):
    numbers = {build.a_comment(consultation).number for _ in range(25)}
    build.a_comment(consultation, wording=None, body="Tentang semuanya.")

    first = client.get(f"{url}clauses/2.1/")
    more = re.search(r'rel="next" href="([^"]+)"', body_of(first))[1].replace("&amp;", "&")
    build.a_comment(consultation, body="Baru masuk.")
    second = client.get(f"{url}clauses/2.1/{more}")

    shown = re.findall(r'id="m-(\d+)"', body_of(first) + body_of(second))
    assert sorted(map(int, shown)) == sorted(numbers)


def test_comments_on_the_whole_have_their_own_page(client, consultation, url):
    build.a_comment(consultation, wording=None, body="Tentang semuanya.")
    build.a_comment(consultation, body="Tentang satu butir.")

    page = body_of(client.get(f"{url}general/"))

    assert "Tentang semuanya." in page
    assert "Tentang satu butir." not in page


def test_a_shared_comment_tells_its_sentence_and_the_deadline(client, consultation, url):
    comment = build.a_comment(consultation, body='Hitung "sejak" pulang.')

    page = body_of(client.get(f"/en{url}comments/{comment.number}/"))

    assert '<meta property="og:title" content="Hitung &quot;sejak&quot; pulang.">' in page
    assert "Comments are open until 1 December 2026" in page
    assert "KTP-el diselesaikan paling lama 3 (tiga) hari kerja" in page


def test_a_reply_is_shown_with_the_thread_that_it_stands_in(client, consultation, citizen):
    root = build.a_comment(consultation, body="Akar percakapan.")
    reply = build.a_comment(consultation, citizen, parent=root.number, body="Saya setuju.")

    page = body_of(client.get(reply.get_absolute_url()))

    assert "Akar percakapan." in page
    assert "Saya setuju." in page


# Hidden comments


def hidden_comment(consultation, moderator, **kwargs):
    comment = build.a_comment(
        consultation, body=SECRET, proposed_text=f"{SECRET} hari", stance="oppose", **kwargs
    )
    hide(
        actor=moderator,
        comment=comment,
        rule=ConductRule.PERSONAL_DATA,
        note="Ada nomor induk.",
        at=build.TODAY,
    )
    return comment


@pytest.mark.parametrize(
    "path", ["", "clauses/2.1/", "general/", "comments/1/", "record/", "events"]
)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_hidden_comment_leaks_nowhere(client, consultation, url, moderator, path, prefix):
    hidden_comment(consultation, moderator)

    page = body_of(client.get(f"{prefix}{url}{path}"))

    assert "3374010101010001" not in page


def test_a_hidden_comment_leaves_its_tombstone_with_the_reason(
    client, consultation, url, moderator
):
    comment = hidden_comment(consultation, moderator)

    page = body_of(client.get(url))

    assert re.search(rf'id="m-{comment.number}"[^>]*data-state="hidden"', page)
    assert "Ada nomor induk." in page


def test_words_quoted_only_by_a_hidden_comment_are_not_marked(client, consultation, url, moderator):
    hidden_comment(consultation, moderator, quote={"exact": "hari kerja"})

    assert "rb-anchor" not in body_of(client.get(url))
