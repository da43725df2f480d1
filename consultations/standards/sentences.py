"""Where the sentences of a plain text begin and end.

A full stop inside "08.00", "Rp120.000" or "No. 5", behind an abbreviation ("Jl. Merdeka", "a.n.
Kepala Dinas") or an initial ("H. Ahmad") ends nothing. A semicolon does: laws and lists join with
it what could stand alone.
"""

import re
from collections.abc import Iterator

_MARK = re.compile(r"\n|[.!?;]")
# Digits begin no sentence here: that costs little, and "hlm. 5" or "Kav. 3" need no list.
_BEGINNING = re.compile(r"[\"'“”‘’)\]»]{0,3}\s+[\"'“‘«(\[]{0,3}(?=[^\W\d_a-z])")
_TOKEN_BEFORE = re.compile(r"[^\W_](?:[^\W_]|\.(?=[^\W_])){0,14}\Z")
_DOTTED_LETTERS = re.compile(r"[^\W\d_]{1,2}(?:\.[^\W\d_]{1,4})+")  # s.d, a.n, S.Sos, e.g
_INITIAL = re.compile(r"[A-Z]")

# Those that something always follows; "dll." or "dsb." may well be the last word.
_ABBREVIATIONS = """
    no nr jl jln gg kav ds dsn kec kab kel prov kep telp tlp hlm tgl th thn
    bpk sdr sdri yth hj drs dra dr ir prof mr mrs ms jr st vs fig dept
"""
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())


def spans(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence, without the white space around it, in order."""
    return [span for span in _untrimmed(text) if span[0] < span[1]]


def _untrimmed(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for mark in _MARK.finditer(text):
        if mark[0] == "\n":
            end = mark.start()
        elif (behind := _BEGINNING.match(text, mark.end())) and not _is_inside(text, mark):
            closing = len(behind[0]) - len(behind[0].lstrip("\"'“”‘’)]»"))
            end = mark.end() + closing
        else:
            continue
        yield _trimmed(text, start, end)
        start = end
    yield _trimmed(text, start, len(text))


def _is_inside(text: str, mark: re.Match) -> bool:
    """Whether this full stop belongs to an abbreviation."""
    if mark[0] != ".":
        return False
    before = _TOKEN_BEFORE.search(text, max(0, mark.start() - 16), mark.start())
    if before is None:
        return False
    token = before[0]
    if token.casefold() in ABBREVIATIONS:
        return True
    return bool(_DOTTED_LETTERS.fullmatch(token) or _INITIAL.fullmatch(token))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
