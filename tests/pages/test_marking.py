import pytest

from consultations.pages.marking import Passage, mark_passages, merged
from consultations.richtext.rendering import plain_text, render_words

HREF = "#u-3-1"


def mark(words: str, *quotes: str) -> str:
    rendered = render_words(words)
    passages = [
        Passage(start := rendered.plain.index(quote), start + len(quote)) for quote in quotes
    ]
    return mark_passages(rendered.html, passages, href=HREF)


def test_a_passage_becomes_a_link_to_its_thread():
    marked = mark("Selesai paling lama 3 (tiga) hari kerja.", "3 (tiga) hari kerja")

    assert marked == (
        '<p>Selesai paling lama <a class="rb-anchor" href="#u-3-1">3 (tiga) hari kerja</a>.</p>'
    )


def test_overlapping_passages_become_one():
    assert merged([Passage(10, 20), Passage(0, 5, 2), Passage(15, 30, 3)]) == [
        Passage(0, 5, 2),
        Passage(10, 30, 4),
    ]


def test_passages_that_touch_stay_apart():
    assert merged([Passage(0, 5), Passage(5, 9)]) == [Passage(0, 5), Passage(5, 9)]


def test_a_passage_across_emphasis_is_marked_on_both_sides_of_its_border():
    marked = mark("Selesai *tiga hari* kerja.", "hari kerja")

    assert marked == (
        '<p>Selesai <em>tiga <a class="rb-anchor" href="#u-3-1">hari</a></em>'
        '<a class="rb-anchor" href="#u-3-1"> kerja</a>.</p>'
    )


def test_a_passage_inside_a_link_is_no_second_link():
    marked = mark("Lihat [laman resmi kami](https://contoh.test).", "resmi")

    assert '<span class="rb-anchor">resmi</span>' in marked
    assert 'class="rb-anchor" href' not in marked


def test_references_count_as_one_character():
    marked = mark("Biaya & tarif < Rp10.000 bagi <semua>.", "tarif < Rp10.000")

    assert '<a class="rb-anchor" href="#u-3-1">tarif &lt; Rp10.000</a>' in marked


def test_white_space_between_items_of_a_list_is_never_marked():
    marked = mark("- satu\n- dua\n- tiga", "satu\ndua\ntiga")

    assert marked.count('<a class="rb-anchor"') == 3
    assert "</li>\n<li>" in marked


@pytest.mark.parametrize(
    "words",
    ["Satu *dua* tiga.", "- a\n- b & c\n\nAkhir [tautan](https://x.test).", "é ü 👩‍👩‍👧 “kutip”"],
)
def test_marks_change_no_word(words):
    rendered = render_words(words)
    passages = [Passage(1, 4), Passage(3, len(rendered.plain))]

    marked = mark_passages(rendered.html, passages, href=HREF)

    assert plain_text(marked) == rendered.plain
    assert 'class="rb-anchor"' in marked
