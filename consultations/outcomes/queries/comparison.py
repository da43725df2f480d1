"""What changes from one revision to the next, and why: each changed clause with its outcomes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from django.db.models import Window
from django.db.models.functions import RowNumber

from consultations.outcomes.models import Outcome, OutcomeAnswer, OutcomeChange
from consultations.outcomes.queries.answers import AnswerView, WordsView, views_of
from consultations.proceedings.models import Consultation
from consultations.standards import targets
from consultations.standards.digests import label_key
from consultations.standards.enums import ReasonKind, RevisionState
from consultations.standards.models import Change, Component, Revision
from consultations.standards.queries import (
    ClauseChange,
    ClauseKind,
    changes_between,
    revision_in_force,
)
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment

# How many of the comments behind an outcome are shown beside it; a link leads to all of them.
SHOWN = 3


@dataclass(frozen=True)
class Step:
    """From one revision to the one that followed it."""

    old: Revision
    new: Revision

    @property
    def is_working(self) -> bool:
        return self.new.state == RevisionState.WORKING


@dataclass(frozen=True)
class Reason:
    """Why words changed: an outcome with its answer, or a sentence of the drafter's own."""

    change: Change | None
    answer: AnswerView | None
    comments: tuple[Comment, ...] = ()

    @property
    def label(self) -> str:
        return ReasonKind(self.change.reason_kind).label if self.change else ""

    @property
    def sentence(self) -> str:
        return self.change.reason if self.change else ""


@dataclass(frozen=True)
class ClauseDiff:
    label: str
    kind: ClauseKind
    before: str
    after: str
    language: str
    reasons: tuple[Reason, ...]
    figures: targets.Comparison | None = None  # None where nothing changed in figures
    dom_id: str = ""


@dataclass(frozen=True)
class Part:
    """The changed clauses of one component."""

    number: int
    name: str
    clauses: list[ClauseDiff]


@dataclass
class Comparison:
    step: Step
    parts: list[Part]
    counts: dict[str, int] = field(default_factory=dict)
    outcomes: int = 0
    comments: int = 0
    shows_all: bool = True  # not only what outcomes changed

    @property
    def total(self) -> int:
        return sum(len(part.clauses) for part in self.parts)


def steps_of(consultation: Consultation, *, on: date) -> list[Step]:
    """For each standard: from the revision in force to the first draft, from round to round, and
    from the newest draft to the one that is being written or has followed."""
    drafts = list(
        consultation.drafts.select_related("revision__standard__service__agency").order_by("id")
    )
    rounds: dict[int, list[Revision]] = defaultdict(list)
    for draft in drafts:
        rounds[draft.revision.standard_id].append(draft.revision)
    steps = []
    for revisions in rounds.values():
        standard, first, last = revisions[0].standard, revisions[0], revisions[-1]
        base = first.based_on or revision_in_force(standard, on=on)
        following = standard.revisions.filter(number__gt=last.number).order_by("number").first()
        line = [*filter(None, [base]), *revisions, *filter(None, [following])]
        for revision in line:
            revision.standard = standard
        steps += [Step(old, new) for old, new in pairwise(line)]
    return steps


def compare(
    consultation: Consultation, step: Step, language: str, *, sees_drafts: bool
) -> Comparison:
    """All changed clauses; of a working draft the public sees what outcomes changed, no more."""
    shows_all = sees_drafts or not step.is_working
    if shows_all:
        diffs = _all_diffs(step, language)
    else:
        diffs = _outcome_diffs(consultation, step, language)
    diffs = _with_ids(diffs)
    answers = {
        reason.answer.number: reason.answer
        for diff in diffs
        for reason in diff.reasons
        if reason.answer
    }
    counts: dict[str, int] = defaultdict(int)
    for diff in diffs:
        counts[diff.kind] += 1
    return Comparison(
        step=step,
        parts=_parts(step.new, diffs),
        counts=dict(counts),
        outcomes=len(answers),
        comments=sum(answer.public for answer in answers.values()),
        shows_all=shows_all,
    )


def _with_ids(diffs: list[ClauseDiff]) -> list[ClauseDiff]:
    """A removed clause and the one that has its number now are two places of one page."""
    seen: dict[str, int] = defaultdict(int)
    named = []
    for diff in sorted(diffs, key=lambda diff: diff.kind == ClauseKind.DELETED):
        name = "c-" + diff.label.replace(".", "-")
        seen[name] += 1
        named.append((diff, name if seen[name] == 1 else f"{name}-{seen[name]}"))
    ids = {id(diff): name for diff, name in named}
    return [replace(diff, dom_id=ids[id(diff)]) for diff in diffs]


def _all_diffs(step: Step, language: str) -> list[ClauseDiff]:
    found = changes_between(step.old, step.new, language)
    changed = [clause for clause in found if clause.kind != ClauseKind.SAME]
    changes = {change.pk: change for clause in changed for change in clause.changes}
    reasons = _reasons(changes)
    return [_clause_diff(clause, reasons, language) for clause in changed]


def _clause_diff(clause: ClauseChange, reasons: dict[int, Reason], language: str) -> ClauseDiff:
    why: dict[object, Reason] = {}
    for change in clause.changes:
        reason = reasons.get(change.pk)
        if reason is not None:  # one outcome that changed two languages is one reason
            why[reason.answer.outcome_id if reason.answer else -change.pk] = reason
    return ClauseDiff(
        label=clause.label_after or clause.label_before,
        kind=clause.kind,
        before=clause.before,
        after=clause.after,
        language=language,
        reasons=tuple(why.values()),
        figures=_figures(clause, language),
    )


def _figures(clause: ClauseChange, language: str) -> targets.Comparison | None:
    found = targets.compare_stored(clause.target_before, clause.target_after, language)
    return found if found.differences else None


def _reasons(changes: dict[int, Change]) -> dict[int, Reason]:
    """By change. An outcome that does not hold any more explains nothing, nor does silence."""
    rows = list(
        OutcomeChange.objects.filter(change__in=changes).values_list(
            "change_id", "outcome__consultation_id", "outcome__number"
        )
    )
    current = Outcome.objects.filter(
        is_current=True,
        consultation__in={consultation for _change, consultation, _number in rows},
        number__in={number for _change, _consultation, number in rows},
    )
    keys = {row.pk: (row.consultation_id, row.number) for row in current}
    by_key = {keys[view.outcome_id]: view for view in views_of(current)}
    answers = {change: by_key.get((where, number)) for change, where, number in rows}
    samples = _samples([answer for answer in answers.values() if answer])
    reasons = {}
    for pk, change in changes.items():
        answer = answers.get(pk)
        if answer:
            reasons[pk] = Reason(change, answer, samples.get(answer.outcome_id, ()))
        elif change.reason_kind != ReasonKind.OUTCOME and (
            change.reason or change.reason_kind == ReasonKind.AS_PUBLISHED
        ):
            reasons[pk] = Reason(change, None)
    return reasons


def _outcome_diffs(consultation: Consultation, step: Step, language: str) -> list[ClauseDiff]:
    current = consultation.outcomes.filter(is_current=True).order_by("number")
    answers = [view for view in views_of(current) if view.words]
    samples = _samples(answers)
    diffs = []
    for answer in answers:
        reason = Reason(None, answer, samples.get(answer.outcome_id, ()))
        here = [words for words in answer.words if words.revision.pk == step.new.pk]
        for words in _in_language(here, language):
            _add(diffs, words, reason)
    return sorted(diffs, key=lambda diff: label_key(diff.label))


def _add(diffs: list[ClauseDiff], words: WordsView, reason: Reason) -> None:
    """Two outcomes that changed the same words one after the other are one difference with two
    reasons."""
    before, reasons = words.before, (reason,)
    for earlier in diffs:
        same = (earlier.label, earlier.language) == (words.label, words.language)
        if same and earlier.after == words.before:
            before, reasons = earlier.before, (*earlier.reasons, reason)
            diffs.remove(earlier)
            break
    diffs.append(
        ClauseDiff(
            label=words.label,
            kind=ClauseKind.REWORDED,
            before=before,
            after=words.after,
            language=words.language,
            reasons=reasons,
        )
    )


def _in_language(words: Iterable[WordsView], language: str) -> list[WordsView]:
    """One per clause: in the reader's language where the outcome changed that, else as it is."""
    chosen: dict[int, WordsView] = {}
    for each in words:
        if each.language == language or each.clause_id not in chosen:
            chosen[each.clause_id] = each
    return list(chosen.values())


def _samples(answers: Iterable[AnswerView]) -> dict[int, tuple[Comment, ...]]:
    """The first few comments that can be read behind each answer. Two queries."""
    outcomes = {answer.outcome_id for answer in answers}
    place = Window(RowNumber(), partition_by="outcome_id", order_by="comment_id")
    rows = (
        OutcomeAnswer.objects.filter(outcome__in=outcomes, is_current=True)
        .filter(comment__state=CommentState.PUBLISHED, comment__erased_at=None)
        .annotate(place=place)
        .filter(place__lte=SHOWN)
        .values_list("outcome_id", "comment_id")
    )
    chosen: dict[int, list[int]] = defaultdict(list)
    for outcome, comment in rows:
        chosen[outcome].append(comment)
    wanted = [comment for comments in chosen.values() for comment in comments]
    found = Comment.objects.filter(pk__in=wanted).select_related("participant").in_bulk()
    return {
        outcome: tuple(found[comment] for comment in comments)
        for outcome, comments in chosen.items()
    }


def _parts(revision: Revision, diffs: list[ClauseDiff]) -> list[Part]:
    components = Component.objects.filter(component_set=revision.standard.component_set_id)
    by_number: dict[int, list[ClauseDiff]] = defaultdict(list)
    for diff in diffs:
        by_number[label_key(diff.label)[0]].append(diff)
    return [
        Part(component.number, str(component.name), by_number[component.number])
        for component in components
        if component.number in by_number
    ]
