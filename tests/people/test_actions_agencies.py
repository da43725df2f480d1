"""Agencies, posts and roles: what is changed, what is recorded, who may not."""

from datetime import date, timedelta

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.queries import document_of
from consultations.ledger.verifying import verify
from consultations.people import actions
from consultations.people.enums import Capacity, Role
from consultations.people.models import Post, PostHolding
from consultations.people.queries import actor_name
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


def newest(agency) -> dict:
    """What the newest entry of the agency's log says, without its time and digests."""
    document = document_of(agency.log.entries.last())
    data = {name: value for name, value in document["data"].items() if name != "digests"}
    return {key: document[key] for key in ("type", "actor", "subject")} | {"data": data}


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


def test_record_of_an_agency_verifies_and_finds_an_altered_name(agency):
    holding = build.an_official(agency, Role.MODERATOR).holdings.get()
    assert list(verify(agency.log)) == []

    PostHolding.objects.filter(pk=holding.pk).update(official_name="Somebody else")

    assert [found.seq for found in verify(agency.log)] == [
        agency.log.entries.get(type="post.filled").seq
    ]


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
