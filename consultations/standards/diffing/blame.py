"""Which version brought each passage of a text."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from consultations.standards.diffing.hunks import diff_words


class Origin(NamedTuple):
    """A passage of the newest version, and the place of the version that brought it."""

    text: str
    version: int


def blame(versions: Sequence[str]) -> list[Origin]:
    """The newest of `versions` (the oldest comes first) in passages; joined they are it again.

    A word that stayed is as old as it was, whatever changed around it.
    """
    if not versions:
        return []
    origins = [0] * len(versions[0])  # of each character
    for number, (old, new) in enumerate(pairwise(versions), 1):
        kept, at = [], 0
        for kind, text in diff_words(old, new, exact=True):
            if kind == "insert":
                kept += [number] * len(text)
                continue
            if kind == "same":
                kept += origins[at : at + len(text)]
            at += len(text)
        origins = kept
    newest, found, at = versions[-1], [], 0
    for version, run in groupby(origins):
        length = len(list(run))
        found.append(Origin(newest[at : at + length], version))
        at += length
    return found
