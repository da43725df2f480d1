import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.kernel.text import clean_text
from consultations.richtext.rendering import render, render_words
from consultations.standards.reading.markup import (
    Run,
    cleaned,
    escaped,
    line_of,
    start_escaped,
)

SIGNS = st.text(alphabet="ab1 *_[]()\\&;#.-+<>`!éx", max_size=40)


@given(st.one_of(SIGNS, st.text(max_size=60)))
def test_what_stood_in_the_file_is_what_is_shown(text):
    words = " ".join(cleaned(text)[0].split())

    shown = render_words(start_escaped(escaped(words))).plain

    assert shown == words


@given(st.lists(st.tuples(SIGNS, st.booleans(), st.booleans()), max_size=6))
def test_emphasis_changes_no_word(runs):
    words = " ".join("".join(text for text, _bold, _italic in runs).split())
    line = line_of(Run(*run) for run in runs)

    shown = render_words(start_escaped(" ".join(line.split()))).plain

    assert shown == words


@pytest.mark.parametrize(
    ("runs", "line"),
    [
        ([Run("Paling lama "), Run("3 hari", True)], "Paling lama **3 hari**"),
        ([Run("semua tebal", True)], "semua tebal"),
        ([Run("a "), Run("b", False, True), Run(", c")], "a *b*, c"),
        ([Run("ke"), Run("las", True), Run("a")], "kelasa"),
        ([Run("a"), Run(" (b) ", True), Run("c")], "a (b) c"),
        ([Run("laman", href="https://x.id/a_b")], "[laman](https://x.id/a_b)"),
        ([Run("laman", href="javascript:x")], "laman"),
        ([Run("[1]", href="https://x.id/")], "[\\[1\\]](https://x.id/)"),
    ],
)
def test_runs_as_markdown(runs, line):
    assert line_of(runs) == line


def test_links_that_are_written_are_links():
    line = line_of([Run("lihat "), Run("laman [resmi]", href="https://x.id/")])

    assert render(line) == '<p>lihat <a href="https://x.id/">laman [resmi]</a></p>'


@given(st.text(max_size=80))
def test_cleaned_text_is_clean(text):
    clean, was_cleaned = cleaned(text)

    assert clean_text(clean, limit=10_000, field="a") == clean
    assert was_cleaned or clean == clean_text(text, limit=10_000, field="a")
