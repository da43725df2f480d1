"""A text as whole words, numbers, terms and marks, and how two such sequences align."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

# Whatever is neither space nor punctuation belongs to a word: so an accent that is a code point
# of its own, or the parts of an emoji, are never torn off.
_CHAR = r"[^\s!-/:-@\[-^`{-~“”‘’«»…–—·•]"
_MARKED_NUMBER = r"\d[\d.,]*\s\([^()\n]{1,40}\)"  # 3 (tiga): one term, as laws write numbers
_WORD = rf"{_CHAR}+(?:[-'’./,:@]{_CHAR}+)*%?"  # KTP-el, 10.00, 188/7/2021, dan/atau
_TOKEN = rf"(?:{_MARKED_NUMBER}|{_WORD}|\S)"
_WITH_SPACE = re.compile(rf"{_TOKEN}\s*|\s+")
_APART = re.compile(rf"{_TOKEN}|\s+")
_LONGEST_TABLE = 50_000_000  # pairs of tokens; an alignment needs one bit for each

# Words that carry no meaning of their own: between two changes they are no place to rest.
_STOP_WORDS = """
    dan atau yang di ke dari pada untuk dengan oleh dalam ini itu adalah sebagai bagi serta jika
    the a an of to in on at by for with and or as is are be this that from if
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def tokens_with_space(text: str) -> list[str]:
    """Tokens, each with the white space that follows it; joined they are the text again."""
    return _WITH_SPACE.findall(text)


def tokens_apart(text: str) -> list[str]:
    """Tokens and runs of white space; joined they are the text again."""
    return _APART.findall(text)


def is_word(token: str) -> bool:
    return any(char.isalnum() for char in token)


def carries_no_meaning(tokens: Sequence[str]) -> bool:
    """Only marks, white space and stop words."""
    return all(not is_word(token) or token.strip().casefold() in STOP_WORDS for token in tokens)


def edits(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The differing ranges, old[i1:i2] becoming new[j1:j2], in order and never touching.

    Time and memory grow with len(old) × len(new) / 64, which is microseconds for a clause. What
    is beyond any document (7,000 words against 7,000 in one clause) is one difference.
    """
    if len(old) * len(new) > _LONGEST_TABLE:
        yield from _whole(old, new)
        return
    start: tuple[int, int] | None = None
    for tag, i1, _i2, j1, _j2 in LCSseq.opcodes(old, new).as_list():
        if tag != "equal":
            start = start or (i1, j1)
        elif start:
            yield start[0], i1, start[1], j1
            start = None
    if start:
        yield start[0], len(old), start[1], len(new)


def _whole(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    shortest = min(len(old), len(new))
    head = next((n for n in range(shortest) if old[n] != new[n]), shortest)
    tail = next((n for n in range(shortest - head) if old[-1 - n] != new[-1 - n]), shortest - head)
    if head + tail < max(len(old), len(new)):
        yield head, len(old) - tail, head, len(new) - tail
