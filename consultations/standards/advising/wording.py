"""Advice about single words: office language, and abbreviations that nobody explained."""

import re
from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from consultations.standards.advising.advice import Advice, AdviceCode
from consultations.standards.advising.languages import Language
from consultations.standards.advising.reading import Reading
from consultations.standards.remarks import Remark

_ABBREVIATION = r"[A-Z][A-Z0-9]{0,6}[A-Z][A-Z0-9]{0,3}(?:-[A-Za-z0-9]{1,8})?"
_FOUND = re.compile(rf"(?<![\w.-]){_ABBREVIATION}(?![\w-])")
_IN_BRACKETS = re.compile(rf"\w\s{{0,3}}\(\s?[\"“']?({_ABBREVIATION})[\"”']?\s?\)")
_BEFORE_BRACKETS = re.compile(rf"(?<![\w.-])({_ABBREVIATION})\s{{1,3}}\(([^()\n]{{3,120}})\)")
_ROMAN = re.compile(r"[IVXL]+")
_SHOUTED = re.compile(r"[^\W\d_]{3,}")


def office_words(reading: Reading, language: Language) -> Iterator[Advice]:
    text = _("“%(excerpt)s” is office language. In plain words: %(suggestion)s.")
    words, index = reading.words, 0
    while index < len(words):
        hit = language.office_words.longest(words, index)
        if hit is None or reading.is_cited[index]:
            index += 1
            continue
        suggestion, after = hit
        if suggestion:
            start, end = words.starts[index], words.ends[after - 1]
            excerpt = reading.text[start:end]
            remark = Remark(text, {"excerpt": excerpt, "suggestion": suggestion})
            yield Advice(AdviceCode.OFFICE_WORD, start, end, excerpt, remark, suggestion)
        index = after


def definitions(text: str, language: Language) -> frozenset[str]:
    """Abbreviations that the text spells out: "Surat Keterangan Pindah (SKP)" or the other way."""
    found = {match[1] for match in _IN_BRACKETS.finditer(text)}
    for match in _BEFORE_BRACKETS.finditer(text):
        if _begins_like(match[2], match[1]):
            found.add(match[1])
    defining = "|".join(map(re.escape, language.abbreviations.defining))
    phrase = re.compile(
        rf"\b(?:{defining})\s{{1,3}}(?:\w{{1,10}}\s{{1,3}})?[\"“']?({_ABBREVIATION})"
    )
    return frozenset(found | {match[1] for match in phrase.finditer(text)})


def _begins_like(words: str, abbreviation: str) -> bool:
    """Whether the words' first letters may make the abbreviation; small words may be left out."""
    initials = iter("".join(word[0] for word in words.split()).upper())
    letters = [letter for letter in abbreviation.partition("-")[0] if letter.isalpha()]
    matched = sum(letter in initials for letter in letters)
    return matched >= min(2, len(letters))


def unexplained(reading: Reading, language: Language, defined: Collection[str]) -> Iterator[Advice]:
    """Each once, where it is used first."""
    text = _(
        "“%(excerpt)s” is not spelled out. At its first use write it in full, then (%(excerpt)s)."
    )
    explained = language.abbreviations.known | set(defined) | definitions(reading.text, language)
    said: set[str] = set()
    cited = _cited_places(reading)
    for match in _FOUND.finditer(reading.text):
        word = match[0]
        if word in explained or word.partition("-")[0] in explained or word in said:
            continue
        if match.start() in cited or not _is_abbreviation(reading.text, match, language):
            continue
        said.add(word)
        remark = Remark(text, {"excerpt": word})
        yield Advice(AdviceCode.ABBREVIATION, match.start(), match.end(), word, remark)


def _cited_places(reading: Reading) -> set[int]:
    return {
        start
        for start, is_cited in zip(reading.words.starts, reading.is_cited, strict=True)
        if is_cited
    }


def _is_abbreviation(text: str, match: re.Match, language: Language) -> bool:
    word = match[0]
    if _ROMAN.fullmatch(word) or word in language.abbreviations.only_words:
        return False
    start, end = match.span()
    before, behind = text[max(0, start - 30) : start], text[end : end + 30]
    if re.search(r"\d/$|[\d/]\.$", before) or re.match(r"[/.]\w*\d", behind):
        return False  # part of a number: 060.1/KP/2024
    return not _is_shouted_beside(before, behind, language)


def _is_shouted_beside(before: str, behind: str, language: Language) -> bool:
    """Whether a word next to it is all in capitals too: a heading or a notice, no abbreviation."""
    line_before, line_behind = before.rpartition("\n")[2].split(), behind.partition("\n")[0].split()
    beside = [*line_before[-1:], *line_behind[:1]]
    return any(
        _SHOUTED.fullmatch(word) and word.isupper() and word not in language.abbreviations.known
        for word in beside
    )
