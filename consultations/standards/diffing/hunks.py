"""What changed between two texts, as hunks that a person reads."""

from typing import Literal, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from rapidfuzz.distance import Indel

from consultations.standards.diffing.tokens import (
    carries_no_meaning,
    edits,
    is_word,
    tokens_apart,
    tokens_with_space,
)

_OPENING = {
    "delete": '<del><span class="ds-sr-only">{deleted} </span>',
    "insert": '<ins><span class="ds-sr-only">{added} </span>',
}
_CLOSING = {"delete": "</del>", "insert": "</ins>"}
_SHORT_ISLAND = 2  # words that stay the same between two replacements, and are better replaced too


class Hunk(NamedTuple):
    """A piece of text. Same and insert joined are the new text, same and delete the old one."""

    kind: Literal["same", "insert", "delete"]
    text: str


class _Edit(NamedTuple):
    same: str  # the words before it
    deleted: str
    inserted: str

    @property
    def is_replacement(self) -> bool:
        return bool(self.deleted.strip() and self.inserted.strip())


def diff_words(old: str, new: str, *, exact: bool = False) -> list[Hunk]:
    """Hunks in reading order; a deletion stands before the insertion that replaces it.

    For readers, a few same words between two replacements are replaced along; `exact` keeps them.
    """
    if old == new:
        return [Hunk("same", new)] if new else []
    found, rest = _edits_of(old, new)
    hunks = []
    for edit in found if exact else _without_islands(found):
        hunks += [Hunk("same", edit.same), Hunk("delete", edit.deleted)]
        hunks.append(Hunk("insert", edit.inserted))
    hunks.append(Hunk("same", rest))
    return [hunk for hunk in hunks if hunk.text]


def diff_html(old: str, new: str) -> SafeString:
    """The difference with `del` and `ins`, and words for readers that do not announce them."""
    pattern, texts = (
        [],
        [],
    )  # one formatting of all pieces: each by itself takes three times as long

    def put(before: str, text: str, after: str = "") -> None:
        if not text:
            return
        lines = text.split("\n")
        pattern.append(before + "<br>\n".join(["{}"] * len(lines)) + after)
        texts.extend(lines)

    needs_space = False
    for kind, text in diff_words(old, new):
        words = text.strip()
        if kind == "same" or not words:
            if kind != "delete":
                put("", text)
            continue
        left, right = text.split(words, 1)
        put("", left or (" " if needs_space and kind == "insert" else ""))
        put(_OPENING[kind], words, _CLOSING[kind])
        put("", right)
        needs_space = kind == "delete" and not right
    return format_html("".join(pattern), *texts, deleted=_("deleted:"), added=_("added:"))


def similarity(old: str, new: str) -> float:
    """How much of the words is the same: 1 for equal texts, 0 for nothing in common."""
    return Indel.normalized_similarity(_words(old), _words(new))


def _words(text: str) -> list[str]:
    return [token for token in tokens_apart(text) if not token.isspace()]


def _edits_of(old: str, new: str) -> tuple[list[_Edit], str]:
    """The raw edits, and what is the same after the last one."""
    old_tokens, new_tokens = tokens_with_space(old), tokens_with_space(new)
    old_keys = [token.rstrip() for token in old_tokens]
    new_keys = [token.rstrip() for token in new_tokens]
    found: list[_Edit] = []
    i = j = 0
    for i1, i2, j1, j2 in [*edits(old_keys, new_keys), (len(old_keys),) * 2 + (len(new_keys),) * 2]:
        same = _same(found, old_tokens[i:i1], new_tokens[j:j1])
        deleted, inserted = "".join(old_tokens[i1:i2]), "".join(new_tokens[j1:j2])
        if not (same or not found):  # the white space before it differs too: one edit
            last = found.pop()
            same, deleted, inserted = last.same, last.deleted + deleted, last.inserted + inserted
        found.append(_Edit(same, deleted, inserted))
        i, j = i2, j2
    last = found.pop()
    if last.deleted or last.inserted:
        return [*found, last], ""
    return found, last.same


def _same(found: list[_Edit], old: list[str], new: list[str]) -> str:
    """The words that did not change. Where the space after one did, that is an edit of its own."""
    if old == new:
        return "".join(new)
    same = ""
    for old_token, new_token in zip(old, new, strict=True):
        if old_token == new_token:
            same += new_token
            continue
        key = new_token.rstrip()
        found.append(_Edit(same + key, old_token[len(key) :], new_token[len(key) :]))
        same = ""
    return same


def _without_islands(found: list[_Edit]) -> list[_Edit]:
    kept: list[_Edit] = []
    for edit in found:
        if kept and _is_island(kept[-1], edit):
            last = kept.pop()
            edit = _Edit(
                last.same,
                last.deleted + edit.same + edit.deleted,
                last.inserted + edit.same + edit.inserted,
            )
        kept.append(edit)
    return kept


def _is_island(before: _Edit, after: _Edit) -> bool:
    """Whether the few same words between two edits only make the reader's eye jump."""
    if len(after.same) > 60:
        return False
    tokens = _words(after.same)
    if before.is_replacement and after.is_replacement:
        longest = max(len(edit.deleted + edit.inserted) for edit in (before, after))
        return sum(map(is_word, tokens)) <= _SHORT_ISLAND and len(after.same) <= longest
    only_inserts = not (before.deleted.strip() or after.deleted.strip())
    only_deletes = not (before.inserted.strip() or after.inserted.strip())
    return carries_no_meaning(tokens) and not only_inserts and not only_deletes
