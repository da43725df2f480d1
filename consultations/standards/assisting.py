"""What helps a drafter while they write: advice on words and citations, and a first proposal of
what the draft changes for people. Never a block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings

from consultations.standards import citing
from consultations.standards.advising import advise, definitions
from consultations.standards.citing.checking import AdviceCode
from consultations.standards.models import Revision, Wording
from consultations.standards.queries import changes_between
from consultations.standards.queries.legal import known_acts, regions_of
from consultations.standards.targets import proposing


@dataclass(frozen=True)
class Advice:
    """A remark on a passage: what stands there, what is hard or wrong about it, and what could
    stand there instead."""

    excerpt: str
    message: Any  # `str()` is the sentence in the reader's language
    suggestion: str = ""


class Adviser:
    """What is to be said about the words of one clause, knowing the clauses around it.

    What it needs to know is read once, when it is first asked for.
    """

    def __init__(self, draft: Revision, clause_id: int, *, on: date):
        self.draft, self.clause_id, self.on = draft, clause_id, on

    def advice_for(self, plain: str, language: str) -> list[Advice]:
        """Plain language first, then citations: those are of the language that is law."""
        found = [
            Advice(each.excerpt, each.message, each.suggestion)
            for each in advise(plain, language, defined=self._defined.get(language, ()))
        ]
        if language == settings.LANGUAGE_CODE:
            found += self._citations(plain)
        return found

    @cached_property
    def _defined(self) -> dict[str, set[str]]:
        """Abbreviations that other clauses spell out, by language."""
        others = Wording.objects.filter(placement__revision=self.draft)
        others = others.exclude(placement__clause=self.clause_id)
        known: dict[str, set[str]] = {}
        for language, plain in others.values_list("language", "plain"):
            known.setdefault(language, set()).update(definitions(plain, language))
        return known

    def _citations(self, plain: str) -> Iterable[Advice]:
        for found in citing.recognise(plain):
            advice = citing.check(
                found.citation, self._acts, region_names=self._regions, today=self.on
            )
            for each in advice:
                # Of an empty list everything is unknown, which says nothing.
                if each.code == AdviceCode.UNKNOWN and not self._acts:
                    continue
                suggestion = each.suggestion.short if each.suggestion else ""
                yield Advice(plain[found.start : found.end], each.message, suggestion)

    @cached_property
    def _acts(self) -> Sequence[citing.LegalAct]:
        return known_acts()

    @cached_property
    def _regions(self) -> list[str]:
        return regions_of(self.draft.standard.service.agency)


@dataclass(frozen=True)
class ProposedQuestion:
    text: dict[str, str]  # by language
    clause_ids: Sequence[int]


@dataclass(frozen=True)
class ProposedExplanation:
    """“What changes for you” by language, and plain questions."""

    summary: dict[str, str]
    questions: Sequence[ProposedQuestion]


def propose_explanation(draft: Revision, languages: Sequence[str]) -> ProposedExplanation:
    """A first proposal from what changed against the revision that the draft is based on."""
    summary: dict[str, str] = {}
    texts: dict[tuple[int, ...], dict[str, str]] = {}
    for language in languages if draft.based_on else ():
        changes = changes_between(draft.based_on, draft, language)
        summary[language] = "\n".join(proposing.propose_summary(changes, language))
        for question in proposing.propose_questions(changes, language):
            texts.setdefault(question.clause_ids, {})[language] = question.text
    questions = [ProposedQuestion(text, ids) for ids, text in texts.items()]
    return ProposedExplanation(summary, questions[: proposing.MOST_QUESTIONS])
