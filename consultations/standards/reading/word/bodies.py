"""Paragraphs and tables of a DOCX, in reading order."""

from collections import Counter
from dataclasses import replace

from consultations.standards.reading.archives import MOST_LINES, too_much
from consultations.standards.reading.blocks import Block, Cell, Line, Row, Table, lines_of
from consultations.standards.reading.doubts import Doubt, DoubtCode, Place, tracked
from consultations.standards.reading.lists import first_mark
from consultations.standards.reading.markup import Run, line_of
from consultations.standards.reading.word.inlines import InlineReader, Words, text_in
from consultations.standards.reading.word.parts import Parts
from consultations.standards.reading.word.styles import list_place, outline_level, whole
from consultations.standards.reading.xmltrees import Element

_MOST_COLUMNS = 63  # Word's own limit
_DELETIONS = {"w:del", "w:moveFrom"}


class BodyReader:
    """Counts what it reads, so that each line knows its place."""

    def __init__(self, parts: Parts):
        self._parts = parts
        self._lines = self._paragraphs = self._tables = 0
        self._headings: Counter[int] = Counter()
        self._joined: Words | None = None  # of a paragraph whose end was deleted

    def read(self, container: Element, within: Place | None = None) -> list[Block]:
        blocks: list[Block] = []
        for child in container.children:
            if child.tag == "w:p":
                blocks += self._paragraph(child, within)
            elif child.tag == "w:tbl":
                blocks.append(self._table(child, within))
            elif child.tag == "w:altChunk":
                doubt = Doubt.about(DoubtCode.EMBEDDED, within or Place())
                blocks.append(_nothing_but(doubt))
            elif child.tag in _DELETIONS:
                if text := text_in(child).strip():
                    blocks.append(_nothing_but(tracked(within or Place(), "", text)))
            elif not child.tag.endswith("Pr"):
                blocks += self.read(child, within)  # content controls and other wrappings
        return blocks

    def _paragraph(self, element: Element, within: Place | None) -> list[Block]:
        self._lines += 1
        if self._lines > MOST_LINES:
            raise too_much()
        properties = element.find("w:pPr")
        style = self._parts.styles.of(properties)
        if style.is_contents:
            return []
        words, self._joined = self._joined or Words(), None
        InlineReader(self._parts, words).read(element)
        if properties and properties.find("w:rPr", "w:del"):
            words.deleted.append("¶")
            self._joined = words
            return []
        level = outline_level(properties)
        level = style.heading_level if level is None else level
        place = self._place(level, words, within)
        number = list_place(properties) or style.number
        if number and not number[0] and style.number:
            number = (style.number[0], number[1])
        mark = self._parts.numbering.mark(number)
        line = Line("", "", place, level=level, mark=mark, is_bold=style.is_bold)
        return [*_lines(line, words), *self._boxed(words.boxes, place)]

    def _place(self, level: int, words: Words, within: Place | None) -> Place:
        if within:
            return within
        self._paragraphs += 1
        if not level or not any(run.text.strip() for run in words.runs):
            return Place.of(paragraph=self._paragraphs)
        self._headings[level] += 1
        for deeper in [known for known in self._headings if known > level]:
            del self._headings[deeper]
        numbers = [self._headings[known] for known in sorted(self._headings)]
        return Place.of(heading=".".join(map(str, numbers)))

    def _boxed(self, boxes: list[Element], place: Place) -> list[Block]:
        lines: list[Block] = []
        for box in boxes:
            for block in self.read(box, place):
                inner = lines_of([block])
                lines += [replace(line, is_boxed=True, level=0) for line in inner]
        return lines

    def _table(self, element: Element, within: Place | None) -> Table:
        if within is None:
            self._tables += 1
        table = Table([], within or Place.of(table=self._tables))
        for row in _inside(element, "w:tr"):
            number = len(table.rows) + 1
            place = within or table.place.then(row=number)
            if row.find("w:trPr", "w:del"):
                gone = _nothing_but(tracked(place, "", text_in(row)))
                table.rows.append(Row([Cell([gone])], place))
                continue
            table.rows.append(Row(self._cells(row, place), place))
        return table

    def _cells(self, row: Element, place: Place) -> list[Cell]:
        before = row.find("w:trPr", "w:gridBefore")
        skipped = whole(before.get("w:val"), 0) if before else 0
        cells = [Cell([], min(skipped, _MOST_COLUMNS))] if skipped else []
        for element in _inside(row, "w:tc"):
            properties = element.find("w:tcPr") or Element("", {})
            span, merged = properties.find("w:gridSpan"), properties.find("w:vMerge")
            width = max(1, min(whole(span.get("w:val"), 1), _MOST_COLUMNS)) if span else 1
            continues = merged is not None and merged.get("w:val", "continue") == "continue"
            cell = Cell(self.read(element, place), width, continues)
            beside = properties.find("w:hMerge")
            if beside is not None and beside.get("w:val", "continue") == "continue" and cells:
                cells[-1].span += width
                cells[-1].blocks += cell.blocks
            else:
                cells.append(cell)
            if properties.find("w:cellDel"):
                text = cell.text
                cell.blocks = [_nothing_but(tracked(place, "", text))]
        return cells


def _inside(element: Element, tag: str):
    """Rows or cells, those in content controls and insertions too."""
    for child in element.children:
        if child.tag == tag:
            yield child
        elif child.tag not in {"w:tr", "w:tc"} and not child.tag.endswith("Pr"):
            yield from _inside(child, tag)


def _lines(line: Line, words: Words) -> list[Line]:
    """The paragraph as one line, or one for each line of it where those are titles or a list."""
    rows: list[list[Run]] = [[]]
    for run in words.runs:
        first, *others = run.text.split("\n")
        rows[-1].append(run._replace(text=first))
        rows += [[run._replace(text=other)] for other in others]
    rows = [row for row in rows if any(run.text.strip() for run in row)]
    doubts = words.doubts(line.place)
    if not rows:
        return [replace(line, level=0, mark=None, doubts=doubts)] if doubts else []
    texts = [" ".join("".join(run.text for run in row).split()) for row in rows]
    bold = line.is_bold or all(run.is_bold for row in rows for run in row if run.text.strip())
    markdowns = [" ".join(line_of(row).split()) for row in rows]
    line = replace(line, is_bold=bold)
    if len(rows) > 1 and ((bold and not line.level) or any(first_mark(text) for text in texts[1:])):
        found = [
            replace(line, text=text, markdown=markdown, mark=None if number else line.mark)
            for number, (text, markdown) in enumerate(zip(texts, markdowns, strict=True))
        ]
        return [found[0].with_doubts(*doubts), *found[1:]]
    joint = " ".join if line.level else "\\\n".join
    return [replace(line, text=" ".join(texts), markdown=joint(markdowns), doubts=doubts)]


def _nothing_but(doubt: Doubt) -> Line:
    return Line("", "", doubt.place, doubts=(doubt,))
