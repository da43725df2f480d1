#!/usr/bin/env python3
"""Write each Markdown file of `samples/imports/` as the Word document that stands beside it.

Run it as `python -m scripts.write_import_samples` when one of them changes, and commit the result.
"""

from datetime import date
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from consultations.printing import office

FOLDER = Path(__file__).resolve().parent.parent / "samples" / "imports"
_WIDTHS = (Cm(1.2), Cm(4.6), Cm(10.8))


def as_word(markdown: str) -> bytes:
    """Paragraphs, and the one table in the ministry's three columns with lists of Word's own."""
    document = office.new_document("id")
    blocks = [block.strip() for block in markdown.strip().split("\n\n")]
    names = [block for block in blocks if block.startswith("Jenis Pelayanan")]
    office.set_properties(
        document, title=names[0], author="", subject="", language="id", day=date(2026, 11, 16)
    )
    for block in blocks:
        if block.startswith("|"):
            _add_table(document, [_cells(row) for row in block.splitlines()])
        else:
            _add_line(document, block)
    return office.saved(document)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def _add_line(document: WordDocument, block: str) -> None:
    paragraph = document.add_paragraph()
    paragraph.add_run(block.strip("*")).bold = block.startswith("*")
    if block.strip("*").isupper():
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _add_table(document: WordDocument, rows: list[list[str]]) -> None:
    table = document.add_table(1, 3, style="Table Grid")
    head, _ruler, *body = rows
    for cell, name in zip(table.rows[0].cells, head, strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    office.repeat_as_header(table.rows[0])
    lists = office.Lists(document)
    for number, name, words in body:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = f"{number}.", name
        office.Place(cells[2], lists).blocks(_nodes(words), left=0)
    office.set_widths(table, _WIDTHS)


def _nodes(words: str) -> list[dict]:
    """A cell's words as `office` takes them: a paragraph, or a list that is numbered by Word."""
    items = words.split("<br>")
    if len(items) == 1:
        return [_paragraph(words)]
    return [
        {
            "kind": "list",
            "start": 1,
            "items": [[_paragraph(item.split(". ", 1)[1])] for item in items],
        }
    ]


def _paragraph(words: str) -> dict:
    return {"kind": "paragraph", "nodes": [{"kind": "text", "text": words}]}


def main() -> None:
    for path in sorted(FOLDER.glob("*.md")):
        path.with_suffix(".docx").write_bytes(as_word(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
