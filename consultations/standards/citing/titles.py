"""Where the title of a cited act ends: the part of recognising that has to guess.

Titles are written in capitals ("Tata Cara Pendaftaran Penduduk dan Pencatatan Sipil") with small
words between them, so the first other small word is the sentence again. A title may name another
act ("Perubahan atas Undang-Undang Nomor 23 Tahun 2006 tentang …"); that is part of it.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from consultations.standards.citing.kinds import Kinds
from consultations.standards.phrases import Words

if TYPE_CHECKING:
    from consultations.standards.citing.recognising import Reference

_LONGEST = 80  # words
_LONGEST_IN_SMALL_LETTERS = 25
_LONGEST_LIST = 14  # words between a comma and the "dan" that shows that it was a list
_SAME_LINE = re.compile(r"[ \t\u00a0\u2007\u202f/&'’\-–]{1,4}|[.'’]")
_NEXT_LINE = re.compile(r"[ \t]{0,4}\n[ \t]{0,4}")


class _Cited(Protocol):
    end: int
    after: int


def find_title(
    words: Words,
    reference: "Reference",
    kinds: Kinds,
    reference_at: Callable[[int], _Cited | None],
) -> tuple[str, int, int]:
    """The title ("" without one), where the citation ends, and the word behind it."""
    index = reference.after
    nothing = "", reference.end, reference.after
    if index + 1 >= len(words) or words.keys[index] not in kinds.words["title"]:
        return nothing
    if words.text[reference.end : words.starts[index]].strip(" \t\n,\u00a0"):
        return nothing
    scan = _Title(words, index + 1, kinds, reference_at)
    if scan.end <= words.starts[index + 1]:
        return nothing
    title = " ".join(words.text[words.starts[index + 1] : scan.end].split())
    return title, scan.end, scan.after


class _Title:
    """Reads on from its first word; `end` and `after` are where the title was last sure."""

    def __init__(self, words: Words, first: int, kinds: Kinds, reference_at):
        self.words, self.kinds, self.reference_at = words, kinds, reference_at
        self.end, self.after = words.starts[first], first
        self._first = first
        self._is_in_capitals = words.capitals[first]
        self._last = first + (_LONGEST if self._is_in_capitals else _LONGEST_IN_SMALL_LETTERS)
        index: int | None = first
        while index is not None and index < min(len(words), self._last):
            index = self._step(index)

    def _step(self, index: int) -> int | None:
        """The word to look at next, or None where the title has ended."""
        if index > self._first and not self._goes_on(index):
            return None
        key = self.words.keys[index]
        if key in self.kinds.words["after_titles"]:
            return None
        cited = self.reference_at(index)
        if cited is not None:
            if not self._may_cite(index):
                return None
            self.end, self.after = cited.end, cited.after
            return cited.after
        if self._only_joins(key):
            return index + 1
        if self._is_in_capitals and not self.words.capitals[index]:
            return None
        self.end, self.after = self.words.ends[index], index + 1
        return index + 1

    def _only_joins(self, key: str) -> bool:
        """A title does not end with it. In small letters nothing tells titles from sentences."""
        joining = "in_titles" if self._is_in_capitals else "closing_lists"
        return key in self.kinds.words[joining]

    def _goes_on(self, index: int) -> bool:
        gap = self.words.gap(index)
        if _SAME_LINE.fullmatch(gap):
            return True
        if gap == ", ":
            return self._is_list(index)
        joins = self.words.keys[index - 1] in self.kinds.words["in_titles"]
        return joins and bool(_NEXT_LINE.fullmatch(gap))

    def _may_cite(self, index: int) -> bool:
        return index == self._first or (
            self.words.keys[index - 1] in self.kinds.words["before_cited_law"]
        )

    def _is_list(self, index: int) -> bool:
        """Whether the comma before `index` separates items of the title ("A, B, dan C")."""
        words, closing = self.words, self.kinds.words["closing_lists"]
        for ahead in range(index, min(index + _LONGEST_LIST, len(words) - 1)):
            gap = words.gap(ahead)
            if gap != ", " and not _SAME_LINE.fullmatch(gap):
                return False
            if words.keys[ahead] in closing:
                return self._closes_list(ahead)
            if self._is_in_capitals and not words.capitals[ahead]:
                return False
            if self.reference_at(ahead) is not None:
                return False
        return False

    def _closes_list(self, ahead: int) -> bool:
        following = ahead + 1
        if self.words.keys[following] in self.kinds.words["closing_lists"]:  # "dan/atau"
            following += 1
        if following >= len(self.words):
            return False
        is_cited = self.reference_at(following) is not None
        return not is_cited and (self.words.capitals[following] or not self._is_in_capitals)
