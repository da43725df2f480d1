"""The consultation page that is kept and brought up to date is the one that would be made anew."""

import time
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.fields import LocalizedText
from consultations.ledger.models import Entry, Log
from consultations.meetings.actions import put_on_table
from consultations.moderation.actions import hide, undo_hiding
from consultations.outcomes.actions import revert_outcome
from consultations.pages import current
from consultations.proceedings import actions as proceedings
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind
from consultations.standards.models import Revision
from consultations.threads.actions import erase_comment
from consultations.threads.enums import ConductRule
from consultations.threads.models import Comment
from tests import build
from tests.outcomes.recording import record
from tests.pages.reading import body_of, count_queries

SECRET = "Nomor saya 3374010101010001."


@pytest.fixture
def reads(monkeypatch):
    """How often a page has been read as a whole."""
    made = []

    def counted(*args):
        made.append(args)
        return read(*args)

    read = current.consultation_page
    monkeypatch.setattr(current, "consultation_page", counted)
    return made


@pytest.fixture
def talker():
    return build.a_user()


def anew(client, url) -> str:
    current.forget()
    cache.clear()
    return body_of(client.get(url))


def two_rounds(consultation) -> None:
    """A second draft, in which clause 3.1 is gone."""
    old = build.draft_of(consultation)
    build.a_comment(consultation, label="3.1", body="Pada butir yang dihapus.")
    build.a_comment(consultation, body="Pada rancangan pertama.")
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
    proceedings.replace_draft(
        actor=None,
        draft=consultation.drafts.get(),
        summary=LocalizedText({"id": "Putaran kedua."}),
        at=build.TODAY,
    )


# Comments that are posted are put in


def conversation(consultation, talker):
    """Each step posts comments; among them all places that a comment can have on the page."""
    first = build.a_comment(consultation, talker, label="1.1")
    yield
    whole = build.a_comment(consultation, talker, wording=None, body="Tentang semuanya.")
    yield
    for n in range(5):
        build.a_comment(consultation, talker, body=f"Ke-{n}.", stance="support")
    yield
    newest = Comment.objects.get(consultation=consultation, number=whole.number + 5)
    for parent in (first, newest, whole):
        reply = build.a_comment(
            consultation, wording=parent.wording, parent=parent.number, body="Balasan."
        )
        build.a_comment(
            consultation, wording=parent.wording, parent=reply.number, body="Balasan kedua."
        )
    yield
    build.a_comment(consultation, talker, quote={"exact": "3 (tiga) hari kerja"})
    build.a_comment(consultation, talker, proposed_text="Paling lama 2 (dua) hari kerja.")
    yield
    for n in range(22):
        build.a_comment(
            consultation, talker, wording=newest.wording, parent=newest.number, body=f"Jawab {n}."
        )
    yield
    for label in ("1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.1", "1.1"):
        build.a_comment(consultation, talker, label=label)
    yield


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_posted_stands_where_it_would_on_a_page_made_anew(
    client, consultation, url, talker, reads, prefix
):
    client.get(f"{prefix}{url}")
    for _ in conversation(consultation, talker):
        followed = body_of(client.get(f"{prefix}{url}"))

        assert len(reads) == 1
        assert followed == anew(client, f"{prefix}{url}")
        reads.clear()
        reads.append("the page that the next step begins with")


def test_an_earlier_draft_is_followed_too(client, consultation, url, talker, reads):
    two_rounds(consultation)
    first = consultation.drafts.order_by("pk").first()
    addresses = [url, f"{url}?draft={first.pk}"]
    for address in addresses:
        client.get(address)

    build.a_comment(consultation, talker, body="Pada putaran kedua.")
    build.a_comment(consultation, talker, wording=None, body="Tentang semuanya.")
    followed = [body_of(client.get(address)) for address in addresses]

    assert len(reads) == 2
    assert followed == [anew(client, address) for address in addresses]


def test_a_page_that_was_read_while_somebody_posted_shows_the_comment_once(
    client, consultation, url, talker
):
    client.get(url)
    (key,) = current._pages
    before = current._pages[key]
    build.a_comment(consultation, talker, wording=None)
    build.a_comment(consultation, talker, label="1.1", quote={"exact": "Kartu Keluarga digital"})
    expected = body_of(client.get(url))
    cache.clear()
    # As if the entries had been committed after the page was given its number.
    current._pages[key] = replace(current._pages[key], seq=before.seq, hash=before.hash)

    assert body_of(client.get(url)) == expected


def test_readers_of_the_page_before_keep_theirs(consultation, talker):
    consultation.log.refresh_from_db()
    page = current.current_page(consultation, None, takes_comments=True)
    before = [(c.tally.total, len(c.threads), str(c.thread_html)) for c in page.reading.clauses]
    build.a_comment(consultation, talker)
    build.a_comment(consultation, talker, label="1.1")
    consultation.log.refresh_from_db()

    after = current.current_page(consultation, None, takes_comments=True)

    assert after.total.total == 2
    assert page.total.total == 0
    assert before == [
        (c.tally.total, len(c.threads), str(c.thread_html)) for c in page.reading.clauses
    ]


# Anything else has the page read anew


def test_what_is_kept_is_right_after_each_act(
    client, consultation, url, talker, moderator, answering_officer
):
    def hide_it():
        hide(
            actor=moderator,
            comment=comment(),
            rule=ConductRule.PERSONAL_DATA,
            note="Ada nomor induk.",
            at=build.TODAY,
        )

    def comment():
        return Comment.objects.get(consultation=consultation, number=1)

    def answer():
        outcomes.append(record(answering_officer, consultation, [comment()]))

    outcomes = []
    acts = [
        lambda: build.a_comment(consultation, talker, body=SECRET),
        hide_it,
        lambda: undo_hiding(actor=moderator, comment=comment(), at=build.TODAY),
        answer,
        lambda: revert_outcome(actor=answering_officer, outcome=outcomes[0], at=build.TODAY),
        lambda: erase_comment(actor=talker, comment=comment(), at=build.TODAY),
    ]
    client.get(url)
    seen = []
    for act in acts:
        act()
        page = body_of(client.get(url))
        assert page == anew(client, url)
        seen.append((SECRET in page, 'data-total="1" data-unanswered="1"' in page))

    assert seen == [
        (True, True),
        (False, True),
        (True, True),
        (True, False),
        (True, True),
        (False, True),
    ]


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_comment_that_was_hidden_is_gone_with_the_next_reader(
    client, consultation, url, talker, moderator, as_user, citizen, signed_in
):
    reader = as_user(citizen) if signed_in else client
    reader.get(url)
    comment = build.a_comment(consultation, talker, body=SECRET)
    shown = body_of(reader.get(url))
    hide(
        actor=moderator,
        comment=comment,
        rule=ConductRule.PERSONAL_DATA,
        note="Ada nomor induk.",
        at=build.TODAY,
    )
    build.a_comment(consultation, talker, body="Komentar sesudahnya.")

    after = body_of(reader.get(url))

    assert SECRET in shown
    assert SECRET not in after
    assert "Ada nomor induk." in after
    assert "Komentar sesudahnya." in after


def test_the_table_of_a_session_is_followed(client, consultation, url, moderator):
    meeting = build.a_meeting(consultation, moderator)
    client.get(url)
    put_on_table(actor=moderator, item=meeting.items.get(position=2), at=build.TODAY)

    assert body_of(client.get(url)) == anew(client, url)


def test_a_long_absence_is_not_followed_comment_by_comment(
    client, consultation, url, talker, reads, monkeypatch
):
    client.get(url)
    monkeypatch.setattr(current, "NEWS", 2)
    for _ in range(3):
        build.a_comment(consultation, talker)

    page = body_of(client.get(url))

    assert len(reads) == 2
    assert 'data-total="3"' in page


def test_a_record_that_was_put_back_is_not_followed(client, consultation, url, talker):
    build.a_comment(consultation, talker, body=SECRET)
    client.get(url)
    # Another history of the same length, as after a restore from a backup.
    Log.objects.filter(pk=consultation.log_id).update(head_hash="0" * 64)
    Entry.objects.filter(log=consultation.log_id).update(hash="0" * 64)
    Comment.objects.all().delete()

    page = body_of(client.get(url))

    assert SECRET not in page
    assert 'data-sum="total" data-value="0"' in page


def test_what_no_entry_tells_is_seen_within_minutes(client, consultation, url, monkeypatch):
    client.get(url)
    Revision.objects.update(summary=LocalizedText({"id": "Ringkasan baru."}))
    cache.clear()
    now = time.monotonic()
    monkeypatch.setattr(current.time, "monotonic", lambda: now + current.KEPT_SECONDS + 1)

    assert "Ringkasan baru." in body_of(client.get(url))


def test_the_deadline_closes_the_page_that_is_kept(client, consultation, url, monkeypatch):
    open_page = body_of(client.get(f"/en{url}"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.TODAY.replace(month=12, day=2))

    closed = body_of(client.get(f"/en{url}"))

    assert "Write a comment" in open_page
    assert "Write a comment" not in closed


def test_only_so_many_pages_are_kept(client, consultation, url, monkeypatch):
    monkeypatch.setattr(current, "MOST_PAGES", 1)
    client.get(url)
    client.get(f"/en{url}")

    assert [key[2] for key in current._pages] == ["en"]


def test_without_a_record_nothing_is_kept(agency, drafter, as_user):
    consultation = build.a_consultation(agency, is_open=False)
    Log.objects.filter(pk=consultation.log_id).update(head_hash="", head_seq=0)

    assert as_user(drafter).get(consultation.get_absolute_url()).status_code == 200
    assert not current._pages


# Cost


def test_a_new_comment_costs_a_few_queries_however_many_there_are(
    client, consultation, url, talker
):
    def cost() -> int:
        client.get(url)
        build.a_comment(consultation, talker)
        return count_queries(client, url)

    build.a_comment(consultation, talker)  # who comes for the first time is counted, too
    few = cost()
    for _ in range(40):
        build.a_comment(consultation, talker)

    assert cost() == few <= 4


def test_a_page_without_news_costs_its_reader_no_query_of_its_own(
    client, consultation, url, as_user, citizen
):
    reader = as_user(citizen)
    reader.get(url)

    with CaptureQueriesContext(connection) as captured:
        reader.get(url)

    assert not [query for query in captured if "consultations_comment" in query["sql"]]
    assert not [query for query in captured if "consultations_wording" in query["sql"]]
