"""The words of one paragraph, with what makes a reader doubt them."""

from dataclasses import dataclass, field

from consultations.standards.reading.doubts import Doubt, DoubtCode, Place, tracked
from consultations.standards.reading.markup import Run, cleaned
from consultations.standards.reading.word.parts import Parts
from consultations.standards.reading.word.styles import is_on
from consultations.standards.reading.xmltrees import Element

_DELETIONS = {"w:del", "w:moveFrom"}
_INSERTIONS = {"w:ins", "w:moveTo"}
_PROPERTIES = {"w:pPr", "w:rPr", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr"}
_SPACES = {"w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "-"}
_DRAWN = {"w:drawing", "w:pict"}
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
# Signs of Wingdings that forms are full of, by the last two digits of their code.
_SIGNS = {"6F": "☐", "A8": "☐", "FC": "✓", "FE": "☑", "FB": "✗", "FD": "☒", "E0": "→", "F0": "→"}
_BULLETS = {"6C", "6E", "76", "A7", "B7", "D8"}


@dataclass
class Words:
    """A paragraph while it is read. `boxes` are the text boxes that hang on it."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    flags: set[DoubtCode] = field(default_factory=set)

    def doubts(self, place: Place) -> tuple[Doubt, ...]:
        found = [Doubt.about(code, place) for code in sorted(self.flags)]
        found += [Doubt.about(DoubtCode.FOOTNOTE, place, text=note) for note in self.notes]
        if self.added or self.deleted:
            found.append(tracked(place, "".join(self.added), "".join(self.deleted)))
        for code, texts in (
            (DoubtCode.HIDDEN_TEXT, self.hidden),
            (DoubtCode.STRUCK_TEXT, self.struck),
        ):
            if text := "".join(texts).strip():
                found.append(Doubt.about(code, place, text=text))
        return tuple(found)


class InlineReader:
    """Reads into `words`, which may hold the words of a paragraph before that was joined to it."""

    def __init__(self, parts: Parts, words: Words):
        self._parts, self._words = parts, words

    def read(self, element: Element, *, is_added: bool = False, href: str = "") -> None:
        for child in element.children:
            tag = child.tag
            if tag in _PROPERTIES:
                continue
            elif tag == "w:r":
                self._run(child, is_added, href)
            elif tag in _DELETIONS:
                self._words.deleted.append(text_in(child))
            elif tag == "w:txbxContent":
                self._words.boxes.append(child)
            elif tag == "mc:AlternateContent":
                # Both say the same; programs show the first that they understand.
                self.read(_alternative(child), is_added=is_added, href=href)
            elif tag == "w:hyperlink":
                self.read(child, is_added=is_added, href=self._href(child))
            elif tag == "m:t":
                self._words.runs.append(Run(self._text(child.text)))
            else:
                self.read(child, is_added=is_added or tag in _INSERTIONS, href=href)

    def _run(self, run: Element, is_added: bool, href: str) -> None:
        properties = run.find("w:rPr") or Element("", {})
        look = {name: _has(properties, name) for name in ("b", "i", "vanish", "strike", "dstrike")}
        for child in run.children:
            text = self._piece(child)
            if not text:
                continue
            if look["vanish"]:
                self._words.hidden.append(text)
                continue
            if look["strike"] or look["dstrike"]:
                self._words.struck.append(text)
            if is_added:
                self._words.added.append(text)
            self._words.runs.append(Run(text, bool(look["b"]), bool(look["i"]), href))

    def _piece(self, element: Element) -> str:
        """The text of one thing in a run. What is no text is noted."""
        tag, words = element.tag, self._words
        if tag == "w:t":
            return self._text(element.text)
        if tag in _SPACES:
            return _SPACES[tag]
        if tag == "w:br":
            return "" if element.get("w:type") in {"page", "column"} else "\n"
        if tag == "w:sym":
            return self._sign(element)
        if tag in _NOTES:
            return self._note(_NOTES[tag], element.get("w:id"))
        if tag == "w:commentReference":
            words.flags.add(DoubtCode.COMMENTS)
        elif tag == "w:object":
            words.flags.add(DoubtCode.EMBEDDED)
        elif tag == "mc:AlternateContent":
            for child in _alternative(element).children:
                self._piece(child)
        elif tag in _DRAWN:
            self._drawing(element)
        elif tag == "w:delText":
            words.deleted.append(element.text)
        return ""

    def _drawing(self, element: Element) -> None:
        known = len(self._words.boxes)
        self.read(element)
        if len(self._words.boxes) == known:
            self._words.flags.add(DoubtCode.PICTURE)

    def _sign(self, element: Element) -> str:
        code = element.get("w:char").upper()[-2:]
        if code not in _SIGNS and code not in _BULLETS:
            self._words.flags.add(DoubtCode.SYMBOL)
        return "• " if code in _BULLETS else _SIGNS.get(code, "")

    def _note(self, kind: str, number: str) -> str:
        note = self._parts.notes.get((kind, number))
        text = self._text(" ".join(text_in(note).split())) if note else ""
        if text:
            self._words.notes.append(text)
        return f" [{text}]" if text else ""

    def _text(self, text: str) -> str:
        if text.isascii() and text.isprintable():
            return text
        # Outer spaces stand between words here, and line ends are no more than that in a run.
        core = text.strip(" \t\n\r")
        before, after = text[:1].isspace() and core, text[-1:].isspace()
        core, was_cleaned = cleaned(" ".join(core.splitlines()))
        if was_cleaned:
            self._words.flags.add(DoubtCode.HIDDEN_CHARACTERS)
        return " " * bool(before) + core + " " * bool(after)

    def _href(self, element: Element) -> str:
        relation = self._parts.relations.get(element.get("r:id"))
        return relation.target if relation and relation.is_external else ""


def text_in(element: Element) -> str:
    """All words below an element, deleted ones too, with a space between paragraphs."""
    pieces = [element.text]
    for child in element.children:
        pieces.append(text_in(child))
        if child.tag in {"w:p", "w:tab", "w:br"}:
            pieces.append(" ")
    return "".join(pieces)


def _alternative(element: Element) -> Element:
    choices = [*element.all("mc:Choice"), *element.all("mc:Fallback")]
    return next((choice for choice in choices if choice.children), Element("", {}))


def _has(properties: Element, name: str) -> bool:
    found = properties.find(f"w:{name}")
    return found is not None and is_on(found.get("w:val"))
