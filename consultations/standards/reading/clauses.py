"""A stretch as clauses: each item of a list, each paragraph, each part with a heading."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from consultations.richtext.rendering import render_words
from consultations.standards.reading.blocks import Line
from consultations.standards.reading.contract import BODY_LIMIT, HEADING_LIMIT, ReadClause
from consultations.standards.reading.doubts import Doubt, DoubtCode, Place
from consultations.standards.reading.drafts import Stretch
from consultations.standards.reading.lists import (
    blocks_markdown,
    entries_of,
    item_markdown,
)
from consultations.standards.reading.markup import escaped
from consultations.standards.reading.tables import flattened

_UNSEEN = re.compile(r"\]\([^()\s]*\)|&#?\w+;")


@dataclass
class _Part:
    """Lines below one heading, or below none."""

    heading: Line | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass
class ClauseWriter:
    """Collects the clauses of a standard, so that each knows the index of the one above it."""

    clauses: list[ReadClause] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)  # of what became no clause

    def write(self, stretch: Stretch) -> None:
        first = len(self.clauses)
        lines = flattened(stretch.blocks)
        boxed = [line for line in lines if line.is_boxed and line.text]
        loose = [doubt for line in lines if not line.text for doubt in line.doubts]
        key = stretch.component.key if stretch.component else None
        lines = [line for line in lines if line.text and not line.is_boxed]
        if key is None:
            self._outside(stretch, lines)
        else:
            for part in _parts(lines):
                self._part(key, part)
        self._doubt(first, [*stretch.doubts, *loose])
        if boxed:
            body = blocks_markdown(entries_of(boxed))
            doubts = [Doubt.about(DoubtCode.TEXT_BOX, boxed[0].place), *_doubts_of(boxed)]
            self._add(None, "", body, boxed[0].place, doubts)

    def _outside(self, stretch: Stretch, lines: list[Line]) -> None:
        entries = entries_of(lines)
        if stretch.heading:
            about = Doubt.about(DoubtCode.UNKNOWN_COMPONENT, stretch.place, name=stretch.heading)
        else:
            about = Doubt.about(DoubtCode.OUTSIDE, stretch.place)
        body = blocks_markdown(entries)
        heading = stretch.heading if body else ""
        body = body or escaped(stretch.heading)
        if body:
            doubts = [about, *_doubts_of(lines)]
            self._add(None, heading, body, stretch.place, doubts)

    def _part(self, key: str, part: _Part) -> None:
        entries = entries_of(part.lines)
        if part.heading:
            place = part.heading.place
            body = blocks_markdown(entries)
            heading = part.heading.text.rstrip(" :") if body else ""
            doubts = [*part.heading.doubts, *_doubts_of(part.lines)]
            self._add(key, heading, body or part.heading.markdown, place, doubts)
            return
        above: int | None = None
        for entry in entries:
            if not entry.is_item:
                above = None
            index = len(self.clauses)
            body, place = item_markdown(entry), entry.line.place
            self._add(key, "", body, place, list(entry.doubts), parent=above)
            if not entry.is_item and entry.line.text.endswith(":"):
                above = index

    def _add(
        self,
        key: str | None,
        heading: str,
        body: str,
        place: Place,
        doubts: list[Doubt],
        parent: int | None = None,
    ) -> None:
        if len(heading) > HEADING_LIMIT:
            heading, body = "", f"{escaped(heading)}\n\n{body}"
        pieces = [piece for piece in _cut(body) if _has_words(piece)]
        if len(pieces) > 1:
            doubts = [*doubts, Doubt.about(DoubtCode.LONG_TEXT, place)]
        for piece in pieces:
            self.clauses.append(ReadClause(key, heading, piece, place, _unique(doubts), parent))
            heading, doubts = "", []
        self.doubts += doubts

    def _doubt(self, first: int, doubts: list[Doubt]) -> None:
        """Doubts about a stretch stand at its first clause, or at the standard if it has none."""
        if not doubts:
            return
        if first == len(self.clauses):
            self.doubts += doubts
            return
        clause = self.clauses[first]
        self.clauses[first] = ReadClause(
            clause.component_key,
            clause.heading,
            clause.body,
            clause.place,
            _unique([*doubts, *clause.doubts]),
            clause.parent,
        )


def _parts(lines: Iterable[Line]) -> Iterator[_Part]:
    part = _Part()
    for line in lines:
        is_heading = line.level or (
            line.is_bold and line.mark is None and line.text[-1] not in ".;"
        )
        if is_heading:
            if part.heading or part.lines:
                yield part
            part = _Part(heading=line)
        else:
            part.lines.append(line)
    if part.heading or part.lines:
        yield part


def _doubts_of(lines: Iterable[Line]) -> list[Doubt]:
    return [doubt for line in lines for doubt in line.doubts]


def _unique(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    return tuple(dict.fromkeys(doubts))


def _has_words(body: str) -> bool:
    """Whether anything is to be seen of it. Asking `richtext` is slow, and seldom needed."""
    if any(char.isalnum() for char in _UNSEEN.sub("", body)):
        return True
    return bool(render_words(body).plain)


def _cut(body: str) -> Iterator[str]:
    """The body in pieces that a clause may be, between paragraphs, lines or words."""
    while len(body) > BODY_LIMIT:
        at = BODY_LIMIT
        for gap in ("\n\n", "\n", " "):
            found = body.rfind(gap, BODY_LIMIT // 2, BODY_LIMIT)
            if found != -1:
                at = found
                break
        yield body[:at].rstrip()
        body = body[at:].strip()
    yield body
