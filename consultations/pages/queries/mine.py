"""What became of a person's own comments: the words they saw, the answer, the words now."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.paging import page
from consultations.outcomes.queries.answers import AnswerView, answers_for
from consultations.pages.timetable import Step
from consultations.proceedings.models import Consultation
from consultations.standards.anchoring import find_quote
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision
from consultations.standards.queries import DocumentClause, clauses_now
from consultations.templatetags.rembuk import short_day
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries.answering import FROM_PUBLIC


class Show(TextChoices):
    """Which of a person's comments are shown."""

    ALL = "all", gettext_lazy("All")
    ANSWERED = "answered", gettext_lazy("Answered")
    WAITING = "waiting", gettext_lazy("Waiting")
    HIDDEN = "hidden", gettext_lazy("Hidden")


class Whereabouts(TextChoices):
    """Where the words are that a comment was made on."""

    SAME = "same", gettext_lazy("same")
    MOVED = "moved", gettext_lazy("moved")
    REWORDED = "reworded", gettext_lazy("reworded")
    GONE = "gone", gettext_lazy("gone")


@dataclass(frozen=True)
class WordsNow:
    """Where the words of a comment are in the newest revision, and what they are there."""

    revision: Revision
    whereabouts: Whereabouts
    clauses: list[DocumentClause]

    @property
    def is_working(self) -> bool:
        return self.revision.state == RevisionState.WORKING


@dataclass(frozen=True)
class Mine:
    comment: Comment
    answer: AnswerView | None
    now: WordsNow | None
    steps: list[Step]


@dataclass(frozen=True)
class MinePage:
    rows: list[Mine]
    next_after: int | None


_CONDITIONS = {
    Show.ALL: Q(),
    Show.ANSWERED: Q(answered_at__isnull=False),
    Show.WAITING: Q(answered_at=None) & ~Q(state=CommentState.HIDDEN) & FROM_PUBLIC,
    Show.HIDDEN: Q(state=CommentState.HIDDEN),
}


def my_counts(user) -> dict[str, int]:
    """How many comments stand under each tab, and how many of them changed words."""
    changed = Q(answers__is_current=True, answers__outcome__changes__change__reverted_at=None)
    changed &= Q(answers__outcome__changes__isnull=False)
    counts = {
        name.value: Count("id", condition or None, distinct=True)
        for name, condition in _CONDITIONS.items()
    }
    return _mine(user).aggregate(**counts, changed=Count("id", changed, distinct=True))


def my_comments(user, show: Show, after: int | None, *, size: int = 10) -> MinePage:
    """Newest first. The queries grow with the standards on the page, not with the comments."""
    found = page(
        _mine(user)
        .filter(_CONDITIONS[show])
        .select_related(
            "participant",
            "anchor",
            "parent",
            "consultation__agency",
            "wording__placement__revision__standard__service__agency",
        ),
        key="-id",
        after=after,
        size=size,
    )
    answers = answers_for(found.rows, to_author=True)
    now = _words_now(found.rows)
    rows = [
        Mine(
            comment,
            answers.get(comment.pk),
            now.get(comment.pk),
            _steps(comment, answers.get(comment.pk)),
        )
        for comment in found.rows
    ]
    return MinePage(rows, found.next_after)


def _mine(user) -> QuerySet[Comment]:
    return Comment.objects.filter(participant__user=user)


def _words_now(comments: list[Comment]) -> dict[int, WordsNow]:
    """For each comment on words: those words in the newest revision of their standard, in the
    language in which its author saw them."""
    groups: dict[tuple[int, str], list[Comment]] = defaultdict(list)
    for comment in comments:
        if seen := comment.wording:
            groups[seen.placement.revision.standard_id, seen.language].append(comment)
    newest: dict[int, Revision] = {}
    standards = {standard for standard, _language in groups}
    revisions = Revision.objects.filter(standard__in=standards).order_by("number")
    for revision in revisions.select_related("standard__service__agency"):
        newest[revision.standard_id] = revision
    found = {}
    for (standard, language), spoken in groups.items():
        clauses = {comment.wording.placement.clause_id for comment in spoken}
        now = clauses_now(clauses, newest[standard], language)
        for comment in spoken:
            there = now[comment.wording.placement.clause_id]
            whereabouts = _whereabouts(comment, there)
            found[comment.pk] = WordsNow(newest[standard], whereabouts, there)
    return found


def _whereabouts(comment: Comment, there: list[DocumentClause]) -> Whereabouts:
    """By lineage, then by the exact words: those quoted, or else the whole clause."""
    seen = comment.wording
    if not there:
        return Whereabouts.GONE
    anchor = getattr(comment, "anchor", None)
    same = [
        clause
        for clause in there
        if (clause.language == seen.language and clause.digest == seen.digest)
        or (anchor and find_quote(clause.plain, anchor.exact, anchor.prefix, anchor.suffix))
    ]
    if not same:
        return Whereabouts.REWORDED
    label = seen.placement.label
    return Whereabouts.SAME if same[0].label == label else Whereabouts.MOVED


def _steps(comment: Comment, answer: AnswerView | None) -> list[Step]:
    """The chain from this sentence to the standard: as far as it has come."""
    consultation = comment.consultation
    zone = consultation.time_zone
    steps = [Step("done", _("Comment"), short_day(comment.occurred_at, zone))]
    if comment.is_official:
        return steps
    if answer is None:
        due = format_html(_("by {day}"), day=short_day(consultation.answer_by))
        return [
            *steps,
            Step("now", _("Official answer"), due),
            Step("todo", _("Words change"), _("if accepted")),
            Step("todo", _("In force"), ""),
        ]
    steps.append(Step("done", _("Answered"), short_day(answer.recorded_at, zone)))
    if not answer.words:
        return steps
    revision = answer.words[-1].revision
    is_working = revision.state == RevisionState.WORKING
    place = _("working draft of revision %(n)d") if is_working else _("revision %(n)d")
    steps.append(
        Step("now" if is_working else "done", _("Words changed"), place % {"n": revision.number})
    )
    return [*steps, _in_force(revision, consultation)]


def _in_force(revision: Revision, consultation: Consultation) -> Step:
    if revision.effective_on:
        return Step("done", _("In force"), short_day(revision.effective_on))
    planned = consultation.effective_on
    text = format_html(_("planned for {day}"), day=short_day(planned)) if planned else ""
    return Step("todo", _("In force"), text)
