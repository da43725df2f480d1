"""Advice about a sentence as a whole: its length, its lists, its nouns, its negations."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from consultations.standards.advising.advice import Advice, AdviceCode
from consultations.standards.advising.languages import Language
from consultations.standards.advising.reading import Reading, Sentence
from consultations.standards.remarks import Remark


def long_sentences(reading: Reading, language: Language) -> Iterator[Advice]:
    text = _("This sentence has %(words)d words; up to %(most)d are easy to read. Split it.")
    for sentence in reading.sentences:
        words = reading.count(sentence)
        if words > language.longest_sentence:
            remark = Remark(text, {"words": words, "most": language.longest_sentence})
            yield _advice(reading, AdviceCode.LONG_SENTENCE, sentence.start, sentence.end, remark)


def many_items(reading: Reading, language: Language) -> Iterator[Advice]:
    text = _("This sentence lists %(count)d things. A list with a line for each is easier to use.")
    for sentence in reading.sentences:
        count = _items(reading, sentence, language)
        if count > language.most_items:
            remark = Remark(text, {"count": count})
            yield _advice(reading, AdviceCode.MANY_ITEMS, sentence.start, sentence.end, remark)


def _items(reading: Reading, sentence: Sentence, language: Language) -> int:
    """Commas and one more; "a, b dan c" has no comma before its last item."""
    words, commas, last_joins = reading.words, 0, False
    for index in range(sentence.first + 1, sentence.last):
        if reading.is_cited[index]:
            continue
        if "," in words.gap(index) and not reading.is_glued[index]:
            commas, last_joins = commas + 1, False
        elif words.keys[index] in language.joining:
            last_joins = True
    return commas + 1 + last_joins if commas else 1


def noun_chains(reading: Reading, language: Language) -> Iterator[Advice]:
    text = _("%(count)d nouns stand in a row. A verb makes clear who does what.")
    for sentence in reading.sentences:
        first = None
        for index in range(sentence.first, sentence.last + 1):
            is_noun = index < sentence.last and _is_noun(reading, sentence, index, language)
            goes_on = first is not None and is_noun and reading.words.gap(index).isspace()
            if goes_on:
                continue
            if first is not None and index - first > language.noun_chain.most:
                start, end = reading.words.starts[first], reading.words.ends[index - 1]
                remark = Remark(text, {"count": index - first})
                yield _advice(reading, AdviceCode.NOUN_CHAIN, start, end, remark)
            first = index if is_noun else None


def _is_noun(reading: Reading, sentence: Sentence, index: int, language: Language) -> bool:
    """By its shape. Names are written with capitals and cannot be put in other words."""
    words, chain = reading.words, language.noun_chain
    if reading.is_cited[index] or (words.capitals[index] and index > sentence.first):
        return False
    key = words.keys[index]
    return key not in chain.no_nouns and bool(chain.noun.fullmatch(key))


def double_negations(reading: Reading, language: Language) -> Iterator[Advice]:
    text = _("Two negations in one thought. Say what holds instead.")
    words, negation = reading.words, language.negation
    for sentence in reading.sentences:
        before = None
        for index in sentence.indexes:
            key = words.keys[index]
            if key in negation.broken_by or (index > sentence.first and "," in words.gap(index)):
                before = None
            if key not in negation.words or reading.is_cited[index]:
                continue
            if before is not None and index - before <= negation.within:
                start, end = words.starts[before], words.ends[index]
                yield _advice(reading, AdviceCode.DOUBLE_NEGATION, start, end, Remark(text))
                before = None
            else:
                before = index


def _advice(reading: Reading, code: AdviceCode, start: int, end: int, remark: Remark) -> Advice:
    return Advice(code, start, end, reading.text[start:end], remark)
