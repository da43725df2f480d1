"""Hiding, appeals and gates over HTTP: each asks first, and says what is missing."""

import pytest
from django.urls import reverse

from consultations.moderation import actions
from consultations.moderation.models import Appeal
from consultations.standards.enums import RevisionState
from consultations.standards.queries import working_draft
from consultations.threads.enums import CommentState
from tests import build
from tests.outcomes.recording import new_words, record


@pytest.fixture
def now(monkeypatch):
    """The pages' clock stands at the builders' day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.TODAY)


@pytest.fixture
def comment(consultation, citizen):
    return build.a_comment(consultation, citizen, body="Kata-kata asli.")


def url(name, consultation, *args):
    return reverse(name, args=[consultation.slug, *args])


@pytest.fixture
def hidden(comment, moderator):
    return actions.hide(
        actor=moderator, comment=comment, rule="insult", note="Kasar.", at=build.TODAY
    )


def test_hiding_asks_for_rule_and_reason(as_user, consultation, comment, moderator):
    client, page = as_user(moderator), url("hide_comment", consultation, comment.number)

    assert client.get(page).status_code == 200
    refused = client.post(page, {"rule": "insult", "note": ""})
    comment.refresh_from_db()
    assert (refused.status_code, comment.state) == (422, CommentState.PUBLISHED)

    done = client.post(page, {"rule": "insult", "note": "Kasar.", "back": "state=all"})
    comment.refresh_from_db()
    assert (done.status_code, comment.state) == (302, CommentState.HIDDEN)
    assert done.url.endswith("/desk/?state=all")


def test_hiding_what_is_hidden_is_a_conflict(as_user, consultation, hidden, other_moderator):
    page = url("hide_comment", consultation, hidden.comment.number)

    assert as_user(other_moderator).get(page).status_code == 409


@pytest.mark.parametrize("name", ["hide_comment", "undo_hiding", "decide_appeal"])
@pytest.mark.parametrize("who", ["citizen", "answering_officer", "drafter", "stranger"])
def test_moderating_is_the_moderators(request, as_user, consultation, hidden, name, who):
    actions.file_appeal(
        actor=hidden.comment.participant.user, decision=hidden, reason="Tidak.", at=build.TODAY
    )
    client = as_user(request.getfixturevalue(who))
    page = url(name, consultation, hidden.comment.number)

    assert client.get(page).status_code == 403
    assert client.post(page, {"rule": "insult", "note": "x"}).status_code == 403


def test_showing_it_again_asks_first(as_user, consultation, hidden, moderator):
    client, page = as_user(moderator), url("undo_hiding", consultation, hidden.comment.number)

    assert client.get(page).status_code == 200
    hidden.comment.refresh_from_db()
    assert hidden.comment.state == CommentState.HIDDEN

    assert client.post(page).status_code == 302
    hidden.comment.refresh_from_db()
    assert hidden.comment.state == CommentState.PUBLISHED


def test_the_author_reads_the_reason_and_appeals(now, as_user, consultation, hidden, citizen):
    client, page = as_user(citizen), url("appeal", consultation, hidden.comment.number)

    text = client.get(page).content.decode()
    assert "Kasar." in text
    assert "Kata-kata asli." in text
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "Tidak kasar."}).status_code == 302
    assert Appeal.objects.get().reason == "Tidak kasar."
    after = client.get(page).content.decode()
    assert "Tidak kasar." in after
    assert 'name="reason"' not in after


@pytest.mark.parametrize("who", ["other_citizen", "moderator", "stranger"])
def test_the_appeal_page_is_the_authors_alone(request, as_user, consultation, hidden, who):
    client = as_user(request.getfixturevalue(who))
    page = url("appeal", consultation, hidden.comment.number)

    assert client.get(page).status_code == 404
    assert client.post(page, {"reason": "Saya saja."}).status_code == 404
    assert not Appeal.objects.exists()


def test_a_visitor_signs_in_to_appeal(client, consultation, hidden):
    response = client.get(url("appeal", consultation, hidden.comment.number))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_somebody_else_decides_the_appeal(
    as_user, consultation, hidden, moderator, other_moderator, citizen
):
    actions.file_appeal(actor=citizen, decision=hidden, reason="Tidak kasar.", at=build.TODAY)
    page = url("decide_appeal", consultation, hidden.comment.number)

    assert as_user(moderator).get(page).status_code == 403
    client = as_user(other_moderator)
    assert "Tidak kasar." in client.get(page).content.decode()
    assert client.post(page, {"result": "overturned", "answer": ""}).status_code == 422
    done = client.post(page, {"result": "overturned", "answer": "Anda benar."})
    hidden.comment.refresh_from_db()
    assert (done.status_code, hidden.comment.state) == (302, CommentState.PUBLISHED)
    assert (
        "Anda benar."
        in as_user(citizen).get(url("appeal", consultation, hidden.comment.number)).content.decode()
    )


# --- gates ------------------------------------------------------------------------------------

GATES = ["close_consultation", "next_round", "conclude", "in_force"]


@pytest.mark.parametrize("name", GATES)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("drafter", 200),
        ("signatory", 200),
        ("citizen", 403),
        ("stranger", 403),
        ("note_taker", 403),
    ],
)
def test_gates_are_for_the_agencys_staff(request, as_user, consultation, name, who, status):
    client = as_user(request.getfixturevalue(who))

    assert client.get(url(name, consultation)).status_code == status


def missing(response):
    return [(lack.count, lack.url) for lack in response.context["lacks"]]


def test_the_conclusion_lists_what_is_missing_with_links(
    as_user, consultation, hidden, answering_officer
):
    build.a_comment(consultation)
    client, page = as_user(answering_officer), url("conclude", consultation)

    shown = client.get(page)
    posted = client.post(page)

    assert posted.status_code == 409
    desk = url("desk", consultation)
    assert (2, f"{desk}?state=unanswered") in missing(shown)
    assert "<form" not in shown.content.decode().split('data-gate="closed"')[1].split("</main>")[0]
    consultation.refresh_from_db()
    assert consultation.stage == "open"


def test_the_whole_chain_through_the_gates(
    as_user, consultation, answering_officer, drafter, signatory, django_user_model
):
    record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation)],
    )
    draft = working_draft(build.draft_of(consultation).standard)

    closed = as_user(drafter).post(url("close_consultation", consultation))
    concluded = as_user(answering_officer).post(url("conclude", consultation))
    page = as_user(signatory).get(url("in_force", consultation))
    decree = {"number": "188/12/2026", "dated_on": "2026-12-03", "effective_on": "2027-01-02"}
    adopted = as_user(signatory).post(url("in_force", consultation), decree)

    assert (closed.status_code, concluded.status_code, page.status_code) == (302, 302, 200)
    assert adopted.status_code == 302
    draft.refresh_from_db()
    consultation.refresh_from_db()
    assert (consultation.stage, draft.state) == ("concluded", RevisionState.ADOPTED)
    assert draft.decree.number == "188/12/2026"


def test_a_further_round_needs_changed_words(as_user, consultation, drafter):
    response = as_user(drafter).post(
        url("next_round", consultation), {"summary_id": "Waktunya berubah."}
    )

    assert response.status_code == 409
    assert consultation.drafts.count() == 1


def test_a_further_round_publishes_the_working_draft(
    as_user, consultation, answering_officer, drafter
):
    record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation)],
    )
    client, page = as_user(drafter), url("next_round", consultation)

    assert client.post(page, {"summary_id": ""}).status_code == 422
    done = client.post(page, {"summary_id": "Waktunya berubah."})

    assert done.status_code == 302
    new = consultation.drafts.get(replaced_by=None)
    assert (new.revision.state, str(new.revision.summary)) == ("consulted", "Waktunya berubah.")


def test_a_moderator_sees_the_gate_but_cannot_pass_it(as_user, consultation, moderator):
    client, page = as_user(moderator), url("close_consultation", consultation)

    assert '<form class="rb-form' not in client.get(page).content.decode()
    assert client.post(page).status_code == 403
    consultation.refresh_from_db()
    assert consultation.stage == "open"
