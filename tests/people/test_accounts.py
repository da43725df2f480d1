"""The ways in, as a browser without JavaScript goes them, in both languages."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from consultations.people import actions
from consultations.people.models import Contact, User
from tests import build
from tests.people.ways_in import CODE, HOME, at, code_in, languages, sign_in, sign_up, signed_in

pytestmark = pytest.mark.django_db


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
