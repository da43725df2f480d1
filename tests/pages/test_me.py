import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.moderation.actions import hide
from consultations.notices.actions import notify
from consultations.notices.models import Notice
from consultations.threads.enums import ConductRule
from tests import build
from tests.pages.test_lists import change_words


def page_of(client, query: str = "") -> str:
    return client.get(f"/en/me/{query}").content.decode()


def test_a_visitor_is_asked_to_sign_in(client, db):
    response = client.get("/me/")

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_who_said_nothing_is_told_what_this_page_is_for(as_user, citizen):
    assert "Here you will find what becomes of each of your comments" in page_of(as_user(citizen))


def test_my_comments_come_with_answer_and_the_words_then_and_now(
    as_user, consultation, citizen, other_citizen, answering_officer
):
    comment = build.a_comment(
        consultation,
        citizen,
        body="Hitung sejak tanda terima.",
        quote={"exact": "perekaman dinyatakan tunggal"},
    )
    build.a_comment(consultation, other_citizen, body="Kata orang lain.")
    change_words(answering_officer, consultation, comment)

    page = page_of(as_user(citizen))

    assert "Hitung sejak tanda terima." in page
    assert "Kata orang lain." not in page
    assert "“perekaman dinyatakan tunggal”" in page
    assert "sejak tanda terima.”" in page
    assert re.search(r"In the working draft: <b>reworded</b>", page)
    assert "Titik mulai kami ubah." in page
    assert "working draft of revision 2" in page


@pytest.mark.parametrize("quote", [None, {"exact": "3 (tiga) hari kerja"}])
def test_words_that_did_not_change_are_the_same(
    as_user, consultation, citizen, answering_officer, quote
):
    other = build.a_comment(consultation, label="2.1")
    change_words(answering_officer, consultation, other)
    label = "2.1" if quote else "3.1"
    build.a_comment(consultation, citizen, label=label, quote=quote)

    page = page_of(as_user(citizen))

    assert "In the working draft: <b>same</b>" in page


def test_a_hidden_comment_is_read_by_its_author_with_the_reason(
    as_user, consultation, citizen, moderator
):
    comment = build.a_comment(consultation, citizen, body="Kata saya.")
    hide(
        actor=moderator,
        comment=comment,
        rule=ConductRule.INSULT,
        note="Menghina petugas.",
        at=build.TODAY,
    )

    page = page_of(as_user(citizen))

    assert "Kata saya." in page
    assert "Menghina petugas." in page
    assert f"/comments/{comment.number}/appeal/" in page


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("", [3, 2, 1]),
        ("?show=answered", [1]),
        ("?show=waiting", [2]),
        ("?show=hidden", [3]),
        ("?show=nonsense", [3, 2, 1]),
    ],
)
def test_tabs_filter_what_is_mine(
    as_user, consultation, citizen, moderator, answering_officer, show, found
):
    answered, _waiting, hidden = (build.a_comment(consultation, citizen) for _ in range(3))
    change_words(answering_officer, consultation, answered)
    hide(
        actor=moderator,
        comment=hidden,
        rule=ConductRule.INSULT,
        note="Menghina petugas.",
        at=build.TODAY,
    )

    page = page_of(as_user(citizen), show)

    assert [int(n) for n in re.findall(r'id="m-(\d+)-\d+"', page)] == found


def test_notices_are_listed_and_read(as_user, consultation, citizen, moderator):
    comment = build.a_comment(consultation, citizen)
    hide(
        actor=moderator,
        comment=comment,
        rule=ConductRule.INSULT,
        note="Menghina petugas.",
        at=build.TODAY,
    )
    client = as_user(citizen)

    before = page_of(client)
    response = client.post("/en/notices/read/", follow=True)

    assert "Your comment has been hidden" in before
    assert "Mark all as read" in before
    assert "Mark all as read" not in response.content.decode()
    assert not Notice.objects.filter(user=citizen, read_at=None).exists()


def test_notices_of_others_are_not_mine(as_user, consultation, citizen, other_citizen):
    notify(
        users=[other_citizen.pk],
        kind="comment_hidden",
        key="decision:1",
        data={"consultation": consultation.slug, "comment": 1, "decision": 1},
        at=build.TODAY,
    )

    assert "News for me" not in page_of(as_user(citizen))


def test_the_page_is_kept_by_nobody(as_user, citizen):
    response = as_user(citizen).get("/me/")

    assert "no-store" in response["Cache-Control"]


def test_queries_do_not_grow_with_comments(as_user, consultation, citizen, answering_officer):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client)
        return len(captured)

    client = as_user(citizen)
    change_words(answering_officer, consultation, build.a_comment(consultation, citizen))
    for _ in range(2):
        build.a_comment(consultation, citizen)
    few = queries()

    for _ in range(6):
        build.a_comment(consultation, citizen)

    assert queries() == few
