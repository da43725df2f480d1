from datetime import date

import pytest

from consultations.standards.reading.decrees import (
    DecreeFinder,
    annex_in,
    day_in,
    is_signature,
    number_in,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("pada tanggal 11 Juni 2022", date(2022, 6, 11)),
        ("Tanggal : 22 Pebruari 2022", date(2022, 2, 22)),
        ("1 NOPEMBER 2021", date(2021, 11, 1)),
        ("5 Agt. 2024", date(2024, 8, 5)),
        ("4 May 2023", date(2023, 5, 4)),
        ("11-06-2022", date(2022, 6, 11)),
        ("31 Juni 2022", None),
        ("paling lama 3 hari kerja", None),
        ("Undang-Undang Nomor 25 Tahun 2009", None),
    ],
)
def test_days_as_they_are_written(text, day):
    assert day_in(text) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("NOMOR 060/02 TAHUN 2021", "060/02 TAHUN 2021"),
        ("NOMOR : 188/7/438.5.12/2021", "188/7/438.5.12/2021"),
        ("No. SK 060.1/KP/2024", ""),
        ("Nomor: 011 Tahun 2022", "011 Tahun 2022"),
        ("No. 12", "12"),
        ("Nomor antrean diambil di loket", ""),
        ("Nomor telepon (0300) 000117", ""),
        ("Undang-Undang Nomor 25 Tahun 2009", ""),
    ],
)
def test_numbers_as_they_are_printed(text, number):
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("text", "annex"),
    [
        ("LAMPIRAN II", ("II", "")),
        ("Lampiran 3 :", ("3", "")),
        ("LAMPIRAN", ("", "")),
        ("LAMPIRAN I KEPUTUSAN CAMAT", ("I", "KEPUTUSAN CAMAT")),
        ("Lampiran : Keputusan Kepala Dinas", ("", "Keputusan Kepala Dinas")),
        ("Lampiran permohonan disimpan", None),
    ],
)
def test_annexes(text, annex):
    assert annex_in(text) == annex


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Ditetapkan di Tirtasari", True),
        ("CAMAT TIRTASARI BARAT,", True),
        ("NIP. 19700101 199503 2 001", True),
        ("Kepala Dinas menandatangani secara elektronik", False),
        ("Petugas memeriksa berkas", False),
    ],
)
def test_signatures_end_the_words(text, is_one):
    assert is_signature(text) is is_one


def test_a_decree_is_put_together_from_its_lines():
    finder = DecreeFinder()
    lines = [
        "KEPUTUSAN CAMAT TIRTASARI BARAT",
        "NOMOR 011 TAHUN 2022",
        "TENTANG",
        "STANDAR PELAYANAN",
        "PADA KECAMATAN TIRTASARI BARAT",
        "Menimbang : bahwa",
        "Ditetapkan di Tirtasari",
        "pada tanggal 22 Pebruari 2022",
    ]

    taken = [finder.take(line) for line in lines]

    assert taken == [True] * 5 + [False, True, True]
    decree = finder.found()
    assert decree.issuer == "KEPUTUSAN CAMAT TIRTASARI BARAT"
    assert decree.title == "STANDAR PELAYANAN PADA KECAMATAN TIRTASARI BARAT"
    assert (decree.number, decree.dated_on) == ("011 TAHUN 2022", date(2022, 2, 22))


def test_a_title_on_the_line_of_its_word():
    finder = DecreeFinder()

    assert finder.take("NOMOR 1/2/2024")
    assert finder.take("TENTANG STANDAR PELAYANAN KARTU KELUARGA")

    assert finder.found().title == "STANDAR PELAYANAN KARTU KELUARGA"


def test_a_day_alone_is_no_decree():
    finder = DecreeFinder()

    assert finder.take("pada tanggal 22 Pebruari 2022")

    assert finder.found() is None
