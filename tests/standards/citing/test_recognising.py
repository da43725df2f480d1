import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.standards.citing import load_kinds, recognise

KINDS = load_kinds()


def printed(text: str) -> list[str]:
    return [str(found.citation) for found in recognise(text)]


def short(text: str) -> list[str]:
    return [found.citation.short for found in recognise(text)]


def quoted(text: str) -> list[str]:
    return [text[found.start : found.end] for found in recognise(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As DOMAIN.md §3 has them from published standards.
        (
            "UU 23/2006 jo. UU 24/2013; Perpres 25/2008; Permendagri 9/2016; "
            "Perda Sleman 7/2009 jo. 1/2015.",
            ["UU 23/2006", "UU 24/2013", "Perpres 25/2008", "Permendagri 9/2016",
             "Perda Sleman 7/2009", "Perda Sleman 1/2015"],
        ),
        (
            "UU 22/2009; UU 25/2009; Perpol 5/2021; PP 76/2020.",
            ["UU 22/2009", "UU 25/2009", "Perpol 5/2021", "PP 76/2020"],
        ),
        ("Perkap 5/2021", ["Perkap 5/2021"]),
        (
            "UU 25/2009; PP 57/2021; Kep. Dirjen Pendis 5343/2015.",
            ["UU 25/2009", "PP 57/2021", "Kep. Dirjen Pendidikan Islam 5343/2015"],
        ),
        ("(Kep. Rektor 01B/SK/I1.B02/KU/2019)", ["Kep. Rektor 01B/SK/I1.B02/KU/2019"]),
        ("UU 36/2009; Permenkes 43/2016.", ["UU 36/2009", "Permenkes 43/2016"]),
        ("Tarif: Perda PPU 8/2018.", ["Perda Penajam Paser Utara 8/2018"]),
        ("Perda Kota Medan No. 1/2010", ["Perda Kota Medan 1/2010"]),
        (
            "UU 25/2009; PP 96/2012; PP 22/2023; Permenpan 15/2014; 16/2017 (BN 2017 No. 765); "
            "29/2022; Permendikbudristek 26/2020.",
            ["UU 25/2009", "PP 96/2012", "PP 22/2023", "Permenpan RB 15/2014",
             "Permenpan RB 16/2017", "Permenpan RB 29/2022", "Permendikbudristek 26/2020"],
        ),
        (
            "Kep. Camat 011/2022, 22 Pebruari 2022. UU 24/2013; Perpres 96/2018; "
            "Permendagri 19/2018, 7/2019, 108/2019.",
            ["SK Camat 011/2022", "UU 24/2013", "Perpres 96/2018", "Permendagri 19/2018",
             "Permendagri 7/2019", "Permendagri 108/2019"],
        ),
        (
            "UU 14/2008, UU 25/2009, Perpres 24/2010",
            ["UU 14/2008", "UU 25/2009", "Perpres 24/2010"],
        ),
        ("Peraturan Kepala Dinas 1/2021", ["Peraturan Kepala Dinas 1/2021"]),
        ("Permenkeu 46/PMK.01/2021", ["PMK 46/PMK.01/2021"]),
        ("Permen ATR/BPN 3/2025 art. 12", ["Permen ATR/BPN 3/2025"]),
        ("Perwali Probolinggo 165/2020", ["Perwali Probolinggo 165/2020"]),
        ("Pergub Sumbar 34/2014", ["Pergub Sumatera Barat 34/2014"]),
        ("SE Menpan 56/2017", ["SE Menpan RB 56/2017"]),
        ("UU KIP 14/2008: 10 + 7 hari kerja", ["UU 14/2008"]),
        # Other untidiness.
        ("uu no 25 tahun 2009", ["UU 25/2009"]),
        ("UU No.25/2009", ["UU 25/2009"]),
        ("UU Nomor : 25 TAHUN 2009", ["UU 25/2009"]),
        ("UU\u00a0No.\u00a025\u00a0Th.\u00a02009", ["UU 25/2009"]),
        ("UU RI No. 25 Th 2009", ["UU 25/2009"]),
        ("Undang-Undang (UU) Nomor 25 Tahun 2009", ["UU 25/2009"]),
        ("UU Pelayanan Publik No. 25/2009", ["UU 25/2009"]),
        ("Permenkominfo Nomor 1 Tahun 2023", ["Permenkominfo 1/2023"]),
        ("SK Bupati Kebumen Nomor 060/02 TAHUN 2021", ["Kepbup Kebumen 060/02 Tahun 2021"]),
        ("Perpu 2/2022", ["Perppu 2/2022"]),
        ("SK Camat Tembuku Nomor 060/15 tanggal 22 Pebruari 2022",
         ["SK Camat Tembuku 060/15 Tahun 2022"]),
        ("Kepmenpan 63/KEP/M.PAN/7/2003", ["Kepmenpan RB 63/KEP/M.PAN/7/2003"]),
        ("Permendagri 19/2018, 22/02/2022", ["Permendagri 19/2018"]),
        (
            "Permendagri Nomor 19 Tahun 2018 dan Nomor 7 Tahun 2019",
            ["Permendagri 19/2018", "Permendagri 7/2019"],
        ),
    ],
)  # fmt: skip
def test_citations_as_untidy_as_they_are(text, expected):
    assert short(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Permenpan RB 15/2014",
        "PermenPAN-RB Nomor 15 Tahun 2014",
        "Permenpan-RB No. 15 Tahun 2014",
        "PermenPANRB 15/2014",
        "Permen PAN dan RB Nomor 15 Tahun 2014",
        "Peraturan MenPANRB 15/2014",
        "Peraturan Menteri PANRB No 15 Th 2014",
        "PERATURAN MENTERI PENDAYAGUNAAN APARATUR NEGARA DAN REFORMASI BIROKRASI "
        "REPUBLIK INDONESIA NOMOR 15 TAHUN 2014",
    ],
)
def test_one_ministers_regulation_by_all_its_names(text):
    assert printed(text) == [
        "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi "
        "Nomor 15 Tahun 2014"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Sesuai UU Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, petugas menjaga data.",
            "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi",
        ),
        (
            "UU Nomor 25 Tahun 2009 tentang Pelayanan Publik mewajibkan penyelenggara menyusun.",
            "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        ),
        (
            "Undang-undang Republik Indonesia Nomor 24 Tahun 2013 tentang Perubahan atas "
            "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan "
            "(Lembaran Negara Republik Indonesia Tahun 2013 Nomor 232).",
            "Undang-Undang Nomor 24 Tahun 2013 tentang Perubahan atas "
            "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan",
        ),
        (
            "PP 96/2012 tentang Pelaksanaan Undang-Undang Nomor 25 Tahun 2009 "
            "tentang Pelayanan Publik;",
            "Peraturan Pemerintah Nomor 96 Tahun 2012 tentang Pelaksanaan "
            "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        ),
        (
            "Permenpan RB 62/2018 tentang Pedoman Pengelolaan Pengaduan, Saran, dan Masukan.",
            "Peraturan Menteri Pendayagunaan Aparatur Negara dan Reformasi Birokrasi Nomor 62 "
            "Tahun 2018 tentang Pedoman Pengelolaan Pengaduan, Saran, dan Masukan",
        ),
        (
            "Perpres 96/2018 tentang Persyaratan dan\nTata Cara Pendaftaran Penduduk\nDatang",
            "Peraturan Presiden Nomor 96 Tahun 2018 tentang Persyaratan dan Tata Cara "
            "Pendaftaran Penduduk",
        ),
        (
            "uu 25/2009 tentang pelayanan publik sebagaimana dimaksud dalam",
            "Undang-Undang Nomor 25 Tahun 2009 tentang pelayanan publik",
        ),
        (
            "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan sebagaimana "
            "telah diubah",
            "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan",
        ),
        (
            "UU No. 25 Tahun 2009 Tentang Pelayanan Publik Pasal 21",
            "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        ),
        ("Permenkes 43/2016 tentang\n", "Peraturan Menteri Kesehatan Nomor 43 Tahun 2016"),
    ],
)
def test_a_title_ends_where_the_sentence_goes_on(text, expected):
    assert printed(text) == [expected]


def test_several_with_titles_in_one_sentence():
    text = (
        "Berdasarkan Perpres Nomor 96 Tahun 2018 tentang Persyaratan dan Tata Cara Pendaftaran "
        "Penduduk dan Pencatatan Sipil, Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan "
        "Publik dan Peraturan Bupati Sleman Nomor 5 Tahun 2020, petugas melayani."
    )

    assert quoted(text) == [
        "Perpres Nomor 96 Tahun 2018 tentang Persyaratan dan Tata Cara Pendaftaran "
        "Penduduk dan Pencatatan Sipil",
        "Undang-Undang Nomor 25 Tahun 2009 tentang Pelayanan Publik",
        "Peraturan Bupati Sleman Nomor 5 Tahun 2020",
    ]


def test_a_list_with_a_line_for_each():
    text = (
        "1. UU No. 25 Th. 2009 tentang Pelayanan Publik\n"
        "2. PP No. 96 Th. 2012\n"
        "3. Perda Kab. Sleman No. 7 Th. 2009 tentang Penyelenggaraan Administrasi Kependudukan\n"
    )

    assert quoted(text) == [line[3:] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Perda Kab. Sleman No. 7/2009", "Sleman"),
        ("PERATURAN DAERAH KABUPATEN SLEMAN NOMOR 7 TAHUN 2009", "Sleman"),
        ("Peraturan Walikota Medan 1/2010", "Medan"),
        ("Perda Prov. Jateng 5/2020", "Jawa Tengah"),
        (
            "Keputusan Kepala Dinas Kependudukan dan Pencatatan Sipil Kab. Sidoarjo "
            "Nomor 188/7/438.5.12/2021",
            "Kependudukan dan Pencatatan Sipil Kabupaten Sidoarjo",
        ),
        ("Peraturan Menteri Kelautan dan Perikanan Nomor 5 Tahun 2020", "Kelautan dan Perikanan"),
        ("Keputusan Rektor Universitas Lampung Nomor 5 Tahun 2020", "Universitas Lampung"),
        ("Peraturan Bupati Nomor 5 Tahun 2020", ""),
    ],
)
def test_what_completes_the_name(text, place):
    assert [found.citation.place for found in recognise(text)] == [place]


def test_the_constitution_has_no_number():
    assert printed("UUD 1945") == ["Undang-Undang Dasar Negara Republik Indonesia Tahun 1945"]
    assert short("Undang-Undang Dasar Negara Republik Indonesia Tahun 1945") == ["UUD 1945"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PP 2/5/14/60 hari kerja",
        "Undang-undang mengatur pelayanan publik sejak tahun 2009.",
        "camat se Kabupaten Lamongan Nomor 5 Tahun 2020",
        "Perda yang berlaku sejak 5/2021",
        "Nomor 188/31/438.5.12/2026",
        "SK Camat 2022",
        "surat B/693/PP.01/2025",
        "formulir F-2.01/2019",
        "Budi Santoso, S.E., Nomor 5 Tahun 2020",
        "peraturan perundang-undangan yang berlaku Tahun 2009",
        "Law Number 25 of 2009",
    ],
)
def test_what_is_no_citation(text):
    assert short(text) == []


def test_every_name_of_every_kind_is_recognised_as_that_kind():
    """By the number alone: what a name means may not depend on what stands around it."""
    missed = {}
    for kind in KINDS:
        for name in (kind.name, kind.short, *kind.also):
            text = f"{name} Nomor 5 Tahun 2020" if kind.numbered else f"{name} 1945"
            found = [each.citation.kind.key for each in recognise(text)]
            if found != [kind.key]:
                missed[name] = found

    assert missed == {}


def test_what_is_printed_is_recognised_again():
    texts = ["Perda Kota Medan No. 1/2010", "Kep. Rektor 01B/SK/I1.B02/KU/2019", "UUD 1945",
             "UU 24/2013 tentang Perubahan atas Undang-Undang Nomor 23 Tahun 2006",
             "Permenkeu 46/PMK.01/2021", "SK Bupati Kebumen 060/02 Tahun 2021"]  # fmt: skip
    for citation in (found.citation for text in texts for found in recognise(text)):
        assert [each.citation for each in recognise(str(citation))] == [citation]


def test_another_countrys_acts_are_another_file(tmp_path):
    path = tmp_path / "xx-kinds.json"
    few = {
        "number": ["No"], "year": ["of"], "date": ["dated"], "title": ["on"], "state": ["the"],
        "together_with": ["and"], "in_titles": ["and", "of"], "closing_lists": ["and"],
        "before_cited_law": ["amending"], "after_titles": ["as"],
    }  # fmt: skip
    content = {
        "format": "rembuk-legal-kinds/1",
        "country": "xx",
        "words": few,
        "beginnings": {},
        "places": {"ranks": {}, "abbreviations": {}, "provinces": []},
        "kinds": [{"key": "act", "level": "national", "short": "A.", "name": "Act"}],
    }
    path.write_text(json.dumps(content), encoding="utf-8")

    found = recognise("See Act No. 5 of 2010 on Public Services and Act 7/2011.", load_kinds(path))

    assert [str(each.citation) for each in found] == [
        "Act No 5 of 2010 on Public Services",
        "Act No 7 of 2011",
    ]


PIECES = st.sampled_from(
    ["UU ", "Perda ", "Kota ", "Keputusan Kepala Dinas ", "SE ", "Nomor ", "No. ", "25", "/2009",
     " Tahun 2009", " tentang ", "Pelayanan ", "dan ", ", ", "jo. ", "(", ")", "\n", ". ", "atas ",
     "Undang-Undang ", "e\u0301", "\u00a0", "/", "ſ", "İ", "²", "١"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_whatever_is_written_finds_stand_in_order_inside_the_text(text):
    found = recognise(text)

    ends = [0, *(end for each in found for end in (each.start, each.end))]
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)
    assert all(each.start < each.end for each in found)
    assert all(str(each.citation) for each in found)


@pytest.mark.parametrize(
    "unit",
    ["UU ", "UU (", "Perda A ", "Perda 1/", "Kep. Nomor ", "Keputusan Kepala Dinas A, B dan C ",
     "UU 1/2000 tentang SE A, ", "UU 1/2000 tentang A, ", "1", "UU 1/2000 jo. (", "Nomor 1/"],
)  # fmt: skip
def test_hostile_texts_take_time_in_proportion_to_their_length(unit):
    """Ten times the text may take some twenty times the time, never a hundred times."""
    small, large = (unit * (size // len(unit)) for size in (8_000, 80_000))

    assert least_time(large) < 25 * max(least_time(small), 0.002)


def least_time(text: str) -> float:
    times = []
    for _round in range(2):
        start = time.process_time()
        recognise(text)
        times.append(time.process_time() - start)
    return min(times)


def test_a_megabyte_of_hostile_text_ends():
    text = "UU 1/2000 tentang Perda Kota A, B dan Kep. Dirjen (Nomor 1/2 " * 17_000

    start = time.process_time()
    recognise(text)

    assert time.process_time() - start < 20
