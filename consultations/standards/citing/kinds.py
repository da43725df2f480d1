"""Kinds of legal acts, and how a country writes them: a file, so that another's is another file."""

import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from consultations.standards.phrases import Phrases

_FORMAT = "rembuk-legal-kinds/1"
_INDONESIAN = Path(__file__).parent / "id-kinds.json"


@dataclass(frozen=True)
class Kind:
    """`place` says what completes the name: a region, an office, or nothing ("").

    `place_type` is the sort of region that the name itself implies (a Bupati's is a Kabupaten);
    kinds of one `family` are taken for each other. `level` is that of whoever issues it.
    """

    key: str
    name: str
    short: str
    level: str
    also: tuple[str, ...] = ()
    exact: frozenset[str] = frozenset()  # spellings that mean it in just these letters
    family: str = ""
    place: str = ""
    place_type: str = ""
    numbered: bool = True
    has_nickname: bool = False  # "UU KIP 14/2008"
    style: "Style" = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        return self.name

    def includes(self, other: "Kind") -> bool:
        """The same kind, or the same but for saying of which sort of region: "Perda Sleman"."""
        is_loose = "region" == self.place == other.place and not (
            self.place_type and other.place_type
        )
        return self.key == other.key or (is_loose and "" != self.family == other.family)

    def may_be_written(self, word: str) -> bool:
        """Whether this single word means it: "SE" is a circular, "se" the beginning of a word."""
        return word in self.exact or word.casefold() not in {
            spelling.casefold() for spelling in self.exact
        }


@dataclass(frozen=True)
class Style:
    """The words between the parts of a citation, as they are printed."""

    number: str
    year: str
    title: str


class Kinds:
    """The kinds of one file by key, with what it takes to recognise them."""

    def __init__(self, content: dict):
        if content.get("format") != _FORMAT:
            raise ValueError(f"kinds of legal acts come as {_FORMAT}")
        self.country: str = content["country"]
        self.words = {
            use: frozenset(word.casefold() for word in words)
            for use, words in content["words"].items()
        }
        style = Style(*(content["words"][use][0] for use in ("number", "year", "title")))
        self._kinds = {entry["key"]: _kind(entry, style) for entry in content["kinds"]}
        self._beginnings: dict[str, list[str]] = content["beginnings"]
        places = content["places"]
        self.ranks: dict[str, str] = places["ranks"]
        self.abbreviations = {
            short.casefold(): name for short, name in places["abbreviations"].items()
        }
        self.abbreviations |= {name.casefold(): name for name in self.ranks}
        self.provinces = frozenset(name.casefold() for name in places["provinces"])

    def __getitem__(self, key: str) -> Kind:
        return self._kinds[key]

    def __iter__(self):
        return iter(self._kinds.values())

    @cached_property
    def phrases(self) -> Phrases[Kind]:
        return Phrases(
            ((name, kind) for kind in self for name in self._names(kind)), gap=r"[\s./-]{1,3}|, "
        )

    @cached_property
    def number(self) -> re.Pattern:
        """Number and year, right behind a kind or a place. Bounded, so that nothing is slow."""
        numbers, years, dates = map(self._alternatives, ("number", "year", "date"))
        return re.compile(
            rf"(?:\s{{0,2}}\([^()\n]{{1,40}}\))?[\s.:]{{0,3}}"
            rf"(?P<word>\b(?:{numbers})(?![^\W\d_])[\s.:]{{0,4}}(?:SK\s)?)?"
            r"(?P<number>\b[A-Za-z0-9][A-Za-z0-9.-]{0,30}(?:\s?/\s?[A-Za-z0-9.-]{1,20}){0,7})"
            rf"(?:\s{{1,3}}(?:(?:{years})\b[\s.]{{0,3}}"
            rf"|(?:{dates})\b[\s.]{{1,3}}\d{{1,2}}[\s-]{{1,2}}[^\W\d_]{{3,9}}[\s-]{{1,2}})"
            r"(?P<year>(?:1[89]|20)\d\d)\b)?",
            re.IGNORECASE,
        )

    @cached_property
    def bare_year(self) -> re.Pattern:
        """What follows a kind that has no numbers: the Constitution of a year."""
        years = self._alternatives("year")
        return re.compile(
            rf"\s{{1,3}}(?:(?:{years})\b[\s.]{{0,3}})?(?P<year>(?:1[89]|20)\d\d)\b", re.IGNORECASE
        )

    @cached_property
    def further(self) -> re.Pattern:
        """What stands between a citation and another number of the same kind."""
        words = self._alternatives("together_with")
        return re.compile(
            r"(?:\s{0,2}\([^()\n]{1,80}\))?(?:\s{0,2}[,;]\s{0,3}|\s{1,3})"
            rf"(?:(?:{words})\b[\s.]{{1,3}})?",
            re.IGNORECASE,
        )

    def _alternatives(self, use: str) -> str:
        return "|".join(sorted(map(re.escape, self.words[use]), key=len, reverse=True))

    def _names(self, kind: Kind) -> list[str]:
        names = [kind.name, kind.short, *kind.also]
        for beginning, others in self._beginnings.items():
            names += [
                other + name[len(beginning) :]
                for name in names
                if name.startswith(f"{beginning} ")
                for other in others
            ]
        return names


def _kind(entry: dict, style: Style) -> Kind:
    values = dict(entry)
    return Kind(
        also=tuple(values.pop("also", ())),
        exact=frozenset(values.pop("exact", ())),
        style=style,
        **values,
    )


@cache
def load_kinds(path: Path = _INDONESIAN) -> Kinds:
    return Kinds(json.loads(path.read_text(encoding="utf-8")))
