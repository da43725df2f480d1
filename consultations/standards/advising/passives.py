"""Advice about passive verbs: those that put the one who acts last, and those that hide them."""

from collections.abc import Iterator, Set

from django.utils.translation import gettext_lazy as _

from consultations.standards.advising.advice import Advice, AdviceCode
from consultations.standards.advising.languages import Language
from consultations.standards.advising.reading import Reading, Sentence
from consultations.standards.remarks import Remark

_WORDS_TO_PARTICIPLE = 3  # "is not always signed"


def passives(reading: Reading, language: Language) -> Iterator[Advice]:
    for sentence in reading.sentences:
        verbs = list(_verbs(reading, sentence, language))
        all_verbs = frozenset(verbs)
        agents = {verb: _agent(reading, sentence, verb, all_verbs, language) for verb in verbs}
        for verb, agent in agents.items():
            if agent is not None:
                yield _with_agent(reading, verb, agent, language)
        hidden = [verb for verb, agent in agents.items() if agent is None]
        if len(hidden) > language.passive.most:
            yield _chain(reading, hidden)


def _with_agent(reading: Reading, verb: int, agent: int, language: Language) -> Advice:
    start, end = reading.words.starts[verb], reading.words.ends[agent]
    remark = Remark(_("Who acts comes last here. Name them first, then what they do."))
    active = language.passive.active.get(reading.words.keys[verb], "")
    return Advice(AdviceCode.PASSIVE, start, end, reading.text[start:end], remark, active)


def _chain(reading: Reading, verbs: list[int]) -> Advice:
    start, end = reading.words.starts[verbs[0]], reading.words.ends[verbs[-1]]
    text = _("%(count)d verbs in this sentence do not say who acts. Say who does what.")
    remark = Remark(text, {"count": len(verbs)})
    return Advice(AdviceCode.PASSIVE_CHAIN, start, end, reading.text[start:end], remark)


def _verbs(reading: Reading, sentence: Sentence, language: Language) -> Iterator[int]:
    """Indexes of the passive verbs. A capital inside a sentence makes a name ("Disdukcapil")."""
    words, passive = reading.words, language.passive
    behind_formula = helped_until = -1
    for index in sentence.indexes:
        if formula := passive.formulas.longest(words, index):
            behind_formula = formula[1]
        if words.keys[index] in passive.helpers:
            helped_until = index + _WORDS_TO_PARTICIPLE
        is_name = words.capitals[index] and index > sentence.first
        if is_name or index < behind_formula or reading.is_cited[index]:
            continue
        is_alone = passive.helpers and index > helped_until
        if not is_alone and _is_verb(words.keys[index], language):
            yield index
            helped_until = -1


def _is_verb(key: str, language: Language) -> bool:
    passive = language.passive
    return bool(passive.verb.fullmatch(key)) and key not in passive.no_verbs


def _agent(
    reading: Reading, sentence: Sentence, verb: int, verbs: Set[int], language: Language
) -> int | None:
    """The index of the word for the one who acts, where it is said soon behind the verb."""
    words, passive = reading.words, language.passive
    beside = verb + 1
    if beside < sentence.last and words.keys[beside] in passive.agents_beside:
        return beside if words.gap(beside).isspace() else None
    last = min(verb + passive.agent_within, sentence.last - 2)
    for index in range(verb + 1, last + 1):
        if index in verbs or "," in words.gap(index):
            return None
        if words.keys[index] not in passive.agents:
            continue
        agent = index + 1
        if words.keys[agent] in passive.determiners and agent + 1 < sentence.last:
            agent += 1
        return None if words.keys[agent] in passive.no_agents else agent
    return None
