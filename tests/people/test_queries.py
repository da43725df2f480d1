"""Through which post somebody acts, on which day, at what price."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from consultations.people import actions, queries
from consultations.people.enums import Role
from consultations.people.rules import can_see_inside, has_role
from tests import build

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def official_for(agency, *roles, holds=(None, None), has=(None, None)):
    """Somebody who holds a post, and whose post has the roles, between these days."""
    user = build.a_user()
    post = actions.create_post(agency=agency, title=build.text("Camat"), at=build.TODAY)
    actions.appoint(
        post=post,
        user=user,
        official_name="Sari",
        starts_on=holds[0] or TODAY - 100 * DAY,
        ends_on=holds[1],
        at=build.TODAY,
    )
    for role in roles:
        actions.grant_role(
            post=post,
            role=role,
            starts_on=has[0] or TODAY - 100 * DAY,
            ends_on=has[1],
            at=build.TODAY,
        )
    return user


@pytest.mark.parametrize(
    ("holds", "has", "may"),
    [
        ((None, None), (None, None), True),
        ((TODAY, None), (None, None), True),
        ((None, TODAY), (None, None), True),  # the last day counts
        ((TODAY + DAY, None), (None, None), False),
        ((None, TODAY - DAY), (None, None), False),
        ((None, None), (TODAY, TODAY), True),
        ((None, None), (TODAY + DAY, None), False),
        ((None, None), (None, TODAY - DAY), False),
    ],
)
def test_role_lasts_as_long_as_both_the_holding_and_the_grant(holds, has, may):
    agency = build.an_agency()
    user = official_for(agency, Role.MODERATOR, holds=holds, has=has)

    assert has_role(user, agency, Role.MODERATOR, on=TODAY) is may


def test_successor_has_the_roles_of_the_post_at_once():
    agency = build.an_agency()
    old = build.an_official(agency, Role.MODERATOR)
    new, holding = build.a_user(), old.holdings.get()

    actions.end_holding(holding=holding, ends_on=TODAY - DAY, at=build.TODAY)
    actions.appoint(
        post=holding.post, user=new, official_name="Budi", starts_on=TODAY, at=build.TODAY
    )

    assert not has_role(old, agency, Role.MODERATOR, on=TODAY)
    assert has_role(new, agency, Role.MODERATOR, on=TODAY)


def test_acting_post_is_the_one_with_the_role():
    agency = build.an_agency()
    user = build.an_official(agency, Role.DRAFTER)
    drafting = user.holdings.get()
    post = actions.create_post(agency=agency, title=build.text("Camat"), at=build.TODAY)
    signing = actions.appoint(
        post=post, user=user, official_name="Sari", starts_on=TODAY, at=build.TODAY
    )
    actions.grant_role(post=post, role=Role.SIGNATORY, starts_on=TODAY, at=build.TODAY)

    assert queries.acting_post(user, agency, Role.SIGNATORY, on=TODAY) == signing
    assert queries.acting_post(user, agency, Role.DRAFTER, on=TODAY) == drafting
    assert queries.acting_post(user, agency, Role.MODERATOR, on=TODAY) is None
    assert queries.actor_name(user, agency, Role.SIGNATORY, on=TODAY) == f"post:{post.pk}"


def test_own_post_comes_before_that_of_the_coordinator_above():
    government = build.an_agency()
    agency = build.an_agency(parent=government)
    user = build.an_official(government, Role.COORDINATOR)
    post = actions.create_post(agency=agency, title=build.text("Camat"), at=build.TODAY)
    own = actions.appoint(
        post=post, user=user, official_name="Sari", starts_on=TODAY, at=build.TODAY
    )
    actions.grant_role(post=post, role=Role.MODERATOR, starts_on=TODAY, at=build.TODAY)

    assert queries.acting_post(user, agency, Role.MODERATOR, on=TODAY) == own


def test_record_names_who_acts_by_post():
    agency = build.an_agency()
    official = build.an_official(agency, Role.MODERATOR)
    post = official.holdings.get().post

    assert queries.actor_name(official, agency, on=TODAY) == f"post:{post.pk}"
    assert queries.actor_name(build.a_user(is_operator=True), agency, on=TODAY) == "operator"
    assert queries.actor_name(None, agency, on=TODAY) == "system"


def test_days_begin_at_the_agencys_midnight():
    west = build.an_agency(time_zone="Asia/Jakarta")
    east = build.an_agency(time_zone="Asia/Jayapura")
    evening = datetime(2026, 11, 23, 16, 30, tzinfo=UTC)

    assert queries.day_in(west, evening) == date(2026, 11, 23)  # 23.30 WIB
    assert queries.day_in(east, evening) == date(2026, 11, 24)  # 01.30 WIT


def test_colleagues_are_the_active_holders_of_the_role():
    agency = build.an_agency()
    moderator = build.an_official(agency, Role.MODERATOR)
    build.an_official(agency, Role.DRAFTER)
    build.an_official(build.an_agency(), Role.MODERATOR)
    gone = build.an_official(agency, Role.MODERATOR)
    actions.suspend(actor=None, user=gone, at=build.TODAY)

    assert list(queries.colleagues(agency, Role.MODERATOR, on=TODAY)) == [moderator]


def test_asking_costs_two_queries_at_most_whatever_the_tree(django_assert_max_num_queries):
    top = agency = build.an_agency()
    for _ in range(6):
        agency = build.an_agency(parent=agency)
    coordinator = build.an_official(top, Role.COORDINATOR)
    moderator = build.an_official(agency, *(Role.MODERATOR, Role.DRAFTER, Role.NOTE_TAKER))

    with django_assert_max_num_queries(2):
        assert has_role(coordinator, agency, Role.MODERATOR, on=TODAY)
    with django_assert_max_num_queries(1):
        assert has_role(moderator, agency, Role.MODERATOR, on=TODAY)
    with django_assert_max_num_queries(0):
        assert not has_role(None, agency, Role.MODERATOR, on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_page_asks_once_and_an_action_afresh(django_assert_num_queries):
    """Outside of transactions, where pages are, the answer is kept on the request's user."""
    agency = build.an_agency()
    user = build.an_official(agency, Role.MODERATOR)

    with django_assert_num_queries(1):
        assert has_role(user, agency, Role.MODERATOR, on=TODAY)
        assert not has_role(user, agency, Role.DRAFTER, on=TODAY)
    actions.end_holding(holding=user.holdings.get(), ends_on=TODAY - DAY, at=build.TODAY)
    with transaction.atomic():
        assert not has_role(user, agency, Role.MODERATOR, on=TODAY)


def test_ring_of_agencies_ends_the_search():
    first = build.an_agency()
    second = build.an_agency(parent=first)
    type(first).objects.filter(pk=first.pk).update(parent=second)
    first.refresh_from_db()
    coordinator = build.an_official(second, Role.COORDINATOR)

    assert has_role(coordinator, first, Role.MODERATOR, on=TODAY)
    assert can_see_inside(coordinator, first, on=TODAY)
