from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.standards.diffing import (
    Hunk,
    diff_html,
    diff_words,
    merge_three_ways,
    similarity,
)


def marked(old: str, new: str) -> str:
    signs = {"same": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return "".join(signs[kind].format(text) for kind, text in diff_words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "paling lama 14 (empat belas) hari kerja sejak berkas dinyatakan lengkap.",
            "paling lama 3 (tiga) hari kerja sejak perekaman dinyatakan tunggal.",
            "paling lama [-14 (empat belas) -][+3 (tiga) +]hari kerja sejak "
            "[-berkas dinyatakan lengkap-][+perekaman dinyatakan tunggal+].",
        ),
        (
            "dengan surat kuasa bermeterai kepada",
            "dengan surat kuasa dan KTP penerima kuasa kepada",
            "dengan surat kuasa [-bermeterai -][+dan KTP penerima kuasa +]kepada",
        ),
        ("KK digital.", "KK digital pada layar.", "KK digital[+ pada layar+]."),
        ("Rp10.000", "Rp10.500", "[-Rp10.000-][+Rp10.500+]"),
        ("pukul 10.00 WIB", "pukul 10.30 WIB", "pukul [-10.00 -][+10.30 +]WIB"),
        ("pesan ke 0811-0000-117", "pesan ke 0811-0000-118",
         "pesan ke [-0811-0000-117-][+0811-0000-118+]"),
        ("petugas", "petugasnya", "[-petugas-][+petugasnya+]"),
        ("cafe\u0301 buka", "cafe buka", "[-cafe\u0301 -][+cafe +]buka"),
        ("a", "", "[-a-]"),
        ("", "a", "[+a+]"),
        ("", "", ""),
        ("sama", "sama", "sama"),
    ],
)  # fmt: skip
def test_diff_words_changes_whole_words_numbers_and_terms(old, new, expected):
    assert marked(old, new) == expected


def test_diff_words_leaves_no_stop_word_between_two_replacements():
    assert marked("loket satu dan loket dua", "meja tiga dan meja empat") == (
        "[-loket satu dan loket dua-][+meja tiga dan meja empat+]"
    )


def test_diff_words_keeps_what_stands_between_two_insertions():
    assert marked("a dan c", "a b dan c d") == "a [+b +]dan c[+ d+]"


def test_diff_words_of_what_is_beyond_any_document_is_one_hunk_between_the_same_ends():
    old = "awal " + "lama " * 9_000 + "akhir"
    new = "awal " + "baru " * 9_000 + "akhir"

    assert [hunk.kind for hunk in diff_words(old, new)] == ["same", "delete", "insert", "same"]


texts = st.lists(
    st.sampled_from(["a", "b", "dan", "3 (tiga)", ".", ",", " ", "\n", "  ", "KTP-el", "é"]),
    max_size=14,
).map("".join)


@given(texts, texts)
def test_hunks_rebuild_both_texts(old, new):
    hunks = diff_words(old, new)

    assert "".join(text for kind, text in hunks if kind != "insert") == old
    assert "".join(text for kind, text in hunks if kind != "delete") == new
    assert all(one.kind != other.kind for one, other in pairwise(hunks))


def test_diff_html_says_what_readers_of_ins_and_del_miss(in_english):
    assert diff_html("a b", "a c") == (
        'a <del><span class="ds-sr-only">deleted: </span>b</del> '
        '<ins><span class="ds-sr-only">added: </span>c</ins>'
    )


def test_diff_html_escapes_and_breaks_lines():
    html = diff_html("<b>x</b>\nsatu", "<b>x</b>\n<i>")

    assert "&lt;b&gt;x&lt;/b&gt;<br>\n<del>" in html
    assert "<b>" not in html
    assert "<i>" not in html


def test_similarity_counts_words():
    assert similarity("a b c d", "a b c d") == 1
    assert similarity("a b c d", "e f g h") == 0
    assert similarity("a b c d", "a  b\nc e") == 0.75


def test_merge_takes_both_changes_where_they_do_not_meet():
    merge = merge_three_ways(
        "paling lama 3 hari kerja sejak data tunggal",
        "paling lama 5 hari kerja sejak data tunggal",
        "paling lama 3 hari kerja sejak tanda terima",
    )

    assert merge.text == "paling lama 5 hari kerja sejak tanda terima"


def test_merge_shows_what_overlaps():
    merge = merge_three_ways("dalam 3 hari kerja", "dalam 5 hari kerja", "dalam 4 hari kerja")

    assert merge.text is None
    assert [(c.base, c.theirs, c.mine) for c in merge.conflicts] == [("3", "5", "4")]


def test_merge_treats_changes_that_touch_as_one_conflict():
    assert merge_three_ways("dalam 3 hari", "dalam 5 hari", "dalam 3 jam").text is None


@given(texts, texts, texts)
def test_merge_loses_nothing(base, theirs, mine):
    regions = merge_three_ways(base, theirs, mine).regions

    assert "".join(region.base for region in regions) == base
    assert "".join(region.theirs for region in regions) == theirs
    assert "".join(region.mine for region in regions) == mine


@given(texts, texts)
def test_merge_with_one_side_unchanged_is_the_other_side(base, other):
    assert merge_three_ways(base, base, other).text == other
    assert merge_three_ways(base, other, base).text == other
    assert merge_three_ways(base, other, other).text == other


def test_hunk_is_a_plain_pair():
    assert diff_words("a", "a") == [Hunk("same", "a")]
