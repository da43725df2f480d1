"""The decree that adopts a standard, as it names itself: number, date, title."""

import re
from dataclasses import dataclass, field
from datetime import date

from consultations.standards.reading.contract import ReadDecree
from consultations.standards.reading.vocabulary import MONTHS, SIGNERS

_DATE = re.compile(r"\b(\d{1,2})\s*([^\W\d_]{3,9})\.?\s*(\d{4})\b")
_SHORT_DATE = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_NUMBER = re.compile(r"(?:nomor|no\.?)\s*[:.]?\s*(\S.{0,78})", re.I)
_NUMBER_VALUE = re.compile(
    r"(?=.*\d)(?:[\w.\-]+(?:\s?/\s?[\w.\-]+)+|\d+)(?:\s+tahun\s+\d{4})?", re.I
)
_ISSUER = re.compile(r"(?:surat\s+)?(?:keputusan|peraturan)\s+\w+", re.I)
_TITLE = re.compile(r"tentang\b\s*:?\s*(.*)", re.I | re.S)
_ADOPTED = re.compile(r"(?:di)?tetapkan\s+(?:di|pada)\b|pada\s+tanggal\b|tanggal\s*:|tmt\s*:", re.I)
_ANNEX = re.compile(
    r"lampiran\s*:?\s*([ivxlc]{1,7}|\d{1,3})?\s*[.:]?\s*"
    r"((?:surat\s+)?(?:keputusan|peraturan).*)?",
    re.I | re.S,
)
_BODY = re.compile(
    r"(?:dengan rahmat|menimbang|mengingat|memperhatikan|memutuskan|menetapkan|lampiran)\b", re.I
)
_LONGEST_TITLE = 6  # lines


def day_in(text: str) -> date | None:
    """The first date, as it is written in Indonesian or English: “22 Pebruari 2022”."""
    for found in _DATE.finditer(text):
        if month := MONTHS.get(found[2].lower()):
            return _day(int(found[3]), month, int(found[1]))
    found = _SHORT_DATE.search(text)
    return _day(int(found[3]), int(found[2]), int(found[1])) if found else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def number_in(text: str) -> str:
    """“188/7/438.5.12/2021” of “NOMOR : 188/7/438.5.12/2021”, or ""."""
    found = _NUMBER.fullmatch(text.strip())
    value = " ".join(found[1].split()) if found else ""
    return value if _NUMBER_VALUE.fullmatch(value) else ""


def annex_in(text: str) -> tuple[str, str] | None:
    """“II” and “KEPUTUSAN …” of “LAMPIRAN II KEPUTUSAN …”; either may be ""."""
    found = _ANNEX.fullmatch(text.strip())
    return ((found[1] or "").upper(), found[2] or "") if found else None


def is_signature(text: str) -> bool:
    """“Ditetapkan di …”, “CAMAT TEMBUKU,”, “NIP. …”: the standard's own words are over."""
    words = text.split()
    if _ADOPTED.match(text) or re.match(r"nip\b|tembusan\b", text, re.I):
        return True
    is_post = bool(words) and words[0].strip(".,").lower() in SIGNERS
    return is_post and text.isupper() and len(words) <= 12


@dataclass
class DecreeFinder:
    """Is shown the lines outside of components in their order, and takes the decree's own."""

    number: str = ""
    dated_on: date | None = None
    title: list[str] = field(default_factory=list)
    issuer: str = ""
    other_numbers: list[str] = field(default_factory=list)
    _is_title_open: bool = False

    def take(self, text: str) -> bool:
        if number := number_in(text):
            self._is_title_open = False
            if self.number and number != self.number:
                self.other_numbers.append(number)
            self.number = self.number or number
            return True
        if found := _TITLE.fullmatch(text):
            self._is_title_open = not self.title
            if self._is_title_open and found[1].strip():
                self.title.append(found[1].strip())
            return True
        if _ISSUER.match(text) and text.isupper():
            self.issuer = self.issuer or text
            return True
        if _ADOPTED.match(text):
            self._is_title_open = False
            self.dated_on = self.dated_on or day_in(text)
            return True
        return self._continue_title(text)

    def _continue_title(self, text: str) -> bool:
        is_over = not text.isupper() or _BODY.match(text) or is_signature(text)
        # The standard's own title begins like the decree's.
        is_over = is_over or (bool(self.title) and text.startswith(self.title[0].split()[0]))
        if not self._is_title_open or is_over or len(self.title) >= _LONGEST_TITLE:
            self._is_title_open = False
            return False
        self.title.append(text)
        return True

    @property
    def expects_title(self) -> bool:
        """“TENTANG” was read, and its lines go on."""
        return self._is_title_open and not self.title

    def found(self) -> ReadDecree | None:
        if not (self.number or (self.dated_on and self.issuer)):
            return None
        return ReadDecree(self.number, self.dated_on, " ".join(self.title), self.issuer)
