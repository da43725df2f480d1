"""A text prepared for the advisers: words, sentences, and what is quoted from the law."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from consultations.standards import sentences
from consultations.standards.citing import recognise
from consultations.standards.phrases import Words


@dataclass(frozen=True)
class Sentence:
    """`first` to `last` (exclusive) are indexes of its words; one has at least one."""

    start: int
    end: int
    first: int
    last: int

    @property
    def indexes(self) -> range:
        return range(self.first, self.last)


class Reading:
    """Cited acts keep the words that the law gave them, so nothing is said about those."""

    def __init__(self, text: str):
        self.text = text
        self.words = Words(text)
        self.is_cited = [False] * len(self.words)
        self.begins_citation = [False] * len(self.words)
        self._mark_citations()

    @cached_property
    def sentences(self) -> list[Sentence]:
        return list(self._sentences())

    @cached_property
    def is_glued(self) -> list[bool]:
        """Parts of one word: "KTP-el", "08.00", "dan/atau"."""
        words = self.words
        return [
            index > 0 and words.starts[index] - words.ends[index - 1] == 1 and not gap.isspace()
            for index, gap in enumerate(map(words.gap, range(len(words))))
        ]

    def count(self, sentence: Sentence) -> int:
        """Words as a reader counts them; a cited act is one."""
        return sum(
            self.begins_citation[index]
            if self.is_cited[index]
            else not self.is_glued[index] or index == sentence.first
            for index in sentence.indexes
        )

    def _mark_citations(self) -> None:
        index, words = 0, self.words
        for found in recognise(self.text):
            while index < len(words) and words.starts[index] < found.start:
                index += 1
            if index < len(words):
                self.begins_citation[index] = True
            while index < len(words) and words.starts[index] < found.end:
                self.is_cited[index] = True
                index += 1

    def _sentences(self) -> Iterator[Sentence]:
        index, words = 0, self.words
        for start, end in sentences.spans(self.text):
            while index < len(words) and words.starts[index] < start:
                index += 1
            first = index
            while index < len(words) and words.starts[index] < end:
                index += 1
            if index > first:
                yield Sentence(start, end, first, index)
