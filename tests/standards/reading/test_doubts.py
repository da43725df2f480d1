"""Doubts are kept as codes and values, and said in the language of whoever reads them."""

import pytest
from django.utils import translation

from consultations.standards.reading import Doubt, DoubtCode, Place
from consultations.standards.reading.doubts import tracked

VALUES = dict.fromkeys(("added", "deleted", "heading", "name", "other", "text"), "kata")


@pytest.mark.parametrize("code", DoubtCode)
def test_each_doubt_is_a_sentence(code):
    message = Doubt.about(code, **VALUES).message

    assert message[-1] in ".?"
    assert "%" not in message


def test_a_doubt_is_put_together_again_from_what_a_row_keeps():
    doubt = Doubt.about(DoubtCode.MISSING, Place.of(table=1, row=3), name="Biaya")

    again = Doubt(DoubtCode(str(doubt.code)), Place(doubt.place.steps), doubt.values)

    assert again == doubt
    assert again.message == "“Biaya” was not found."


def test_long_words_are_cut_in_a_doubt():
    (_name, text) = Doubt.about(DoubtCode.FOOTNOTE, text="kata " * 100).values[0]

    assert len(text) <= 80
    assert text.endswith("kata…")


def test_tracked_changes_say_what_they_did():
    assert [tracked(Place(), *words).code for words in (("a", "b"), ("a", ""), ("", "b"))] == [
        DoubtCode.TRACKED_CHANGE,
        DoubtCode.TRACKED_ADDITION,
        DoubtCode.TRACKED_DELETION,
    ]


def test_places_are_said_when_they_are_read():
    place = Place.of(table=1).then(row=3)

    with translation.override("en"):
        assert str(place) == "table 1, row 3"
    assert str(Place.of(heading="2.1")) == "heading 2.1"
    assert str(Place()) == ""
