"""Markdown that other programs read alike."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from consultations.richtext.rendering import render_words
from consultations.standards.exporting import standard_markdown
from consultations.standards.exporting.markdown import portable
from consultations.standards.queries import Standing
from tests.standards.exported import a_clause, an_exported


def test_a_standard_in_markdown():
    given = an_exported(
        a_clause("1.1", "Bawa *asli*.", heading="Berkas_1"),
        a_clause("1.2", "- satu\n- dua"),
        standing=Standing.CONSULTED,
        effective_on=None,
        decree=None,
    )

    assert standard_markdown(given).decode().splitlines() == [
        "# Service standard: Penerbitan KTP elektronik",
        "",
        "Pemerintah Kabupaten Tirtasari  ",
        "Dinas Kependudukan",
        "",
        "> **Not in force: this is a draft in consultation.**",
        "",
        "- **Revision:** 3",
        "- **Standing:** In consultation, not in force",
        "- **Components:** 2 of 3; Komponen Standar Pelayanan (Permenpan RB Nomor 15 Tahun 2014)",
        "",
        "## Service delivery",
        "",
        "### 1. Persyaratan",
        "",
        r"**1.1 Berkas\_1**",
        "",
        "Bawa *asli*.",
        "",
        "**1.2**",
        "",
        "- satu",
        "- dua",
        "",
        "### 2. Biaya/tarif",
        "",
        "**2.1** Gratis.",
        "",
        "## Service management",
        "",
        "### 3. Dasar hukum",
        "",
        "*This component has no words yet.*",
        "",
        "## About this paper",
        "",
        "- **Address of these words:** https://forum.example/standards/dinas/ktp/3/",
        f"- **Digest of all words (SHA-256):** {'a1' * 32}",
    ]


@given(st.text(st.sampled_from("ab \n\\*_[](<>&12.-+)#=~`|!:"), max_size=60))
def test_our_own_readers_see_the_same_words(body):
    assert render_words(portable(body)).plain == render_words(body).plain


def test_other_readers_see_no_headings_code_or_pages_in_it():
    body = "# a\n\n> b\n\n---\n\n`c` <b>d</b> ![e](/f)\n\n| g | h |\n|---|---|\n\ni\n=\n\n~~j~~"
    body += "\n\n```\nk"

    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(portable(body))

    tags = ("<h", "<blockquote", "<code", "<pre", "<hr", "<img", "<table", "<b>", "<s>")
    assert [tag for tag in tags if tag in html] == []
