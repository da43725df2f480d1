from datetime import date

import pytest
from django.conf import settings
from django.utils import translation

from consultations.standards.citing import check, load_acts, load_kinds, recognise

ACTS = load_acts(settings.BASE_DIR / "samples" / "legal" / "id-acts.json")
TODAY = date(2026, 11, 25)
PENDOPO_BARAT = ["Kecamatan Pendopo Barat", "Kabupaten Empat Lawang", "Provinsi Sumatera Selatan"]


def advice(text: str, regions=PENDOPO_BARAT, known=ACTS) -> list[tuple[str, str]]:
    """Codes and what could stand there instead."""
    [found] = recognise(text)
    return [
        (each.code.value, each.suggestion.short if each.suggestion else "")
        for each in check(found.citation, known, region_names=regions, today=TODAY)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UU 25/2009 tentang Pelayanan Publik", []),
        ("UU 25/2009", []),
        ("Perkap 5/2021", [("misnamed", "Perpol 5/2021")]),
        ("Perda Kota Medan No. 1/2010", [("other-region", "")]),
        ("Permenpan RB 36/2012", [("revised", "Permenpan RB 15/2014")]),
        ("Permenpan RB 24/2014", [("replaced", "Permenpan RB 62/2018")]),
        ("Keputusan Menpan RB 15/2014", [("misnamed", "Permenpan RB 15/2014")]),
        (
            "Peraturan Pemerintah 25/2009 tentang Pelayanan Publik",
            [("misnamed", "UU 25/2009")],
        ),
        ("Perpres 25/2009", [("unknown", "")]),
        ("UU 25/2009 tentang Lalu Lintas", [("other-title", "UU 25/2009")]),
        ("PP 96/2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009", []),
        ("Permenkeu 46/PMK.01/2021", []),
        ("SK Camat Tembuku 11/2022", [("other-region", "")]),
        ("PP 1/2001", [("unknown", "")]),
        ("UU 25/2031", [("future", "")]),
    ],
)
def test_advice(text, expected):
    assert advice(text) == expected


SLEMAN = ["Kabupaten Sleman", "Daerah Istimewa Yogyakarta"]


@pytest.mark.parametrize(
    ("text", "regions", "is_foreign"),
    [
        ("Perda Sleman 7/2009", SLEMAN, False),
        ("Perda Kabupaten Sleman 7/2009", SLEMAN, False),
        ("Perda Kota Sleman 7/2009", SLEMAN, True),
        ("Perda Bantul 7/2009", SLEMAN, True),
        ("Pergub DIY 7/2009", SLEMAN, False),
        ("Pergub Jateng 7/2009", SLEMAN, True),
        # The chain says nothing of a province, so nothing can be said of the governor's.
        ("Pergub Jateng 7/2009", ["Kabupaten Tirtasari"], False),
        ("Perda Jateng 7/2009", ["Kabupaten Tirtasari"], False),
        ("SK Camat Tembuku 7/2009", ["Kabupaten Tirtasari"], False),
        ("SK Bupati Nomor 7 Tahun 2009", SLEMAN, False),
        ("SK Kepala Dinas Kesehatan Kabupaten Bantul 7/2009", SLEMAN, True),
        ("SK Kepala Dinas Kesehatan Kabupaten Sleman 7/2009", SLEMAN, False),
        ("SK Kepala Dinas Kesehatan 7/2009", SLEMAN, False),
        ("Kep. Dirjen Pendis 7/2009", SLEMAN, False),
        ("Perda Bantul 7/2009", [], False),
        ("Perda Bantul 7/2009", ["Sleman"], True),
        ("UU 7/2009", SLEMAN, False),
    ],
)
def test_of_another_region_only_where_it_can_be_told(text, regions, is_foreign):
    codes = [code for code, _suggestion in advice(text, regions)]

    assert ("other-region" in codes) == is_foreign


def test_a_perda_is_the_same_with_and_without_the_sort_of_its_region():
    assert advice("Perda Kabupaten Sleman 7/2009", SLEMAN) == []
    assert advice("Perda Sleman 7/2009", SLEMAN) == []


def test_a_message_waits_for_its_readers_language():
    [found] = recognise("PP 1/2001")
    [told] = check(found.citation, [], region_names=[], today=TODAY)

    with translation.override("en"):
        assert str(told.message) == (
            "PP 1/2001 is not in the list of known acts, which is not complete. "
            "Check its number and year once more."
        )


def test_every_known_act_has_a_source_and_is_recognised_as_itself():
    assert all(act.source for act in ACTS)
    assert len({str(act.citation) for act in ACTS}) == len(ACTS)
    for act in ACTS:
        assert [found.citation for found in recognise(str(act.citation))] == [act.citation]


def test_a_list_of_another_format_is_refused(tmp_path):
    path = tmp_path / "acts.json"
    path.write_text('{"format": "other/1", "country": "id", "acts": []}', encoding="utf-8")

    with pytest.raises(ValueError, match=r"rembuk-legal-acts/1"):
        load_acts(path)
    with pytest.raises(ValueError, match=r"rembuk-legal-kinds/1"):
        load_kinds(path)
