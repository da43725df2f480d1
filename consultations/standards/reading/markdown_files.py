"""Markdown files as lines and tables, line by line, in time that grows with the length.

Words stay the Markdown that they are: `richtext` shows the same emphasis and links. What it does
not know (code, pictures, HTML) is kept as words.
"""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from consultations.standards.reading.archives import MOST_LINES, too_much
from consultations.standards.reading.blocks import Block, Cell, Line, Mark, Row, Table
from consultations.standards.reading.contract import UnreadableFile
from consultations.standards.reading.doubts import Doubt, DoubtCode, Place
from consultations.standards.reading.markup import cleaned

_MOST_BYTES = 4 * 2**20
_MOST_COLUMNS = 64
_DEEPEST = 8
_HEADING = re.compile(r"(#{1,6})\s+(\S.*)$")
_UNDERLINE = re.compile(r"(=+|-{2,})$")
_RULE = re.compile(r"(?:[-*_]\s*){3,}$")
_QUOTE = re.compile(r"(?:>\s*)+")
_FENCE = re.compile(r"(?:```|~~~)")
_ITEM = re.compile(r"(?:(?P<number>\d{1,9})[.)]|[-+*])\s+(?=\S)")
_DIVIDER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$")
_PICTURE = re.compile(r"!\[([^\[\]]*)\]\(([^()]*)\)")
_CODE = re.compile(r"(?<!`)`{1,3}([^`]+)`{1,3}")
_ADDRESS = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>", re.I)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)(.+)(?<=\S)\1")
_STRESS = re.compile(r"(?<!\\)\*+|(?<![\w\\])_+(?=\w)|(?<=\w)_+(?!\w)")


def read_markdown(content: bytes) -> list[Block]:
    """The blocks of a file in UTF-8 (or UTF-16 with its mark). Raises UnreadableFile."""
    if len(content) > _MOST_BYTES:
        raise too_much()
    text, was_cleaned = cleaned(_decoded(content).replace("\x0c", "\n"))
    rows = text.expandtabs(4).split("\n")
    if len(rows) > MOST_LINES:
        raise too_much()
    blocks = list(_Reader(rows).read())
    if was_cleaned:
        blocks.append(Line("", "", Place(), doubts=(Doubt.about(DoubtCode.HIDDEN_CHARACTERS),)))
    return blocks


def _decoded(content: bytes) -> str:
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if has_mark else "utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text:
        message = _("The text is not in UTF-8. Save it in that encoding and send it again.")
        raise UnreadableFile(message, code="encoding")
    return text


class _Reader:
    def __init__(self, rows: list[str]):
        self._rows = rows
        self._at = 0
        self._tables = 0
        self._indents: list[int] = []  # of the open lists

    def read(self) -> Iterator[Block]:
        is_code = False
        while self._at < len(self._rows):
            row = self._rows[self._at].rstrip()
            bare = row.strip()
            if quote := _QUOTE.match(bare):
                bare = bare[quote.end() :]
            if _FENCE.match(bare):
                is_code = not is_code
                self._at += 1
            elif not bare or (_RULE.match(bare) and not is_code):
                self._at += 1
            elif is_code:
                yield self._line(bare)
                self._at += 1
            elif self._is_table():
                yield self._table()
            else:
                yield self._text(row, bare)

    def _text(self, row: str, bare: str) -> Line:
        """A heading, an item or a paragraph, with the lines that go on with it."""
        if found := _HEADING.match(bare):
            self._indents.clear()
            line = self._line(found[2].rstrip("#").rstrip() or found[2], level=len(found[1]))
            self._at += 1
            return line
        item = _ITEM.match(bare)
        indent = len(row) - len(row.lstrip())
        place = self._at
        words = bare[item.end() :] if item else bare
        self._at += 1
        pieces = [words]
        while (more := self._goes_on()) is not None:
            is_break = self._rows[self._at - 1].endswith(("  ", "\\"))
            pieces[-1] = pieces[-1].rstrip("\\ ") if is_break else pieces[-1]
            pieces.append(("\\\n" if is_break else " ") + more)
            self._at += 1
        joined = "".join(pieces).rstrip("\\ ")
        underline = self._underline() if not item else None
        if underline:
            self._at += 1
            return self._line(joined.replace("\\\n", " "), level=underline, row=place)
        mark = self._mark(indent, item) if item else None
        return self._line(joined, mark=mark, row=place)

    def _goes_on(self) -> str | None:
        """The next row, if it belongs to the paragraph."""
        if self._at >= len(self._rows):
            return None
        bare = self._rows[self._at].strip()
        starts = (_HEADING, _ITEM, _FENCE, _UNDERLINE, _RULE)
        if not bare or bare.startswith((">", "|")) or any(p.match(bare) for p in starts):
            return None
        return bare

    def _underline(self) -> int | None:
        bare = self._rows[self._at].strip() if self._at < len(self._rows) else ""
        return {"=": 1, "-": 2}[bare[0]] if _UNDERLINE.match(bare) else None

    def _mark(self, indent: int, item: re.Match) -> Mark:
        while self._indents and self._indents[-1] > indent:
            self._indents.pop()
        # Less than two columns further in is the same list, written unevenly.
        if not self._indents or indent - self._indents[-1] >= 2:
            self._indents.append(indent)
        level = min(len(self._indents) - 1, _DEEPEST)
        return Mark("auto", level, bool(item["number"]))

    def _is_table(self) -> bool:
        if self._at + 1 >= len(self._rows):
            return False
        row, below = self._rows[self._at].strip(), self._rows[self._at + 1].strip()
        return "|" in row and "|" in below and bool(_DIVIDER.match(below))

    def _table(self) -> Table:
        self._tables += 1
        table = Table([], Place.of(table=self._tables))
        while self._at < len(self._rows) and "|" in (row := self._rows[self._at].strip()):
            if not (len(table.rows) == 1 and _DIVIDER.match(row)):
                place = table.place.then(row=len(table.rows) + 1)
                table.rows.append(Row([_cell(text, place) for text in _cells(row)], place))
            self._at += 1
        return table

    def _line(
        self, source: str, *, level: int = 0, mark: Mark | None = None, row: int | None = None
    ) -> Line:
        number = (self._at if row is None else row) + 1
        return _line(source, Place.of(line=number), level=level, mark=mark)


def _cells(row: str) -> list[str]:
    row = row.removeprefix("|")
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)][
        :_MOST_COLUMNS
    ]


def _cell(text: str, place: Place) -> Cell:
    pieces = [piece.strip() for piece in re.split(r"<br\s*/?>", text, flags=re.I)]
    return Cell([_line(piece, place) for piece in pieces if piece])


def _line(source: str, place: Place, *, level: int = 0, mark: Mark | None = None) -> Line:
    doubts = (Doubt.about(DoubtCode.PICTURE, place),) if _PICTURE.search(source) else ()
    markdown = _ADDRESS.sub(r"\1", _CODE.sub(r"\1", _PICTURE.sub(r"\1", source))).strip()
    bold = _BOLD.fullmatch(markdown.rstrip(":")) if markdown else None
    is_bold = bool(bold) and bold[1] not in bold[2]
    if is_bold:
        markdown = bold[2] + markdown[bold.end() :]
    return Line(_plain(markdown), markdown, place, level, mark, is_bold, doubts=doubts)


def _plain(markdown: str) -> str:
    """The words alone, near enough to recognise names by."""
    text = _STRESS.sub("", _LINK.sub(r"\1", markdown)).replace("\\\n", " ")
    return " ".join(_ESCAPED.sub(r"\1", text).split())
