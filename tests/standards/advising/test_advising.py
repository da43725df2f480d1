import json
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.standards import advising
from consultations.standards.advising import Readability, advise, definitions, readability

LONG = "Pemohon " + "datang " * 24 + "pagi"  # 26 words


def told(text: str, language: str = "id", **kwargs) -> list[tuple[str, str]]:
    return [(each.code.value, each.excerpt) for each in advise(text, language, **kwargs)]


def codes(text: str, language: str = "id") -> set[str]:
    return {code for code, _excerpt in told(text, language)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Berkas diperiksa oleh petugas.", [("passive", "diperiksa oleh petugas")]),
        ("Berkas diperiksa petugas", [("passive", "diperiksa petugas")]),
        ("Diterima oleh para pemohon", [("passive", "Diterima oleh para pemohon")]),
        (
            "Berkas diteruskan kepada Kepala Bidang untuk diverifikasi sebelum dicetak.",
            [("passive-chain",
              "diteruskan kepada Kepala Bidang untuk diverifikasi sebelum dicetak")],
        ),
        ("Datang dalam rangka melakukan pemeriksaan berkas.",
         [("office-word", "dalam rangka"), ("office-word", "melakukan pemeriksaan")]),
        ("Sehubungan dengan hal tersebut, datanglah.",
         [("office-word", "Sehubungan dengan hal tersebut")]),
        ("Bawa formulir SPTJM dan SKPWNI, lalu SPTJM.",
         [("abbreviation", "SPTJM"), ("abbreviation", "SKPWNI")]),
        ("Permohonan tidak dapat diproses tanpa KTP-el.",
         [("double-negation", "tidak dapat diproses tanpa")]),
        ("peningkatan pelayanan pengaduan kependudukan di loket",
         [("noun-chain", "peningkatan pelayanan pengaduan kependudukan")]),
        ("Bawa paspor, ijazah, akta, foto, surat kuasa, meterai dan formulir.",
         [("many-items", "Bawa paspor, ijazah, akta, foto, surat kuasa, meterai dan formulir.")]),
        (f"{LONG}. Gratis.", [("long-sentence", f"{LONG}.")]),
    ],
)  # fmt: skip
def test_what_the_drafter_is_told(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        # "di" apart from the word, and words that only begin so
        "Ambil nomor di loket, di antara pukul 08.00 dan 12.00.",
        "Dinas digital, direktur, diploma, disabilitas, dan diri sendiri.",
        "Hubungi Disdukcapil atau Dinkes setempat.",
        "Diskusi disiplin di dalam dinas; dialog dinamis.",
        "Tidak dipungut biaya.",
        "Pengaduan dijawab oleh karena itu.",
        "Berkas dicatat dan disimpan.",
        # negations side by side
        "Pelayanan diberikan tanpa pungutan dan tanpa perantara.",
        "Berkas tidak lengkap atau tidak benar.",
        "Jika tidak ada, tidak perlu datang.",
        # formulas and names
        "Teknologi tepat guna dan Hak Guna Bangunan.",
        "Dalam hal ini Kepala Dinas.",
        "Surat Keterangan Domisili",
        "Penyelenggaraan Pelayanan Pendaftaran Kependudukan Kabupaten",
        # what everybody knows, headings, numbers
        "KTP-el, NIK, KK, surat pengantar RT/RW.",
        "BERITA ACARA FORUM KONSULTASI PUBLIK",
        "DENGAN INI KAMI MENYATAKAN SANGGUP",
        "Lampiran II dan IV",
        "No. SK 060.1/KP/2024",
        "GRATIS",
        "Formulir F-2.01 dan F-1.21",
        # short lists, decimals
        "Ruang tunggu, loket, komputer, pencetak, dan ruang laktasi.",
        "Nilai 3,31 3,35 3,49 3,93 3,45 3,39 3,39 3,76",
        # the law's own words
        "Permenpan RB 15/2014 tentang Cara dalam Rangka Pelayanan Apabila Dilakukan oleh Dinas",
    ],
)
def test_false_alarms(text):
    assert told(text) == []


def test_an_active_verb_and_plain_words_are_suggested():
    text = "Apabila berkas diperiksa oleh petugas, tunggu terlebih dahulu."

    assert [each.suggestion for each in advise(text, "id")] == [
        "jika / bila", "memeriksa", "dulu / lebih dulu",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Surat Keterangan Pindah (SKP)", {"SKP"}),
        ("SKP (Surat Keterangan Pindah)", {"SKP"}),
        ("SKP (dua lembar)", set()),
        ("Surat Keterangan Pindah yang selanjutnya disingkat SKP", {"SKP"}),
        ("Sistem Informasi Administrasi Kependudukan (“SIAK”)", {"SIAK"}),
        ("SKP", set()),
        ("(SKP)", set()),
    ],
)
def test_where_an_abbreviation_is_spelled_out(text, expected):
    assert definitions(text, "id") == expected


def test_what_another_clause_explains_is_explained():
    assert told("Bawa SKP.") == [("abbreviation", "SKP")]
    assert told("Bawa SKP.", defined=definitions("Surat Keterangan Pindah (SKP)", "id")) == []
    assert told("Surat Keterangan Pindah (SKP). Bawa SKP.") == []


def test_a_cited_act_is_one_word_of_a_sentence():
    cited = "Undang-Undang Nomor 23 Tahun 2006 tentang Administrasi Kependudukan"

    assert readability(f"Menurut {cited}, datanglah.") == Readability(words=3, sentences=1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The card is signed by the head.", [("passive", "signed by the head")]),
        ("It is sent by e-mail.", []),
        ("It is sent, by the way, twice.", []),
        ("Signed copies are needed by noon.", [("passive", "needed by noon")]),
        ("Pay prior to noon.", [("office-word", "prior to")]),
        ("Bring the SPTJM.", [("abbreviation", "SPTJM")]),
        ("Nothing is done without a form.", [("double-negation", "Nothing is done without")]),
        ("The papers are checked, filed and sent; you need indeed no speed.", []),
        ("Forms are signed, are sent and are kept.",
         [("passive-chain", "signed, are sent and are kept")]),
    ],
)  # fmt: skip
def test_english(text, expected):
    assert told(text, "en") == expected


@pytest.mark.parametrize("language", ["fr", "", "../id", "ID", "id-ID"])
def test_about_a_language_without_a_file_there_is_nothing_to_say(language):
    assert told("Apabila SPTJM", language) == []
    assert definitions("Surat (SKP)", language) == frozenset()


def test_readability():
    text = "Loket buka pukul 08.00 s.d. 15.00 WIB. Bawa KTP-el dan/atau KK."

    assert readability(text) == Readability(words=11, sentences=2)
    assert readability(text).words_per_sentence == 5.5
    assert readability("").words_per_sentence == 0.0


def lists(language: str) -> dict:
    path = Path(advising.__file__).parent / f"{language}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_the_word_lists_are_in_one_normal_form_and_small_letters():
    """What is looked up is in small letters: an entry with a capital would never be found."""
    for language in ("id", "en"):
        content = lists(language)
        texts = [*content["office_words"], *content["no_office_words"],
                 *content["passive"]["no_verbs"], *content["passive"]["active"]]  # fmt: skip
        assert [text for text in texts if text != text.casefold()] == []
        assert [text for text in texts if not unicodedata.is_normalized("NFC", text)] == []


def test_every_office_word_is_found_and_its_plain_words_are_not():
    for language in ("id", "en"):
        for phrase, plain in lists(language)["office_words"].items():
            assert ("office-word", phrase) in told(phrase, language), phrase
            assert "office-word" not in codes(plain, language), plain


def test_there_are_words_enough():
    assert len(lists("id")["office_words"]) >= 60


PIECES = st.sampled_from(
    ["dalam rangka ", "diperiksa ", "oleh ", "petugas ", "tidak ", "tanpa ", "SPTJM ", "(", ")",
     ", ", ". ", "; ", "\n", "UU 25/2009 ", "tentang ", "KTP-el", "pelayanan ", "08.00", "e\u0301",
     "\u00a0", "İ", "ß", "is ", "signed ", "by ", "²"]
)  # fmt: skip


@given(
    st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join),
    st.sampled_from(["id", "en"]),
)
def test_whatever_is_written_offsets_lie_inside_and_quote_the_text(text, language):
    advice = advise(text, language)

    for each in advice:
        assert 0 <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.excerpt
        assert str(each.message)
    assert [each.start for each in advice] == sorted(each.start for each in advice)
    assert readability(text).words >= 0


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    "unit",
    ["diperiksa ", "dalam rangka ", "tidak ", "SPTJM ", "A(", "SKP (", "pelayanan ", "a, ",
     "oleh diperiksa ", "is signed by ", "AB", "AB-", "A ", "disebut ", "x"],
)  # fmt: skip
def test_hostile_texts_take_time_in_proportion_to_their_length(unit, language):
    small, large = (unit * (size // len(unit)) for size in (5_000, 50_000))

    assert least_time(large, language) < 25 * max(least_time(small, language), 0.002)


def least_time(text: str, language: str) -> float:
    times = []
    for _round in range(2):
        start = time.process_time()
        advise(text, language)
        times.append(time.process_time() - start)
    return min(times)
