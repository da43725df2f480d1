import pytest
from django.utils import translation

from consultations.kernel.errors import Missing
from consultations.live.rooms import resolve
from consultations.people.privacy import personal_data
from consultations.proceedings.actions import join
from consultations.proceedings.models import Participant
from tests import build
from tests.build import TODAY


def test_the_live_room_is_the_public_log(consultation, visitor):
    assert resolve("consultation", consultation.slug, visitor) == consultation.log
    assert resolve("consultation", consultation.slug, None) == consultation.log


def test_what_is_being_prepared_has_a_room_for_its_agency_alone(agency, visitor, moderator):
    consultation = build.a_consultation(agency, is_open=False)

    with pytest.raises(Missing):
        resolve("consultation", consultation.slug, visitor)
    assert resolve("consultation", consultation.slug, moderator) == consultation.log


def test_a_voice_is_handed_out_and_loses_its_name(consultation, citizen, other_citizen):
    join(user=citizen, consultation=consultation, affiliation="RW 05", at=TODAY)
    join(user=other_citizen, consultation=consultation, at=TODAY)
    registered = personal_data[Participant.__name__]

    exported = registered.export(citizen)
    registered.erase(citizen, TODAY)

    assert [(row["number"], row["public_name"]) for row in exported] == [(1, "Siti Rahmawati")]
    erased, other = Participant.objects.order_by("number")
    assert (erased.public_name, erased.affiliation) == ("", "")
    with translation.override("en"):
        assert str(erased) == "Participant 1"
    assert str(other) == "I Made Suardana"
    assert registered.export(citizen)[0]["public_name"] == ""
