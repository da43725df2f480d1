"""Word's automatic numbers: which lists count and which have bullets."""

from consultations.standards.reading.blocks import Mark
from consultations.standards.reading.word.styles import whole
from consultations.standards.reading.xmltrees import Element

_DEEPEST = 8


class Numbering:
    """The numbers themselves are left to whoever writes the list: they follow from the order."""

    def __init__(self, part: Element | None):
        abstract = {
            found.get("w:abstractNumId"): _formats(found)
            for found in (part.all("w:abstractNum") if part is not None else ())
        }
        self._formats: dict[str, dict[int, str]] = {}
        for number in part.all("w:num") if part else ():
            link = number.find("w:abstractNumId")
            formats = dict(abstract.get(link.get("w:val") if link else "", {}))
            for override in number.all("w:lvlOverride"):
                formats |= _formats(override)
            self._formats[number.get("w:numId")] = formats

    def mark(self, place: tuple[str, int] | None) -> Mark | None:
        """What stands before a paragraph at this place of a list, or None for nothing."""
        if place is None or place[0] not in self._formats:
            return None
        number, level = place[0], min(place[1], _DEEPEST)
        kind = self._formats[number].get(level, "decimal")
        return None if kind == "none" else Mark(f"auto{number}", level, kind != "bullet")


def _formats(element: Element) -> dict[int, str]:
    formats = {}
    for level in element.all("w:lvl"):
        kind = level.find("w:numFmt")
        formats[whole(level.get("w:ilvl"), 0)] = kind.get("w:val") if kind else "decimal"
    return formats
