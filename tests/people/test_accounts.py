"""The ways in, as a browser without JavaScript goes them, in both languages."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language

from consultations.people import actions
from consultations.people.accounts import AccountAdapter
from consultations.people.models import Contact, User
from consultations.people.registries import access_changed
from tests import build

pytestmark = pytest.mark.django_db

CODE = re.compile(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", re.MULTILINE)
HOME = {"id": "/", "en": "/en/"}
languages = pytest.mark.parametrize("language", ["id", "en"])


@pytest.fixture(autouse=True)
def fresh_limits():
    """allauth counts attempts in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


def at(language: str, path: str) -> str:
    return f"{HOME[language]}accounts/{path}"


def signed_in(client: Client) -> User | None:
    user_id = client.session.get("_auth_user_id")
    return User.objects.get(pk=user_id) if user_id else None


def code_in(message) -> str:
    """The code stands on a line of its own."""
    return CODE.search(message.body)[1]


def sign_in(client: Client, email: str, password: str = "rembuk-demo", language: str = "id"):
    return client.post(at(language, "login/"), {"login": email, "password": password})


def sign_up(client: Client, language: str = "id", **changes: str):
    form = {
        "public_name": "Bu Sari",
        "email": "Sari@Contoh.test",
        "password1": "pagi-hari-di-desa",
        "password2": "pagi-hari-di-desa",
    }
    return client.post(at(language, "signup/"), form | changes)


# --- by password -----------------------------------------------------------------------------


@languages
def test_password_signs_in_and_leads_home_in_the_language_of_the_page(client, language):
    user = build.a_user(email="warga@contoh.test")

    response = sign_in(client, "Warga@Contoh.TEST", language=language)

    assert (response.status_code, response["Location"]) == (302, HOME[language])
    assert signed_in(client) == user


def test_sign_in_leads_back_to_where_one_came_from(client):
    build.a_user(email="warga@contoh.test")

    response = client.post(
        "/accounts/login/?next=/consultations/ktp/",
        {"login": "warga@contoh.test", "password": "rembuk-demo", "next": "/consultations/ktp/"},
    )

    assert response["Location"] == "/consultations/ktp/"


@pytest.mark.parametrize(
    "target", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", "https://127.0.0.1/"]
)
def test_sign_in_never_leads_to_another_site(client, target):
    build.a_user(email="warga@contoh.test")

    form = {"login": "warga@contoh.test", "password": "rembuk-demo", "next": target}
    response = client.post("/accounts/login/", form)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_wrong_password_and_unknown_address_are_answered_alike(client):
    build.a_user(email="warga@contoh.test")

    known = sign_in(client, "warga@contoh.test", "wrong")
    unknown = sign_in(client, "tamu@contoh.test", "wrong")

    def said(response):
        return response.status_code, response.context["form"].errors.as_json()

    assert said(known) == said(unknown)
    assert signed_in(client) is None


def test_suspended_person_does_not_get_in(client):
    user = build.a_user(email="warga@contoh.test")
    actions.suspend(actor=None, user=user, at=build.TODAY)

    response = sign_in(client, "warga@contoh.test")

    assert response["Location"] == "/accounts/inactive/"
    assert signed_in(client) is None


def test_guessing_one_account_is_limited(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {}
    build.a_user(email="warga@contoh.test")

    for guess in range(5):
        sign_in(client, "warga@contoh.test", f"guess {guess}")
    response = sign_in(client, "warga@contoh.test")

    assert signed_in(client) is None
    assert response.context["form"].non_field_errors()


def test_limits_are_lifted_for_load_tests(client, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    build.a_user(email="warga@contoh.test")

    for guess in range(6):
        sign_in(client, "warga@contoh.test", f"guess {guess}")
    sign_in(client, "warga@contoh.test")

    assert signed_in(client) is not None


def test_whole_hall_signs_in_from_one_address(client):
    """Two hundred people behind one address, within a minute."""
    users = [build.a_user(password_hash=build.a_user().password) for _ in range(60)]
    emails = EmailAddress.objects.filter(user__in=users).values_list("email", flat=True)

    answers = {sign_in(Client(), email).status_code for email in emails}

    assert answers == {302}


# --- by code ---------------------------------------------------------------------------------


@languages
def test_code_by_mail_signs_in(client, language):
    user = build.a_user(email="warga@contoh.test")

    client.post(at(language, "login/code/"), {"email": "Warga@contoh.test"})
    message = mail.outbox[0]
    response = client.post(at(language, "login/code/confirm/"), {"code": code_in(message)})

    assert message.to == ["warga@contoh.test"]
    assert response["Location"] == HOME[language]
    assert signed_in(client) == user


def test_wrong_codes_end_the_attempt(client):
    build.a_user(email="warga@contoh.test")
    client.post("/accounts/login/code/", {"email": "warga@contoh.test"})
    code = code_in(mail.outbox[0])

    for _ in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "AAAAAA"})
    client.post("/accounts/login/code/confirm/", {"code": code})

    assert signed_in(client) is None


def test_asking_for_a_code_tells_nobody_who_has_an_account(client):
    build.a_user(email="warga@contoh.test")

    known = Client().post("/accounts/login/code/", {"email": "warga@contoh.test"}, follow=True)
    unknown = Client().post("/accounts/login/code/", {"email": "tamu@contoh.test"}, follow=True)

    def page(response):
        text = re.sub(r'value="[^"]{40,}"', "", response.content.decode())
        return response.redirect_chain, re.sub(r"(warga|tamu)@", "@", text)

    assert page(known) == page(unknown)
    assert [message.to for message in mail.outbox] == [["warga@contoh.test"], ["tamu@contoh.test"]]


# --- signing up ------------------------------------------------------------------------------


@languages
def test_signing_up_proves_the_address_by_code_and_makes_it_a_contact(client, language):
    response = sign_up(client, language)

    user = User.objects.get()
    assert response["Location"] == at(language, "confirm-email/")
    assert (user.public_name, user.language) == ("Bu Sari", language)
    assert signed_in(client) is None
    assert not Contact.objects.exists()

    response = client.post(response["Location"], {"code": code_in(mail.outbox[0])})

    assert response["Location"] == HOME[language]
    assert signed_in(client) == user
    assert list(EmailAddress.objects.values_list("user", "email", "verified", "primary")) == [
        (user.pk, "sari@contoh.test", True, True)
    ]
    contact = Contact.objects.get()
    assert (contact.user, contact.kind, contact.value) == (user, "email", "sari@contoh.test")
    assert contact.verified_at is not None


def test_signing_up_with_a_known_address_looks_the_same_and_makes_nobody(client):
    user = build.a_user(email="sari@contoh.test")

    response = sign_up(client)

    assert response["Location"] == "/accounts/confirm-email/"
    assert list(User.objects.all()) == [user]
    (message,) = mail.outbox
    assert message.to == ["sari@contoh.test"]
    assert not CODE.search(message.body)
    assert "/accounts/password/reset/" in message.body


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("public_name", ""),
        ("public_name", "\u200b\u3164"),
        ("public_name", "Sari\u202e"),
        ("public_name", "s" * 81),
        ("email", "no address"),
        ("password1", "12345"),
        ("password2", "another one"),
    ],
)
def test_signing_up_names_the_field_that_is_wrong(client, field, value):
    response = sign_up(client, **{field: value})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not User.objects.exists()


def test_name_is_the_first_thing_asked_and_says_what_it_is_for(client):
    form = client.get("/en/accounts/signup/").context["form"]

    assert next(iter(form.fields)) == "public_name"
    assert "shown beside your comments" in str(form["public_name"].help_text)


def test_code_is_sent_again_and_a_mistyped_address_is_mended(client):
    sign_up(client, email="sarii@contoh.test")
    page = "/accounts/confirm-email/"

    cache.clear()  # another code only after some seconds
    client.post(page, {"action": "resend"})
    client.post(page, {"action": "change", "email": "Sari@contoh.test"})
    response = client.post(page, {"code": code_in(mail.outbox[-1])})

    assert response["Location"] == "/"
    assert [message.to for message in mail.outbox] == [
        ["sarii@contoh.test"],
        ["sarii@contoh.test"],
        ["sari@contoh.test"],
    ]
    assert Contact.objects.get().value == "sari@contoh.test"


def test_unproved_sign_up_does_not_keep_the_owner_out(client):
    """Somebody types another's address; its owner signs up later and proves it."""
    sign_up(Client(), public_name="Somebody else")
    user = build.a_user(email="sari@contoh.test")

    sign_in(client, "sari@contoh.test")

    assert signed_in(client) == user


# --- signing out, new passwords, sockets ------------------------------------------------------


@pytest.fixture
def closed(monkeypatch):
    """The users whose sockets were told to close, in order."""
    told = []
    monkeypatch.setitem(access_changed._entries, "test", told.append)
    return told


@languages
def test_signing_out_ends_the_session_and_closes_sockets(
    client, language, closed, django_capture_on_commit_callbacks
):
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
