"""XML of a document part as a small tree, read by the standard library's expat within limits.

A document type is refused at its first character, and with it every entity, its own or outside:
Word writes none. What no reader of ours asks for is left out while reading.
"""

import re
from collections.abc import Collection, Iterator
from xml.parsers import expat

from consultations.standards.reading.archives import damaged, too_much

DEEPEST = 120
MOST_ELEMENTS = 2_000_000  # looked at
MOST_KEPT = 500_000
MOST_CHARACTERS = 4_000_000  # of text that is kept
# Expat builds all attributes of a tag before anybody can count them, and no "<" stands in a tag.
_LONG_TAG = re.compile(rb"<[^<]{4194304}")
# The same vocabulary has two names: as Word writes it, and "strict" (ISO/IEC 29500).
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
}


class Element:
    """`tag` and the attributes' names are `prefix:name`, or the bare name without a namespace."""

    __slots__ = ("attributes", "children", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str]):
        self.tag, self.attributes = tag, attributes
        self.children: list[Element] = []
        self.text = ""

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def find(self, *path: str) -> "Element | None":
        found: Element | None = self
        for tag in path:
            found = next((child for child in found.children if child.tag == tag), None)
            if found is None:
                return None
        return found

    def all(self, tag: str) -> Iterator["Element"]:
        return (child for child in self.children if child.tag == tag)


class _Reader:
    def __init__(self, dropped: Collection[str], texts: Collection[str]):
        self._dropped, self._texts = dropped, texts
        self._names: dict[str, str] = {}
        self._seen = self._kept = self._characters = 0
        self._depth = 0
        self._dropping_from = 0  # depth of the element that is left out with all that is in it
        self.root = Element("", {})
        self._open = [self.root]

    def start(self, name: str, given: list[str]) -> None:
        self._depth += 1
        self._seen += 1
        if self._depth > DEEPEST or self._seen > MOST_ELEMENTS:
            raise too_much()
        if self._dropping_from:
            return
        tag = self._names.get(name) or self._name(name)
        if tag in self._dropped:
            self._dropping_from = self._depth
            return
        self._kept += 1
        if self._kept > MOST_KEPT:
            raise too_much()
        pairs = iter(given)
        element = Element(
            tag, {self._names.get(n) or self._name(n): v for n, v in zip(pairs, pairs, strict=True)}
        )
        self._open[-1].children.append(element)
        self._open.append(element)

    def end(self, _name: str) -> None:
        if self._dropping_from:
            if self._depth == self._dropping_from:
                self._dropping_from = 0
        else:
            self._open.pop()
        self._depth -= 1

    def text(self, data: str) -> None:
        if self._dropping_from or self._open[-1].tag not in self._texts:
            return
        self._characters += len(data)
        if self._characters > MOST_CHARACTERS:
            raise too_much()
        self._open[-1].text += data

    def _name(self, name: str) -> str:
        space, _separator, local = name.rpartition(" ")
        prefix = _PREFIXES.get(space, "?" if space else "")
        known = f"{prefix}:{local}" if prefix else local
        if len(self._names) < 10_000:  # a file may invent a name for each element
            self._names[name] = known
        return known


def read_xml(
    content: bytes, *, dropped: Collection[str] = frozenset(), texts: Collection[str] = frozenset()
) -> Element:
    """The root element, without elements of `dropped`, with text in elements of `texts` only."""
    if _LONG_TAG.search(content):
        raise too_much()
    reader = _Reader(dropped, texts)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise damaged()
    if not reader.root.children:
        raise damaged()
    return reader.root.children[0]


def _refuse_document_type(*_args) -> None:
    raise damaged()
