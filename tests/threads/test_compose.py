"""The page for writing: for everybody, without script, never out of a cache."""

import re
from html import unescape
from uuid import uuid4

import pytest

from consultations.proceedings.actions import close_consultation
from consultations.standards.actions import publish_revision
from consultations.threads.models import Comment
from tests import build


@pytest.fixture
def compose(consultation):
    def url(**query):
        asked = "&".join(f"{name}={value}" for name, value in query.items())
        return f"/en/consultations/{consultation.slug}/comments/new/?{asked}"

    return url


@pytest.fixture
def post_url(consultation):
    return f"/en/consultations/{consultation.slug}/comments/"


def hidden(page: str) -> dict[str, str]:
    inputs = re.findall(r'<input type="hidden" name="(\w+)"(?: value="([^"]*)")?', page)
    return {name: unescape(value) for name, value in inputs}


def typed(page: str, name: str) -> str:
    return unescape(re.search(rf'<textarea name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.S)[1])


def chosen(page: str) -> str:
    found = (
        r'<input type="radio" name="quote_at" value="[^"]+" checked><span><span lang="id">(.*?)<'
    )
    return unescape(re.search(found, page)[1])


def test_shows_the_words_and_is_never_cached(client, compose, wording, today):
    response = client.get(compose(wording=wording.pk))

    page = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert wording.html in page
    assert typed(page, "proposed_text") == wording.plain
    assert "text is kept" in page


def test_the_consultation_as_a_whole_has_no_words_to_quote(client, compose, today):
    page = client.get(compose()).content.decode()

    assert "as a whole" in page
    assert 'name="proposed_text"' not in page


def test_a_reply_shows_what_it_replies_to(client, compose, consultation, wording, today):
    root = build.a_comment(consultation, body="Terlalu lama bagi kami.")

    page = client.get(compose(parent=root.number)).content.decode()

    assert "Terlalu lama bagi kami." in page
    assert hidden(page)["parent"] == "1"
    assert hidden(page)["wording"] == str(wording.pk)


def test_the_sentences_of_a_clause_can_be_chosen(client, compose, consultation, today):
    two = build.a_wording(build.draft_of(consultation), "1.1")

    page = client.get(compose(wording=two.pk)).content.decode()

    offered = re.findall(r'name="quote_at" value="([^"]*)"', page)
    assert offered == ["", "0-60", "61-84"]
    assert [two.plain[0:60], two.plain[61:84]] == [
        "Menunjukkan Kartu Keluarga asli atau Kartu Keluarga digital.",
        "Fotokopi tidak diminta.",
    ]


class TestRepeatedWords:
    """A sentence that stands in a clause twice: the one that was chosen is meant."""

    @pytest.fixture
    def twice(self, agency):
        words = "Loket A buka. Bawa KTP. Loket B buka. Bawa KTP. Selesai."
        draft = build.a_working_draft(build.a_standard(agency), build.WORDS | {"time": words})
        revision = publish_revision(actor=None, revision=draft, state="consulted", at=build.TODAY)
        return build.a_consultation(agency, revision=revision)

    @pytest.mark.parametrize(("nth", "start"), [(0, 14), (1, 38)])
    def test_the_chosen_place_is_quoted(self, as_user, twice, citizen, today, nth, start):
        url = f"/en/consultations/{twice.slug}/comments/"
        wording = build.a_wording(build.draft_of(twice))
        page = as_user(citizen).get(f"{url}new/?wording={wording.pk}").content.decode()
        at = re.findall(r'name="quote_at" value="([^"]+)".{0,60}>Bawa KTP\.', page)[nth]

        filled = typed(page, "proposed_text")
        other = filled[:start] + "Bawa KTP-el." + filled[start + len("Bawa KTP.") :]

        response = as_user(citizen).post(
            url, hidden(page) | {"quote_at": at, "body": "Ini.", "proposed_text": other}
        )

        assert response.status_code == 303, response.content.decode()
        comment = Comment.objects.get()
        assert (comment.anchor.exact, comment.anchor.start) == ("Bawa KTP.", start)
        assert comment.proposed_text == "Bawa KTP-el."

    def test_the_choice_comes_back_with_a_form_that_is_refused(
        self, as_user, twice, citizen, today
    ):
        url = f"/en/consultations/{twice.slug}/comments/"
        wording = build.a_wording(build.draft_of(twice))
        page = as_user(citizen).get(f"{url}new/?wording={wording.pk}").content.decode()

        again = as_user(citizen).post(url, hidden(page) | {"quote_at": "38-47", "body": ""})

        assert again.status_code == 422
        assert 'name="quote_at" value="38-47" checked' in again.content.decode()
        assert "(2 of 2 places)" in again.content.decode()

    @pytest.mark.parametrize("value", ["x", "9-3", "0-9999", "-1-4", "٣-٩"])
    def test_no_place_in_the_words_is_refused(self, as_user, twice, citizen, today, value):
        url = f"/en/consultations/{twice.slug}/comments/"
        wording = build.a_wording(build.draft_of(twice))
        sent = {"wording": wording.pk, "quote_at": value, "body": "Ini.", "token": uuid4()}

        response = as_user(citizen).post(url, sent, headers={"Accept": "application/json"})

        assert response.status_code == 422
        assert list(response.json()["errors"]) == ["quote_exact"]


def test_words_selected_before_are_chosen(client, compose, wording, today):
    page = client.get(compose(wording=wording.pk, quote_exact="hari kerja")).content.decode()

    assert chosen(page) == "hari kerja"


@pytest.mark.parametrize("query", [{"wording": 999_999}, {"parent": 999}])
def test_what_is_not_there(client, compose, today, query):
    assert client.get(compose(**query)).status_code == 404


def test_words_of_another_consultation_are_not_there(client, compose, today):
    foreign = build.a_wording(build.draft_of(build.a_consultation()))

    assert client.get(compose(wording=foreign.pk)).status_code == 404


def test_words_of_a_replaced_draft_lead_to_the_new_ones(
    client, compose, wording, today, next_round
):
    new = build.a_wording(next_round().revision)

    page = client.get(compose(wording=wording.pk)).content.decode()

    assert hidden(page)["wording"] == str(new.pk)
    assert 'data-words="old"' in page


def test_a_closed_consultation_has_no_form(client, compose, consultation, wording, monkeypatch):
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: consultation.closes_at.replace(year=2027)
    )

    page = client.get(compose(wording=wording.pk)).content.decode()

    assert "closed for comments" in page
    assert "data-comment-form" not in page


class TestWriteFirst:
    """Whoever is not signed in writes first and signs in after; the text is kept."""

    def write(self, client, compose, post_url, wording, **kwargs):
        page = client.get(compose(wording=wording.pk)).content.decode()
        sent = hidden(page) | {"stance": "question", "body": "Bagaimana kalau blangko habis?"}
        return client.post(post_url, sent | kwargs)

    def test_the_text_waits_behind_the_sign_in(
        self, client, compose, post_url, wording, citizen, today
    ):
        response = self.write(client, compose, post_url, wording, quote_exact="hari kerja")

        assert response.status_code == 303
        place = f"{post_url}new/%3Fwording%3D{wording.pk}".replace("/", "%2F")
        assert response.headers["Location"] == f"/en/accounts/login/?next={place}"
        assert not Comment.objects.exists()

        client.force_login(citizen, backend="consultations.people.sessions.AuthenticationBackend")
        page = client.get(compose(wording=wording.pk)).content.decode()
        assert typed(page, "body") == "Bagaimana kalau blangko habis?"
        assert chosen(page) == "hari kerja"
        assert re.search(r'value="question"[^>]*checked', page)

    def test_one_press_sends_it_and_then_nothing_is_kept(
        self, client, compose, post_url, wording, citizen, today
    ):
        self.write(client, compose, post_url, wording)
        client.force_login(citizen, backend="consultations.people.sessions.AuthenticationBackend")
        page = client.get(compose(wording=wording.pk)).content.decode()

        response = client.post(
            post_url,
            hidden(page)
            | {
                "stance": "question",
                "body": typed(page, "body"),
                "proposed_text": typed(page, "proposed_text"),
            },
        )

        assert response.status_code == 303
        comment = Comment.objects.get()
        assert (comment.body, comment.stance, comment.proposed_text, comment.participant.user) == (
            "Bagaimana kalau blangko habis?",
            "question",
            "",
            citizen,
        )
        assert typed(client.get(compose(wording=wording.pk)).content.decode(), "body") == ""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"body": ""},
            {"body": "", "proposed_text": build.WORDS["time"]},  # as it was filled in
            {"quote_exact": "tujuh hari", "proposed_text": "lima hari"},
            {"stance": "furious"},
        ],
    )
    def test_what_is_wrong_is_told_before_signing_in(
        self, client, compose, post_url, wording, today, wrong
    ):
        response = self.write(client, compose, post_url, wording, **wrong)

        assert response.status_code == 422
        assert 'role="alert"' in response.content.decode()

    def test_too_late_is_told_before_signing_in(
        self, client, compose, post_url, consultation, wording, today, drafter
    ):
        page = client.get(compose(wording=wording.pk)).content.decode()
        close_consultation(actor=drafter, consultation=consultation, at=build.TODAY)

        response = client.post(post_url, hidden(page) | {"body": "Terlambat."})

        assert response.status_code == 409
        assert "Terlambat." in response.content.decode()

    def test_the_text_is_not_put_under_another_clause(
        self, client, compose, post_url, consultation, wording, today
    ):
        other = build.a_wording(build.draft_of(consultation), "3.1")
        self.write(client, compose, post_url, wording)

        page = client.get(compose(wording=other.pk)).content.decode()

        assert typed(page, "body") == ""

    def test_of_many_consultations_the_last_few_texts_are_kept(self, db, client, today):
        urls = []
        for _ in range(4):
            consultation = build.a_consultation()
            url = f"/consultations/{consultation.slug}/comments/"
            page = client.get(f"{url}new/").content.decode()
            client.post(url, hidden(page) | {"body": f"Untuk {consultation.slug}"})
            urls.append(url)

        kept = [typed(client.get(f"{url}new/").content.decode(), "body") != "" for url in urls]
        assert kept == [False, True, True, True]


def test_words_selected_to_be_replaced_come_along(client, compose, wording, today):
    page = client.get(
        compose(
            wording=wording.pk,
            quote_exact="hari+kerja",
            quote_prefix="3+(tiga)+",
            proposed_text="hari+kerja",
        )
    ).content.decode()

    assert typed(page, "proposed_text") == "hari kerja"
    assert (hidden(page)["proposed_from"], hidden(page)["quote_prefix"]) == ("quote", "3 (tiga) ")
    assert "data-propose open" in page


def test_a_reply_is_one_box(client, compose, consultation, today):
    root = build.a_comment(consultation)

    page = client.get(compose(parent=root.number)).content.decode()

    assert re.findall(r'<textarea name="(\w+)"', page) == ["body"]
    assert 'name="stance"' not in page
