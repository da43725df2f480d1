"""The printed standard: what stands in it, for eyes, for ears and for a camera."""

from dataclasses import replace
from datetime import date

import pytest

from consultations.standards.exporting import standard_pdf
from consultations.standards.queries import Standing
from tests.standards.exported import URL, a_clause, an_exported
from tests.support.papers import Printed, check_accessible


def test_a_standard_is_printed_for_everybody():
    given = an_exported(
        a_clause("1.1", "Bawa:\n\n1. *asli* **KK**\n2. [formulir](/f/)\n   - satu", "Berkas"),
        a_clause("1.1.1", "Di bawahnya."),
    )

    found = Printed(standard_pdf(given))

    title = "Service standard: Penerbitan KTP elektronik"
    check_accessible(found, title=title, language="en")
    assert found.bookmarks == [
        "Service delivery", "1. Persyaratan", "Berkas", "2. Biaya/tarif",
        "Service management", "3. Dasar hukum", "About this paper",
    ]  # fmt: skip
    tags = found.tags
    assert [tag for tag in tags if tag in {"/Title", "/H1", "/H2", "/H3"}] == [
        "/Title", "/H1", "/H2", "/H3", "/H2", "/H1", "/H2", "/H1",
    ]  # fmt: skip
    assert [tags.count(tag) for tag in ("/L", "/LI", "/Em", "/Strong", "/Link")] == [2, 3, 1, 1, 1]
    links = [a.get_object()["/A"]["/URI"] for a in found.reader.pages[0]["/Annots"]]
    assert links == ["https://forum.example/f/"]


def test_an_indonesian_paper_is_in_indonesian():
    found = Printed(standard_pdf(an_exported(language="id")))

    assert found.reader.trailer["/Root"]["/Lang"] == "id"
    assert "Selasa, 2 Januari 2024" in found.text
    assert "18 Desember 2023" in found.text


def test_the_code_leads_to_the_page():
    found = Printed(standard_pdf(an_exported()))

    assert found.codes() == [URL]
    [figure] = [element for element in found.elements if element["/S"] == "/Figure"]
    assert URL in figure["/Alt"]


def test_decree_digest_and_pages_are_named():
    body = "\n\n".join(["Kata demi kata. " * 60] * 12)

    found = Printed(standard_pdf(an_exported(a_clause("1.1", body))))

    last = len(found.pages)
    assert last > 2
    assert found.pages[1].startswith("Penerbitan KTP elektronik Revision 3")
    assert all(f"page {n} of {last}" in page for n, page in enumerate(found.pages, 1))
    assert "Tuesday, 2 January 2024" in found.text
    assert "Number 188/47/2023 of 18 December 2023, on Standar, annex I" in found.text
    assert "Drs. Hartono" in found.text
    assert "a1" * 32 in found.pages[-1]
    assert "\u200b" not in found.reader.pages[-1].extract_text()  # it is copied and compared


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (Standing.WORKING, "Not in force: this is a working draft"),
        (Standing.CONSULTED, "Not in force: this is a draft in consultation."),
        (Standing.FINALISED, "Not yet in force: no decree has adopted"),
        (Standing.COMING, "Not yet in force: these words hold from Tuesday, 2 January 2024."),
        (Standing.SUPERSEDED, "No longer in force: superseded on Tuesday, 3 November 2026."),
        (Standing.NEVER_ADOPTED, "Never in force"),
        (Standing.WITHDRAWN, "Not in force: this revision was withdrawn."),
    ],
)
def test_what_is_not_in_force_says_so_on_every_page(standing, sentence):
    body = "\n\n".join(["Kata demi kata. " * 60] * 8)
    given = an_exported(a_clause("1.1", body), standing=standing, superseded_on=date(2026, 11, 3))

    found = Printed(standard_pdf(given))

    assert sentence in found.pages[0]
    assert "in force" in found.pages[1][:80]
    in_force = Printed(standard_pdf(replace(given, standing=Standing.IN_FORCE)))
    assert "in force" not in in_force.pages[1][:80]


def test_words_of_another_language_are_read_in_it():
    found = Printed(standard_pdf(an_exported(a_clause("1.1", "Gratis.", language="id"))))

    languages = {element.get("/Lang") for element in found.elements}
    assert "id" in {str(language) for language in languages}


def test_hostile_words_stay_words():
    text = '#panic("x") $x$ *a* _b_ \\u{41} <script>'
    body = text.replace("*", "\\*").replace("_", "\\_")

    found = Printed(standard_pdf(an_exported(a_clause("1.1", body, heading=text), service=text)))

    expected = "".join(a_clause("1.1", body).plain.split())
    assert found.letters.count(expected) >= 2
    check_accessible(found, title=f"Service standard: {text}", language="en")


def test_the_deepest_lists_and_the_longest_words_are_printed():
    body = "".join("   " * depth + "1. butir\n" for depth in range(12)) + "\n" + "k" * 3_000

    found = Printed(standard_pdf(an_exported(a_clause("1.1.1.1.1.1", body))))

    assert found.letters.count("k" * 30) >= 1
    assert found.overflowing() == []


def test_the_same_revision_gives_the_same_bytes():
    assert standard_pdf(an_exported()) == standard_pdf(an_exported())
