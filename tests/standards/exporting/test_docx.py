"""The Word file, read back."""

import zipfile
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

from consultations.standards.exporting import standard_docx
from consultations.standards.queries import Standing
from tests.standards.exported import URL, a_clause, an_exported


def opened(given):
    return Document(BytesIO(standard_docx(given)))


def test_a_standard_is_the_ministrys_table():
    document = opened(an_exported())

    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == ["Pemerintah Kabupaten Tirtasari", "Dinas Kependudukan"]
    assert "Service standard: Penerbitan KTP elektronik" in texts
    assert "Decree: Number 188/47/2023 of 18 December 2023, on Standar, annex I" in texts
    assert ("a1" * 32) in texts[-1]
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert rows == [
        ["No", "Component", "Description"],
        ["1", "Persyaratan", "1.1\tKartu Keluarga."],
        ["2", "Biaya/tarif", "2.1\tGratis."],
        ["No", "Component", "Description"],
        ["3", "Dasar hukum", "This component has no words yet."],
    ]


def test_tables_are_described_and_repeat_their_head():
    for table in opened(an_exported()).tables:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
                 for row in table.rows]  # fmt: skip
        assert heads == [True] + [False] * (len(heads) - 1)


def test_properties_and_language():
    document = opened(an_exported())

    properties = document.core_properties
    assert properties.title == "Service standard: Penerbitan KTP elektronik"
    assert (properties.author, properties.language) == ("Dinas Kependudukan", "en")
    assert properties.created.date().isoformat() == "2023-12-20"
    assert properties.comments == ""
    languages = {e.get(qn("w:val")) for e in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_lists_are_lists_and_links_are_links():
    body = "Bawa:\n\n3. satu\n4. **dua** [tiga](/x/)\n   - empat\n\nLagi:\n\n1. lima"
    document = opened(an_exported(a_clause("1.1", body)))

    cell = document.tables[0].rows[1].cells[2]
    numbered = [
        (p.text, p._p.pPr.numPr.numId.val, p._p.pPr.numPr.ilvl.val)
        for p in cell.paragraphs
        if p._p.pPr is not None and p._p.pPr.numPr is not None
    ]
    texts, numbers, levels = zip(*numbered, strict=True)
    assert (texts, levels) == (("satu", "dua tiga", "empat", "lima"), (0, 0, 1, 0))
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3  # the last list counts anew
    assert _starts(document, numbers[0], 0) == "3"
    assert _starts(document, numbers[3], 0) == "1"
    [link] = cell._tc.iter(qn("w:hyperlink"))
    assert document.part.rels[link.get(qn("r:id"))].target_ref == "https://forum.example/x/"


def _starts(document, number: int, level: int) -> str:
    numbering = document.part.numbering_part.element
    path = f'w:num[@w:numId="{number}"]/w:lvlOverride[@w:ilvl="{level}"]/w:startOverride/@w:val'
    return numbering.xpath(path)[0]


def test_what_is_not_in_force_says_so_on_every_page():
    document = opened(an_exported(standing=Standing.CONSULTED))

    assert "Not in force: this is a draft in consultation." in [p.text for p in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text == (
        "Penerbitan KTP elektronik · Revision 3 · Not in force"
    )


def test_hostile_words_stay_words():
    text = "<w:p/> & ]]> \x00\x0b\ufffe {PAGE} 😀 بيت"
    document = opened(an_exported(a_clause("1.1", "kata", heading=text), service=text))

    assert "<w:p/> & ]]>  {PAGE} 😀 بيت" in document.tables[0].rows[1].cells[2].text


def test_the_same_revision_gives_the_same_bytes():
    first = standard_docx(an_exported())

    assert first == standard_docx(an_exported())
    with zipfile.ZipFile(BytesIO(first)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.testzip() is None
    assert URL.encode() not in first  # it is compressed
