"""Printing: any text comes out as that text, in a file that everybody can read for ever."""

import re
from datetime import date
from pathlib import Path

import pytest

from consultations.printing import Paper, engine, print_pdf
from consultations.printing.typesetting import FONTS, ROOT
from tests.support.papers import Printed, check_accessible

TEMPLATE = "standards/exporting/poster.typ"
CONTENT = {
    "letterhead": ["Pemerintah Kabupaten", "Dinas"],
    "address": "",
    "kind": "Maklumat",
    "service": "Layanan",
    "statements": ["satu", "dua", "tiga"],
    "promises": [["Biaya", "Gratis"]],
    "signature": {"place": "Tirtasari", "post": "Kepala", "name": "Ratna", "lines": []},
    "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M1 1h7v7"/></svg>',
    "url": "https://forum.example/",
    "size": "a4",
    "words": {"opening": "Kami", "promises": "Janji", "scan": "Pindai", "qr": "Kode QR"},
}
HOSTILE = {
    "code": '#panic("x") #let a = read("/models.py") #{1+1}',
    "markup": "*a* _b_ `c` = D - e + f $x^2$ <g> @h // i /* j */ ~ -- --- ... [k](l)",
    "backslashes": r"\u{1F600} \n \\ \* \#",
    "quotes": "\"a\" 'b' “c” ‘d’ `e`",
    "braces": '{"content": [1]} #sys.inputs',
    "accents": "Ẁ ő ñ Đặng ʻOkina Ž É",
    "Arabic": "بيت العدل",
    "Javanese": "ꦲꦏꦱꦫ",
    "other scripts": "ᬅᬓ ᮃᮊ ᨀᨁ",
    "emoji": "😀 🏠",
    "unknown signs": "中文 ไทย",
}


def printed(text: str = "", **changes) -> Printed:
    content = CONTENT | {"promises": [["Janji", text or "Gratis"]]} | changes
    paper = Paper(text or "Judul", "id", date(2024, 8, 20), author="Dinas", description="Uji")
    return Printed(print_pdf(TEMPLATE, content, paper=paper))


def test_the_same_data_give_the_same_bytes():
    first, second = printed("Gratis"), printed("Gratis")

    assert first.content == second.content
    assert str(first.reader.metadata.creation_date) == "2024-08-20 00:00:00+00:00"


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_comes_out_as_that_text(text):
    found = printed(text)

    assert found.reader.metadata.title == text
    check_accessible(found, title=text, language="id")
    if text != HOSTILE["Arabic"]:  # drawn from right to left; its letters are checked below
        assert "".join(text.split()) in found.letters


def test_words_from_right_to_left_stay_among_the_others():
    found = printed("kepada بيت العدل di Tirtasari")

    assert set("بيتالعدل") <= set(found.text)
    assert "kepada" in found.text


def test_what_no_paper_can_show_is_taken_out_or_marked():
    found = printed("a\x00b\u202ec\ue000d\ufffee\U000f0000f")

    assert found.reader.metadata.title == "abc\ufffdd\ufffde\ufffdf"


@pytest.mark.parametrize("sign", ["W", "é", "ب"], ids=["latin", "accented", "arabic"])
def test_a_word_of_200_letters_stays_on_the_page(sign):
    name = sign * 200
    found = printed(name, service=name, signature=CONTENT["signature"] | {"name": name})

    assert found.overflowing() == []
    assert found.letters.count(sign) >= 600


def test_what_is_too_long_is_refused_before_it_is_set(monkeypatch):
    monkeypatch.setattr(engine, "_TYPESETTING", Path("/nowhere"))

    with pytest.raises(engine.TooLong):
        printed("kata " * 500_000)


def test_what_takes_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(engine, "_MOST_SECONDS", 0.001)

    with pytest.raises(engine.TooLong):
        printed()


def test_papers_wait_for_each_other_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(engine, "_WAIT_SECONDS", 0.001)

    with engine._turn, pytest.raises(engine.Busy) as refusal:
        printed()

    assert refusal.value.retry_after_seconds == 60
    assert printed().text


def test_a_broken_template_says_where():
    paper = Paper("Judul", "id", date(2024, 8, 20))

    with pytest.raises(engine.PrintingFailed, match=r"poster\.typ: .*signature"):
        print_pdf(TEMPLATE, {"size": "a4", "letterhead": [], "address": ""}, paper=paper)


def test_templates_name_the_fonts_that_are_there_with_their_licences():
    house = (ROOT / "printing" / "house.typ").read_text()
    fonts = [path for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf"}]
    licences = {path.name for path in FONTS.glob("LICENSE-*")}
    families = {
        "SourceSerif4": ("Source Serif 4", "source-serif"),
        "rembuk-sans": ("Rembuk Sans", "public-sans"),
        "rembuk-missing": ("Rembuk Missing", None),  # our own
        "noto-naskh-arabic": ("Noto Naskh Arabic", "noto-naskh-arabic"),
        "noto-sans-javanese": ("Noto Sans Javanese", "noto-sans-javanese"),
        "noto-sans-balinese": ("Noto Sans Balinese", "noto-sans-balinese"),
        "noto-sans-sundanese": ("Noto Sans Sundanese", "noto-sans-sundanese"),
        "noto-sans-buginese": ("Noto Sans Buginese", "noto-sans-buginese"),
        "noto-emoji": ("Noto Emoji", "noto-emoji"),
    }

    found = {re.sub(r"-(\d+|[A-Z]\w*)$", "", path.stem) for path in fonts}

    assert found == set(families)
    assert all(f'"{family}"' in house for family, _licence in families.values())
    assert {f"LICENSE-{name}" for _family, name in families.values() if name} == licences
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 3_000_000
