"""The service pledge as a poster."""

from dataclasses import replace
from datetime import date

import pytest

from consultations.standards.exporting import PledgePoster, pledge_pdf
from tests.support.papers import Printed, check_accessible

POSTER = PledgePoster(
    agency="Dinas Kependudukan dan Pencatatan Sipil",
    government="Pemerintah Kabupaten Tirtasari",
    service="Penerbitan KTP elektronik",
    statements=("sanggup melayani;", "memenuhi kewajiban;", "siap menerima sanksi."),
    promises=(("Jangka waktu", "3 hari kerja"), ("Biaya/tarif", "Tidak dipungut biaya")),
    place="Tirtasari",
    dated_on=date(2026, 11, 3),
    post="Kepala Dinas",
    signed_name="Dra. Ratna Wulandari, M.A.P.",
    rank="Pembina Utama Muda, IV/c",
    civil_servant_number="197001011995032001",
    url="https://forum.example/standards/dinas/ktp/",
    language="en",
)


def test_a_pledge_says_what_it_must_say():
    found = Printed(pledge_pdf(POSTER))

    check_accessible(found, title="Service pledge: Penerbitan KTP elektronik", language="en")
    assert found.tags.count("/LI") == 3
    for words in (
        "SERVICE PLEDGE", "sanggup melayani;", "memenuhi kewajiban;", "siap menerima sanksi.",
        "3 hari kerja", "Tidak dipungut biaya", "Tirtasari, 3 November 2026", "Kepala Dinas",
        "Dra. Ratna Wulandari, M.A.P.", "Pembina Utama Muda, IV/c", "NIP 197001011995032001",
    ):  # fmt: skip
        assert words in found.text
    assert found.codes() == [POSTER.url]


@pytest.mark.parametrize(("size", "width"), [("a4", 595), ("a3", 842)])
def test_many_promises_stay_on_the_one_page(size, width):
    given = replace(POSTER, promises=POSTER.promises * 10)

    found = Printed(pledge_pdf(given, size=size))

    assert len(found.pages) == 1
    assert round(found.reader.pages[0].mediabox.width) == width
    assert found.overflowing() == []
    assert found.pages[0].count("3 hari kerja") == 10


def test_more_than_a_page_holds_goes_on_the_next():
    given = replace(POSTER, promises=(("Biaya", "kata " * 400),) * 10)

    assert len(Printed(pledge_pdf(given, size="a4")).pages) > 1


def test_what_is_not_known_leaves_no_gap():
    given = replace(POSTER, rank="", civil_servant_number="", place="", government="")

    found = Printed(pledge_pdf(given))

    assert "NIP" not in found.text
    assert "3 November 2026" in found.text
