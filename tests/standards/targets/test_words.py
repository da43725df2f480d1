"""Every kind in words, in both languages, from JSON that stays as it is."""

import pytest

from consultations.standards import targets
from tests.standards.targets.examples import (
    SINCE,
    STAFF,
    UU_25,
    both,
    channel,
    channels,
    citations,
    document,
    documents,
    fee,
    fees,
    hours,
    product,
    rule,
    time,
)

LOST = {"condition": both("bila hilang", "if it was lost")}

WORDS = [
    (time(7), "7 hari kerja", "7 working days"),
    (time(1), "1 hari kerja", "1 working day"),
    (time(1.5, "hours"), "1,5 jam", "1.5 hours"),
    (time(1440, "minutes"), "1.440 menit", "1,440 minutes"),
    (time(3, up_to=4), "3–4 hari kerja", "3–4 working days"),
    (time(14, bound="at_most"), "paling lama 14 hari kerja", "at most 14 working days"),
    (time(14, "days", bound="at_least"), "paling cepat 14 hari", "at least 14 days"),
    (
        time(3, bound="at_most", **SINCE),
        "paling lama 3 hari kerja sejak berkas lengkap diterima",
        "at most 3 working days from receipt of the complete documents",
    ),
    ({"kind": "time", "on_the_spot": True}, "langsung jadi (ditunggu)", "on the spot"),
    (
        time(30, "minutes", on_the_spot=True),
        "langsung jadi (ditunggu), 30 menit",
        "on the spot, 30 minutes",
    ),
    (fee(0), "Tidak dipungut biaya", "Free of charge"),
    ({"kind": "fee", "value": 0}, "Tidak dipungut biaya", "Free of charge"),
    (fee(120_000), "Rp120.000", "Rp120,000"),
    (fee(35.5, "USD"), "US$35,50", "US$35.50"),
    (fee(1500, "XDR"), "XDR 1.500", "XDR 1,500"),
    (
        fees(("SIM A", 120_000), ("SIM D", 0)),
        "SIM A: Rp120.000; SIM D: Tidak dipungut biaya",
        "SIM A: Rp120,000; SIM D: Free of charge",
    ),
    (
        documents(
            document("Kartu keluarga", "Family card", form="copy", count=2),
            document("Surat kehilangan", "Report of loss", form="original", **LOST),
            document("Formulir F-1.02", form="filled"),
            document("Paspor", "Passport"),
        ),
        "Kartu keluarga (fotokopi, 2 lembar); Surat kehilangan (asli), bila hilang; "
        "Formulir F-1.02 (formulir yang sudah diisi); Paspor",
        "Family card (copy, 2 sheets); Report of loss (original), if it was lost; "
        "Formulir F-1.02 (form, filled in); Passport",
    ),
    (
        hours("mon-thu 08:00-15:00", "fri 08:00-13:00"),
        "Senin–Kamis 08.00–15.00, Jumat 08.00–13.00 WITA",
        "Monday–Thursday 08:00–15:00, Friday 08:00–13:00 WITA",
    ),
    (
        hours("mon-fri 08:00-12:00", "mon-fri 13:00-15:30", zone="Asia/Jayapura", closed=["sun"]),
        "Senin–Jumat 08.00–12.00 dan 13.00–15.30 WIT; tutup: Minggu",
        "Monday–Friday 08:00–12:00 and 13:00–15:30 WIT; closed: Sunday",
    ),
    (hours("08:00-15:00"), "Pukul 08.00–15.00 WITA", "08:00–15:00 WITA"),
    (
        hours("mon 09:00-12:00", zone="Europe/Berlin"),
        "Senin 09.00–12.00 CET",
        "Monday 09:00–12:00 CET",
    ),
    (
        channels(channel("phone", "(0322) 000000", 2), channel("lapor"), channel("box", "Loket 3")),
        "telepon: (0322) 000000, ditanggapi dalam 2 hari kerja; SP4N-LAPOR!; kotak saran: Loket 3",
        "telephone: (0322) 000000, answered within 2 working days; SP4N-LAPOR!; "
        "suggestion box: Loket 3",
    ),
    ({"kind": "staff", "value": 5}, "5 orang", "5 people"),
    ({"kind": "staff", "value": 1}, "1 orang", "1 person"),
    (
        STAFF,
        "24 orang; penanggung jawab: 4; teknisi: 20",
        "24 people; persons in charge: 4; technicians: 20",
    ),
    (
        product("Paspor", "Passport", formats=["paper", "electronic"],
                valid_for={"value": 10, "unit": "years"}),
        "Paspor (cetak dan elektronik); berlaku: 10 tahun",
        "Passport (on paper and electronic); valid for: 10 years",
    ),
    (
        product("KTP-el", formats=["card"], valid_for={"unit": "life"}),
        "KTP-el (kartu); berlaku: seumur hidup",
        "KTP-el (card); valid for: for life",
    ),
    (
        citations(UU_25, rule("Perda", "7", 2009, "Administrasi", "Kabupaten Sleman")),
        "UU Nomor 25 Tahun 2009 tentang Pelayanan Publik; "
        "Perda Kabupaten Sleman Nomor 7 Tahun 2009 tentang Administrasi",
        "UU Number 25 Year 2009 on Pelayanan Publik; "
        "Perda Kabupaten Sleman Number 7 Year 2009 on Administrasi",
    ),
    (
        {"kind": "availability", "value": 40, "unit": "hours_per_week"},
        "40 jam per minggu",
        "40 hours a week",
    ),
    (
        {"kind": "availability", "value": 99.5, "unit": "percent"},
        "99,5% dari waktu layanan",
        "99.5% of the time",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("json", "indonesian", "english"), WORDS, ids=[w[2][:40] for w in WORDS])
def test_target_in_words_of_both_languages(json, indonesian, english):
    target = targets.parse(json)

    assert (target.in_words("id"), target.in_words("en")) == (indonesian, english)
    assert target.dump() == json


def test_each_kind_is_in_the_table():
    assert {json["kind"] for json, *_words in WORDS} == {kind for kind, _c in targets.kinds.items()}


def test_texts_that_lack_a_language_are_said_in_the_first():
    target = targets.parse({"kind": "product", "name": {"id": "Kartu Keluarga"}})

    assert target.in_words("en") == "Kartu Keluarga"
