"""What is known of a language: one file each, so that a word or a figure is no change of code."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from consultations.standards.phrases import Phrases

_FORMAT = "rembuk-plain-language/1"
_FOLDER = Path(__file__).parent


class WordList:
    """Words, and beginnings of words where an entry ends in "*"."""

    def __init__(self, entries: Collection[str]):
        self._words = frozenset(entry for entry in entries if not entry.endswith("*"))
        self._beginnings = tuple(entry[:-1] for entry in entries if entry.endswith("*"))

    def __contains__(self, word: str) -> bool:
        return word in self._words or word.startswith(self._beginnings)


@dataclass(frozen=True)
class Passive:
    """A passive verb is one that matches `verb`, where there are `helpers` behind one of them.

    Who acts follows one of the `agents` ("oleh petugas"), or is one of `agents_beside` right behind
    the verb ("diperiksa petugas"). Up to `most` in a sentence without either are ordinary.
    """

    helpers: frozenset[str]
    verb: re.Pattern
    no_verbs: WordList
    formulas: Phrases[bool]
    agents: frozenset[str]
    no_agents: frozenset[str]
    determiners: frozenset[str]
    agents_beside: frozenset[str]
    agent_within: int
    most: int
    active: dict[str, str]


@dataclass(frozen=True)
class Negation:
    words: frozenset[str]
    within: int
    broken_by: frozenset[str]


@dataclass(frozen=True)
class NounChain:
    noun: re.Pattern
    no_nouns: frozenset[str]
    most: int


@dataclass(frozen=True)
class Abbreviations:
    """`known` need no explanation to anybody; `only_words` are words that signs shout."""

    defining: frozenset[str]
    known: frozenset[str]
    only_words: frozenset[str]


@dataclass(frozen=True)
class Language:
    code: str
    longest_sentence: int
    most_items: int
    joining: frozenset[str]
    passive: Passive
    negation: Negation
    noun_chain: NounChain
    abbreviations: Abbreviations
    office_words: Phrases[str]  # "" for what only looks like one


@cache
def find_language(code: str) -> Language | None:
    """None for a language without a file: about that there is nothing to say."""
    if not re.fullmatch(r"[a-z]{2,3}", code):
        return None
    path = _FOLDER / f"{code}.json"
    return _language(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _language(content: dict) -> Language:
    if content["format"] != _FORMAT:
        raise ValueError(f"plain language comes as {_FORMAT}")
    negation = content["negation"]
    chain = content["noun_chain"]
    return Language(
        code=content["language"],
        longest_sentence=content["longest_sentence"],
        most_items=content["most_items"],
        joining=frozenset(content["joining"]),
        passive=_passive(content["passive"]),
        negation=Negation(
            frozenset(negation["words"]), negation["within"], frozenset(negation["broken_by"])
        ),
        noun_chain=NounChain(
            re.compile(chain["noun"]), frozenset(chain["no_nouns"]), chain["most"]
        ),
        abbreviations=Abbreviations(
            **{use: frozenset(words) for use, words in content["abbreviations"].items()}
        ),
        office_words=_office_words(content),
    )


def _passive(content: dict) -> Passive:
    return Passive(
        helpers=frozenset(content["helpers"]),
        verb=re.compile(content["verb"]),
        no_verbs=WordList(content["no_verbs"]),
        formulas=Phrases((formula, True) for formula in content["formulas"]),
        agents=frozenset(content["agents"]),
        no_agents=frozenset(content["no_agents"]),
        determiners=frozenset(content["determiners"]),
        agents_beside=frozenset(content["agents_beside"]),
        agent_within=content["agent_within"],
        most=content["most"],
        active=content["active"],
    )


def _office_words(content: dict) -> Phrases[str]:
    exceptions = [(phrase, "") for phrase in content["no_office_words"]]
    return Phrases([*exceptions, *content["office_words"].items()])
