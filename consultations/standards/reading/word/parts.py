"""The parts of a DOCX that are read: body, styles, numbering, notes, and where links lead."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass

from consultations.standards.reading.archives import Package, damaged
from consultations.standards.reading.word.numbering import Numbering
from consultations.standards.reading.word.styles import Styles
from consultations.standards.reading.xmltrees import Element, read_xml

TEXTS = frozenset({"w:t", "w:delText", "m:t"})
# How words look, what Word remembers for itself, and what fields are computed from.
_DROPPED = frozenset(
    "w:" + found[0]
    for found in re.finditer(
        r"\w+",
        "sectPr tblPr tblPrEx tblGrid instrText delInstrText proofErr bookmarkStart bookmarkEnd "
        "lastRenderedPageBreak rFonts sz szCs color lang spacing ind jc tabs kern highlight shd "
        "pBdr u noProof bCs iCs w position effect em bdr fitText cs rtl keepNext keepLines "
        "pageBreakBefore widowControl suppressLineNumbers suppressAutoHyphens contextualSpacing "
        "adjustRightInd autoSpaceDE autoSpaceDN snapToGrid textAlignment cnfStyle tcW tcBorders "
        "tcMar vAlign noWrap hideMark textDirection trHeight cantSplit tblHeader pPrChange "
        "rPrChange tcPrChange trPrChange tblPrChange numberingChange latentStyles docDefaults",
    )
) | {"?:extLst", "?:spPr", "?:bodyPr", "?:cNvPr", "?:cNvSpPr", "?:pic", "?:shapetype"}
_RELATION = "/relationships/"


@dataclass(frozen=True)
class Relation:
    kind: str  # the last word of its type: "styles", "hyperlink"
    target: str
    is_external: bool


@dataclass(frozen=True)
class Parts:
    body: Element
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element]  # ("footnote", id)
    relations: dict[str, Relation]


def open_parts(package: Package) -> Parts:
    main = _main_part(package)
    relations = _relations(package, main)
    body = _read(package, main).find("w:body")
    if body is None:
        raise damaged()

    def part(kind: str) -> Element | None:
        """An inner part that the document names; what stands outside is never followed."""
        for relation in relations.values():
            if relation.kind == kind and not relation.is_external:
                name = posixpath.normpath(
                    posixpath.join("/" + posixpath.dirname(main), relation.target)
                ).lstrip("/")
                return _read(package, name) if name in package else None
        return None

    notes = {
        (kind, note.get("w:id")): note
        for kind in ("footnote", "endnote")
        for note in _all(part(kind + "s"), f"w:{kind}")
    }
    return Parts(body, Styles(part("styles")), Numbering(part("numbering")), notes, relations)


def _all(part: Element | None, tag: str) -> Iterable[Element]:
    return part.all(tag) if part else ()


def _main_part(package: Package) -> str:
    for relation in _relations(package, "").values():
        if relation.kind == "officeDocument" and not relation.is_external:
            return relation.target.lstrip("/")
    return "word/document.xml"


def _relations(package: Package, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return {}
    return {
        found.get("Id"): Relation(
            found.get("Type").rpartition(_RELATION)[2],
            found.get("Target"),
            found.get("TargetMode") == "External",
        )
        for found in read_xml(package.read(path)).all("rel:Relationship")
    }


def _read(package: Package, name: str) -> Element:
    return read_xml(package.read(name), dropped=_DROPPED, texts=TEXTS)
