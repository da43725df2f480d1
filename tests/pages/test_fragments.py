import json

from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.ledger.models import Entry
from consultations.live.events import make_events
from consultations.live.registries import touches
from consultations.moderation.actions import hide, undo_hiding
from consultations.outcomes.actions import record_outcome, revert_outcome
from consultations.threads.enums import ConductRule
from tests import build


def entries(consultation, *types: str) -> list[Entry]:
    return list(Entry.objects.filter(log=consultation.log, type__in=types).order_by("seq"))


def html_of(consultation, *types: str, language: str = "en") -> list[str]:
    events = make_events(entries(consultation, *types), language)
    return [json.loads(event.text)["html"] for event in events]


def hide_it(moderator, comment):
    return hide(
        actor=moderator,
        comment=comment,
        rule=ConductRule.INSULT,
        note="Menghina petugas.",
        at=build.TODAY,
    )


def answer(officer, consultation, *comments):
    return record_outcome(
        actor=officer,
        consultation=consultation,
        comments=comments,
        disposition="accepted",
        reason="Titik mulai kami ubah.",
        at=build.TODAY,
    )


def test_a_comment_arrives_as_the_page_shows_it(client, consultation):
    comment = build.a_comment(consultation, body="Hitung sejak tanda terima.")

    (html,) = html_of(consultation, "comment.posted")

    page = client.get(f"/en/consultations/{consultation.slug}/").content.decode()
    assert f'id="m-{comment.number}"' in html
    assert html in page


def test_a_comment_hidden_since_replays_as_its_tombstone(consultation, moderator):
    comment = build.a_comment(consultation, body="Kata kasar.")
    hide_it(moderator, comment)

    for html in html_of(consultation, "comment.posted", "comment.hidden"):
        assert 'data-state="hidden"' in html
        assert "Kata kasar." not in html


def test_a_comment_shown_again_replays_with_its_words(consultation, moderator):
    comment = build.a_comment(consultation, body="Kata yang ternyata baik.")
    hide_it(moderator, comment)
    undo_hiding(actor=moderator, comment=comment, at=build.TODAY)

    found = html_of(consultation, "comment.posted", "comment.hidden", "comment.shown")

    assert len(found) == 3
    for html in found:
        assert "Kata yang ternyata baik." in html


def test_a_comment_answered_since_replays_with_its_answer(consultation, answering_officer):
    comment = build.a_comment(consultation)
    answer(answering_officer, consultation, comment)

    (html,) = html_of(consultation, "comment.posted")

    assert "Titik mulai kami ubah." in html


def test_an_outcome_arrives_once_with_the_new_figures(consultation, answering_officer):
    comments = [build.a_comment(consultation) for _ in range(3)]
    answer(answering_officer, consultation, *comments[:2])

    (html,) = html_of(consultation, "outcome.recorded")

    assert html.count("Titik mulai kami ubah.") == 1
    wording = comments[0].wording_id
    assert f'data-new-counts="{{&quot;{wording}&quot;: [3, 1]}}"' in html


def test_an_outcome_taken_back_shows_no_answer(consultation, answering_officer):
    comment = build.a_comment(consultation)
    outcome = answer(answering_officer, consultation, comment)
    revert_outcome(actor=answering_officer, outcome=outcome, at=build.TODAY)

    for html in html_of(consultation, "outcome.recorded", "outcome.reverted"):
        assert "Titik mulai kami ubah." not in html
        assert "[1, 1]" in html


def test_fragments_come_in_the_language_that_is_asked_for(consultation, moderator):
    hide_it(moderator, build.a_comment(consultation))

    (english,) = html_of(consultation, "comment.hidden", language="en")

    assert "is hidden" in english


def test_what_an_outcome_answers_becomes_stale(consultation, answering_officer):
    comments = [build.a_comment(consultation) for _ in range(2)]
    answer(answering_officer, consultation, *comments)
    (entry,) = entries(consultation, "outcome.recorded")

    assert set(touches["outcome.recorded"](entry)) == {"outcome:1", "comment:1", "comment:2"}


def test_a_batch_costs_the_same_however_long_it_is(consultation, answering_officer):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            html_of(consultation, "comment.posted", "outcome.recorded")
        return len(captured)

    def speak(times: int):
        for _ in range(times):
            comment = build.a_comment(consultation, proposed_text="paling lama lima hari")
            answer(answering_officer, consultation, comment)

    speak(3)
    few = queries()

    speak(12)

    assert queries() == few
