"""Users and their contacts: what is changed, and who may not."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.people import actions
from consultations.people.enums import ContactKind
from consultations.people.models import Contact, User
from tests import build

pytestmark = pytest.mark.django_db


# --- users ------------------------------------------------------------------------------------


def test_created_user_can_be_reached_and_sign_in():
    user = build.a_user("Bu Sari", email=" Sari@Contoh.test", password="rahasia-sekali")

    assert (user.public_name, user.language, user.joined_at) == ("Bu Sari", "id", build.TODAY)
    assert user.check_password("rahasia-sekali")
    assert (user.is_superuser, user.is_staff) == (False, False)
    address = EmailAddress.objects.get()
    assert (address.user, address.email) == (user, "sari@contoh.test")
    assert (address.verified, address.primary) == (True, True)
    contact = user.contacts.get()
    assert (contact.value, contact.verified_at) == ("sari@contoh.test", build.TODAY)


def test_unverified_user_has_an_address_and_no_contact():
    user = build.a_user(email="sari@contoh.test", verified=False)

    assert not EmailAddress.objects.get(user=user).verified
    assert not user.contacts.exists()


def test_proved_address_belongs_to_one_person_however_it_is_written():
    build.a_user(email="sari@contoh.test")

    with pytest.raises(Conflict) as refusal:
        build.a_user(email="SARI@contoh.test")

    assert list(refusal.value.errors) == ["email"]
    assert User.objects.count() == 1


def test_address_is_one_persons_in_the_database_too():
    build.a_user(email="sari@contoh.test")
    other = build.a_user(email="lain@contoh.test")

    with pytest.raises(IntegrityError), transaction.atomic():
        EmailAddress.objects.create(user=other, email="Sari@contoh.test", verified=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("public_name", " \u200b "),
        ("public_name", "a\x00"),
        ("language", "xx"),
    ],
)
def test_user_with_nonsense_is_refused_by_field(field, value):
    with pytest.raises(Invalid) as refusal:
        build.a_user(**{"name": "Sari", field if field != "public_name" else "name": value})

    assert list(refusal.value.errors) == [field]
    assert not User.objects.exists()


def test_only_the_operator_makes_and_suspends_others():
    citizen, other, operator = build.a_user(), build.a_user(), build.a_user(is_operator=True)

    with pytest.raises(Denied):
        actions.register(actor=citizen, public_name="Sari", at=build.TODAY)
    with pytest.raises(Denied):
        actions.suspend(actor=citizen, user=other, at=build.TODAY)
    actions.suspend(actor=operator, user=other, at=build.TODAY)

    assert not other.is_active


def test_suspension_closes_sockets_and_can_be_lifted(closed, django_capture_on_commit_callbacks):
    user, operator = build.a_user(), build.a_user(is_operator=True)

    with django_capture_on_commit_callbacks(execute=True):
        actions.suspend(actor=operator, user=user, at=build.TODAY)
    assert (user.is_active, closed) == (False, [user.pk])

    actions.restore(actor=operator, user=user, at=build.TODAY)
    assert user.is_active


def test_nobody_suspends_themselves():
    operator = build.a_user(is_operator=True)

    with pytest.raises(Conflict):
        actions.suspend(actor=operator, user=operator, at=build.TODAY)


def test_profile_is_the_persons_own():
    user = build.a_user("Sari")

    with pytest.raises(Denied):
        actions.change_profile(
            actor=build.a_user(is_operator=True),
            user=user,
            public_name="X",
            language="id",
            at=build.TODAY,
        )
    actions.change_profile(
        actor=user, user=user, public_name="Pembaca  Setia", language="en", at=build.TODAY
    )

    assert (user.public_name, user.language) == ("Pembaca Setia", "en")


# --- contacts ---------------------------------------------------------------------------------


def test_one_phone_serves_a_family():
    mother, son = build.a_user(), build.a_user()

    for person in (mother, son):
        actions.add_contact(
            actor=person,
            user=person,
            kind=ContactKind.PHONE,
            value="+62 812-3456-7890",
            at=build.TODAY,
        )

    phones = Contact.objects.filter(kind=ContactKind.PHONE)
    assert set(phones.values_list("user", "value")) == {
        (mother.pk, "+6281234567890"),
        (son.pk, "+6281234567890"),
    }


def test_contact_is_lost_and_proved_again():
    user = build.a_user()
    contact = user.contacts.get()
    later = build.TODAY + timedelta(days=1)

    actions.lose_contact(actor=user, contact=contact, at=build.TODAY)
    assert (contact.verified_at, contact.lost_at) == (None, build.TODAY)
    same = actions.add_contact(
        actor=user, user=user, kind=ContactKind.EMAIL, value=contact.value.upper(), at=later
    )
    actions.verify_contact(actor=user, contact=same, at=later)

    assert same == contact
    assert (same.verified_at, same.lost_at) == (later, None)


def test_not_even_the_operator_touches_a_contact():
    user, operator = build.a_user(), build.a_user(is_operator=True)
    contact = user.contacts.get()

    with pytest.raises(Denied):
        actions.remove_contact(actor=operator, contact=contact)
    with pytest.raises(Denied):
        actions.verify_contact(actor=operator, contact=contact, at=build.TODAY)

    assert user.contacts.get() == contact


@pytest.mark.parametrize("number", ["0812 3456 7890", "12", "+62abc", ""])
def test_phone_number_needs_its_country(number):
    user = build.a_user()

    with pytest.raises(Invalid) as refusal:
        actions.add_contact(
            actor=user, user=user, kind=ContactKind.PHONE, value=number, at=build.TODAY
        )

    assert list(refusal.value.errors) == ["value"]
