import pytest

from consultations.notices.actions import notify
from consultations.notices.kinds import Kind, kinds
from consultations.notices.models import Notice
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(monkeypatch):
    kind = Kind(title=lambda notice: "T", text=lambda notice: "t", url=lambda notice: "/where/")
    monkeypatch.setitem(kinds._entries, "answered", kind)
    user = build.a_user()
    notify(users=[user.pk], kind="answered", key="1", data={}, at=build.TODAY)
    return Notice.objects.get()


def is_read(notice: Notice) -> bool:
    notice.refresh_from_db()
    return notice.read_at is not None


def test_opening_a_notice_leads_to_its_subject_and_marks_it_read(client, notice):
    client.force_login(notice.user)

    response = client.get(f"/notices/{notice.pk}/")

    assert (response.status_code, response["Location"]) == (302, "/where/")
    assert is_read(notice)


def test_others_notices_do_not_exist(client, notice):
    client.force_login(build.a_user())

    assert client.get(f"/notices/{notice.pk}/").status_code == 404
    assert not is_read(notice)


def test_visitors_sign_in_first(client, notice):
    response = client.get(f"/en/notices/{notice.pk}/")

    assert response["Location"] == f"/en/accounts/login/?next=/en/notices/{notice.pk}/"
    assert not is_read(notice)


def test_all_are_marked_read_by_post_alone(client, notice):
    client.force_login(notice.user)

    assert client.get("/notices/read/").status_code == 405
    assert not is_read(notice)
    response = client.post("/en/notices/read/")

    assert response["Location"] == "/en/me/"
    assert is_read(notice)
