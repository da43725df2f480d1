import pytest

from consultations.standards.reading.names import Recogniser, plain_name, without_number
from consultations.standards.reading.vocabulary import GROUPS, SYNONYMS
from tests.standards.reading.texts import COMPONENTS, SET

RECOGNISER = Recogniser(COMPONENTS, SET)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Persyaratan", "requirements"),
        ("1. PERSYARATAN", "requirements"),
        ("A) Persyaratan Pelayanan :", "requirements"),
        ("(2) Sistem, Mekanisme dan Prosedur", "procedure"),
        ("II. SISTEM, MEKANISME, & PROSEDUR", "procedure"),
        ("Jangka Waktu Penyelesaian", "processing-time"),
        ("jangka waktu pelayanan", "processing-time"),
        ("Biaya / Tarif", "fee"),
        ("4 Biaya/tarif", "fee"),
        ("Produk Pelayanan", "output"),
        ("Penanganan Pengaduan, Saran dan Masukan", "complaints"),
        ("Sarana, prasarana dan/atau fasilitas", "facilities"),
        ("Sarana & Prasarana", "facilities"),
        ("Jaminan Pelayanan", "service-guarantee"),
        ("Jaminan Keamanan dan Keselamatan Pelayanan", "safety-guarantee"),
        ("Evaluasi Kinerja Pelaksana", "performance-evaluation"),
        ("Legal basis", "legal-basis"),
        ("Persyaratan (Requirements)", "requirements"),
    ],
)
def test_names_are_recognised_however_they_are_written(text, key):
    match = RECOGNISER.match(text)

    assert (match.component.key, match.is_sure) == (key, True)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Persyaratn", "requirements"),
        ("Prduk Pelayanan", "output"),
        ("Kompetensi Pelaksanaan", "staff-competence"),
        ("Penangan Pengaduan, Saran, Masukkan", "complaints"),
        ("Sistem, Mekanisme, dan Prosudur", "procedure"),
    ],
)
def test_mistyped_names_are_recognised(text, key):
    assert RECOGNISER.match(text).component.key == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Persyaratan Permohonan Kartu Keluarga Baru", "requirements"),
        ("Biaya Retribusi", "fee"),
    ],
)
def test_a_name_among_other_words_is_not_sure(text, key):
    match = RECOGNISER.match(text)

    assert (match.component.key, match.is_sure) == (key, False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jenis Pelayanan",
        "Waktu Layanan Loket",
        "KTP",
        "Kepala Dinas",
        "Pemohon menyerahkan persyaratan kepada petugas loket untuk diperiksa kelengkapannya",
        "x" * 5_000,
    ],
)
def test_other_words_are_no_component(text):
    assert RECOGNISER.match(text) is None


def test_each_name_of_each_language_is_its_own_component():
    for component in COMPONENTS:
        for name in component.name.values():
            assert RECOGNISER.match(name).component.key == component.key


def test_synonyms_belong_to_components_of_their_set_and_to_one_only():
    synonyms = SYNONYMS[SET]
    keys = {component.key for component in COMPONENTS}

    assert set(synonyms) <= keys
    names = [name for known in synonyms.values() for name in known]
    assert len(names) == len(set(names))
    assert [name for name in names if plain_name(name) != name] == []
    for key, known in synonyms.items():
        assert {RECOGNISER.match(name).component.key for name in known} == {key}


def test_groups_are_no_components():
    assert all(RECOGNISER.is_group(name) for name in GROUPS[SET])
    assert RECOGNISER.is_group("B. Komponen Manufacturing")
    assert not any(RECOGNISER.is_group(name) for c in COMPONENTS for name in c.name.values())


def test_a_set_without_synonyms_is_known_by_its_own_names():
    recogniser = Recogniser(COMPONENTS, "elsewhere")

    assert recogniser.match("Persyaratan").component.key == "requirements"
    assert recogniser.match("Sarpras") is None


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("1. Persyaratan", "Persyaratan"),
        ("2.1 Prosedur", "Prosedur"),
        ("IV. Biaya", "Biaya"),
        ("BAB II PROSEDUR", "PROSEDUR"),
        ("Jenis Pelayanan : KK", "Jenis Pelayanan : KK"),
        ("- KTP", "KTP"),
        ("08.00 WIB", "08.00 WIB"),
    ],
)
def test_numbers_before_a_name_are_left_out(text, bare):
    assert without_number(text) == bare
