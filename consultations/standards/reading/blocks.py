"""What every format is turned into before anybody asks what it means: lines and tables."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from consultations.standards.reading.doubts import Doubt, Place


@dataclass(frozen=True, slots=True)
class Mark:
    """The number or bullet before a line. Lines of one `series` and `level` are one list."""

    series: str
    level: int
    is_ordered: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or list item: its plain text, and the same as one line of Markdown."""

    text: str
    markdown: str
    place: Place
    level: int = 0  # of a heading, from 1; 0 for what is none
    mark: Mark | None = None
    is_bold: bool = False  # all of it
    is_boxed: bool = False  # it stood in a text box
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_capitals(self) -> bool:
        return self.text.isupper()

    def with_doubts(self, *doubts: Doubt) -> "Line":
        return replace(self, doubts=self.doubts + doubts)


@dataclass(slots=True)
class Cell:
    blocks: list["Block"]
    span: int = 1  # columns
    continues: bool = False  # it is merged with the cell above it

    @property
    def text(self) -> str:
        return " ".join(line.text for line in lines_of(self.blocks))


@dataclass(slots=True)
class Row:
    cells: list[Cell]
    place: Place

    @property
    def width(self) -> int:
        return sum(cell.span for cell in self.cells)


@dataclass(slots=True)
class Table:
    rows: list[Row]
    place: Place


Block = Line | Table


def lines_of(blocks: list[Block]) -> Iterator[Line]:
    """All lines in reading order, those in tables too."""
    for block in blocks:
        if isinstance(block, Line):
            yield block
            continue
        for row in block.rows:
            for cell in row.cells:
                yield from lines_of(cell.blocks)
