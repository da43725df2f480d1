"""Posts, roles and contacts: what is changed, what is recorded, who may not."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.queries import document_of
from consultations.people import actions
from consultations.people.enums import Capacity, ContactKind, Role
from consultations.people.models import Contact, Post, PostHolding, User
from consultations.people.queries import actor_name
from consultations.people.registries import access_changed
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def agency():
    return build.an_agency("disdukcapil")


@pytest.fixture
def administrator(agency):
    return build.an_official(agency, Role.ADMINISTRATOR)


@pytest.fixture
def post(agency) -> Post:
    return actions.create_post(agency=agency, title=build.text("Camat"), at=build.TODAY)


@pytest.fixture
def closed(monkeypatch):
    """The users whose sockets were told to close, in order."""
    told = []
    monkeypatch.setitem(access_changed._entries, "test", told.append)
    return told


def newest(agency) -> dict:
    """What the newest entry of the agency's log says, without its time and digests."""
    document = document_of(agency.log.entries.last())
    data = {name: value for name, value in document["data"].items() if name != "digests"}
    return {key: document[key] for key in ("type", "actor", "subject")} | {"data": data}


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


# --- agencies and posts -----------------------------------------------------------------------


def test_agency_has_a_log_that_begins_with_it(agency):
    assert (agency.log.kind, agency.log.key) == ("agency", "disdukcapil")
    assert newest(agency) == {
        "type": "agency.created",
        "actor": "system",
        "subject": f"agency:{agency.pk}",
        "data": {"agency": agency.pk, "parent": None},
    }


def test_agency_address_is_taken_once(agency):
    with pytest.raises(Conflict) as refusal:
        build.an_agency("disdukcapil")

    assert list(refusal.value.errors) == ["slug"]


def test_units_are_made_by_the_administrator_above_and_agencies_by_the_operator(
    agency, administrator
):
    facts = {"name": build.text("UPT"), "at": build.TODAY, "actor": administrator}

    unit = actions.create_agency(slug="upt", parent=agency, **facts)
    with pytest.raises(Denied):
        actions.create_agency(slug="lain", **facts)
    with pytest.raises(Denied):
        actions.create_agency(slug="lain", parent=build.an_agency(), **facts)

    assert unit.parent == agency
    assert newest(unit)["actor"] == actor_name(administrator, agency, on=TODAY)


def test_appointment_is_recorded_by_ids_and_a_digest_of_the_name(agency, administrator, post):
    user = build.a_user()

    holding = actions.appoint(
        actor=administrator,
        post=post,
        user=user,
        official_name="Sari Dewi, S.Sos.",
        rank="Pembina, IV/a",
        civil_servant_number="19790101 200501 2 001",
        starts_on=NEW_YEAR,
        at=build.TODAY,
    )

    entry = newest(agency)
    assert holding.civil_servant_number == "197901012005012001"
    assert entry == {
        "type": "post.filled",
        "actor": actor_name(administrator, agency, on=TODAY),
        "subject": f"holding:{holding.pk}",
        "data": {
            "post": post.pk,
            "capacity": "definitive",
            "starts_on": "2026-01-01",
            "ends_on": None,
        },
    }
    body = agency.log.entries.last().body
    assert "official_name" in body
    assert "Sari" not in body


@pytest.mark.parametrize(
    ("field", "facts"),
    [
        ("official_name", {"official_name": "  "}),
        ("letter", {"capacity": Capacity.ACTING}),
        ("civil_servant_number", {"civil_servant_number": "1979"}),
        ("ends_on", {"ends_on": NEW_YEAR - timedelta(days=1)}),
    ],
)
def test_appointment_with_nonsense_is_refused_by_field(agency, post, field, facts):
    head = agency.log.entries.count()
    official = {"official_name": "Sari", "starts_on": NEW_YEAR} | facts

    with pytest.raises(Invalid) as refusal:
        actions.appoint(post=post, user=build.a_user(), at=build.TODAY, **official)

    assert list(refusal.value.errors) == [field]
    assert not PostHolding.objects.exists()
    assert agency.log.entries.count() == head


def test_nobody_holds_the_same_post_twice_at_a_time(post):
    user = build.a_user()
    facts = {"post": post, "user": user, "official_name": "Sari", "at": build.TODAY}
    actions.appoint(starts_on=NEW_YEAR, ends_on=TODAY, **facts)

    with pytest.raises(Conflict):
        actions.appoint(starts_on=TODAY, **facts)
    actions.appoint(starts_on=TODAY + timedelta(days=1), **facts)

    assert user.holdings.count() == 2


def test_ended_holding_is_recorded_and_closes_sockets(
    agency, administrator, closed, django_capture_on_commit_callbacks
):
    official = build.an_official(agency, Role.MODERATOR)
    holding = official.holdings.get()

    with django_capture_on_commit_callbacks(execute=True):
        actions.end_holding(actor=administrator, holding=holding, ends_on=TODAY, at=build.TODAY)

    assert newest(agency) == {
        "type": "post.vacated",
        "actor": actor_name(administrator, agency, on=TODAY),
        "subject": f"holding:{holding.pk}",
        "data": {"starts_on": "2026-01-01", "ends_on": "2026-11-24"},
    }
    assert closed == [official.pk]


def test_end_is_brought_forward_and_never_put_off(agency):
    holding = build.an_official(agency).holdings.get()
    actions.end_holding(holding=holding, ends_on=TODAY, at=build.TODAY)

    with pytest.raises(Conflict):
        actions.end_holding(holding=holding, ends_on=TODAY + timedelta(days=9), at=build.TODAY)
    actions.end_holding(holding=holding, ends_on=TODAY - timedelta(days=9), at=build.TODAY)

    assert holding.ends_on == TODAY - timedelta(days=9)


# --- roles ------------------------------------------------------------------------------------


def test_granted_and_ended_role_are_recorded(
    agency, administrator, post, closed, django_capture_on_commit_callbacks
):
    official = build.a_user()
    actions.appoint(
        post=post, user=official, official_name="Sari", starts_on=NEW_YEAR, at=build.TODAY
    )

    grant = actions.grant_role(
        actor=administrator, post=post, role=Role.MODERATOR, starts_on=TODAY, at=build.TODAY
    )
    granted = newest(agency)
    with django_capture_on_commit_callbacks(execute=True):
        actions.end_grant(actor=administrator, grant=grant, ends_on=TODAY, at=build.TODAY)

    entry = {
        "actor": actor_name(administrator, agency, on=TODAY),
        "subject": f"grant:{grant.pk}",
        "data": {"post": post.pk, "role": "moderator", "starts_on": "2026-11-24", "ends_on": None},
    }
    assert granted == {"type": "role.granted"} | entry
    entry["data"]["ends_on"] = "2026-11-24"
    assert newest(agency) == {"type": "role.ended"} | entry
    assert closed == [official.pk]


def test_role_is_granted_once_at_a_time(post):
    facts = {"post": post, "role": Role.MODERATOR, "at": build.TODAY}
    actions.grant_role(starts_on=NEW_YEAR, **facts)

    with pytest.raises(Conflict):
        actions.grant_role(starts_on=TODAY, **facts)

    assert post.grants.count() == 1


def test_auditors_time_is_limited(post):
    with pytest.raises(Invalid) as refusal:
        actions.grant_role(post=post, role=Role.AUDITOR, starts_on=TODAY, at=build.TODAY)

    assert list(refusal.value.errors) == ["ends_on"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR])
def test_roles_across_agencies_come_from_the_operator(administrator, post, role):
    facts = {"post": post, "role": role, "starts_on": TODAY, "ends_on": TODAY, "at": build.TODAY}

    with pytest.raises(Denied):
        actions.grant_role(actor=administrator, **facts)
    grant = actions.grant_role(actor=build.a_user(is_operator=True), **facts)

    assert document_of(post.agency.log.entries.last())["actor"] == "operator"
    assert grant.role == role


def test_strangers_and_other_administrators_change_nothing(agency, post):
    other = build.an_official(build.an_agency(), Role.ADMINISTRATOR)
    colleague = build.an_official(agency, Role.MODERATOR)
    head = agency.log.entries.count()

    for actor in (build.a_user(), other, colleague):
        with pytest.raises(Denied):
            actions.create_post(actor=actor, agency=agency, title=build.text("X"), at=build.TODAY)
        with pytest.raises(Denied):
            actions.appoint(
                actor=actor,
                post=post,
                user=actor,
                official_name="X",
                starts_on=TODAY,
                at=build.TODAY,
            )
        with pytest.raises(Denied):
            actions.grant_role(
                actor=actor, post=post, role=Role.MODERATOR, starts_on=TODAY, at=build.TODAY
            )

    assert agency.log.entries.count() == head
