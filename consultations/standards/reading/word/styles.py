"""Paragraph styles: which are headings, which are numbered, which are a table of contents."""

import re
from dataclasses import dataclass
from itertools import count, islice

from consultations.standards.reading.xmltrees import Element

_LONGEST_CHAIN = 20
_BODY_LEVEL = 9  # the outline level of what is no heading
# Word writes the English names whatever its language is; other programs and people do not.
_HEADING = re.compile(r"(?:heading|judul|heading judul)\s*(\d)")
_TITLES = {"title", "judul"}
_CONTENTS = re.compile(r"(?:toc|daftar isi)\s*\d|toc heading|table of figures")


@dataclass(frozen=True)
class Style:
    heading_level: int = 0
    number: tuple[str, int] | None = None  # id of its list, level in it
    is_bold: bool = False
    is_contents: bool = False


class Styles:
    def __init__(self, part: Element | None):
        self._given = {
            style.get("w:styleId"): style
            for style in (part.all("w:style") if part is not None else ())
            if style.get("w:type") == "paragraph"
        }
        self._default = next(
            (key for key, style in self._given.items() if is_on(style.get("w:default"), "0")), ""
        )
        self._known: dict[str, Style] = {}

    def of(self, properties: Element | None) -> Style:
        """The style that a paragraph's properties name."""
        named = properties.find("w:pStyle") if properties else None
        key = named.get("w:val") if named else self._default
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _resolve(self, key: str) -> Style:
        level, number, bold, contents = None, None, None, False
        for style in self._chain(key):
            name = style.find("w:name")
            name = (name.get("w:val") if name else "").lower()
            properties = style.find("w:pPr")
            if level is None:
                level = _named_level(name)
            if level is None:
                level = outline_level(properties)
            if number is None:
                number = list_place(properties)
            if bold is None and (found := style.find("w:rPr", "w:b")):
                bold = is_on(found.get("w:val"))
            contents = contents or bool(_CONTENTS.fullmatch(name))
        return Style(level or 0, number, bool(bold), contents)

    def _chain(self, key: str):
        """The style and what it is based on; a chain that bites its tail ends."""
        seen: set[str] = set()
        for _step in islice(count(), _LONGEST_CHAIN):
            style = self._given.get(key)
            if style is None or key in seen:
                return
            seen.add(key)
            yield style
            based_on = style.find("w:basedOn")
            key = based_on.get("w:val") if based_on else ""


def _named_level(name: str) -> int | None:
    if found := _HEADING.fullmatch(name):
        return int(found[1]) or 1
    return 1 if name in _TITLES else None


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading from 1, 0 for what is none, None if nothing is said about it."""
    found = properties.find("w:outlineLvl") if properties else None
    if found is None:
        return None
    level = whole(found.get("w:val"), _BODY_LEVEL)
    return 0 if level >= _BODY_LEVEL else level + 1


def list_place(properties: Element | None) -> tuple[str, int] | None:
    """The list that a paragraph belongs to and its level in it; list "0" means none."""
    found = properties.find("w:numPr") if properties else None
    if found is None:
        return None
    number, level = found.find("w:numId"), found.find("w:ilvl")
    return (
        number.get("w:val") if number else "",
        whole(level.get("w:val"), 0) if level else 0,
    )


def is_on(value: str, default: str = "1") -> bool:
    """A property is on where it stands without a value."""
    return (value or default).lower() not in {"0", "false", "off", "none"}


def whole(text: str, otherwise: int) -> int:
    """A small number out of a file, or `otherwise`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
