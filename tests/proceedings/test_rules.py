"""Who may do what, in which stage: the part of the table that consultations own."""

from datetime import date, timedelta

import pytest

from consultations.people.actions import grant_role
from consultations.people.enums import Role
from consultations.people.queries import day_in
from consultations.proceedings import rules
from consultations.proceedings.enums import STAGE_TRANSITIONS, Source, Stage
from consultations.proceedings.models import Consultation
from consultations.proceedings.queries import visible_to
from tests import build
from tests.build import TODAY

OUTSIDE = ["visitor", "citizen", "stranger"]
AGENCY = ["moderator", "note_taker", "drafter", "answering_officer", "signatory"]
EVERYBODY = [*OUTSIDE, *AGENCY, "operator"]
STAFF = {*AGENCY, "operator"}

ALLOWED = {
    "can_prepare": {"drafter", "signatory", "operator"},  # the signatory approves too
    "can_conclude": {"answering_officer", "signatory", "operator"},
    "can_enter": {"note_taker", "moderator", "operator"},
}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("action", ALLOWED)
def test_roles(consultation, action, who, request):
    subject = consultation.agency if action == "can_prepare" else consultation

    allowed = getattr(rules, action)(request.getfixturevalue(who), subject, at=TODAY)

    assert allowed == (who in ALLOWED[action])


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("stage", Stage)
def test_who_sees_a_consultation(consultation, stage, who, request):
    user = request.getfixturevalue(who)
    consultation.stage = stage
    consultation.save()
    on = day_in(consultation.agency, TODAY)

    can_view = rules.can_view(user, consultation, on=on)

    assert can_view == (stage in Stage.PUBLIC or who in STAFF)
    assert can_view == visible_to(user, on=on).filter(pk=consultation.pk).exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR])
def test_a_role_above_the_agency_sees_what_is_being_prepared(db, role):
    government = build.an_agency()
    agency = build.an_agency(parent=build.an_agency(parent=government))
    consultation = build.a_consultation(agency, is_open=False)
    elsewhere = build.a_consultation(is_open=False)
    user = build.an_official(government)
    grant_role(
        actor=None,
        post=user.holdings.get().post,
        role=role,
        agency=government,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        at=TODAY,
    )
    on = day_in(agency, TODAY)

    seen = set(visible_to(user, on=on))

    assert seen == {consultation}
    assert rules.can_view(user, consultation, on=on)
    assert not rules.can_view(user, elsewhere, on=on)


@pytest.mark.parametrize(
    ("stage", "can"),
    [(Stage.PREPARING, False), (Stage.OPEN, True), (Stage.CLOSED, False), (Stage.CONCLUDED, False)],
)
def test_comments_are_taken_while_it_is_open(consultation, citizen, stage, can):
    consultation.stage = stage

    assert rules.can_comment(citizen, consultation, at=TODAY) == can


@pytest.mark.parametrize(("seconds", "can"), [(-1, True), (0, True), (1, False)])
def test_the_last_moment_counts(consultation, citizen, seconds, can):
    at = consultation.closes_at + timedelta(seconds=seconds)

    assert rules.can_comment(citizen, consultation, at=at) == can


def test_neither_visitors_nor_the_suspended_comment(consultation, visitor, citizen):
    citizen.is_active = False

    assert not rules.can_comment(visitor, consultation, at=TODAY)
    assert not rules.can_comment(citizen, consultation, at=TODAY)


@pytest.mark.parametrize("stage", Stage)
def test_what_was_said_in_time_can_be_entered_until_it_is_concluded(consultation, stage):
    consultation.stage = stage
    takes = stage in Stage.UNDER_WAY

    if takes:
        rules.check_takes_comments(consultation, source=Source.HALL, occurred_at=TODAY)
    else:
        with pytest.raises(rules.CommentsClosed):
            rules.check_takes_comments(consultation, source=Source.HALL, occurred_at=TODAY)


def test_what_was_said_too_late_cannot_be_entered(consultation):
    late = consultation.closes_at + timedelta(minutes=1)

    with pytest.raises(rules.CommentsClosed):
        rules.check_takes_comments(consultation, source=Source.HALL, occurred_at=late)


def test_every_stage_has_its_transitions():
    assert set(STAGE_TRANSITIONS) == set(Stage)
    assert Consultation().stage == Stage.PREPARING
