"""Components recognised by name, however it was numbered, punctuated or mistyped."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz, process

from consultations.standards.reading.contract import ComponentNames
from consultations.standards.reading.vocabulary import GROUPS, SERVICE_COLUMNS, SYNONYMS

SURE = 90.0
_FLOOR = 78.0
_CONTAINED = 80.0
_MARGIN = 6.0  # to the next component; below it the names are too much alike to tell
_LONGEST = 100
_MOST_WORDS_AROUND = 4
_NUMBERING = re.compile(
    r"\s*(?:[Bb][Aa][Bb]\s+[ivxlcIVXLC]+\b[.:]?\s*"
    r"|[(\[]?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivxIVX]{1,5}|[a-zA-Z])\s*[.)\]:]+(?!\d)\s*"
    r"|[1-9]\d?(?:\.\d{1,2}){0,3}\s+(?=[A-Z])"
    r"|[-–•▪*]\s+)(?=\S)"
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_NO_WORD = re.compile(r"[\W_]+")


class Match(NamedTuple):
    component: ComponentNames
    score: float  # of 100

    @property
    def is_sure(self) -> bool:
        return self.score >= SURE


def without_number(text: str) -> str:
    found = _NUMBERING.match(text)
    return text[found.end() :].strip() if found else text.strip()


def plain_name(text: str) -> str:
    """A name without what people write differently: case, punctuation, "&", "dan/atau"."""
    plain = _NO_WORD.sub(" ", text.lower().replace("&", " dan ")).strip()
    return plain.replace("dan atau", "dan")


class Recogniser:
    """Knows the names of one set of components, in all its languages and with its synonyms."""

    def __init__(self, components: Sequence[ComponentNames], component_set: str):
        self.components = {component.key: component for component in components}
        self._keys: dict[str, str] = {}
        synonyms = SYNONYMS.get(component_set, {})
        for component in components:
            for name in (*component.name.values(), *synonyms.get(component.key, ())):
                self._keys.setdefault(plain_name(name), component.key)
        self._names = list(self._keys)
        self._groups = list(GROUPS.get(component_set, ()))

    def match(self, text: str) -> Match | None:
        """The component that `text` names, if it names one at all."""
        if not text or len(text) > 2 * _LONGEST:
            return None
        bare = without_number(text)
        found = None
        for name in {plain_name(bare): 0, plain_name(_IN_BRACKETS.sub(" ", bare)): 0}:
            if name and len(name) <= _LONGEST:
                found = max(found, self._best(name), key=lambda match: match.score if match else -1)
        return found

    def is_exact(self, text: str) -> bool:
        return plain_name(without_number(text)) in self._keys

    def is_group(self, text: str) -> bool:
        """Whether `text` is a heading over several components, which says nothing by itself."""
        if len(text) > 2 * _LONGEST:
            return False
        name = plain_name(without_number(text))
        return bool(process.extractOne(name, self._groups, scorer=fuzz.ratio, score_cutoff=90))

    def _best(self, name: str) -> Match | None:
        if name in SERVICE_COLUMNS:  # “jenis pelayanan” is like “jaminan pelayanan”, and is none
            return None
        if key := self._keys.get(name):
            return Match(self.components[key], 100.0)
        scores: dict[str, float] = {}
        for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
            for known, score, _index in process.extract(
                name, self._names, scorer=scorer, score_cutoff=_FLOOR, limit=None
            ):
                key = self._keys[known]
                scores[key] = max(score, scores.get(key, 0.0))
        ranked = sorted(scores.items(), key=lambda pair: -pair[1])
        if ranked and (len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _MARGIN):
            return Match(self.components[ranked[0][0]], ranked[0][1])
        return self._contained(name)

    def _contained(self, name: str) -> Match | None:
        """The longest known name that stands whole in `name` among few other words."""
        held = [known for known in self._names if f" {known} " in f" {name} "]
        if not held:
            return None
        known = max(held, key=len)
        if len(name.split()) - len(known.split()) > _MOST_WORDS_AROUND:
            return None
        return Match(self.components[self._keys[known]], _CONTAINED)
