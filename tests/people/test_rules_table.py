"""Every role by every right in an agency, whose own, above, beside and below it is granted."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from consultations.people import actions, rules
from consultations.people.enums import Role
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
WORK = {Role.DRAFTER, Role.NOTE_TAKER, Role.MODERATOR, Role.ANSWERING_OFFICER}
OFFICIAL = set(Role) - {Role.COORDINATOR, Role.AUDITOR}


@pytest.fixture
def tree():
    """A government with two agencies, and a unit of the first."""
    government = build.an_agency()
    agency = build.an_agency(parent=government)
    return {
        "above": government,
        "own": agency,
        "beside": build.an_agency(parent=government),
        "below": build.an_agency(parent=agency),
    }


def with_role(agency, role):
    user = build.an_official(agency)
    actions.grant_role(
        post=user.holdings.get().post,
        role=role,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        at=build.TODAY,
    )
    return user


def rights(user, agency) -> set:
    """Everything that this person may do in the agency, by name."""
    found = {role for role in Role if rules.has_role(user, agency, role, on=TODAY)}
    if rules.has_role(user, agency, on=TODAY):
        found.add("act")
    if rules.can_see_inside(user, agency, on=TODAY):
        found.add("see inside")
    if rules.can_administer(user, agency, on=TODAY):
        found.add("administer")
    grants = {role for role in Role if rules.can_grant(user, agency, role, on=TODAY)}
    if grants == set(Role):
        found.add("grant all")
    elif grants == OFFICIAL:
        found.add("grant official roles")
    else:
        assert not grants
    return found


# What a role gives, by where its agency stands to the one that is asked about.
HERE = {role: {role, "act", "see inside"} for role in Role}
HERE[Role.ADMINISTRATOR] |= {"administer", "grant official roles"}
HERE[Role.COORDINATOR] |= WORK
HERE[Role.AUDITOR] -= {"act"}
FROM_ABOVE = {role: set() for role in Role}
FROM_ABOVE[Role.COORDINATOR] = HERE[Role.COORDINATOR]
FROM_ABOVE[Role.AUDITOR] = HERE[Role.AUDITOR]
NOTHING = {role: set() for role in Role}
TABLE = {"own": HERE, "above": FROM_ABOVE, "beside": NOTHING, "below": NOTHING}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("where", list(TABLE))
def test_rights_by_role_and_place(tree, where, role):
    user = with_role(tree[where], role)

    assert rights(user, tree["own"]) == TABLE[where][role]


@pytest.mark.parametrize("role", list(Role))
def test_suspended_has_no_rights_left(tree, role):
    user = with_role(tree["own"], role)

    actions.suspend(actor=None, user=user, at=build.TODAY)

    assert rights(user, tree["own"]) == set()


def test_post_without_a_role_and_people_without_a_post_have_no_rights(tree):
    for user in (AnonymousUser(), build.a_user(), build.an_official(tree["own"])):
        assert rights(user, tree["own"]) == set()


def test_operator_may_everything_until_suspended(tree):
    operator = build.a_user(is_operator=True)
    everything = set(Role) | {"act", "see inside", "administer", "grant all"}

    assert rights(operator, tree["own"]) == everything
    actions.suspend(actor=None, user=operator, at=build.TODAY)
    assert rights(operator, tree["own"]) == set()


def test_what_is_a_persons_own():
    person, other = build.a_user(), build.a_user()
    operator = build.a_user(is_operator=True)
    actors = {"self": person, "other": other, "operator": operator, "visitor": AnonymousUser()}

    table = {
        name: (rules.can_reach(actor, person), rules.can_erase(actor, person))
        for name, actor in actors.items()
    }

    assert table == {
        "self": (True, True),
        "other": (False, False),
        "operator": (False, True),
        "visitor": (False, False),
    }
