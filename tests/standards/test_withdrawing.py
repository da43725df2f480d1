"""Withdrawing: a draft for good, what is in force from a day on, what is coming before its day."""

from datetime import date, timedelta

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.verifying import verify
from consultations.standards import actions
from consultations.standards.gates import GateClosed
from consultations.standards.queries import Standing, revision_in_force, standing
from tests import build
from tests.build import TODAY
from tests.standards.keeping import (
    DAY,
    NEW_YEAR,
    adopt,
    entries,
    finalised_after,
    fresh,
    in_force,
)

pytestmark = pytest.mark.django_db
LATER = date(2027, 3, 1)


def withdraw(revision, day=DAY, actor=None, reason="Keputusan dicabut."):
    return actions.withdraw_revision(
        actor=actor, revision=revision, withdrawn_on=day, reason=reason, at=TODAY
    )


def test_what_is_in_force_holds_until_the_day(agency, signatory):
    revision = in_force(agency)

    withdraw(revision, NEW_YEAR, signatory)

    standard, before = revision.standard, NEW_YEAR - timedelta(days=1)
    assert [standing(revision, on=on) for on in (before, NEW_YEAR)] == [
        Standing.IN_FORCE,
        Standing.WITHDRAWN,
    ]
    assert revision_in_force(standard, on=before) == revision
    assert revision_in_force(standard, on=NEW_YEAR) is None
    assert fresh(standard).review_due_on is None
    type, data = entries(standard.log)[-1]
    assert (type, data["withdrawn_on"]) == ("revision.withdrawn", "2027-01-01")
    assert set(data["digests"]) == {"reason"}
    assert list(verify(standard.log)) == []


def test_before_its_day_the_one_that_it_was_to_end_goes_on(agency):
    holds = in_force(agency)
    coming = adopt(finalised_after(holds), NEW_YEAR)

    withdraw(coming)

    holds.refresh_from_db()
    assert (holds.state, holds.superseded_on) == ("adopted", None)
    assert [standing(coming, on=on) for on in (DAY, NEW_YEAR, LATER)] == [Standing.WITHDRAWN] * 3
    assert revision_in_force(holds.standard, on=LATER) == holds
    assert fresh(holds.standard).review_due_on == date(2027, 1, 1)
    assert [type for type, _data in entries(holds.standard.log)][-2:] == [
        "revision.upheld",
        "revision.withdrawn",
    ]


def test_what_is_withdrawn_later_ends_earlier_by_the_next_revision(agency):
    holds = in_force(agency)
    withdraw(holds, LATER)

    following = adopt(finalised_after(holds), NEW_YEAR)

    holds.refresh_from_db()
    assert standing(holds, on=NEW_YEAR) == Standing.SUPERSEDED
    assert revision_in_force(holds.standard, on=NEW_YEAR) == following
    assert holds.state == "withdrawn"


def test_a_draft_is_withdrawn_today(agency, drafter):
    revision = build.a_revision(build.a_standard(agency))

    with pytest.raises(Invalid):
        withdraw(revision, NEW_YEAR, drafter)
    withdraw(revision, actor=drafter)

    assert standing(revision, on=DAY) == Standing.WITHDRAWN


def test_a_draft_that_people_are_asked_about_stays(consultation, drafter):
    with pytest.raises(GateClosed) as refusal:
        withdraw(build.draft_of(consultation), actor=drafter)

    assert refusal.value.lacks[0].url == consultation.get_absolute_url()


def test_who_may(agency, drafter, signatory, stranger, citizen):
    final = build.a_revision(build.a_standard(agency), "finalised")
    consulted = build.a_revision(build.a_standard(agency))

    for revision, actor in [
        (final, drafter),
        (final, stranger),
        (final, citizen),
        (consulted, stranger),
    ]:
        with pytest.raises(Denied):
            withdraw(revision, actor=actor)
    assert withdraw(final, actor=signatory).state == "withdrawn"


def test_without_a_reason_before_its_publication_or_twice_it_is_refused(agency):
    revision = in_force(agency)

    with pytest.raises(Invalid):
        withdraw(revision, reason=" ")
    with pytest.raises(Invalid):
        withdraw(revision, DAY - timedelta(days=1))
    withdraw(revision)
    with pytest.raises(Conflict):
        withdraw(revision)
    working = build.a_working_draft(build.a_standard(agency))
    with pytest.raises(Conflict):
        withdraw(working)
