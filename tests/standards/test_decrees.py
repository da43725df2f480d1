"""Decrees: the post that signed, and the name of who held it then."""

from datetime import date

import pytest

from consultations.kernel.errors import Invalid
from consultations.people import actions as people
from consultations.standards import actions
from tests import build
from tests.build import TODAY
from tests.standards.keeping import entries

pytestmark = pytest.mark.django_db


def record(agency, post, actor=None, **kwargs):
    return actions.record_decree(
        actor=actor,
        agency=agency,
        number="188/9/2026",
        dated_on=kwargs.pop("dated_on", date(2026, 11, 1)),
        signed_by=post,
        at=TODAY,
        **kwargs,
    )


def test_the_holders_name_is_frozen(agency, signatory):
    holding = signatory.holdings.get()

    decree = record(agency, holding.post, signatory)
    people.end_holding(holding=holding, ends_on=date(2026, 11, 25), at=TODAY)

    decree.refresh_from_db()
    assert (decree.signed_by, decree.signed_name) == (holding.post, "Ratna Wulandari")
    assert [type for type, _data in entries(agency.log)].count("decree.recorded") == 1


def test_a_post_that_nobody_held_needs_the_name(agency, signatory):
    post = people.create_post(agency=agency, title=build.text("Kepala"), at=TODAY)

    with pytest.raises(Invalid) as refusal:
        record(agency, post, signatory)
    decree = record(agency, post, signatory, signed_name="Drs. H. Sukardi")

    assert list(refusal.value.errors) == ["signed_name"]
    assert decree.signed_name == "Drs. H. Sukardi"


def test_of_history_the_post_alone_may_be_known(agency):
    post = people.create_post(agency=agency, title=build.text("Kepala"), at=TODAY)

    assert record(agency, post).signed_name == ""


def test_a_post_of_another_agency_is_refused(agency, stranger):
    with pytest.raises(Invalid):
        record(agency, stranger.holdings.get().post)
