"""The response matrix: what was said, what the agency answers, and what changes by it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q

from consultations.kernel.paging import Page
from consultations.outcomes.enums import Disposition
from consultations.outcomes.models import OutcomeAnswer
from consultations.outcomes.queries.answers import AnswerView, views_of
from consultations.outcomes.queries.progress import (
    Figures,
    Topic,
    figures_by_wording,
    topics_by_wording,
)
from consultations.proceedings.models import Consultation
from consultations.threads.enums import CommentState, Stance
from consultations.threads.models import Comment
from consultations.threads.queries.answering import FROM_PUBLIC

UNANSWERED = "unanswered"
PAGE_SIZE = 40


@dataclass(frozen=True)
class Row:
    """One answer with what it answers, or the comments on one clause that still wait for one."""

    topics: tuple[Topic, ...]
    count: int
    stances: tuple[tuple[str, str], ...]  # those that occur: value and word, most frequent first
    sample: Comment | None
    answer: AnswerView | None
    oldest: datetime | None = None

    @property
    def topic(self) -> Topic:
        return self.topics[0]


@dataclass(frozen=True)
class Choice:
    """One filter: what it is called, how many comments it holds."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Matrix:
    figures: Figures
    changed_clauses: int
    counts: dict[str, int]  # comments by disposition
    topics: list[Topic]  # those with comments, for the filter by clause
    page: Page


@dataclass
class _Group:
    """What is known of a row before its page is chosen."""

    number: int  # of the outcome; below zero for what still waits
    outcome_id: int | None = None
    disposition: str = UNANSWERED
    count: int = 0
    first: int | None = None
    oldest: datetime | None = None

    def __post_init__(self):
        self.stances: dict[str, int] = defaultdict(int)
        self.topics: dict[Topic, int] = defaultdict(int)

    def add(self, topic: Topic, stance: str, count: int, first: int) -> None:
        self.count += count
        self.stances[stance] += count
        self.topics[topic] += count
        self.first = first if self.first is None else min(self.first, first)

    @property
    def order(self) -> tuple:
        return min(topic.order for topic in self.topics), self.number < 0, self.number


def matrix(
    consultation: Consultation,
    language: str,
    *,
    disposition: str = "",
    clause: str = "",
    after: int | None = None,
) -> Matrix:
    """A page of rows in the order of the draft. A fixed number of queries.

    Outcomes that answer hidden comments alone are no row: those are answered to their author.
    """
    topics = topics_by_wording(consultation, language)
    figures = figures_by_wording(consultation)
    groups = [*_answered(consultation, topics), *_waiting(consultation, topics, figures)]
    counts: dict[str, int] = defaultdict(int)
    for group in groups:
        counts[group.disposition] += group.count
    chosen = [
        group
        for group in groups
        if (not disposition or group.disposition == disposition)
        and (not clause or any(topic.key == clause for topic in group.topics))
    ]
    chosen.sort(key=lambda group: group.order)
    shown, next_after = _page(chosen, after)
    named = {topic for group in groups for topic in group.topics}
    return Matrix(
        figures=sum(figures.values(), Figures()),
        changed_clauses=_changed_clauses(consultation),
        counts=dict(counts),
        topics=sorted(named, key=lambda topic: topic.order),
        page=Page(_rows(consultation, shown), next_after),
    )


def choices(found: Matrix) -> list[Choice]:
    """The filters by disposition, with those first that everybody looks for."""
    everything = Choice("", "", found.figures.total)
    waiting = Choice(UNANSWERED, "", found.counts.get(UNANSWERED, 0))
    rest = [
        Choice(each.value, each.label, found.counts[each.value])
        for each in Disposition
        if found.counts.get(each.value)
    ]
    return [everything, waiting, *rest]


def _answered(consultation: Consultation, topics: dict) -> list[_Group]:
    rows = (
        OutcomeAnswer.objects.filter(
            outcome__consultation=consultation, is_current=True, comment__is_official=False
        )
        .exclude(comment__state=CommentState.HIDDEN)
        .values_list(
            "outcome_id",
            "outcome__number",
            "outcome__disposition",
            "comment__wording_id",
            "comment__stance",
        )
        .annotate(count=Count("id"), first=Min("comment__number"))
        .order_by()
    )
    groups: dict[int, _Group] = {}
    for outcome, number, disposition, wording, stance, count, first in rows:
        group = groups.setdefault(outcome, _Group(number, outcome, disposition))
        group.add(topics[wording], stance, count, first)
    return list(groups.values())


def _waiting(consultation: Consultation, topics: dict, figures: dict) -> list[_Group]:
    rows = (
        Comment.objects.filter(
            FROM_PUBLIC, consultation=consultation, state=CommentState.PUBLISHED, answered_at=None
        )
        .values_list("wording_id", "stance")
        .annotate(count=Count("id"), first=Min("number"))
        .order_by()
    )
    groups: dict[Topic, _Group] = {}
    for wording, stance, count, first in rows:
        topic = topics[wording]
        # A number that no outcome has, and that stays the same while others are answered.
        group = groups.setdefault(topic, _Group(-1 - (topic.clause_id or 0)))
        group.add(topic, stance, count, first)
        oldest = figures[wording].oldest
        group.oldest = min(filter(None, (group.oldest, oldest)), default=None)
    return list(groups.values())


def _page(groups: list[_Group], after: int | None) -> tuple[list[_Group], int | None]:
    """From the row behind the one that `after` names. A row's name is its number, made positive:
    even for outcomes, odd for what waits."""
    names = [2 * g.number if g.number > 0 else -2 * g.number - 1 for g in groups]
    start = names.index(after) + 1 if after in names else 0
    shown = groups[start : start + PAGE_SIZE]
    more = start + PAGE_SIZE < len(groups)
    return shown, names[start + PAGE_SIZE - 1] if more else None


def _rows(consultation: Consultation, groups: list[_Group]) -> list[Row]:
    outcomes = consultation.outcomes.filter(pk__in=[g.outcome_id for g in groups if g.outcome_id])
    answers = {view.outcome_id: view for view in views_of(outcomes)}
    samples = {
        comment.number: comment
        for comment in consultation.comments.filter(
            Q(state=CommentState.PUBLISHED), number__in=[group.first for group in groups]
        ).select_related("participant")
    }
    return [
        Row(
            topics=tuple(sorted(group.topics, key=lambda topic: topic.order)),
            count=group.count,
            stances=_named(group.stances),
            sample=samples.get(group.first),
            answer=answers.get(group.outcome_id),
            oldest=group.oldest,
        )
        for group in groups
    ]


def _named(stances: dict[str, int]) -> tuple[tuple[str, str], ...]:
    found = sorted(
        (stance for stance in stances if stance != Stance.NEUTRAL), key=lambda s: -stances[s]
    )
    return tuple((stance, str(Stance(stance).label)) for stance in found)


def _changed_clauses(consultation: Consultation) -> int:
    return (
        consultation.outcomes.filter(changes__change__reverted_at=None, changes__isnull=False)
        .values("changes__change__clause")
        .distinct()
        .count()
    )
