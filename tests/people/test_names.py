import pytest

from consultations.kernel.errors import Invalid
from consultations.people.names import clean_public_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Bu   Sari ", "Bu Sari"),
        ("Pembaca\nSetia", "Pembaca Setia"),
        ("ꦱꦫꦶ", "ꦱꦫꦶ"),
        ("José", "José"),
        ("7", "7"),
        ("👩🏽‍🌾 Petani", "👩🏽‍🌾 Petani"),
    ],
)
def test_names_and_pseudonyms_are_kept(typed, kept):
    assert clean_public_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\u200b\u200d",
        "\u3164",
        "\u115f\u1160",
        "…",
        "👩🏽‍🌾",
        "Sari\u202e",
        "a" * 81,
        "a" + "\u0301" * 90,
    ],
)
def test_names_that_nobody_can_read_are_refused_by_field(typed):
    with pytest.raises(Invalid) as refusal:
        clean_public_name(typed)

    assert list(refusal.value.errors) == ["public_name"]
