"""What is kept about a person, handed out and taken away."""

import json

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django_tasks_db.models import DBTaskResult

from consultations.kernel.errors import Conflict, Denied
from consultations.ledger.actions import append
from consultations.notices.models import Delivery, Notice
from consultations.people import actions
from consultations.people.enums import Role
from consultations.people.models import Contact, User
from consultations.people.privacy import PersonalData, export_person, personal_data, unregistered
from consultations.people.registries import access_changed
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    user = build.a_user("Sari Dewi", email="sari@contoh.test")
    notice = Notice.objects.create(
        user=user, kind="test", key="1", data={"comment": 7}, created_at=build.TODAY
    )
    Delivery.objects.create(notice=notice)
    return user


def test_every_model_of_people_and_notices_is_registered():
    own = {"User", "Contact", "EmailAddress", "PostHolding", "Notice"}

    assert own <= {name for name, _entry in personal_data.items()}
    assert not own & set(unregistered())
    assert all(str(personal_data[name].purpose) for name in own)


def test_export_holds_everything_and_is_json(person):
    build.a_user("Orang Lain", email="lain@contoh.test")

    exported = export_person(person)

    assert json.loads(json.dumps(exported)) == exported
    assert exported["User"] == [
        {
            "public_name": "Sari Dewi",
            "language": "id",
            "joined_at": "2026-11-24T03:00:00+00:00",
            "last_signed_in_at": None,
        }
    ]
    assert exported["Contact"] == [
        {
            "kind": "email",
            "value": "sari@contoh.test",
            "verified_at": "2026-11-24T03:00:00+00:00",
            "lost_at": None,
        }
    ]
    assert exported["EmailAddress"] == [
        {"email": "sari@contoh.test", "verified": True, "primary": True}
    ]
    assert exported["Notice"] == [
        {
            "kind": "test",
            "data": {"comment": 7},
            "created_at": "2026-11-24T03:00:00+00:00",
            "read_at": None,
        }
    ]
    assert "lain@contoh.test" not in json.dumps(exported)


def test_erasing_leaves_a_row_that_says_nothing(person, client):
    other = build.a_user("Orang Lain", email="lain@contoh.test")
    key, joined_at = person.key, person.joined_at
    form = {"login": "sari@contoh.test", "password": "rembuk-demo"}
    client.post("/accounts/login/", form)

    actions.erase_person(actor=person, user=person, at=build.TODAY)

    row = User.objects.get(pk=person.pk)
    assert (row.public_name, row.is_active, row.last_login) == ("", False, None)
    assert (row.joined_at, row.has_usable_password()) == (joined_at, False)
    assert row.key != key
    assert list(User.objects.exclude(pk=row.pk)) == [other]
    assert list(Contact.objects.values_list("user", flat=True)) == [other.pk]
    assert list(EmailAddress.objects.values_list("user", flat=True)) == [other.pk]
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()
    assert Client().post("/accounts/login/", form).status_code == 200  # not let in


def test_erasing_ends_sessions_and_sockets(
    person, client, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setitem(access_changed._entries, "test", told.append)
    client.post("/accounts/login/", {"login": "sari@contoh.test", "password": "rembuk-demo"})

    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_person(actor=person, user=person, at=build.TODAY)
    assert client.get("/accounts/email/").status_code == 302
    for row in DBTaskResult.objects.all():
        row.task.call(*row.args_kwargs["args"])

    assert told == [person.pk]
    assert not Session.objects.exists()


def test_erased_address_can_sign_up_again(person):
    actions.erase_person(actor=person, user=person, at=build.TODAY)

    again = build.a_user("Sari", email="sari@contoh.test")

    assert again != person


def test_erasing_twice_is_harmless(person):
    for _ in range(2):
        actions.erase_person(actor=None, user=person, at=build.TODAY)

    assert person.public_name == ""


def test_strangers_erase_nobody_and_operators_do_at_the_counter(person):
    with pytest.raises(Denied):
        actions.erase_person(actor=build.a_user(), user=person, at=build.TODAY)
    assert User.objects.get(pk=person.pk).public_name == "Sari Dewi"

    actions.erase_person(actor=build.a_user(is_operator=True), user=person, at=build.TODAY)
    assert User.objects.get(pk=person.pk).public_name == ""


def test_official_hands_over_first_and_stays_in_the_record_of_the_office():
    official = build.an_official(build.an_agency(), Role.MODERATOR, name="Sari Dewi")
    holding = official.holdings.get()

    with pytest.raises(Conflict):
        actions.erase_person(actor=official, user=official, at=build.TODAY)
    yesterday = build.TODAY.date().replace(day=23)
    actions.end_holding(holding=holding, ends_on=yesterday, at=build.TODAY)
    actions.erase_person(actor=official, user=official, at=build.TODAY)

    holding.refresh_from_db()
    assert holding.official_name == "Sari Dewi"
    assert User.objects.get(pk=official.pk).public_name == ""


def test_failing_eraser_takes_nothing_away(person, monkeypatch):
    def fail(user, at):
        raise RuntimeError("no")

    monkeypatch.setitem(personal_data._entries, "Test", PersonalData("test", lambda user: [], fail))

    with pytest.raises(RuntimeError):
        actions.erase_person(actor=person, user=person, at=build.TODAY)

    row = User.objects.get(pk=person.pk)
    assert (row.public_name, row.is_active) == ("Sari Dewi", True)
    assert Contact.objects.filter(user=person).exists()


def test_logs_that_an_eraser_names_are_locked(person, monkeypatch):
    agency = build.an_agency()

    def erase(user, at):
        append(agency.log, "test.erased", actor="system", at=at)

    entry = PersonalData("test", lambda user: [], erase, logs=lambda user: [agency.log])
    monkeypatch.setitem(personal_data._entries, "Test", entry)

    actions.erase_person(actor=person, user=person, at=build.TODAY)

    assert agency.log.entries.last().type == "test.erased"
