"""Finds citations in running text and lists, as untidy as they are in published standards.

One pass over the words: a kind of act, then what completes its name, then number and year, then the
title. Each step looks a bounded number of words ahead, so time grows with the text alone.
"""

import re
from dataclasses import dataclass

from consultations.standards.citing.citations import Citation
from consultations.standards.citing.kinds import Kind, Kinds, load_kinds
from consultations.standards.citing.places import tidy_place
from consultations.standards.citing.titles import find_title
from consultations.standards.phrases import Words

_LONGEST_PLACE = 14  # words; an office with its region has up to a dozen
_LONGEST_NICKNAME = 6
_YEAR_AT_END = re.compile(r"(?:1[89]|20)\d\d")
_INSIDE_A_NUMBER = re.compile(r"\d[/.-]\Z")  # B/693/PP.01/2025 is a letter
_DIGIT = re.compile(r"\d")
_PLACE_GAP = re.compile(r"[\s.-]{1,3}|, ?|/")


@dataclass(frozen=True)
class Found:
    """A citation and where it stands, its title included: code points of the text."""

    citation: Citation
    start: int
    end: int


@dataclass(frozen=True)
class Reference:
    """A citation without its title; `after` is the index of the first word behind it."""

    kind: Kind
    number: str
    year: int
    completion: str
    end: int
    after: int


def recognise(text: str, kinds: Kinds | None = None) -> list[Found]:
    """In the order of the text, never overlapping. An act that a title names is no find."""
    return _Recogniser(text, kinds or load_kinds()).run()


class _Recogniser:
    def __init__(self, text: str, kinds: Kinds):
        self.text, self.kinds, self.words = text, kinds, Words(text)
        self._looked_at: dict[int, Reference | None] = {}

    def run(self) -> list[Found]:
        found: list[Found] = []
        index = 0
        while index < len(self.words):
            reference = self.reference_at(index)
            if reference is None:
                index += 1
                continue
            index = self._take(reference, self.words.starts[index], found)
        return found

    def _take(self, reference: Reference, start: int, found: list[Found]) -> int:
        """Adds it, and further numbers of the same kind ("7/2009 jo. 1/2015")."""
        while True:
            title, end, after = find_title(self.words, reference, self.kinds, self.reference_at)
            found.append(Found(self._citation(reference, title), start, end))
            further = self._further(reference, end, after)
            if further is None:
                return after
            reference, start = further

    def reference_at(self, index: int) -> Reference | None:
        """Looked at once, however many titles look ahead to it."""
        if index not in self._looked_at:
            self._looked_at[index] = self._reference_at(index)
        return self._looked_at[index]

    def _reference_at(self, index: int) -> Reference | None:
        hit = self.kinds.phrases.longest(self.words, index)
        if hit is None:
            return None
        kind, after = hit
        start = self.words.starts[index]
        if _INSIDE_A_NUMBER.search(self.text, max(0, start - 2), start):
            return None
        if after == index + 1 and not kind.may_be_written(self.words.written(index)):
            return None
        after = self._skip_state(after)
        if not kind.numbered:
            return self._unnumbered(kind, after)
        return self._numbered(kind, after)

    def _skip_state(self, index: int) -> int:
        while index < len(self.words) and self.words.keys[index] in self.kinds.words["state"]:
            index += 1
        return index

    def _unnumbered(self, kind: Kind, after: int) -> Reference | None:
        match = self.kinds.bare_year.match(self.text, self.words.ends[after - 1])
        if match is None:
            return None
        year, end = int(match["year"]), match.end()
        return Reference(kind, "", year, "", end, self._after(after, end))

    def _numbered(self, kind: Kind, first: int) -> Reference | None:
        most = _LONGEST_PLACE if kind.place else _LONGEST_NICKNAME if kind.has_nickname else 0
        index = first
        while True:
            number = self._number_at(self.words.ends[index - 1])
            if number:
                completion = self._completion(first, index)
                after = self._after(index, number.end)
                return Reference(kind, number.text, number.year, completion, number.end, after)
            if index - first >= most or not self._continues_place(kind, first, index):
                return None
            index += 1

    def _number_at(self, position: int) -> "_Number | None":
        match = self.kinds.number.match(self.text, position)
        if match is None:
            return None
        written = match["number"].rstrip(".-")
        start = match.start("word") if match["word"] else match.start("number")
        text = re.sub(r"\s*/\s*", "/", written)
        if match["year"]:
            number = _Number(text, int(match["year"]), start, match.end(), bool(match["word"]))
            return number if _DIGIT.search(text) else None
        head, _slash, tail = text.rpartition("/")
        if not _YEAR_AT_END.fullmatch(tail) or not _DIGIT.search(head):
            return None
        end = match.start("number") + len(written)
        text = text if "/" in head else head
        return _Number(text, int(tail), start, end, bool(match["word"]))

    def _continues_place(self, kind: Kind, first: int, index: int) -> bool:
        """Whether the word at `index` may belong to the name of a place or an office."""
        words = self.words
        if index >= len(words) or not _PLACE_GAP.fullmatch(gap := words.gap(index)):
            return False
        if "," in gap and kind.place != "office":
            return False
        key = words.keys[index]
        if words.capitals[index]:
            return index == first or self.kinds.phrases.longest(words, index) is None
        if key in self.kinds.words["closing_lists"]:
            return index > first
        is_type = key in self.kinds.abbreviations
        return is_type or words.keys[index - 1] in self.kinds.abbreviations

    def _completion(self, first: int, index: int) -> str:
        if index == first:
            return ""
        return self.text[self.words.starts[first] : self.words.ends[index - 1]]

    def _after(self, index: int, end: int) -> int:
        while index < len(self.words) and self.words.starts[index] < end:
            index += 1
        return index

    def _further(self, last: Reference, end: int, after: int) -> tuple[Reference, int] | None:
        """Another number of the same kind behind `end`, and where it begins."""
        joint = self.kinds.further.match(self.text, end)
        if not joint or not joint[0].strip() or not last.number:
            return None
        number = self._number_at(joint.end())
        if number is None or "/" in number.text:
            return None
        if not number.is_announced and not number.text[0].isdigit():
            return None
        after = self._after(after, number.end)
        reference = Reference(
            last.kind, number.text, number.year, last.completion, number.end, after
        )
        return reference, number.start

    def _citation(self, reference: Reference, title: str) -> Citation:
        kind, completion = reference.kind, reference.completion
        place = tidy_place(completion, self.kinds) if kind.place else ""
        if kind.has_nickname and not title and not completion.isupper():
            title = " ".join(completion.split())
        return Citation(kind, reference.number, reference.year, title, place)


@dataclass(frozen=True)
class _Number:
    """`is_announced`: the word "Nomor" stands before it."""

    text: str
    year: int
    start: int
    end: int
    is_announced: bool
