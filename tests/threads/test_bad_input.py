"""Every wrong contribution is refused at its own field, with a remedy, and leaves nothing."""

from uuid import uuid4

import pytest
from django.test import Client
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from consultations.kernel import rates
from consultations.ledger.models import Entry
from consultations.people.actions import suspend
from consultations.proceedings.actions import close_consultation
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from tests import build
from tests.build import TODAY

LETTER = "a"
FAMILY = "👨‍👩‍👧‍👦"  # one character as it is seen, seven code points

# What is sent instead of a good comment → status, field, a piece of the remedy.
WRONG = {
    "too long": ({"body": LETTER * 10_001}, 422, "body", "10000"),
    "empty": ({"body": ""}, 422, "body", "Write your comment"),
    "only white space": ({"body": " \n\t "}, 422, "body", "Write your comment"),
    "NUL": ({"body": "a\x00b"}, 422, "body", "U+0000"),
    "control character": ({"body": "a\x1bb"}, 422, "body", "U+001B"),
    "control character of the second kind": ({"body": "a\x9bb"}, 422, "body", "U+009B"),
    "right-to-left override": ({"body": "a\u202eb"}, 422, "body", "U+202E"),
    "isolate": ({"body": "a\u2067b"}, 422, "body", "U+2067"),
    "noncharacter": ({"body": "a\ufffeb"}, 422, "body", "U+FFFE"),
    "override in a proposal": ({"proposed_text": "a\u202eb"}, 422, "proposed_text", "U+202E"),
    "unknown words": ({"wording": 999_999}, 422, "wording", "Load the page again"),
    "words that are no number": ({"wording": "2.1"}, 422, "wording", "Load the page again"),
    "words beyond every number": ({"wording": "9" * 30}, 422, "wording", "Load the page again"),
    "negative words": ({"wording": "-1"}, 422, "wording", "Load the page again"),
    "unknown stance": ({"stance": "furious"}, 422, "stance", "support, oppose"),
    "unknown parent": ({"parent": 999}, 422, "parent", "Load the page again"),
    "parent that is no number": ({"parent": "M-1"}, 422, "parent", "Load the page again"),
    "a quote that is not there": (
        {"quote_exact": "tujuh hari"},
        422,
        "quote_exact",
        "Quote them exactly",
    ),
    "a quote without words": (
        {"wording": "", "quote_exact": "3 (tiga) hari"},
        422,
        "quote_exact",
        "Choose the clause",
    ),
    "a proposal without words": (
        {"wording": "", "proposed_text": "5 (lima) hari"},
        422,
        "proposed_text",
        "Choose the clause",
    ),
    "a proposal of the same words": (
        {"proposed_text": build.WORDS["time"]},
        422,
        "proposed_text",
        "Change them",
    ),
    "a proposal of the quoted words": (
        {"quote_exact": "3 (tiga) hari kerja", "proposed_text": "3 (tiga)  hari kerja"},
        422,
        "proposed_text",
        "Change them",
    ),
    "no token": ({"token": ""}, 422, "token", "UUID"),
    "a token that is none": ({"token": "satu"}, 422, "token", "UUID"),
}


@pytest.fixture
def nothing_left(consultation):
    """Whatever is refused changes neither rows nor record."""
    before = Entry.objects.count()
    yield
    assert not Comment.objects.filter(consultation=consultation).exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize("case", WRONG)
def test_programs_are_told_field_and_remedy(send, citizen, fields, case, nothing_left):
    wrong, status, field, remedy = WRONG[case]

    response = send(citizen, fields(**wrong))

    errors = response.json()["errors"]
    assert (response.status_code, list(errors)) == (status, [field])
    assert remedy in errors[field][0]


@pytest.mark.parametrize("case", WRONG)
def test_people_get_the_form_again_with_what_they_typed(
    as_user, consultation, citizen, fields, today, case, nothing_left
):
    wrong, status, _field, remedy = WRONG[case]
    data = fields(body="Ketikan saya yang panjang") | wrong

    response = as_user(citizen).post(f"/en/consultations/{consultation.slug}/comments/", data)

    page = response.content.decode()
    assert response.status_code == status
    assert remedy in page
    assert 'role="alert"' in page
    assert ("Ketikan saya" in page) == ("body" not in wrong)


def test_all_that_is_wrong_is_told_at_once(send, citizen, fields):
    response = send(citizen, fields(body="", stance="furious", token=""))

    assert set(response.json()["errors"]) == {"body", "stance", "token"}


def test_the_limit_is_in_characters_as_they_are_seen(send, citizen, fields):
    assert send(citizen, fields(body=FAMILY * 10_000)).status_code == 201
    assert send(citizen, fields(body=FAMILY * 10_001)).status_code == 422


def test_words_of_another_consultation(send, citizen, fields):
    foreign = build.a_wording(build.draft_of(build.a_consultation()))

    response = send(citizen, fields(wording=foreign.pk))

    assert response.status_code == 422
    assert "not part of this consultation" in response.json()["errors"]["wording"][0]


def test_words_that_nobody_is_asked_about(send, citizen, fields):
    working = build.a_wording(build.a_working_draft())

    response = send(citizen, fields(wording=working.pk))

    assert (response.status_code, list(response.json()["errors"])) == (422, ["wording"])


def test_a_parent_of_another_consultation(send, citizen, fields):
    elsewhere = build.a_consultation()
    for _ in range(2):
        foreign = build.a_comment(elsewhere)

    response = send(citizen, fields(parent=foreign.number))

    assert (response.status_code, list(response.json()["errors"])) == (422, ["parent"])


def test_a_hidden_parent(send, citizen, fields, consultation):
    root = build.a_comment(consultation)
    Comment.objects.update(state=CommentState.HIDDEN)

    response = send(citizen, fields(parent=root.number))

    assert (response.status_code, list(response.json()["errors"])) == (422, ["parent"])


def test_a_replaced_draft_answers_with_both_wordings(send, citizen, fields, wording, next_round):
    new = build.a_wording(next_round().revision)

    response = send(citizen, fields())

    answer = response.json()
    assert (response.status_code, answer["code"]) == (409, "draft_replaced")
    assert list(answer["errors"]) == ["wording"]
    assert answer["wordings"] == {
        "old": {"id": wording.pk, "label": "2.1", "text": wording.plain},
        "new": {"id": new.pk, "label": "2.1", "text": new.plain},
    }


def test_a_closed_consultation_has_its_own_refusal(send, citizen, drafter, fields, consultation):
    close_consultation(actor=drafter, consultation=consultation, at=TODAY)

    response = send(citizen, fields())

    assert (response.status_code, response.json()["code"]) == (409, "closed")
    assert "closed for comments" in response.json()["errors"]["__all__"][0]


def test_a_token_with_other_content(send, citizen, fields):
    first = fields()
    send(citizen, first)

    response = send(citizen, first | {"body": "Sesuatu yang lain."})

    answer = response.json()
    assert (response.status_code, answer["code"]) == (409, "token_reused")
    assert list(answer["errors"]) == ["token"]
    assert answer["token"] != first["token"]
    assert Comment.objects.count() == 1


def test_an_unknown_consultation(as_user, citizen, fields):
    client = as_user(citizen)

    response = client.post(
        "/en/consultations/tidak-ada/comments/", fields(), headers={"Accept": "application/json"}
    )

    assert response.status_code == 404
    assert response.json()["code"] == "missing"


def test_a_consultation_that_is_being_prepared_is_unknown(as_user, agency, citizen, fields):
    hidden = build.a_consultation(agency, is_open=False)

    response = as_user(citizen).post(
        f"/en/consultations/{hidden.slug}/comments/",
        fields(),
        headers={"Accept": "application/json"},
    )

    assert response.status_code == 404


def test_not_signed_in(client, consultation, fields, today, nothing_left):
    response = client.post(
        f"/en/consultations/{consultation.slug}/comments/",
        fields(),
        headers={"Accept": "application/json"},
    )

    assert response.status_code == 403
    assert response.json()["code"] == "not_signed_in"
    assert "Sign in" in response.json()["errors"]["__all__"][0]


def test_a_suspended_person_is_not_signed_in(send, citizen, operator, fields, nothing_left):
    send(citizen, {})
    suspend(actor=operator, user=citizen, at=TODAY)

    response = send(citizen, fields())

    assert response.status_code == 403


@pytest.mark.parametrize("signed_in", [True, False])
def test_without_csrf(consultation, citizen, fields, today, signed_in, nothing_left):
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(citizen, backend="consultations.people.sessions.AuthenticationBackend")

    response = client.post(
        f"/en/consultations/{consultation.slug}/comments/",
        fields(),
        headers={"Accept": "application/json"},
    )

    assert (response.status_code, response.json()["code"]) == (403, "csrf")


def test_too_many_at_once(send, citizen, fields, settings, monkeypatch):
    settings.RATE_LIMITS = True
    monkeypatch.setattr(rates, "_limiter", FixedWindowRateLimiter(MemoryStorage()))
    sent = [send(citizen, fields(body=f"Masukan {n}")) for n in range(12)]

    refused = [response for response in sent if response.status_code == 429]
    assert refused
    assert int(refused[0].headers["Retry-After"]) > 0
    assert "text is kept" in refused[0].json()["errors"]["__all__"][0]
    assert len(refused) + Comment.objects.count() == 12


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_a_body_that_is_too_large(as_user, consultation, citizen, fields, today, accept):
    response = as_user(citizen).post(
        f"/en/consultations/{consultation.slug}/comments/",
        fields(body=LETTER * 2_000_000),
        headers={"Accept": accept},
    )

    assert response.status_code == 413


def test_the_same_words_in_another_round_are_no_repetition(send, citizen, fields, next_round):
    """A token that came with words of the old draft, sent again with those of the new one."""
    sent = fields()
    send(citizen, sent)
    new = build.a_wording(next_round().revision)

    again = send(citizen, sent)
    other = send(citizen, sent | {"wording": new.pk})

    assert (again.status_code, other.status_code) == (201, 409)
    assert uuid4() not in Comment.objects.values_list("token", flat=True)
