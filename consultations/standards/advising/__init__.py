"""Plain-language help for the drafter: advice, never a block.

Everything that is known of a language stands in its file here; the code knows none.
"""

from collections.abc import Collection

from consultations.standards.advising import passives, structure, wording
from consultations.standards.advising.advice import Advice, AdviceCode
from consultations.standards.advising.languages import find_language
from consultations.standards.advising.readability import Readability, readability
from consultations.standards.advising.reading import Reading

__all__ = ["Advice", "AdviceCode", "Readability", "advise", "definitions", "readability"]


def advise(text: str, language: str, *, defined: Collection[str] = ()) -> list[Advice]:
    """In the order of the text. `text` is the plain text of a wording, in NFC as it is stored.

    `defined` are abbreviations that are explained elsewhere, as in other clauses of the revision
    (see `definitions`). About a language without a file there is nothing to say.
    """
    known = find_language(language)
    if known is None:
        return []
    reading = Reading(text)
    advice = [
        *structure.long_sentences(reading, known),
        *structure.many_items(reading, known),
        *structure.noun_chains(reading, known),
        *structure.double_negations(reading, known),
        *passives.passives(reading, known),
        *wording.office_words(reading, known),
        *wording.unexplained(reading, known, defined),
    ]
    return sorted(advice, key=lambda each: (each.start, -each.end, each.code))


def definitions(text: str, language: str) -> frozenset[str]:
    """Abbreviations that `text` spells out, for `advise` of the clauses around it."""
    known = find_language(language)
    return wording.definitions(text, known) if known else frozenset()
