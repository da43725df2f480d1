"""What is kept of a page, for whom, and what asking for it again costs."""

from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.pages import current
from tests import build
from tests.outcomes.recording import record
from tests.pages.reading import body_of, count_queries


@pytest.mark.parametrize(
    "path", ["", "clauses/2.1/", "general/", "comments/1/", "record/", "/", "/consultations/"]
)
def test_a_visitors_page_sets_no_cookie_and_is_not_sent_twice(client, consultation, url, path):
    build.a_comment(consultation)
    address = urljoin(url, path)

    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})

    assert first.status_code == 200
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in body_of(first)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" in first["Vary"]
    assert again.status_code == 304
    assert not again.content


def test_asking_again_costs_one_or_two_queries(client, consultation, url):
    etag = client.get(url)["ETag"]

    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, headers={"if-none-match": etag}).status_code == 304

    assert len(captured) <= 2


def test_a_page_made_just_now_is_not_made_again(client, consultation, url):
    first = client.get(url)

    with CaptureQueriesContext(connection) as captured:
        again = client.get(url)

    assert again.content == first.content
    assert len(captured) <= 2


def test_a_new_comment_makes_a_new_page(client, consultation, url):
    first = client.get(url)
    build.a_comment(consultation, body="Baru saja.")

    again = client.get(url, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert "Baru saja." in body_of(again)


def test_the_passing_of_the_deadline_makes_a_new_page(client, consultation, url, monkeypatch):
    first = client.get(f"/en{url}")
    monkeypatch.setattr("django.utils.timezone.now", lambda: build.TODAY.replace(month=12, day=2))

    again = client.get(f"/en{url}", headers={"if-none-match": first["ETag"]})

    assert again.status_code == 200
    assert "Write a comment" in body_of(first)
    assert "Write a comment" not in body_of(again)


def test_a_page_of_somebody_signed_in_is_theirs_alone(client, consultation, url, as_user, citizen):
    build.a_comment(consultation, citizen)
    visitors = client.get(url)

    mine = as_user(citizen).get(url)

    assert mine["Cache-Control"] == "private, no-cache"
    assert "csrfmiddlewaretoken" in body_of(mine)
    assert '"voice": 1' in body_of(mine)
    assert '"voice": null' in body_of(visitors)


# Cost


@pytest.mark.parametrize(
    "path", ["", "clauses/2.1/", "general/", "record/", "/", "/consultations/"]
)
def test_queries_do_not_grow_with_comments(
    client, consultation, url, path, answering_officer, moderator
):
    def speak(times: int):
        for n in range(times):
            proposal = {"proposed_text": f"paling lama {n} hari"} if n % 3 else {"wording": None}
            comment = build.a_comment(consultation, talker, body=f"Ke-{n}.", **proposal)
            if n % 2:
                build.a_comment(
                    consultation,
                    talker,
                    wording=comment.wording,
                    parent=comment.number,
                    body="Balasan.",
                )
            if n % 4 == 0:
                record(answering_officer, consultation, [comment])

    talker = build.a_user()
    speak(10)
    few = count_queries(client, urljoin(url, path))

    speak(90)
    current.forget()
    many = count_queries(client, urljoin(url, path))

    assert many == few
