"""What happens to an account afterwards: out, a new password, other addresses, messages."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language

from consultations.people import actions
from consultations.people.accounts import AccountAdapter
from tests import build
from tests.people.ways_in import HOME, at, code_in, languages, sign_in, signed_in

pytestmark = pytest.mark.django_db


# --- signing out, new passwords, sockets ------------------------------------------------------


@languages
def test_signing_out_ends_the_session_and_closes_sockets(
    client, language, monkeypatch, django_capture_on_commit_callbacks
):
    closed = []
    monkeypatch.setattr("consultations.live.actions.announce_person", closed.append)
    user = build.a_user(email="warga@contoh.test")
    sign_in(client, "warga@contoh.test")

    asked = client.get(at(language, "logout/"))
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(at(language, "logout/"))

    assert asked.status_code == 200
    assert response["Location"] == HOME[language]
    assert signed_in(client) is None
    assert closed == [user.pk]


def reset_password(client: Client, language: str = "id") -> str:
    """Asks for a new password, follows the link in the mail, sets it. Returns the link."""
    client.post(at(language, "password/reset/"), {"email": "warga@contoh.test"})
    link = re.search(r"https?://\S+", mail.outbox[-1].body)[0]
    form = client.get(re.sub(r"https?://[^/]+", "", link), follow=True)
    path = form.redirect_chain[-1][0]
    password = "kopi-pagi-di-teras"
    client.post(path, {"password1": password, "password2": password})
    return link


@languages
def test_forgotten_password_is_replaced_by_mail(
    client, settings, language, closed, django_capture_on_commit_callbacks
):
    user = build.a_user(email="warga@contoh.test", language=language)
    settings.SITE_URL = "https://forum.example"

    with django_capture_on_commit_callbacks(execute=True):
        link = reset_password(client, language)
    sign_in(client, "warga@contoh.test", "kopi-pagi-di-teras")

    assert link.startswith(f"https://forum.example{at(language, 'password/reset/key/')}")
    assert signed_in(client) == user
    assert closed == [user.pk]


def test_new_password_ends_all_other_sessions(client):
    build.a_user(email="warga@contoh.test")
    other = Client()
    sign_in(other, "warga@contoh.test")

    reset_password(client)

    assert other.get("/accounts/email/").status_code == 302  # to sign in


def test_reset_tells_nobody_who_has_an_account(client):
    build.a_user(email="warga@contoh.test")

    known = Client().post("/accounts/password/reset/", {"email": "warga@contoh.test"})
    unknown = Client().post("/accounts/password/reset/", {"email": "tamu@contoh.test"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert len(mail.outbox) == 2


def test_mail_speaks_the_language_of_the_person_not_of_who_asked(client, monkeypatch):
    build.a_user(email="warga@contoh.test", language="id")
    build.a_user(email="john@contoh.test", language="en")
    spoken, render = [], AccountAdapter.render_mail

    def render_mail(self, template_prefix, email, *args, **kwargs):
        spoken.append((email, get_language()))
        return render(self, template_prefix, email, *args, **kwargs)

    monkeypatch.setattr(AccountAdapter, "render_mail", render_mail)
    client.post("/en/accounts/password/reset/", {"email": "warga@contoh.test"})
    client.post("/accounts/password/reset/", {"email": "john@contoh.test"})

    assert spoken == [("warga@contoh.test", "id"), ("john@contoh.test", "en")]


def test_mail_never_takes_its_link_from_the_host_that_was_asked_for(client, settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://forum.example", ["*"]
    build.a_user(email="warga@contoh.test")

    client.post(
        "/accounts/password/reset/", {"email": "warga@contoh.test"}, headers={"host": "evil.test"}
    )

    body = mail.outbox[0].body
    assert "https://forum.example/accounts/password/reset/key/" in body
    assert "evil.test" not in body


# --- addresses and contacts -------------------------------------------------------------------


def test_second_address_becomes_a_contact_when_proved_and_goes_when_removed(client):
    user = build.a_user(email="warga@contoh.test")
    sign_in(client, "warga@contoh.test")

    client.post("/accounts/email/", {"action_add": "", "email": "Kedua@contoh.test"})
    assert user.contacts.count() == 1
    client.post("/accounts/confirm-email/", {"code": code_in(mail.outbox[-1])})
    assert set(user.contacts.values_list("value", flat=True)) == {
        "warga@contoh.test",
        "kedua@contoh.test",
    }

    client.post("/accounts/email/", {"action_remove": "", "email": "kedua@contoh.test"})
    assert set(user.contacts.values_list("value", flat=True)) == {"warga@contoh.test"}


def test_contact_that_a_crash_left_out_is_made_at_the_next_sign_in(client):
    user = build.a_user(email="warga@contoh.test")
    user.contacts.all().delete()

    sign_in(client, "warga@contoh.test")

    assert user.contacts.get().value == "warga@contoh.test"


def test_lost_contact_stays_lost_at_sign_in(client):
    user = build.a_user(email="warga@contoh.test")
    actions.lose_contact(actor=user, contact=user.contacts.get(), at=build.TODAY)

    sign_in(client, "warga@contoh.test")

    assert user.contacts.get().verified_at is None


# --- hygiene ----------------------------------------------------------------------------------


def test_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    build.a_user(email="warga@contoh.test")

    sign_in(client, "warga@contoh.test")

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.cookies["sessionid"]["max-age"] == 60 * 60 * 24 * 30


def test_suspension_ends_the_sessions_of_a_person(client):
    user = build.a_user(email="warga@contoh.test")
    sign_in(client, "warga@contoh.test")
    other = Client()
    build.a_user(email="lain@contoh.test")
    sign_in(other, "lain@contoh.test")

    actions.suspend(actor=None, user=user, at=timezone.now() + timedelta(minutes=1))
    assert client.get("/accounts/email/").status_code == 302
    actions.end_sessions.call(user.pk)

    assert Session.objects.count() == 1
    assert other.get("/accounts/email/").status_code == 200


def test_who_tries_too_often_is_told_to_wait(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    build.a_user(email="warga@contoh.test")

    sign_in(client, "warga@contoh.test", "wrong")
    response = sign_in(client, "warga@contoh.test")

    assert response.status_code == 429
    assert signed_in(client) is None
    assert "<main" in response.content.decode()
