"""The layouts in which agencies keep their standards, built from a `Text`."""

from collections.abc import Callable
from io import BytesIO

from docx import Document
from docx.document import Document as Docx

from consultations.standards.reading import ReadStandard, read_documents
from tests.standards.reading.texts import COMPONENTS, SET, Text


def read(content: bytes, filename: str = "standar.docx") -> tuple[ReadStandard, ...]:
    return read_documents(content, filename, components=COMPONENTS, component_set=SET)


def saved(document: Docx) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def words_of(standard: ReadStandard) -> dict[str, list[str]]:
    """The bodies by component, in their order."""
    found: dict[str, list[str]] = {}
    for clause in standard.clauses:
        if clause.component_key:
            found.setdefault(clause.component_key, []).append(clause.body)
    return found


def codes_of(standard: ReadStandard) -> list[str]:
    return [str(doubt.code) for doubt in standard.all_doubts]


def add_heading(document: Docx, text: Text) -> None:
    document.add_paragraph(f"KEPUTUSAN KEPALA {text.agency.upper()}")
    document.add_paragraph(f"NOMOR {text.number}")
    document.add_paragraph("TENTANG")
    document.add_paragraph(f"STANDAR PELAYANAN PADA {text.agency.upper()}")
    document.add_paragraph(f"Jenis Pelayanan : {text.service}")


def add_signature(document: Docx, text: Text) -> None:
    document.add_paragraph("Ditetapkan di Tirtasari")
    document.add_paragraph(f"pada tanggal {text.day}")


def add_table(document: Docx, text: Text, *, columns: int = 3, has_header: bool = True) -> None:
    """The ministry's table, with the items numbered by hand."""
    table = document.add_table(rows=0, cols=columns)
    if has_header:
        for cell, name in zip(
            table.add_row().cells, ("No", "Komponen", "Uraian")[-columns:], strict=True
        ):
            cell.text = name
    for number, (_key, name, items) in enumerate(text.components, 1):
        cells = table.add_row().cells
        if columns == 3:
            cells[0].text = f"{number}."
        cells[-2].text = name
        listed = [f"{n}. {item}" for n, item in enumerate(items, 1)] if len(items) > 1 else items
        cells[-1].text = listed[0]
        for item in listed[1:]:
            cells[-1].add_paragraph(item)


def three_columns(text: Text) -> bytes:
    document = Document()
    add_heading(document, text)
    add_table(document, text)
    add_signature(document, text)
    return saved(document)


def two_columns(text: Text) -> bytes:
    document = Document()
    add_heading(document, text)
    add_table(document, text, columns=2, has_header=False)
    add_signature(document, text)
    return saved(document)


def a_table_for_each_group(text: Text) -> bytes:
    document = Document()
    add_heading(document, text)
    half = len(text.components) // 2
    for title, part in (
        ("A. Komponen Service Delivery", text.components[:half]),
        ("B. Komponen Manufacturing", text.components[half:]),
    ):
        document.add_paragraph().add_run(title).bold = True
        add_table(document, Text(**(vars(text) | {"components": part})))
    add_signature(document, text)
    return saved(document)


def headings(text: Text) -> bytes:
    """Headings, and below them Word's own numbered lists."""
    document = Document()
    document.add_heading(f"Standar Pelayanan {text.service}", 0)
    document.add_paragraph(f"Nomor : {text.number}")
    for _key, name, items in text.components:
        document.add_heading(name, 2)
        for item in items:
            document.add_paragraph(item, style="List Number" if len(items) > 1 else None)
    add_signature(document, text)
    return saved(document)


def bold_names(text: Text) -> bytes:
    """No styles at all: bold lines with numbers typed by hand, and items with letters."""
    document = Document()
    add_heading(document, text)
    for number, (_key, name, items) in enumerate(text.components, 1):
        document.add_paragraph().add_run(f"{number}. {name}").bold = True
        for letter, item in zip("abcdefghij", items, strict=False):
            document.add_paragraph(f"{letter}. {item}" if len(items) > 1 else item)
    add_signature(document, text)
    return saved(document)


def numbered_names(text: Text) -> bytes:
    """The names are the upper level of one list of Word's, the items its lower one."""
    document = Document()
    add_heading(document, text)
    for _key, name, items in text.components:
        document.add_paragraph(name, style="List Number")
        for item in items:
            document.add_paragraph(item, style="List Number 2" if len(items) > 1 else None)
    add_signature(document, text)
    return saved(document)


def markdown_headings(text: Text) -> bytes:
    rows = [f"# Standar Pelayanan {text.service}", "", f"Nomor: {text.number}", ""]
    for number, (_key, name, items) in enumerate(text.components, 1):
        rows += [f"## {number}. {name}", ""]
        rows += [f"{n}. {item}" for n, item in enumerate(items, 1)] if len(items) > 1 else items
        rows.append("")
    rows += ["Ditetapkan di Tirtasari", "", f"pada tanggal {text.day}", ""]
    return "\n".join(rows).encode()


def markdown_table(text: Text) -> bytes:
    rows = [f"**STANDAR PELAYANAN {text.service.upper()}**", "", f"NOMOR {text.number}", ""]
    rows += ["| No | Komponen | Uraian |", "|----|:---------|--------|"]
    for number, (_key, name, items) in enumerate(text.components, 1):
        listed = [f"{n}. {item}" for n, item in enumerate(items, 1)] if len(items) > 1 else items
        rows.append(f"| {number} | {name} | {'<br>'.join(listed)} |")
    rows += ["", "Ditetapkan di Tirtasari", "", f"pada tanggal {text.day}"]
    return "\n".join(rows).encode()


def a_document(*paragraphs: str):
    """Three components in plain words, so that what follows stands in a standard."""
    document = Document()
    document.add_heading("Standar Pelayanan Legalisasi Ijazah", 1)
    for name, words in (("Produk Pelayanan", "Fotokopi."), ("Biaya/Tarif", "Gratis.")):
        document.add_heading(name, 2)
        document.add_paragraph(words)
    document.add_heading("Persyaratan", 2)
    for words in paragraphs:
        document.add_paragraph(words)
    return document


def requirements_of(document) -> list[str]:
    (standard,) = read(saved(document))
    return words_of(standard).get("requirements", [])


LAYOUTS: dict[str, tuple[Callable[[Text], bytes], str]] = {
    "three columns": (three_columns, "a.docx"),
    "two columns": (two_columns, "a.docx"),
    "a table for each group": (a_table_for_each_group, "a.docx"),
    "headings": (headings, "a.docx"),
    "bold names": (bold_names, "a.docx"),
    "numbered names": (numbered_names, "a.docx"),
    "Markdown headings": (markdown_headings, "a.md"),
    "Markdown table": (markdown_table, "a.md"),
}
