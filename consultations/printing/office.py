"""Word documents: what python-docx leaves to do by hand.

Words come as plain texts or as the nodes of `richtext.trees`.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

_FONT = "Cambria"
_REGIONS = {"id": "id-ID", "en": "en-GB"}
_INK = RGBColor(0x22, 0x20, 0x1B)
# XML has no place for them.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BULLETS, _NUMBERS = 90, 91  # of our own lists; the template uses smaller ones
_DEEPEST_LEVEL = 8


def text(value: str) -> str:
    return _NOT_XML.sub("", value)


def new_document(language: str) -> WordDocument:
    """An A4 page with quiet styles; the language is that of every word without another."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Intense Quote"):
        style = document.styles[name]
        style.font.name, style.font.color.rgb = _FONT, _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if attribute.endswith("Theme"):
                del fonts.attrib[attribute]
        fonts.set(qn("w:hAnsi"), _FONT)
    document.styles["Normal"].font.size = Pt(11)
    document.styles["Title"].font.size = Pt(20)
    region = _REGIONS.get(language, language)
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), region)
    return document


def set_properties(
    document: WordDocument, *, title: str, author: str, subject: str, language: str, day: date
) -> None:
    properties = document.core_properties
    properties.title, properties.subject = text(title)[:255], text(subject)[:255]
    properties.author = properties.last_modified_by = text(author)[:255]
    properties.language, properties.comments, properties.keywords = language, "", ""
    properties.created = properties.modified = datetime.combine(day, time())
    properties.revision = 1


def saved(document: WordDocument) -> bytes:
    """The file, without the moment at which it was packed."""
    packed, out = BytesIO(), BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            fixed = zipfile.ZipInfo(entry.filename)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, old.read(entry))
    return out.getvalue()


def add_page_numbers(paragraph: Paragraph, sentence: str) -> None:
    """`sentence` with {page} and {pages}, which Word counts."""
    fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
    for piece in re.split(r"(\{pages?\})", sentence):
        if piece in fields:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), fields[piece])
            paragraph._p.append(field)
        elif piece:
            paragraph.add_run(piece)


def describe_table(table: Table, *, caption: str, description: str) -> None:
    """What a screen reader says of the table before it is read."""
    properties = table._tbl.tblPr
    for name, value in (("w:tblCaption", caption), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text(value))
        properties.append(element)


def repeat_as_header(row: _Row) -> None:
    """On every page that the table reaches."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    properties.append(OxmlElement("w:tblHeader"))


def set_widths(table: Table, widths: Sequence[Length]) -> None:
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


class Lists:
    """Real lists, each numbered from where it starts."""

    def __init__(self, document: WordDocument):
        self._numbering = document.part.numbering_part.element
        self._next = max(int(n) for n in self._numbering.xpath("w:num/@w:numId")) + 1
        first = self._numbering.xpath("w:num")[0]
        first.addprevious(_abstract(_BULLETS, "bullet", lambda level: "•–"[level % 2]))
        first.addprevious(_abstract(_NUMBERS, "decimal", lambda level: f"%{level + 1}."))
        self._bullets = self._add(_BULLETS, "")

    def number_of(self, start: int | None, level: int) -> int:
        """The list's number in the document; a numbered list has one of its own."""
        if start is None:
            return self._bullets
        override = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/>'
        return self._add(_NUMBERS, override + "</w:lvlOverride>")

    def _add(self, abstract: int, override: str) -> int:
        number, self._next = self._next, self._next + 1
        self._numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{number}">'
                f'<w:abstractNumId w:val="{abstract}"/>{override}</w:num>'
            )
        )
        return number


def _abstract(number: int, kind: str, sign):
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{sign(level)}"/><w:lvlJc w:val="left"/></w:lvl>'
        for level in range(_DEEPEST_LEVEL + 1)
    )
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
        f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
    )


class Place:
    """A cell that is being written. It begins with an empty paragraph, which is used first."""

    def __init__(self, cell: _Cell, lists: Lists):
        self._cell, self._lists = cell, lists
        self._first: Paragraph | None = cell.paragraphs[0]

    def paragraph(self, *, left: int = 0, hanging: int = 0) -> Paragraph:
        made, self._first = self._first or self._cell.add_paragraph(), None
        layout = made.paragraph_format
        layout.space_after, layout.left_indent = Pt(3), left
        layout.first_line_indent = -hanging
        return made

    def blocks(self, nodes: Iterable[dict], *, left: int, level: int = 0) -> None:
        """Blocks of `richtext.trees`; a list below a list is one level deeper."""
        for node in nodes:
            if node["kind"] == "paragraph":
                self.inline(self.paragraph(left=left), node["nodes"])
                continue
            number = self._lists.number_of(node["start"], level)
            for item in node["items"]:
                self._item(item, number, left=left, level=level)

    def _item(self, item: list[dict], number: int, *, left: int, level: int) -> None:
        inside = left + Cm(0.6)
        lead = self.paragraph(left=inside, hanging=Cm(0.6))
        properties = lead._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level
        properties.get_or_add_numId().val = number
        rest = list(item)
        if rest and rest[0]["kind"] == "paragraph":
            self.inline(lead, rest.pop(0)["nodes"])
        self.blocks(rest, left=inside, level=min(level + 1, _DEEPEST_LEVEL))

    def inline(self, paragraph: Paragraph, nodes: Iterable[dict]) -> None:
        self._runs(paragraph, paragraph._p, nodes, set())

    def _runs(self, paragraph: Paragraph, parent, nodes: Iterable[dict], marks: set[str]) -> None:
        for node in nodes:
            kind = node["kind"]
            if kind == "link":
                link = _hyperlink(paragraph, node["address"])
                parent.append(link)
                self._runs(paragraph, link, node["nodes"], marks | {"link"})
            elif kind in {"emphasis", "strong"}:
                self._runs(paragraph, parent, node["nodes"], marks | {kind})
            else:
                run = paragraph.add_run("\n" if kind == "break" else text(node["text"]))
                run.bold, run.italic = "strong" in marks or None, "emphasis" in marks or None
                run.underline = "link" in marks or None
                parent.append(run._r)


def _hyperlink(paragraph: Paragraph, address: str):
    link = OxmlElement("w:hyperlink")
    kind = RELATIONSHIP_TYPE.HYPERLINK
    link.set(qn("r:id"), paragraph.part.relate_to(text(address), kind, is_external=True))
    return link
