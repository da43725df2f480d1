"""Services and their standards: who sets them up."""

import pytest

from consultations.kernel.errors import Denied
from consultations.standards import actions
from tests import build
from tests.build import TODAY


def set_up(actor, agency):
    service = actions.create_service(
        actor=actor, agency=agency, slug="akta", name=build.text("Akta"), at=TODAY
    )
    return actions.create_standard(
        actor=actor, service=service, component_set=build.a_component_set(), at=TODAY
    )


def test_a_drafter_sets_up_a_service_with_its_standard(agency, drafter):
    standard = set_up(drafter, agency)

    assert (standard.service.agency, standard.log.key) == (agency, "disdukcapil/akta")


@pytest.mark.parametrize("who", ["answering_officer", "moderator", "citizen", "stranger"])
def test_others_set_up_nothing(request, agency, who):
    actor = request.getfixturevalue(who)

    with pytest.raises(Denied):
        set_up(actor, agency)
    assert not agency.services.exists()
