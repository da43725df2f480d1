"""Two people changed the same words: both changes where they do not meet, else the conflict."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from consultations.standards.diffing.tokens import carries_no_meaning, edits, tokens_apart


class Region(NamedTuple):
    """One stretch of the text as it was, as they have it and as I have it."""

    kind: Literal["same", "theirs", "mine", "both", "conflict"]
    base: str
    theirs: str
    mine: str

    @property
    def text(self) -> str:
        return self.mine if self.kind == "mine" else self.theirs


@dataclass(frozen=True)
class Merge:
    regions: tuple[Region, ...]

    @property
    def conflicts(self) -> list[Region]:
        return [region for region in self.regions if region.kind == "conflict"]

    @property
    def text(self) -> str | None:
        """The merged words, or None while there is a conflict: nothing is chosen silently."""
        return None if self.conflicts else "".join(region.text for region in self.regions)

    @property
    def with_mine(self) -> str:
        """What does not overlap from both, and mine where it does: what a form offers beside all
        three versions, before anything is saved."""
        return "".join(
            region.mine if region.kind == "conflict" else region.text for region in self.regions
        )


class _Edit(NamedTuple):
    start: int
    end: int
    new_start: int
    new_end: int
    is_mine: bool


def merge_three_ways(base: str, theirs: str, mine: str) -> Merge:
    """Merges by word. Changes that overlap or touch are one conflict, unless they are equal."""
    old, their_words, my_words = tokens_apart(base), tokens_apart(theirs), tokens_apart(mine)
    found = _edits(old, their_words, is_mine=False) + _edits(old, my_words, is_mine=True)
    regions, at = [], 0
    for start, end, group in _groups(sorted(found), old):
        if start > at:
            same = "".join(old[at:start])
            regions.append(Region("same", same, same, same))
        regions.append(
            _region(
                "".join(old[start:end]),
                _side(old, their_words, start, end, [e for e in group if not e.is_mine]),
                _side(old, my_words, start, end, [e for e in group if e.is_mine]),
            )
        )
        at = end
    if at < len(old):
        same = "".join(old[at:])
        regions.append(Region("same", same, same, same))
    return Merge(tuple(regions))


def _edits(old: list[str], new: list[str], *, is_mine: bool) -> list[_Edit]:
    """Edits with nothing but marks and stop words between them are one: words are replaced as a
    phrase, and two rewritten phrases must never be interleaved."""
    joined: list[_Edit] = []
    for i1, i2, j1, j2 in edits(old, new):
        if joined and carries_no_meaning(old[joined[-1].end : i1]):
            last = joined.pop()
            i1, j1 = last.start, last.new_start
        joined.append(_Edit(i1, i2, j1, j2, is_mine))
    return joined


def _groups(found: list[_Edit], old: list[str]) -> list[tuple[int, int, list[_Edit]]]:
    """Edits that overlap or touch, with the range of the base that they cover together.

    Neighbouring words touch: "3 hari" made "5 hari" here and "3 jam" there must not become 5 jam.
    """
    groups: list[tuple[int, int, list[_Edit]]] = []
    for edit in found:
        if groups and not "".join(old[groups[-1][1] : edit.start]).strip():
            start, end, group = groups[-1]
            groups[-1] = (start, max(end, edit.end), [*group, edit])
        else:
            groups.append((edit.start, edit.end, [edit]))
    return groups


def _side(old: list[str], new: list[str], start: int, end: int, group: list[_Edit]) -> str:
    """How one side has the words of the base from `start` to `end`."""
    if not group:
        return "".join(old[start:end])
    first, last = group[0], group[-1]
    return "".join(new[first.new_start - (first.start - start) : last.new_end + end - last.end])


def _region(base: str, theirs: str, mine: str) -> Region:
    if theirs == mine:
        return Region("both", base, theirs, mine)
    if mine == base:
        return Region("theirs", base, theirs, mine)
    if theirs == base:
        return Region("mine", base, theirs, mine)
    return Region("conflict", base, theirs, mine)
