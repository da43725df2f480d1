"""A first proposal of “what changes for you” and of plain questions, for the drafter to mend.

Made from what clauses promise in figures, and where they promise none, from what happened to them.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from consultations.standards.queries import ClauseChange, ClauseKind
from consultations.standards.targets.base import compare_stored, read
from consultations.standards.targets.enums import Direction
from consultations.standards.targets.wording import listed

MOST_SENTENCES = 12  # more are not read
MOST_QUESTIONS = 5
_QUOTED = 140  # characters of a clause's words

# What citizens ask about first.
_KINDS = (
    "time",
    "fee",
    "requirements",
    "hours",
    "channels",
    "product",
    "availability",
    "staff",
    "citations",
)
_DIRECTIONS = (Direction.BETTER, Direction.WORSE, Direction.CHANGED)


class ProposedQuestion(NamedTuple):
    text: str
    clause_ids: tuple[int, ...]  # all of them stand in the newer revision


def propose_summary(changes: Iterable[ClauseChange], language: str) -> list[str]:
    """Sentences to the citizen, what gets better first, then what gets worse. At most
    MOST_SENTENCES; empty where nothing changed."""
    found: list[tuple[int, int, str]] = []
    plain: list[ClauseChange] = []
    for change in changes:
        comparison = compare_stored(change.target_before, change.target_after, language)
        for difference in comparison.differences:
            weight = (_DIRECTIONS.index(difference.direction), _rank(change))
            found.append((*weight, difference.for_you))
        if not comparison.differences:
            plain.append(change)
    found.sort(key=lambda each: each[:2])
    with override(language):
        sentences = [sentence for *_weight, sentence in found] + _in_words(plain)
    return list(dict.fromkeys(sentences))[:MOST_SENTENCES]


def propose_questions(changes: Iterable[ClauseChange], language: str) -> list[ProposedQuestion]:
    """At most MOST_QUESTIONS: one of each kind of target first, then of new and reworded clauses.

    What was removed is left to the summary: there is no clause any more to answer at.
    """
    changes = [change for change in changes if change.label_after]
    with override(language):
        questions = [*_about_figures(changes), *_about_words(changes)]
    return questions[:MOST_QUESTIONS]


def _in_words(changes: list[ClauseChange]) -> list[str]:
    sentences = [
        _("New: “%(words)s”") % {"words": _quoted(change.after)}
        for change in changes
        if change.kind == ClauseKind.INSERTED
    ]
    sentences += [
        _("No longer there: “%(words)s”") % {"words": _quoted(change.before)}
        for change in changes
        if change.kind == ClauseKind.DELETED
    ]
    reworded = [change.label_after for change in changes if change.kind == ClauseKind.REWORDED]
    if reworded:
        message = ngettext(
            "Said in other words: clause %(labels)s.",
            "Said in other words: clauses %(labels)s.",
            len(reworded),
        )
        sentences.append(message % {"labels": listed(reworded)})
    return sentences


def _about_figures(changes: list[ClauseChange]) -> list[ProposedQuestion]:
    """The first of each kind before the second of any."""
    seen: Counter[str] = Counter()
    found = []
    for change in changes:
        target = read(change.target_after)
        if target and change.target_before != change.target_after:
            question = ProposedQuestion(target.question(), (change.clause_id,))
            found.append((seen[target.kind], _rank(change), question))
            seen[target.kind] += 1
    return [question for *_weight, question in sorted(found, key=lambda each: each[:2])]


def _about_words(changes: list[ClauseChange]) -> list[ProposedQuestion]:
    by_words = [change for change in changes if change.target_before == change.target_after]
    questions = [
        ProposedQuestion(
            _("Do you agree with what is new: “%(words)s”?") % {"words": _quoted(change.after)},
            (change.clause_id,),
        )
        for change in by_words
        if change.kind == ClauseKind.INSERTED
    ]
    reworded = [change for change in by_words if change.kind == ClauseKind.REWORDED]
    if reworded:
        text = ngettext(
            "Is it clear to you what clause %(labels)s says now?",
            "Is it clear to you what clauses %(labels)s say now?",
            len(reworded),
        ) % {"labels": listed(change.label_after for change in reworded)}
        # One place is kept for it: what is reworded is asked about, however much is new.
        questions.insert(
            min(len(questions), MOST_QUESTIONS - 1),
            ProposedQuestion(text, tuple(change.clause_id for change in reworded)),
        )
    return questions


def _rank(change: ClauseChange) -> int:
    kind = (change.target_after or change.target_before or {}).get("kind")
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _quoted(words: str) -> str:
    return Truncator(" ".join(words.split())).chars(_QUOTED)
