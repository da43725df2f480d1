"""The public contract of commenting (DESIGN §9), for forms and for programs."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from consultations.ledger.models import Entry
from consultations.proceedings.actions import close_consultation
from consultations.threads.models import Comment
from tests import build
from tests.build import TODAY


@pytest.fixture
def url(consultation):
    return f"/consultations/{consultation.slug}/comments/"


def value(page: str, name: str) -> str:
    """What a hidden field of the page holds."""
    found = re.search(rf'<input type="hidden" name="{name}"(?: value="([^"]*)")?', page)
    return found.group(1) or ""


class TestPrograms:
    def test_an_accepted_comment(self, send, citizen, consultation, fields):
        response = send(citizen, fields())

        entry = Entry.objects.filter(log=consultation.log).latest("seq")
        assert response.status_code == 201
        assert response.json() == {"id": 1, "seq": entry.seq, "state": "published"}
        assert response.headers["Location"] == Comment.objects.get().get_absolute_url()

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_its_address_is_that_of_its_page(self, consultation, language):
        comments = [build.a_comment(consultation) for _ in range(2)]

        with translation.override(language):
            for comment in comments:
                address = reverse("comment", args=[consultation.slug, comment.number])
                assert comment.get_absolute_url() == address

    def test_the_same_again_is_answered_the_same(self, send, citizen, fields):
        sent = fields(quote_exact="3 (tiga) hari kerja", proposed_text="5 (lima) hari kerja")
        first, second = (send(citizen, sent) for _ in range(2))

        assert (first.status_code, first.json()) == (second.status_code, second.json())
        assert Comment.objects.count() == 1

    def test_only_what_is_needed_must_be_sent(self, send, citizen):
        response = send(citizen, {"body": "Umum.", "token": str(uuid4())})

        comment = Comment.objects.get()
        assert response.status_code == 201
        assert (comment.wording, comment.parent, comment.stance) == (None, None, "neutral")

    def test_all_that_can_be_sent(self, send, citizen, consultation, fields, wording):
        root = build.a_comment(consultation)

        response = send(
            citizen,
            fields(
                parent=root.number,
                stance="support",
                quote_exact="hari kerja",
                quote_prefix="3 (tiga) ",
                quote_suffix=" sejak",
                proposed_text="hari kalender",
            ),
        )

        comment = Comment.objects.get(number=response.json()["id"])
        assert (comment.parent, comment.wording, comment.stance, comment.proposed_text) == (
            root,
            wording,
            "support",
            "hari kalender",
        )
        assert comment.anchor.exact == "hari kerja"

    def test_refusals_are_in_the_language_of_the_address(self, today, as_user, citizen, url):
        client, json = as_user(citizen), {"Accept": "application/json"}

        english, indonesian = (
            client.post(f"{prefix}{url}", {}, headers=json).json()["errors"]["body"]
            for prefix in ("/en", "")
        )

        assert english == ["Write your comment, or propose other words."]
        assert indonesian != english

    def test_the_answer_depends_on_what_is_accepted(self, send, citizen, fields):
        response = send(citizen, fields())

        assert "Accept" in response.headers["Vary"]
        assert "no-store" in response.headers["Cache-Control"]

    def test_statements_of_a_whole_request(
        self, send, citizen, consultation, fields, django_assert_num_queries
    ):
        """Session, user, consultation, the seven of the action, and the savepoint's two."""
        build.a_comment(consultation, citizen)
        client = send(citizen, {}).client
        sent = fields(quote_exact="hari kerja")

        with django_assert_num_queries(3 + 7 + 2):
            response = client.post(
                f"/consultations/{consultation.slug}/comments/",
                sent,
                headers={"Accept": "application/json"},
            )
        assert response.status_code == 201


class TestForms:
    def test_after_sending_one_is_back_at_the_comment(
        self, as_user, citizen, consultation, url, fields, today
    ):
        response = as_user(citizen).post(url, fields())

        assert response.status_code == 303
        assert response.headers["Location"] == f"/consultations/{consultation.slug}/#m-1"

    def test_a_reply_leads_to_its_own_address(
        self, as_user, citizen, consultation, url, fields, today
    ):
        root = build.a_comment(consultation)

        response = as_user(citizen).post(url, fields(parent=root.number))

        assert response.headers["Location"] == f"{url}2/#m-2"

    def test_in_english(self, as_user, citizen, consultation, url, fields, today):
        response = as_user(citizen).post(f"/en{url}", fields())

        assert response.headers["Location"] == f"/en/consultations/{consultation.slug}/#m-1"
        assert Comment.objects.get().language == "en"

    def test_sent_twice_it_is_one_comment(self, as_user, citizen, url, fields, today):
        sent = fields()
        for _ in range(2):
            response = as_user(citizen).post(url, sent)

        assert response.headers["Location"].endswith("#m-1")
        assert Comment.objects.count() == 1

    def test_coming_back_to_the_address_of_the_form(self, client, consultation, url):
        response = client.get(url)

        assert response.headers["Location"] == consultation.get_absolute_url()

    def test_a_used_token_returns_the_form_with_a_fresh_one(
        self, as_user, citizen, url, fields, today
    ):
        client, sent = as_user(citizen), fields()
        client.post(url, sent)

        response = client.post(url, sent | {"body": "Sesuatu yang lain."})

        page = response.content.decode()
        assert response.status_code == 409
        assert "Sesuatu yang lain." in page
        token = value(page, "token")
        assert token not in ("", sent["token"])
        again = client.post(url, sent | {"body": "Sesuatu yang lain.", "token": token})
        assert again.status_code == 303
        assert Comment.objects.count() == 2

    def test_a_replaced_draft_shows_both_wordings_and_can_be_sent_again(
        self, as_user, citizen, url, fields, today, wording, next_round
    ):
        new = build.a_wording(next_round().revision)
        client = as_user(citizen)
        sent = fields(body="Tetap terlalu lama.", quote_exact="3 (tiga) hari kerja")

        response = client.post(url, sent)

        page = response.content.decode()
        assert response.status_code == 409
        assert 'data-words="old"' in page
        assert 'data-words="new"' in page
        assert "Tetap terlalu lama." in page
        assert (value(page, "wording"), value(page, "quote_exact")) == (str(new.pk), "")
        again = fields(body="Tetap terlalu lama.", wording=new.pk, token=value(page, "token"))
        assert client.post(url, again).status_code == 303

    def test_of_a_clause_that_is_gone_the_text_can_stand_on_the_whole(
        self, as_user, citizen, url, fields, today, next_round
    ):
        next_round(body=None)

        response = as_user(citizen).post(url, fields(proposed_text="5 (lima) hari kerja"))

        page = response.content.decode()
        assert response.status_code == 409
        assert value(page, "wording") == ""
        assert "Hitung sejak kami pulang" in page
        assert "5 (lima) hari kerja" in page

    def test_closed_meanwhile_the_text_can_be_copied(
        self, as_user, citizen, drafter, consultation, url, fields, today
    ):
        close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        response = as_user(citizen).post(url, fields())

        page = response.content.decode()
        assert response.status_code == 409
        assert "Hitung sejak kami pulang" in page
        assert "readonly" in page

    def test_an_error_is_tied_to_its_field(self, as_user, citizen, url, fields, today):
        page = as_user(citizen).post(url, fields(body="")).content.decode()

        assert 'href="#id_body"' in page
        assert re.search(r'<textarea name="body"[^>]*aria-invalid="true"', page)
        assert re.search(r'<textarea name="body"[^>]*aria-describedby="[^"]*id_body_error', page)


class TestPrefilled:
    """The form without script fills in the words of the clause for whoever proposes others."""

    def test_sent_back_unchanged_they_are_no_proposal(
        self, as_user, citizen, url, fields, today, wording
    ):
        sent = fields(proposed_text=f" {wording.plain}\r\n", proposed_from="clause")

        as_user(citizen).post(url, sent)

        assert Comment.objects.get().proposed_text == ""

    def test_without_a_comment_beside_them_nothing_was_said(
        self, as_user, citizen, url, fields, today, wording
    ):
        sent = fields(body="", proposed_text=wording.plain, proposed_from="clause")

        response = as_user(citizen).post(url, sent)

        assert response.status_code == 422
        assert not Comment.objects.exists()

    def test_a_change_within_the_chosen_sentence_is_a_proposal_for_it(
        self, as_user, citizen, url, fields, today, wording
    ):
        sent = fields(
            quote_exact="3 (tiga) hari kerja",
            proposed_text=wording.plain.replace("3 (tiga)", "5 (lima)"),
            proposed_from="clause",
        )

        as_user(citizen).post(url, sent)

        comment = Comment.objects.get()
        assert (comment.anchor.exact, comment.proposed_text) == (
            "3 (tiga) hari kerja",
            "5 (lima) hari kerja",
        )

    def test_a_change_beyond_it_is_one_for_the_whole_clause(
        self, as_user, citizen, url, fields, today, wording
    ):
        proposed = wording.plain.replace("KTP-el", "Kartu").replace("3 (tiga)", "5 (lima)")
        sent = fields(
            quote_exact="3 (tiga) hari kerja", proposed_text=proposed, proposed_from="clause"
        )

        as_user(citizen).post(url, sent)

        comment = Comment.objects.get()
        assert (hasattr(comment, "anchor"), comment.proposed_text) == (False, proposed)
