"""The home page and the list of consultations."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from consultations.kernel.fields import LocalizedText
from consultations.meetings.enums import ItemState, MeetingState
from consultations.meetings.models import AgendaItem, Meeting
from consultations.outcomes.models import Outcome
from consultations.outcomes.queries.answers import AnswerView, WordsView, views_of
from consultations.people.models import Agency
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.standards.models import Revision, Wording
from consultations.standards.queries.documents import wording_in
from consultations.standards.queries.register import in_force
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries.answering import FROM_PUBLIC


@dataclass
class LiveNow:
    """A session that is under way and what it is just discussing."""

    meeting: Meeting
    item: AgendaItem | None = None
    words: Wording | None = None  # in the reader's language


@dataclass
class Changed:
    """What was said, and which words changed for it."""

    answer: AnswerView
    words: WordsView  # in the reader's language
    title: LocalizedText
    comment: Comment
    others: int


@dataclass(frozen=True)
class Register:
    standards: int
    agencies: int


@dataclass
class Home:
    live: list[LiveNow] = field(default_factory=list)
    open: list[Consultation] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    register: Register = Register(0, 0)


def home(at: datetime, on: date) -> Home:
    return Home(
        live=_live_now(),
        open=list(_listed(_open(at)).order_by("closes_at")[:5]),
        changed=_changed(),
        register=_register(on),
    )


def consultations(
    at: datetime, *, q: str = "", stage: str = "", agency: str = ""
) -> QuerySet[Consultation]:
    """The public consultations that match, each with its figures and current drafts."""
    found = _listed(_public())
    for word in q.split()[:8]:
        found = found.filter(_contains(word))
    if stage == Stage.OPEN:
        found = found.filter(pk__in=_open(at).values("pk"))
    elif stage == Stage.CLOSED:
        found = found.exclude(pk__in=_open(at).values("pk")).exclude(stage=Stage.CONCLUDED)
    elif stage:
        found = found.filter(stage=stage)
    return found.filter(agency__slug=agency) if agency else found


def asking_agencies() -> list[Agency]:
    """The agencies that have a public consultation, for the filter."""
    found = Agency.objects.filter(consultations__in=_public()).distinct()
    return sorted(found, key=lambda agency: str(agency.name))


def count_open(at: datetime) -> int:
    return _open(at).count()


def _public() -> QuerySet[Consultation]:
    return Consultation.objects.filter(stage__in=Stage.PUBLIC)


def _open(at: datetime) -> QuerySet[Consultation]:
    return Consultation.objects.filter(stage=Stage.OPEN, closes_at__gte=at)


def _contains(word: str) -> Q:
    """In any language's key, since values of a whole JSON column are stored escaped."""
    found = Q(agency__short_name__icontains=word)
    for language, _name in settings.LANGUAGES:
        for column in ("title", "agency__name", "drafts__revision__summary"):
            found |= Q(**{f"{column}__{language}__icontains": word})
    return Q(pk__in=Consultation.objects.filter(found).values("pk"))


def _listed(found: QuerySet[Consultation]) -> QuerySet[Consultation]:
    drafts = ConsultationDraft.objects.filter(replaced_by=None).order_by("position", "id")
    drafts = drafts.select_related("revision")
    return (
        found.select_related("agency")
        .prefetch_related(Prefetch("drafts", drafts, to_attr="current_drafts"))
        .annotate(comment_count=_count(Q()), answered_count=_count(Q(answered_at__isnull=False)))
    )


def _count(condition: Q) -> Coalesce:
    counted = (
        Comment.objects.filter(condition, FROM_PUBLIC, state__in=CommentState.STANDING)
        .filter(consultation=OuterRef("pk"))
        .order_by()
        .values("consultation")
        .annotate(count=Count("id"))
        .values("count")
    )
    return Coalesce(Subquery(counted), 0)


def _live_now() -> list[LiveNow]:
    meetings = (
        Meeting.objects.filter(state=MeetingState.OPEN, consultation__stage__in=Stage.PUBLIC)
        .select_related("consultation__agency")
        .order_by("-opened_at")[:3]
    )
    live = {meeting.pk: LiveNow(meeting) for meeting in meetings}
    on_table = AgendaItem.objects.filter(meeting__in=live, state=ItemState.ON_TABLE)
    items = on_table.select_related("wording__placement__component")
    for item in items.prefetch_related("wording__placement__wordings"):
        now = live[item.meeting_id]
        now.item = item
        if item.wording:
            now.words = wording_in(item.wording.placement.wordings.all(), get_language() or "")
    return list(live.values())


def _changed(limit: int = 2) -> list[Changed]:
    """The newest outcomes that changed words, each with one of the comments that it answers."""
    newest = (
        Outcome.objects.filter(
            is_current=True,
            consultation__stage__in=Stage.PUBLIC,
            changes__change__reverted_at=None,
            changes__isnull=False,
            answers__comment__state=CommentState.PUBLISHED,
        )
        .select_related("consultation")
        .distinct()
        .order_by("-recorded_at")[:limit]
    )
    outcomes = {outcome.pk: outcome for outcome in newest}
    views = {view.outcome_id: view for view in views_of(Outcome.objects.filter(pk__in=outcomes))}
    said = _first_comments(list(outcomes))
    return [
        Changed(
            views[pk],
            _in_language(views[pk].words),
            outcome.consultation.title,
            said[pk],
            max(views[pk].public - 1, 0),
        )
        for pk, outcome in outcomes.items()
        if pk in said and views[pk].words
    ]


def _in_language(words: list[WordsView]) -> WordsView:
    return next((one for one in words if one.language == get_language()), words[0])


def _first_comments(outcomes: list[int]) -> dict[int, Comment]:
    """One readable comment behind each outcome: the first that was said."""
    first = (
        Comment.objects.filter(
            answers__outcome=OuterRef("pk"), answers__is_current=True, state=CommentState.PUBLISHED
        )
        .exclude(body="")
        .order_by("number")
        .values("pk")[:1]
    )
    found = Outcome.objects.filter(pk__in=outcomes).annotate(first=Subquery(first))
    pairs = dict(found.values_list("pk", "first"))
    comments = Comment.objects.select_related("participant", "consultation").in_bulk(
        [comment for comment in pairs.values() if comment]
    )
    return {pk: comments[comment] for pk, comment in pairs.items() if comment}


def _register(on: date) -> Register:
    sums = Revision.objects.filter(in_force(on)).aggregate(
        standards=Count("standard", distinct=True),
        agencies=Count("standard__service__agency", distinct=True),
    )
    return Register(**sums)
