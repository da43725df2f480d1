"""Lists: the numbers that people type by hand, levels, and lists as Markdown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from consultations.standards.reading.blocks import Line, Mark
from consultations.standards.reading.doubts import Doubt
from consultations.standards.reading.markup import start_escaped

DEEPEST = 4  # levels of a list in one clause; `richtext` shows no more than about five
_TYPED = re.compile(
    r"(?P<bullet>[-–—•▪◦●○■□✓√➢➤·*])\s+(?=\S)"
    r"|(?P<sign>[•▪◦●○■➢➤·])(?=[^\W\d_])"
    r"|(?P<open>\(?)(?:(?P<digits>\d{1,2})|(?P<roman>[ivx]{2,5}|i)|(?P<small>[a-z])|(?P<large>[A-Z]))"
    r"(?P<close>[.)])\s+(?=\S)"
)
_EMPHASIS = re.compile(r"[*_]{0,3}")
_ROMAN = {text: n for n, text in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii"), 1)}


class Typed(NamedTuple):
    style: str  # all that one list has in common: "digits.", "small)"
    ordinal: int  # 0 for a bullet
    length: int


@dataclass(slots=True)
class Entry:
    """A line with the list below it."""

    line: Line
    children: list["Entry"] = field(default_factory=list)

    @property
    def is_item(self) -> bool:
        return self.line.mark is not None

    @property
    def doubts(self) -> Iterator[Doubt]:
        yield from self.line.doubts
        for child in self.children:
            yield from child.doubts


def first_mark(text: str) -> Typed | None:
    """The number or bullet that `text` begins with."""
    found = _TYPED.match(text)
    if found is None:
        return None
    if found["bullet"] or found["sign"]:
        return Typed("bullet" + (found["bullet"] or found["sign"]), 0, found.end())
    style, around = found.lastgroup, f"{found['open']}{found['close']}"
    for style in ("digits", "roman", "small", "large"):
        if found[style]:
            break
    return Typed(style + around, _ordinal(style, found[style]), found.end())


def _ordinal(style: str, text: str) -> int:
    if style == "digits":
        return int(text)
    return _ROMAN.get(text, 99) if style == "roman" else ord(text.lower()) - ord("a") + 1


def entries_of(lines: Iterable[Line]) -> list[Entry]:
    """Lines as a tree: each item below the one whose list its own stands in."""
    top: list[Entry] = []
    above: list[Entry] = []  # the open item of each level
    for line in _with_typed_marks(lines):
        if line.mark is None:
            above.clear()
            top.append(Entry(line))
            continue
        while above and not _stands_below(line.mark, above[-1].line.mark, above):
            above.pop()
        entry = Entry(line)
        (above[-1].children if above else top).append(entry)
        above.append(entry)
    return top


def _stands_below(mark: Mark, upper: Mark, above: list[Entry]) -> bool:
    if mark.series.startswith("typed"):
        return mark.series not in {entry.line.mark.series for entry in above}
    return not upper.series.startswith("typed") and upper.level < mark.level


def _with_typed_marks(lines: Iterable[Line]) -> Iterator[Line]:
    """Numbers count as such where they go on from the one before: “H. Ahmad” is no item 8."""
    last: dict[str, int] = {}
    for line in lines:
        typed = None if line.mark or line.level else first_mark(line.text)
        # Whoever writes "1\\." in Markdown says that it is no item.
        if typed and without_mark(line.markdown) != line.markdown:
            style, ordinal, _length = typed
            if style[:5] == "roman" and last.get("small" + style[5:]) == 8:
                style, ordinal = "small" + style[5:], 9  # "i" after "h"
            if ordinal in (0, 1) or last.get(style) == ordinal - 1:
                last[style] = ordinal
                mark = Mark(f"typed {style}", 0, ordinal > 0)
                yield replace(
                    line,
                    mark=mark,
                    text=line.text[typed.length :],
                    markdown=without_mark(line.markdown),
                )
                continue
        yield line


def without_mark(markdown: str) -> str:
    stars = _EMPHASIS.match(markdown)[0]
    rest = markdown[len(stars) :]
    if stars and rest.startswith(" "):  # no emphasis but a bullet
        return rest.strip()
    rest = rest[1:] if rest.startswith("\\*") else rest
    typed = first_mark(rest)
    return stars + rest[typed.length :] if typed else markdown


def list_markdown(entries: list[Entry], depth: int = 1) -> str:
    """Items as a list. Numbers start at one: what counts is the order."""
    rows: list[str] = []
    number = 0
    for entry in entries:
        is_ordered = entry.line.mark is None or entry.line.mark.is_ordered
        number = number + 1 if is_ordered else 0
        marker = f"{number}. " if is_ordered else "- "
        text = start_escaped(entry.line.markdown)
        below = entry.children if depth < DEEPEST else []
        if below:
            text += "\n" + list_markdown(below, depth + 1)
        indent = " " * len(marker)
        first, *others = text.split("\n")
        rows.append("\n".join([marker + first, *(indent + other for other in others)]))
        if entry.children and not below:
            rows.append(list_markdown(entry.children, depth))
    return "\n".join(rows)


def item_markdown(entry: Entry) -> str:
    """One item as a text of its own: its words, and the list below them."""
    text = start_escaped(entry.line.markdown)
    return f"{text}\n\n{list_markdown(entry.children)}" if entry.children else text


def blocks_markdown(entries: list[Entry]) -> str:
    """Paragraphs and lists in their order."""
    blocks: list[str] = []
    items: list[Entry] = []
    for entry in [*entries, None]:
        if entry is not None and entry.is_item:
            items.append(entry)
            continue
        if items:
            blocks.append(list_markdown(items))
            items = []
        if entry is not None:
            blocks.append(item_markdown(entry))
    return "\n\n".join(blocks)
