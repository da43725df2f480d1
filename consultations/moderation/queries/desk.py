"""What the desk shows: the queue by clause, a page of comments, what was selected."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from consultations.kernel.paging import Page, page
from consultations.moderation.models import HidingDecision
from consultations.moderation.queries.cases import decisions_in_force, open_appeals
from consultations.outcomes.queries.answers import AnswerView, answers_for
from consultations.outcomes.queries.progress import (
    Figures,
    Topic,
    figures_by_wording,
    topics_by_wording,
)
from consultations.proceedings.models import Consultation
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries.answering import ANSWERABLE, answerable, is_answerable

PAGE_SIZE = 40
_WORDS_SEARCHED = 8

STATES = {
    "unanswered": pgettext_lazy("comments", "Unanswered"),
    "answered": pgettext_lazy("comments", "Answered"),
    "hidden": pgettext_lazy("comments", "Hidden"),
    "appeals": pgettext_lazy("comments", "Appeals"),
    "all": pgettext_lazy("comments", "All"),
}


@dataclass(frozen=True)
class Filters:
    """What the desk is asked for, as it stands in its address."""

    clause: str = ""
    stance: str = ""
    state: str = "unanswered"
    text: str = ""

    def urlencode(self, **other: str) -> str:
        """The query string for these filters, with some of them changed."""
        given = {"clause": self.clause, "stance": self.stance, "state": self.state, "q": self.text}
        return urlencode({name: value for name, value in (given | other).items() if value})


@dataclass(frozen=True)
class QueueLine:
    """A clause of the draft with its comments."""

    topic: Topic
    figures: Figures


@dataclass(frozen=True)
class Item:
    """A comment on the desk, with all that staff may know of it."""

    comment: Comment
    topic: Topic
    answer: AnswerView | None
    hiding: HidingDecision | None

    @property
    def is_hidden(self) -> bool:
        return self.comment.state == CommentState.HIDDEN

    @property
    def can_be_answered(self) -> bool:
        return self.answer is None and is_answerable(self.comment)


@dataclass(frozen=True)
class Desk:
    queue: list[QueueLine]
    figures: Figures
    appeals: int
    items: Page
    topics: dict[int | None, Topic] = field(repr=False)


def desk(
    consultation: Consultation, filters: Filters, language: str, *, after: int | None = None
) -> Desk:
    """Nine queries, however many comments there are."""
    topics = topics_by_wording(consultation, language)
    figures = figures_by_wording(consultation, ANSWERABLE)
    by_topic: dict[Topic, Figures] = {topic: Figures() for topic in topics.values()}
    for wording, each in figures.items():
        by_topic[topics[wording]] += each
    queue = [QueueLine(topic, each) for topic, each in by_topic.items()]
    found = page(
        matching(consultation, filters, topics).select_related(
            "participant__post", "anchor", "parent"
        ),
        after=after,
        size=PAGE_SIZE,
    )
    return Desk(
        queue=sorted(queue, key=lambda line: line.topic.order),
        figures=sum(by_topic.values(), Figures()),
        appeals=open_appeals(consultation).count(),
        items=Page(_items(found.rows, topics), found.next_after),
        topics=topics,
    )


def _items(comments: list[Comment], topics: dict) -> list[Item]:
    answers = answers_for(comments, to_author=True)
    hidden = [c for c in comments if c.state == CommentState.HIDDEN]
    hidings = decisions_in_force(hidden) if hidden else {}
    return [
        Item(comment, topics[comment.wording_id], answers.get(comment.pk), hidings.get(comment.pk))
        for comment in comments
    ]


def matching(
    consultation: Consultation, filters: Filters, topics: dict[int | None, Topic]
) -> QuerySet[Comment]:
    """The comments that the filters let through."""
    found = consultation.comments.filter(state__in=ANSWERABLE)
    if filters.state == "unanswered":
        found = answerable(found).filter(answered_at=None)
    elif filters.state == "answered":
        found = found.filter(answered_at__isnull=False)
    elif filters.state == "hidden":
        found = found.filter(state=CommentState.HIDDEN)
    elif filters.state == "appeals":
        found = found.filter(hiding_decisions__in=open_appeals(consultation).values("decision"))
    if filters.clause:
        wordings = [pk for pk, topic in topics.items() if topic.key == filters.clause]
        here = Q(wording__in=[pk for pk in wordings if pk])
        found = found.filter(here | Q(wording=None) if None in wordings else here)
    if filters.stance:
        found = found.filter(stance=filters.stance)
    return _search(found, filters.text)


def _search(comments: QuerySet[Comment], text: str) -> QuerySet[Comment]:
    """Comments that contain all the words, in what they say or propose; or a number M-0187."""
    number = text.upper().removeprefix("M-")
    if number.isascii() and number.isdigit() and len(number) < 9:
        return comments.filter(number=int(number))
    for word in text.split()[:_WORDS_SEARCHED]:
        comments = comments.filter(
            Q(body__icontains=word)
            | Q(proposed_text__icontains=word)
            | Q(participant__public_name__icontains=word)
        )
    return comments
