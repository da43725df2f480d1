import pytest

from consultations.meetings import actions
from consultations.meetings.queries import room
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(consultation, moderator):
    return build.a_meeting(consultation, moderator)


@pytest.fixture
def board(meeting):
    return f"/consultations/{meeting.consultation.slug}/meetings/{meeting.number}/run/"


def test_the_board_shows_the_next_step(as_user, moderator, board):
    page = as_user(moderator).get(board)

    assert page.status_code == 200
    assert 'data-key="n"' in page.content.decode()


def test_one_press_puts_an_item_on_the_table_and_one_records_what_was_agreed(
    as_user, moderator, meeting, board
):
    client = as_user(moderator)

    client.post(f"{board}table/", {"position": "2"})
    client.post(f"{board}agreement/", {"position": "2", "result": "agreed", "sentence": "Ya."})

    item = room(meeting).on_table
    assert (item.position, item.agreement.result, item.agreement.sentence) == (2, "agreed", "Ya.")


def test_a_missing_sentence_is_named_and_what_was_typed_is_kept(as_user, moderator, meeting, board):
    client = as_user(moderator)
    client.post(f"{board}table/", {"position": "1"})

    page = client.post(
        f"{board}agreement/", {"position": "1", "result": "with_notes", "sentence": ""}
    )

    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()


def test_closing_asks_first(as_user, moderator, meeting, board):
    client = as_user(moderator)

    client.post(f"{board}turn/", {"state": "closed"})
    meeting.refresh_from_db()
    still_open = meeting.state
    client.post(f"{board}turn/", {"state": "closed", "confirmed": "1"})
    meeting.refresh_from_db()

    assert (still_open, meeting.state) == ("open", "closed")


def test_an_unknown_item_is_refused(as_user, moderator, board):
    assert as_user(moderator).post(f"{board}table/", {"position": "99"}).status_code == 404
    assert as_user(moderator).post(f"{board}table/", {"position": "x"}).status_code == 404


@pytest.mark.parametrize("who", ["citizen", "stranger", "answering_officer"])
def test_the_board_is_for_those_who_run_the_session(as_user, board, who, request):
    page = as_user(request.getfixturevalue(who)).get(board)

    assert page.status_code == 403


def test_a_visitor_is_asked_to_sign_in(client, board):
    assert client.get(board).status_code == 302


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_room_shows_the_table_to_everybody_without_a_cookie(
    client, meeting, moderator, citizen, prefix
):
    item = meeting.items.all()[1]
    item.meeting = meeting
    actions.put_on_table(actor=moderator, item=item, at=build.TODAY)
    build.a_comment(meeting.consultation, citizen, body="Tanggal di kertas bisa saya tagih.")

    page = client.get(f"{prefix}/consultations/{meeting.consultation.slug}/meetings/1/")

    assert page.status_code == 200
    text = page.content.decode()
    assert "3 (tiga) hari kerja" in text
    assert "Tanggal di kertas bisa saya tagih." in text
    assert not page.cookies


def test_the_room_costs_the_same_however_much_is_said(
    client, meeting, moderator, citizen, django_assert_max_num_queries
):
    item = meeting.items.all()[1]
    item.meeting = meeting
    actions.put_on_table(actor=moderator, item=item, at=build.TODAY)
    for _number in range(30):
        build.a_comment(meeting.consultation, citizen)

    with django_assert_max_num_queries(25):
        client.get(f"/consultations/{meeting.consultation.slug}/meetings/1/")
