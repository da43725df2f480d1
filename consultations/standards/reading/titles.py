"""The name of the service, and what kind of document it is, by how it calls itself."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from consultations.standards.reading.blocks import Line
from consultations.standards.reading.decrees import is_signature
from consultations.standards.reading.names import plain_name, without_number
from consultations.standards.reading.vocabulary import (
    AGENCIES,
    COMMON_WORDS,
    PROCEDURE_FIELDS,
    PROCEDURE_TITLES,
)

_FIELD = re.compile(r"(?:jenis|nama)\s+(?:pelayanan|layanan)\s*(?:[:\-–]+\s*(.*)|$)", re.I | re.S)
_TITLE = re.compile(
    r"(?:(?:rancangan|draf|draft)\s+)?(?:standar\s+pelayanan|service\s+standard(?:\s+(?:of|for))?)\b"
    r"(?:\s+publik\b)?\s*[:\-–]?\s*(.*)",
    re.I | re.S,
)
_AT_AGENCY = re.compile(rf"\s+(?:pada|di)\s+(?:{'|'.join(AGENCIES)})\b.*", re.I | re.S)
_FORMAL = re.compile(r"(?:tahun|tentang|keputusan|peraturan|lampiran|nomor|no\.)(?:\s|$)", re.I)
_MOST_WORDS = 25
_MORE_LINES = 2
_FEW_COMPONENTS = 3


class Strength(IntEnum):
    """How much a name is worth: a better one takes its place."""

    NONE = 0
    HEADING = 1
    DECREE = 2
    TITLE = 3
    FIELD = 4  # “Jenis pelayanan: …”


@dataclass
class ServiceName:
    words: list[str] = field(default_factory=list)
    strength: Strength = Strength.NONE
    lines_left: int = 0  # that may still belong to it

    def offer(self, name: str, strength: Strength, more_lines: int = 0) -> bool:
        if strength <= self.strength and self.words:
            return False
        self.words, self.strength = [name] if name else [], strength
        self.lines_left = more_lines
        return True

    def goes_on(self, line: Line) -> bool:
        """Whether this line is the rest of a name that runs over several."""
        looks_alike = line.is_capitals or line.is_bold
        if line.level:  # the heading after it may be its name; a second one is another matter
            looks_alike = not self.words
        first = line.text.split()[:1]
        is_other = is_signature(line.text) or _FORMAL.match(line.text) or ":" in line.text
        if not self.lines_left or not looks_alike or is_other:
            self.lines_left = 0
            return False
        if first and first[0].lower() in AGENCIES:
            self.lines_left = 0
            return False
        self.words.append(line.text if self.words else without_number(line.text))
        self.lines_left -= 1
        return True

    def __str__(self) -> str:
        return " ".join(" ".join(self.words).split()).strip(" .:;,“”\"'")


def field_in(text: str) -> str | None:
    """“Kartu Keluarga” of “Jenis Pelayanan : Kartu Keluarga”; None where it is no such line."""
    found = _FIELD.fullmatch(without_number(text))
    return (found[1] or "").strip() if found else None


def title_in(line: Line) -> str | None:
    """What follows “Standar Pelayanan” in a title, without the agency; None for another line."""
    found = _TITLE.fullmatch(without_number(line.text))
    looks_so = line.level or line.is_bold or line.is_capitals or line.text.istitle()
    if not found or not looks_so or len(line.text.split()) > _MOST_WORDS or line.text[-1] in ".;":
        return None
    name = _AT_AGENCY.sub("", " " + found[1]).strip()
    first = name.split()[:1]
    return "" if first and first[0].lower() in AGENCIES else name


def name_in_decree(title: str) -> str:
    found = _TITLE.search(title)
    name = _AT_AGENCY.sub("", " " + found[1]).strip() if found else ""
    return "" if name and name.split()[0].lower() in AGENCIES else name


def is_minimal(texts: Iterable[str]) -> bool:
    """Whether it is about *minimum* standards, which are another regime's (DOMAIN §0.2)."""
    return any("standar pelayanan minimal" in text.lower() for text in texts)


def procedure_signs(texts: Iterable[str]) -> int:
    """How much speaks for an SOP; two and more are enough."""
    signs: set[str] = set()
    for text in texts:
        if len(text) > 200:
            continue
        name = plain_name(text)
        signs |= {known for known in PROCEDURE_FIELDS if name.startswith(known)}
        if name == "sop" or name.startswith(("sop ", *PROCEDURE_TITLES)):
            if len(name.split()) <= _MOST_WORDS and text[-1:] not in ".;":
                signs |= {"title", "its name"} if text.isupper() or text.istitle() else {"title"}
    return len(signs)


def language_of(texts: Iterable[str]) -> str:
    """The language whose commonest words stand there most; the first one if none does."""
    counts = dict.fromkeys(COMMON_WORDS, 0)
    for text in texts:
        words = text.lower().split()
        for language, common in COMMON_WORDS.items():
            counts[language] += sum(word in common for word in words)
    return max(counts, key=lambda language: counts[language])
