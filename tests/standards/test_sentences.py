import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.standards.sentences import spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "one",
    [
        "Loket buka pukul 08.00 s.d. 15.00 WIB.",
        "Sen–Kam 08.00–15.00, Jum 08.00–13.00 WITA",
        "Biaya Rp120.000 untuk SIM A",
        "Datang ke Jl. Merdeka No. 5 Blok A.",
        "Ditandatangani a.n. Kepala Dinas oleh Sekretaris.",
        "Kepala Dinas, Drs. Hartono, M.Si. NIP 19700101",
        "Menurut UU No. 25 Th. 2009 dan Kep. Dirjen Pendis",
        "Telp. (0322) 321322",
        "H. Ahmad Yani menerima berkas",
        "Nilai 80,81 dari Kab. Sleman",
        "kirim ke https://lapor.go.id/Aduan.Baru",
        "pas foto 3x4 cm. 2 lembar",
    ],
)
def test_full_stops_that_end_nothing(one):
    assert sentences(one) == [one]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("Gratis. Cepat! Mudah? Ya.", ["Gratis.", "Cepat!", "Mudah?", "Ya."]),
        ("Fotokopi KK;\nPas foto;\n\nSelesai", ["Fotokopi KK;", "Pas foto;", "Selesai"]),
        ("Isi formulir; Petugas memeriksa.", ["Isi formulir;", "Petugas memeriksa."]),
        ("Isi formulir; petugas memeriksa.", ["Isi formulir; petugas memeriksa."]),
        ("KTP, KK, dll. Petugas memeriksa.", ["KTP, KK, dll.", "Petugas memeriksa."]),
        ("Ia bertanya “Gratis?” Petugas: ya.", ["Ia bertanya “Gratis?”", "Petugas: ya."]),
        ("Selesai (gratis.) Lalu pulang.", ["Selesai (gratis.)", "Lalu pulang."]),
        ("Selesai. “Terima kasih”", ["Selesai.", "“Terima kasih”"]),
        ("Lapor di lapor.go.id. Petugas menjawab.", ["Lapor di lapor.go.id.", "Petugas menjawab."]),
        ("Dijawab 3 hari. Élan", ["Dijawab 3 hari.", "Élan"]),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@given(st.text(alphabet='aA1. ;!?\n\t"”()s.dNo\u0301é', max_size=80))
def test_nothing_but_white_space_stands_between_sentences(text):
    position = 0
    for start, end in spans(text):
        assert text[position:start].strip() == ""
        assert text[start:end].strip() == text[start:end] != ""
        position = end
    assert text[position:].strip() == ""


@pytest.mark.parametrize("unit", [". ", ".\n", "a.", "A. ", ".\u00a0\u00a0\u00a0", "((", '.(" '])
def test_hostile_texts_take_time_in_proportion_to_their_length(unit):
    start = time.process_time()
    spans(unit * (1_000_000 // len(unit)))

    assert time.process_time() - start < 10
