"""Words of a text with their places, and many phrases looked up at once.

All of it takes time in proportion to the text: a word is looked at once for each word of the
longest phrase that begins as it does, whatever stands in the text.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+")


class Words:
    """Runs of letters and digits: `keys` without case, `starts` and `ends` in code points."""

    def __init__(self, text: str):
        self.text = text
        found = list(_WORD.finditer(text))
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.keys = [match[0].casefold() for match in found]

    def __len__(self) -> int:
        return len(self.keys)

    def gap(self, index: int) -> str:
        """What stands between the word before and this one."""
        return self.text[self.ends[index - 1] if index else 0 : self.starts[index]]

    def written(self, index: int) -> str:
        return self.text[self.starts[index] : self.ends[index]]

    @cached_property
    def capitals(self) -> list[bool]:
        """Which words begin with a capital letter or a digit."""
        text = self.text
        return [text[start].isupper() or text[start].isdigit() for start in self.starts]


class Phrases(Generic[T]):
    """Phrases and what each of them stands for. Between the words of one, `gap` may stand."""

    def __init__(self, entries: Iterable[tuple[str, T]], *, gap: str = r"\s{1,3}|-"):
        self._root: dict = {}
        self._gap = re.compile(gap)
        for phrase, value in entries:
            node = self._root
            for key in Words(phrase).keys:
                node = node.setdefault(key, {})
            node.setdefault("", value)  # no word is empty; the first of two alike stays

    def longest(self, words: Words, index: int) -> tuple[T, int] | None:
        """The longest phrase that begins at this word, and the index of the word after it."""
        node = self._root.get(words.keys[index])
        if node is None:
            return None
        found = None
        while True:
            index += 1
            if "" in node:
                found = node[""], index
            if index == len(words) or not self._gap.fullmatch(words.gap(index)):
                return found
            node = node.get(words.keys[index])
            if node is None:
                return found
