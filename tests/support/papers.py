"""Looks into printed papers: what a screen reader finds, what an eye reads, what a camera scans."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO

import pypdf
import pypdfium2
import zxingcpp
from pypdf.generic import ContentStream, DictionaryObject

_PAINTING = {
    b"Tj", b"TJ", b"'", b'"', b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh", b"Do",
    b"EI",
}  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """A PDF, opened."""

    content: bytes

    @cached_property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(BytesIO(self.content), strict=True)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, in the order in which it is drawn, with any white space as one."""
        document = pypdfium2.PdfDocument(self.content)
        texts = [page.get_textpage().get_text_range() for page in document]
        # The engine lets long words break by a space of no width.
        return [" ".join(text.replace("\u200b", "").split()) for text in texts]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @cached_property
    def letters(self) -> str:
        """The text without white space, which differs with where lines end."""
        return "".join(self.text.split())

    @cached_property
    def elements(self) -> list[DictionaryObject]:
        """The structure in reading order."""
        return list(_elements(self.reader.trailer["/Root"]["/StructTreeRoot"]))

    @property
    def tags(self) -> list[str]:
        return [element["/S"] for element in self.elements]

    @property
    def bookmarks(self) -> list[str]:
        return [entry.title for entry in _flat(self.reader.outline)]

    def codes(self, page: int = 0) -> list[str]:
        """What a camera reads off the page."""
        bitmap = pypdfium2.PdfDocument(self.content)[page].render(scale=2, grayscale=True)
        picture = memoryview(bytes(bitmap.buffer)).cast("B", [bitmap.height, bitmap.stride])
        return [code.text for code in zxingcpp.read_barcodes(picture)]

    def overflowing(self) -> list[str]:
        """Letters that are drawn beyond the edge of their page."""
        found = []
        for page in pypdfium2.PdfDocument(self.content):
            width, height = page.get_size()
            words = page.get_textpage()
            for number in range(words.count_chars()):
                left, bottom, right, top = words.get_charbox(number)
                if right > width or left < 0 or bottom < 0 or top > height:
                    found.append(words.get_text_range(number, 1))
        return found


def check_accessible(printed: Printed, *, title: str, language: str) -> None:
    """What PDF/UA-1 and PDF/A-2a ask of a file, as far as its structure shows it."""
    root = printed.reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert printed.reader.metadata.title == title
    said = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in said
    assert root["/OutputIntents"]
    assert "/Title" in printed.tags
    assert _skipped_levels(printed.tags) == []
    figures = [element for element in printed.elements if element["/S"] == "/Figure"]
    assert all(element["/Alt"] for element in figures)
    for page in printed.reader.pages:
        assert page["/Tabs"] == "/S"
        assert _unmarked(page, printed.reader) == []
        assert _not_embedded(page) == []


def _elements(node) -> Iterator[DictionaryObject]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, DictionaryObject) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _flat(entries) -> Iterator:
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def _skipped_levels(tags: list[str]) -> list[str]:
    """Headings that are more than one level below the one before."""
    levels = [int(tag[2:]) for tag in tags if tag[:2] == "/H" and tag[2:].isdigit()]
    pairs = zip([0, *levels], levels, strict=False)
    return [f"H{above} → H{below}" for above, below in pairs if below > above + 1]


def _unmarked(page, reader) -> list[bytes]:
    """What is drawn and is neither part of the structure nor marked as an artefact."""
    depth, found = 0, []
    for _operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        if operator in {b"BMC", b"BDC"}:
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in _PAINTING and depth == 0:
            found.append(operator)
    return found


def _not_embedded(page) -> list[str]:
    missing = []
    for font in page["/Resources"].get("/Font", {}).values():
        font = font.get_object()
        for inner in font.get("/DescendantFonts", [font]):
            described = inner.get_object()["/FontDescriptor"].get_object()
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & described.keys():
                missing.append(font["/BaseFont"])
    return missing
