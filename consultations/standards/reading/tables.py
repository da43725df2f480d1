"""What a table is: components in rows, components in columns, fields of a head, or plain rows."""

import re
from dataclasses import dataclass
from itertools import islice

from consultations.standards.reading.blocks import Block, Cell, Line, Mark, Row, Table, lines_of
from consultations.standards.reading.doubts import Doubt, DoubtCode
from consultations.standards.reading.markup import escaped
from consultations.standards.reading.names import Recogniser, plain_name
from consultations.standards.reading.vocabulary import (
    COMPONENT_COLUMNS,
    CONTENT_COLUMNS,
    NUMBER_COLUMNS,
    SERVICE_COLUMNS,
)

_COUNT = re.compile(r"\d{1,3}|[a-z]|[ivx]{1,5}", re.I)
_SERIES = "table"  # of the lists that tables become
_HEADER_ROWS = 3
_MOST_COLUMNS = 64
_FEW_COLUMNS = 4
_ENOUGH_ACROSS = 3  # components beside each other


@dataclass(frozen=True)
class Downwards:
    """Each row is a component: “No · Komponen · Uraian”."""

    names: int  # the column of the names
    first_row: int


@dataclass(frozen=True)
class Across:
    """Each column is a component, each row a service."""

    columns: dict[int, str]  # component key by column
    service: int | None
    header_row: int


def shape_of(table: Table, recogniser: Recogniser) -> Downwards | Across | None:
    header = _header(table)
    if header is not None:
        row, column = header
        return Downwards(column, row + 1)
    return _across(table, recogniser) or _downwards(table, recogniser)


def at_columns(row: Row) -> dict[int, Cell]:
    """The cells by the column that they begin in."""
    found, column = {}, 0
    for cell in row.cells[:_MOST_COLUMNS]:
        found[column] = cell
        column += cell.span
    return found


def is_number(text: str) -> bool:
    """A cell that counts rows: “3”, “3.”, “(3)”, “c.”."""
    bare = text.strip(" .()\u00a0")
    return not bare or bool(_COUNT.fullmatch(bare))


def is_blank(text: str) -> bool:
    return not text.strip(" :.-–—\u00a0")


def _header(table: Table) -> tuple[int, int] | None:
    """Row and column of the word “Komponen” over the names."""
    for number, row in enumerate(table.rows[:_HEADER_ROWS]):
        names = {column: plain_name(cell.text) for column, cell in at_columns(row).items()}
        for column, name in names.items():
            others = {other for at, other in names.items() if at != column}
            if name in COMPONENT_COLUMNS and others & (CONTENT_COLUMNS | NUMBER_COLUMNS):
                return number, column
    return None


def _across(table: Table, recogniser: Recogniser) -> Across | None:
    for number, row in enumerate(table.rows[:_HEADER_ROWS]):
        columns, service = {}, None
        for column, cell in at_columns(row).items():
            match = recogniser.match(cell.text)
            if match and match.is_sure and match.component.key not in columns.values():
                columns[column] = match.component.key
            elif plain_name(cell.text) in SERVICE_COLUMNS:
                service = column
        if len(columns) >= _ENOUGH_ACROSS and len(table.rows) > number + 1:
            return Across(columns, service, number)
    return None


def _downwards(table: Table, recogniser: Recogniser) -> Downwards | None:
    hits: dict[int, int] = {}
    exact: dict[int, int] = {}
    for row in table.rows:
        for column, cell in islice(at_columns(row).items(), _FEW_COLUMNS):
            text = cell.text
            if recogniser.is_exact(text):
                exact[column] = exact.get(column, 0) + 1
            if recogniser.match(text):
                hits[column] = hits.get(column, 0) + 1
    if not hits:
        return None
    column = max(hits, key=lambda at: (hits[at], -at))
    is_small = len(table.rows) <= 2 and exact.get(column, 0) >= 1
    if hits[column] < 2 and not is_small:
        return None
    width = max((row.width for row in table.rows), default=0)
    return Downwards(column, 0) if width > column + 1 else None


def field_lines(table: Table) -> list[Line]:
    """The rows of a head such as “NOMOR | : | 188/7/2021”, each as one line."""
    lines = []
    for row in table.rows:
        inner = [line for cell in row.cells for line in lines_of(cell.blocks)]
        worded = [line for line in inner if not is_blank(line.text)]
        filled = [cell for cell in row.cells if not is_blank(cell.text)]
        if len(filled) != 2 or len(worded) != 2:
            lines += inner
            continue
        label, value = worded
        joint = " " if label.text.endswith(":") or value.text.startswith(":") else " : "
        line = Line(
            label.text + joint + value.text,
            label.markdown + joint + value.markdown,
            row.place,
            is_bold=label.is_bold and value.is_bold,
            doubts=tuple(doubt for line in inner for doubt in line.doubts),
        )
        lines.append(line)
    return lines


def flattened(blocks: list[Block]) -> list[Line]:
    """The blocks with each table as a list: a row an item, its cells named by the first row."""
    lines: list[Line] = []
    for block in blocks:
        if isinstance(block, Line):
            lines.append(block)
            continue
        above = lines[-1].mark if lines else None
        level = 0 if above is None else above.level + (above.series != _SERIES)
        lines += _as_list(block, level)
    return lines


def _as_list(table: Table, level: int) -> list[Line]:
    filled = [(row, [cell for cell in row.cells if not is_blank(cell.text)]) for row in table.rows]
    # In a table of one column nothing is lost.
    is_plain = all(len(row.cells) < 2 for row in table.rows)
    doubts = [] if is_plain else [Doubt.about(DoubtCode.TABLE, table.place)]
    names = _column_names(filled)
    lines = []
    for row, cells in filled:
        doubts += [
            doubt for cell in row.cells for line in lines_of(cell.blocks) for doubt in line.doubts
        ]
        if names and row is table.rows[0]:
            continue
        pieces = [_piece(row, cell, names) for cell in cells if not _counts(cell, row)]
        if pieces := [piece for piece in pieces if piece[0]]:
            text = "; ".join(text for text, _markdown in pieces)
            markdown = "; ".join(markdown for _text, markdown in pieces)
            mark = Mark(_SERIES, level, False)
            lines.append(Line(text, markdown, row.place, mark=mark, doubts=tuple(doubts)))
            doubts = []
    if doubts:
        lines.append(Line("", "", table.place, doubts=tuple(doubts)))
    return lines


def _column_names(filled: list[tuple[Row, list[Cell]]]) -> dict[int, str]:
    """What stands over each column, if the first row is such a row."""
    if len(filled) < 2 or len(filled[0][1]) < 2:
        return {}
    row, cells = filled[0]
    texts = [cell.text for cell in cells]
    is_header = all(
        len(text) <= 60 and not any(char.isdigit() for char in text) for text in texts
    ) and len(cells) == len(row.cells)
    looks_so = all(line.is_bold for cell in cells for line in lines_of(cell.blocks) if line.text)
    is_named = plain_name(texts[0]) in NUMBER_COLUMNS
    if not is_header or not (looks_so or is_named):
        return {}
    return {column: cell.text.strip(" :") for column, cell in at_columns(row).items()}


def _counts(cell: Cell, row: Row) -> bool:
    return bool(row.cells) and cell is row.cells[0] and is_number(cell.text) and len(row.cells) > 1


def _piece(row: Row, cell: Cell, names: dict[int, str]) -> tuple[str, str]:
    inner = [line for line in lines_of(cell.blocks) if line.text]
    text = "; ".join(line.text for line in inner)
    markdown = "; ".join(line.markdown for line in inner)
    column = next((at for at, found in at_columns(row).items() if found is cell), -1)
    if text and (name := names.get(column)):
        return f"{name}: {text}", f"{escaped(name)}: {markdown}"
    return text, markdown
