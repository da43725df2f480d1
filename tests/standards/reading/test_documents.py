"""Several standards in a file, documents that are none, names, decrees, languages."""

from dataclasses import replace
from datetime import date

import pytest
from docx import Document

from consultations.standards.reading import DocumentKind, UnreadableFile, is_standard_json
from tests.standards.reading.layouts import (
    add_heading,
    add_table,
    codes_of,
    headings,
    read,
    saved,
    words_of,
)
from tests.standards.reading.texts import (
    AKTA_KELAHIRAN,
    KARTU_KELUARGA,
    PENGANTAR_SKCK,
    PINDAH_KELUAR,
    TEXTS,
)

# --- several standards in one file --------------------------------------------------------------


def names_and_words(standards):
    return [(standard.service_name.lower(), words_of(standard)) for standard in standards]


def expected(texts):
    return [(text.service.lower(), text.words) for text in texts]


def test_one_annex_for_each_service():
    document = Document()
    for number, text in zip(("I", "II", "III"), TEXTS, strict=False):
        document.add_paragraph(f"LAMPIRAN {number} KEPUTUSAN KEPALA DINAS")
        document.add_paragraph("NOMOR 188/31/438.5.12/2026")
        document.add_paragraph(f"STANDAR PELAYANAN {text.service.upper()}")
        add_table(document, text)

    standards = read(saved(document))

    assert names_and_words(standards) == expected(TEXTS[:3])
    assert [standard.annex_number for standard in standards] == ["I", "II", "III"]
    assert {standard.decree.number for standard in standards} == {"188/31/438.5.12/2026"}


def test_a_numbered_heading_before_each_table_names_its_service():
    document = Document()
    document.add_paragraph("STANDAR PELAYANAN PADA KECAMATAN TIRTASARI BARAT")
    texts = (PINDAH_KELUAR, PENGANTAR_SKCK, KARTU_KELUARGA)
    for number, text in enumerate(texts, 1):
        document.add_heading(f"{number}. {text.service}", 2)
        add_table(document, text)

    standards = read(saved(document))

    assert names_and_words(standards) == expected(texts)
    assert all("service_guessed" in codes_of(standard) for standard in standards[1:])


def test_headings_of_two_levels_are_services_and_components():
    rows = ["# Standar Pelayanan Dinas Kependudukan", ""]
    for text in TEXTS[:3]:
        rows += [f"## {text.service}", ""]
        for _key, name, items in text.components:
            rows += [f"### {name}", "", *[f"- {item}" for item in items], ""]

    standards = read("\n".join(rows).encode(), "semua.md")

    assert names_and_words(standards) == expected(TEXTS[:3])


def test_a_second_table_of_the_same_components_is_a_second_standard():
    document = Document()
    document.add_paragraph("JENIS PELAYANAN : Kartu Keluarga")
    add_table(document, KARTU_KELUARGA)
    add_table(document, PENGANTAR_SKCK)

    first, second = read(saved(document), "gabungan.docx")

    assert words_of(first) == KARTU_KELUARGA.words
    assert words_of(second) == PENGANTAR_SKCK.words
    assert (second.service_name, codes_of(second)[0]) == ("gabungan", "no_service")


def test_a_table_with_a_service_in_each_row():
    document = Document()
    document.add_paragraph("STANDAR PELAYANAN KELURAHAN SUMBERASRI")
    table = document.add_table(rows=0, cols=5)
    for texts in (
        ("No", "Jenis Pelayanan", "Persyaratan", "Waktu Penyelesaian", "Biaya"),
        ("1", "Surat Pengantar Nikah", "KTP dan KK", "15 menit", "Gratis"),
        ("2", "Surat Keterangan Usaha", "KTP dan foto usaha", "1 hari kerja", "Gratis"),
    ):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text

    standards = read(saved(document))

    assert names_and_words(standards) == [
        (
            "surat pengantar nikah",
            {"requirements": ["KTP dan KK"], "processing-time": ["15 menit"], "fee": ["Gratis"]},
        ),
        (
            "surat keterangan usaha",
            {
                "requirements": ["KTP dan foto usaha"],
                "processing-time": ["1 hari kerja"],
                "fee": ["Gratis"],
            },
        ),
    ]


# --- what it is ---------------------------------------------------------------------------------


def an_sop() -> bytes:
    """The head and the flow table of Permenpan RB 35/2012."""
    document = Document()
    head = document.add_table(rows=0, cols=2)
    for label, value in (
        ("Nomor SOP", "065/117/2024"),
        ("Tgl. Pembuatan", "2 Januari 2024"),
        ("Disahkan oleh", "Camat Tirtasari Barat"),
        ("Nama SOP", "Penerbitan Surat Keterangan Pindah"),
        ("Dasar Hukum", "Kualifikasi Pelaksana"),
        ("UU 24/2013", "SMA, menguasai SIAK"),
    ):
        cells = head.add_row().cells
        cells[0].text, cells[1].text = label, value
    flow = document.add_table(rows=0, cols=5)
    for texts in (
        ("No", "Kegiatan", "Pelaksana", "Mutu Baku", ""),
        ("", "", "Petugas", "Kelengkapan", "Waktu"),
        ("1", "Menerima berkas", "●", "Berkas", "5 menit"),
    ):
        for cell, text in zip(flow.add_row().cells, texts, strict=True):
            cell.text = text
    return saved(document)


def test_an_operating_procedure_is_told_from_a_standard():
    (found,) = read(an_sop())

    assert found.kind_of_document is DocumentKind.PROCEDURE
    assert "procedure" in codes_of(found)
    assert "missing" not in codes_of(found)
    words = " ".join(clause.body for clause in found.clauses)
    assert all(word in words for word in ("Menerima berkas", "5 menit", "Nama SOP"))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("STANDAR OPERASIONAL PROSEDUR PELAYANAN KARTU KELUARGA", DocumentKind.PROCEDURE),
        ("SOP Pelayanan Kartu Keluarga", DocumentKind.PROCEDURE),
        ("Undangan Forum Konsultasi Publik", DocumentKind.UNKNOWN),
    ],
)
def test_the_kind_follows_from_the_title(title, kind):
    text = f"# {title}\n\nNomor SOP: 12/2024\n" if "SOP" in title else f"# {title}\n"

    (found,) = read(f"{text}\nMenerima berkas.\n".encode(), "a.md")

    assert found.kind_of_document is kind


def test_a_standard_that_mentions_its_sop_is_a_standard():
    content = headings(replace(PINDAH_KELUAR, service="Surat Pindah sesuai SOP"))

    (found,) = read(content)

    assert found.kind_of_document is DocumentKind.STANDARD


def test_minimum_standards_are_pointed_out():
    content = b"# Standar Pelayanan Minimal Bidang Kesehatan\n\n## Persyaratan\n\nKTP\n"

    (found,) = read(content, "spm.md")

    assert "minimal_standard" in codes_of(found)


def test_nothing_that_is_known_comes_back_as_a_whole():
    (found,) = read(b"Catatan rapat.\n\nMenu: nasi uduk.\n", "catatan.txt")

    assert (found.service_name, found.kind_of_document) == ("catatan", DocumentKind.UNKNOWN)
    assert [clause.body for clause in found.clauses] == ["Catatan rapat.\n\nMenu: nasi uduk."]
    assert codes_of(found)[:2] == ["no_service", "not_a_standard"]


def test_english_standards_are_read_by_their_english_names():
    content = b"""# Service standard: Legalising diplomas

## Requirements

- The diploma and up to ten copies of it

## Processing time

Within 30 minutes of the application.

## Fee

Free of charge.
"""
    (found,) = read(content, "en.md")

    assert (found.language, found.service_name) == ("en", "Legalising diplomas")
    assert set(words_of(found)) == {"requirements", "processing-time", "fee"}


# --- names and decrees --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        (["STANDAR PELAYANAN", "PENERBITAN KARTU KELUARGA"], "PENERBITAN KARTU KELUARGA"),
        (["STANDAR PELAYANAN PENERBITAN", "KARTU KELUARGA"], "PENERBITAN KARTU KELUARGA"),
        (["**Standar Pelayanan Kartu Keluarga**"], "Kartu Keluarga"),
        (["# Rancangan Standar Pelayanan: Kartu Keluarga"], "Kartu Keluarga"),
        (["# Standar Pelayanan Kartu Keluarga pada Dinas Dukcapil"], "Kartu Keluarga"),
        (["STANDAR PELAYANAN DINAS DUKCAPIL", "JENIS LAYANAN: Kartu Keluarga"], "Kartu Keluarga"),
        (["STANDAR PELAYANAN AKTA", "A. Jenis Pelayanan : Akta Mati"], "Akta Mati"),
        (["JENIS PELAYANAN", "KARTU KELUARGA", "NOMOR 1/2/2024"], "KARTU KELUARGA"),
        (
            ["KEPUTUSAN CAMAT TEGALREJO", "NOMOR 1/2/2024", "TENTANG", "STANDAR PELAYANAN PINDAH"],
            "PINDAH",
        ),
    ],
)
def test_the_service_is_named_in_many_ways(rows, name):
    rest = ["## Persyaratan", "KTP", "## Biaya/Tarif", "Gratis", "## Produk Pelayanan", "KK"]

    (found,) = read("\n\n".join([*rows, *rest]).encode(), "a.md")

    assert found.service_name == name
    assert words_of(found) == {"requirements": ["KTP"], "fee": ["Gratis"], "output": ["KK"]}


def test_a_whole_decree_before_its_annex_stays_outside_of_the_components():
    document = Document()
    add_heading(document, AKTA_KELAHIRAN)
    for words in ("Menimbang : bahwa …;", "MEMUTUSKAN:", "KESATU : Menetapkan …"):
        document.add_paragraph(words)
    document.add_paragraph("LAMPIRAN I")
    add_table(document, AKTA_KELAHIRAN)
    for words in ("Ditetapkan di Tirtasari", "pada tanggal 4 Januari 2021", "KEPALA DINAS,"):
        document.add_paragraph(words)

    found = read(saved(document))

    assert [words_of(standard) for standard in found] == [AKTA_KELAHIRAN.words]
    assert found[0].decree.number == "060/02 TAHUN 2021"
    assert found[0].decree.dated_on == date(2021, 1, 4)
    outside = [clause for clause in found[0].clauses if clause.component_key is None]
    assert "MEMUTUSKAN" in outside[0].body
    assert [str(clause.doubts[0].code) for clause in outside] == ["outside", "outside"]


def test_a_second_decree_number_is_doubted():
    content = b"NOMOR 1/2/2024\n\nNOMOR 7/8/2025\n\n## Persyaratan\n\nKTP"

    (found,) = read(content, "a.md")

    assert found.decree.number == "1/2/2024"
    assert [dict(d.values) for d in found.doubts if d.code == "decree"] == [{"other": "7/8/2025"}]


# --- JSON ---------------------------------------------------------------------------------------


def test_the_own_format_is_told_and_left_to_its_own_reader(settings):
    content = (settings.BASE_DIR / "samples/standards/akta-kelahiran.json").read_bytes()

    assert is_standard_json(content)
    assert not is_standard_json(b'{"format": "other"}')
    assert not is_standard_json(b"[" * 100_000)
    with pytest.raises(UnreadableFile, match="JSON"):
        read(content, "a.json")


# --- names among other words --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        # A label in the words is no component where headings are.
        (
            ["## Prosedur", "Biaya: dibayar di kasir", "## Biaya", "Gratis"],
            {"procedure": ["Biaya: dibayar di kasir"], "fee": ["Gratis"]},
        ),
        # Where there are no headings, labels are the names.
        (
            ["Persyaratan : KTP", "Biaya : Gratis", "Jangka waktu: **1 hari**"],
            {"requirements": ["KTP"], "fee": ["Gratis"], "processing-time": ["**1 hari**"]},
        ),
        (["**Biaya/Tarif:** Gratis"], {"fee": ["Gratis"]}),
        (
            ["PERSYARATN", "KTP", "BIAYA/TARIF", "Gratis"],
            {"requirements": ["KTP"], "fee": ["Gratis"]},
        ),
        (
            ["## Persyaratan", "### Biaya Retribusi Sampah", "Bukti lunas"],
            {"requirements": ["Bukti lunas"]},
        ),
        (
            ["## Persyaratan", "Pemohon memenuhi persyaratan."],
            {"requirements": ["Pemohon memenuhi persyaratan."]},
        ),
    ],
)
def test_names_are_told_from_words(rows, words):
    (found,) = read("\n\n".join(["# Standar Pelayanan Uji", *rows]).encode(), "a.md")

    assert words_of(found) == words
