"""Lines and tables sorted into standards, and in each into stretches under one component.

One pass, as a person reads: a title begins a standard, a component's name begins a stretch, the
next name, a heading of its rank or a signature ends it. What lies between is kept as outside.
"""

from collections.abc import Iterable
from dataclasses import replace

from consultations.standards.reading.archives import MOST_STANDARDS, too_much
from consultations.standards.reading.blocks import Block, Line, Row, Table, lines_of
from consultations.standards.reading.decrees import DecreeFinder, annex_in, is_signature
from consultations.standards.reading.doubts import Doubt, DoubtCode, Place
from consultations.standards.reading.drafts import Draft, Stretch
from consultations.standards.reading.lists import first_mark
from consultations.standards.reading.markup import escaped
from consultations.standards.reading.names import Match, Recogniser, without_number
from consultations.standards.reading.tables import (
    Across,
    Downwards,
    at_columns,
    field_lines,
    is_blank,
    is_number,
    shape_of,
)
from consultations.standards.reading.titles import Strength, field_in, title_in

_LONGEST_NAME = 14  # words
_BARE_SCORE = 93.0  # of a line that does not look like a heading


class Sections:
    def __init__(self, recogniser: Recogniser):
        self._recogniser = recogniser
        self.decree = DecreeFinder()
        self.drafts = [Draft()]
        self._open: Stretch | None = None
        self._rank: tuple | None = None  # how the names of components look here

    @property
    def _draft(self) -> Draft:
        return self.drafts[-1]

    def read(self, blocks: Iterable[Block]) -> list[Draft]:
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._line(block)
        return self.drafts

    # --- lines

    def _line(self, line: Line) -> None:
        if not line.text or line.is_boxed:
            self._content(line)
        elif self._is_group(line):
            self._open = None
            self._keep_doubts(line)
        elif self._named_component(line) or self._title(line) or self._formal(line):
            return
        elif self._closes(line):
            self._begin(None, line)
        else:
            self._content(line)

    def _is_group(self, line: Line) -> bool:
        """A heading over several components: it orders the page, and says nothing."""
        is_heading = line.level or line.is_bold or line.is_capitals
        return bool(is_heading) and self._recogniser.is_group(line.text)

    def _named_component(self, line: Line) -> bool:
        head, _colon, rest = line.text.partition(":")
        if len(head.split()) > _LONGEST_NAME:
            return False
        match = self._recogniser.match(head)
        if match is None or not self._may_name(line, head, bool(rest.strip()), match):
            return False
        begun = self._begin(match, replace(line, text=head.strip()))
        if self._rank is None or line.level:
            self._rank = _rank(line)
        if rest.strip():
            before, _colon, markdown = line.markdown.partition(":")
            markdown = markdown.strip()
            if line.is_bold or before.count("*") % 2 or before.count("**") % 2:  # it cuts emphasis
                markdown = escaped(rest.strip())
            begun.blocks.append(
                replace(line, text=rest.strip(), markdown=markdown, level=0, mark=None, doubts=())
            )
        return True

    def _may_name(self, line: Line, head: str, has_more: bool, match: Match) -> bool:
        """Whether a line that is like a component's name stands where one may stand."""
        rank = _rank(line)
        if line.level or line.is_bold or line.is_capitals:
            is_deeper = self._rank and self._rank[0] == "heading" and line.level > self._rank[1]
            return match.score >= _BARE_SCORE if has_more else match.is_sure or not is_deeper
        if self._rank and self._rank != rank:
            is_below = has_more and self._rank[0] in {"heading", "bold"}
            if is_below or not self._recogniser.is_exact(head):
                return False
        if rank[0] == "auto" and self._rank and self._rank[0] == "auto":
            return rank == self._rank and match.score >= _BARE_SCORE
        if rank[0] == "plain" and not has_more:
            return self._recogniser.is_exact(head)
        return match.score >= _BARE_SCORE and (rank[0] != "typed" or not self._in_list(rank))

    def _in_list(self, rank: tuple) -> bool:
        """Whether a typed number belongs to a list below the present component."""
        return (
            self._rank is not None and self._rank[0] in {"heading", "bold"} and rank != self._rank
        )

    def _title(self, line: Line) -> bool:
        """A line that names the service; where components were read already, the next one's."""
        name, strength = field_in(line.text), Strength.FIELD
        if name is None:
            if self.decree.expects_title and not self._draft.keys:
                return False
            name, strength = title_in(line), Strength.TITLE
        if name is None:
            return False
        if strength is Strength.FIELD and self._open and self._open.component and line.mark:
            if _rank(line) != self._rank:
                return False
        if self._draft.keys:
            self._next_standard()
        self._open = None
        self._draft.titles.append(line.text)
        self._draft.name.offer(name, strength, more_lines=2 if not name or line.is_capitals else 0)
        self._keep_doubts(line)
        return True

    def _formal(self, line: Line) -> bool:
        """The decree's own lines, and what ends the standard before them."""
        annex = annex_in(line.text)
        if self._open and self._open.component:
            if annex is None and not is_signature(line.text):
                return False
            self._open = None
        if annex is not None:
            if self._draft.keys:
                self._next_standard()
            number, issuer = annex
            self._draft.annex = self._draft.annex or number
            self.decree.take(issuer.upper())
        elif self._draft.name.goes_on(line):
            self._draft.titles.append(line.text)
        elif not self.decree.take(line.text):
            return False
        self._keep_doubts(line)
        return True

    def _closes(self, line: Line) -> bool:
        """Whether an unknown heading is of the rank of the components' names, or above."""
        rank = _rank(line)
        if len(line.text.split()) > _LONGEST_NAME or line.text[-1] in ".;,":
            return False
        if rank[0] == "heading":
            return not (self._rank and self._rank[0] == "heading" and line.level > self._rank[1])
        if self._rank is None:
            return rank[0] == "bold" and self._draft.name.strength > Strength.NONE
        return rank == self._rank and rank[0] in {"bold", "auto"}

    # --- stretches

    def _begin(self, match: Match | None, line: Line) -> Stretch:
        if match:
            self._begin_named(match.component.key)
        heading = " ".join(without_number(line.text).rstrip(" :").split())
        stretch = Stretch(match.component if match else None, heading, line.place)
        stretch.doubts += line.doubts
        if match and not match.is_sure:
            stretch.doubts.append(_unsure(match, heading, line.place))
        self._draft.add(stretch)
        self._open = stretch
        return stretch

    def _begin_named(self, key: str) -> None:
        """A component that stood there already begins the next standard, if a heading does."""
        draft = self._draft
        if key in draft.keys:
            at = draft.heading_before(key, may_hold_words=False)
            if at is not None:
                self._next_standard(draft.split_off(at))
        elif draft.is_headed() and not draft.keys and not str(draft.name):
            draft.take_name(len(draft.stretches) - 1)
        self._draft.name.lines_left = 0

    def _next_standard(self, draft: Draft | None = None) -> None:
        if len(self.drafts) >= MOST_STANDARDS:
            raise too_much()
        self.drafts.append(draft or Draft())
        self._open = None
        self._rank = self._rank if draft else None

    def _content(self, block: Block) -> None:
        if self._open is None:
            place = block.place
            self._open = Stretch(None, "", place)
            self._draft.add(self._open)
        self._open.blocks.append(block)

    def _keep_doubts(self, line: Line) -> None:
        if line.doubts:
            self._content(replace(line, text="", markdown="", mark=None))

    # --- tables

    def _table(self, table: Table) -> None:
        shape = shape_of(table, self._recogniser)
        if isinstance(shape, Across):
            self._across(table, shape)
        elif isinstance(shape, Downwards):
            self._downwards(table, shape)
        elif self._open and self._open.component:
            self._content(table)
        elif any(_is_formal(line) for line in field_lines(table)):
            for line in field_lines(table):
                self._line(line)
        else:
            self._content(table)

    def _downwards(self, table: Table, shape: Downwards) -> None:
        self._open = None
        named = [self._recogniser.match(_name_at(row, shape.names)) for row in table.rows]
        keys = {match.component.key for match in named if match}
        again = keys & self._draft.keys
        if again and 2 * len(again) >= len(keys):
            self._next_table(again)
        for number, row in enumerate(table.rows):
            if number < shape.first_row:
                for line in _left_of(row, shape.names, table):
                    self._line(line)
            else:
                self._row(row, shape.names)
        self._open = None

    def _next_table(self, again: set[str]) -> None:
        """The same components once more: the next standard, named by the heading before it."""
        places = [self._draft.heading_before(key, may_hold_words=True) for key in again]
        if places and None not in places:
            self._next_standard(self._draft.split_off(places[0]))
        else:
            self._next_standard()

    def _row(self, row: Row, names: int) -> None:
        columns = at_columns(row)
        filled = [cell for cell in row.cells if not is_blank(cell.text)]
        if filled and all(is_number(cell.text) for cell in filled):
            return  # it counts the columns
        name_cell = columns.get(names)
        lines = list(lines_of(name_cell.blocks)) if name_cell else []
        text = _name_at(row, names)
        if len(row.cells) == 1 or (len(filled) == 1 and filled[0].span > 1):
            self._spanning(row)
            return
        for column, cell in columns.items():
            if column < names and not is_number(cell.text) and not cell.continues:
                self._beside(cell.blocks)
        content = [block for at, cell in columns.items() if at > names for block in cell.blocks]
        content = [
            b for b in content if not (isinstance(b, Line) and b.text == ":" and not b.doubts)
        ]
        if text and name_cell and not name_cell.continues:
            line = Line(text, escaped(text), row.place)
            if (service := _service_in(text, content)) is not None:
                self._title(replace(line, text=f"{text.rstrip(' :')} : {service}"))
                return
            self._begin(self._recogniser.match(text), line)
            self._open.doubts += [doubt for found in lines for doubt in found.doubts]
        for block in content:
            self._content(block)

    def _spanning(self, row: Row) -> None:
        """A row of one cell: a heading over the rows below it, or a title."""
        for line in lines_of(block for cell in row.cells for block in cell.blocks):
            if line.text and self._recogniser.is_group(line.text):
                self._keep_doubts(line)
            elif line.text:
                self._line(line if line.mark else replace(line, is_bold=True))
            else:
                self._content(line)

    def _beside(self, blocks: list[Block]) -> None:
        """What stands left of the names: a group of components, or something unknown."""
        for line in lines_of(blocks):
            if line.text and not self._recogniser.is_group(line.text):
                self._open = None
                self._content(line)

    def _across(self, table: Table, shape: Across) -> None:
        components = self._recogniser.components
        for row in table.rows[shape.header_row + 1 :]:
            columns = at_columns(row)
            texts = {column: cell.text for column, cell in columns.items()}
            if all(is_number(text) for text in texts.values()):
                continue
            if self._draft.keys:
                self._next_standard()
            if shape.service is not None and (name := texts.get(shape.service)):
                self._draft.name.offer(name, Strength.FIELD)
                self._draft.titles.append(name)
            for column, cell in columns.items():
                if key := shape.columns.get(column):
                    name = Line(next(iter(components[key].name.values())), "", row.place)
                    self._begin(Match(components[key], 100.0), name).blocks.extend(cell.blocks)
                elif column != shape.service and not is_number(cell.text):
                    self._open = None
                    for block in cell.blocks:
                        self._content(block)
        self._open = None


def _rank(line: Line) -> tuple:
    """How a line looks, so that names of components are told from what stands under them."""
    if line.level:
        return ("heading", line.level)
    if line.is_bold:
        return ("bold",)
    if line.mark:
        return ("auto", line.mark.series, line.mark.level)
    typed = first_mark(line.text)
    return ("typed", typed.style) if typed else ("plain",)


def _unsure(match: Match, heading: str, place: Place) -> Doubt:
    name = str(next(iter(match.component.name.values())))
    return Doubt.about(DoubtCode.UNSURE_COMPONENT, place, heading=heading, name=name)


def _name_at(row: Row, column: int) -> str:
    cell = at_columns(row).get(column)
    return "" if cell is None or is_blank(cell.text) else cell.text


def _service_in(name: str, content: list[Block]) -> str | None:
    """The service's name, where the row is “Jenis Pelayanan | Kartu Keluarga”."""
    if field_in(name.rstrip(" :") + ":") is None:
        return None
    return " ".join(line.text for line in lines_of(content)).strip(" :")


def _left_of(row: Row, names: int, table: Table) -> list[Line]:
    """What stands in the rows over the header, such as the title of the table."""
    if (
        any(cell.text and at == names for at, cell in at_columns(row).items())
        and len(row.cells) > 1
    ):
        return []
    return [line for cell in row.cells for line in lines_of(cell.blocks)]


def _is_formal(line: Line) -> bool:
    return field_in(line.text) is not None or DecreeFinder().take(line.text)
