"""What posting has to know, in as few statements as possible: it holds the log's lock meanwhile."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import (
    BigAutoField,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
)

from consultations.kernel.prepared import Parameter, Prepared
from consultations.proceedings.models import Consultation, ConsultationDraft, Participant
from consultations.proceedings.queries import newest_draft
from consultations.standards.models import Wording
from consultations.threads.models import Comment


class SeenWords(NamedTuple):
    """The words that a comment stands on, and the draft that they belong to."""

    pk: int
    language: str
    body: str
    plain: str
    placement_id: int
    label: str
    draft_id: int | None
    consultation_id: int | None
    replaced_by_id: int | None


class Situation(NamedTuple):
    """The consultation and the writer's voice in it, as they are under the lock."""

    stage: str
    closes_at: datetime
    last_number: int | None
    is_active: bool  # the writer is not suspended
    participant_id: int | None
    participant_number: int | None
    is_official: bool | None  # the voice is of the agency's own people
    repeated_id: int | None  # the comment that came with this token before
    words: SeenWords | None = None  # if they are of this consultation


class ParentRow(NamedTuple):
    pk: int
    number: int
    state: str
    wording_id: int | None
    placement_id: int | None
    parent_id: int | None
    grandparent_id: int | None

    @property
    def depth(self) -> int:
        return sum(above is not None for above in (self.parent_id, self.grandparent_id))


_ID = BigAutoField()


def _situation(rows: QuerySet, voice: Q, path: str = "") -> QuerySet:
    """`path` leads from the rows to the consultation."""
    newest = Comment.objects.filter(consultation=OuterRef(f"{path}pk")).order_by("-number")
    repeated = Comment.objects.filter(
        participant=OuterRef("voice__pk"), token=Parameter("token", UUIDField())
    )
    active = get_user_model().objects.filter(pk=Parameter("user", _ID), is_active=True)
    return rows.annotate(
        voice=FilteredRelation(f"{path}participants", condition=voice),
        last_number=Subquery(newest.values("number")[:1]),
        is_active=Exists(active),
        repeated=Subquery(repeated.values("pk")[:1]),
    ).values_list(
        f"{path}stage",
        f"{path}closes_at",
        "last_number",
        "is_active",
        "voice__pk",
        "voice__number",
        "voice__is_organiser",
        "repeated",
        *(_WORDS if path else ()),
    )


_DRAFT = "placement__revision__consultation_draft__"
_WORDS = (
    "pk",
    "language",
    "body",
    "plain",
    "placement_id",
    "placement__label",
    f"{_DRAFT}pk",
    f"{_DRAFT}consultation_id",
    f"{_DRAFT}replaced_by_id",
)


def _here() -> QuerySet:
    return Consultation.objects.filter(pk=Parameter("pk", _ID))


def _words() -> QuerySet:
    return Wording.objects.filter(pk=Parameter("wording", _ID))


_SITUATION = Prepared(lambda: _situation(_here(), Q(participants__user=Parameter("user", _ID))))
_SITUATION_OF_VOICE = Prepared(
    lambda: _situation(_here(), Q(participants__pk=Parameter("voice", _ID)))
)
_ON_WORDS = f"{_DRAFT}consultation__"
_SITUATION_ON_WORDS = Prepared(
    lambda: _situation(
        _words().filter(**{f"{_DRAFT}consultation": Parameter("pk", _ID)}),
        Q(**{f"{_ON_WORDS}participants__user": Parameter("user", _ID)}),
        _ON_WORDS,
    )
)
_SEEN_WORDS = Prepared(lambda: _words().values_list(*_WORDS))


def situation(
    consultation: Consultation,
    user,
    token: UUID,
    wording_id: int | None,
    participant: Participant | None,
) -> Situation:
    """The voice is the user's own, or that of a `participant` whom they write down. Comes in one
    statement; with the words, where the user's own voice is on words of this consultation."""
    known = {"pk": consultation.pk, "user": user.pk, "token": token}
    if participant is not None:
        return Situation(*_SITUATION_OF_VOICE.first(**known, voice=participant.pk))
    if wording_id is not None and (row := _SITUATION_ON_WORDS.first(**known, wording=wording_id)):
        return Situation(*row[: -len(_WORDS)], words=SeenWords(*row[-len(_WORDS) :]))
    return Situation(*_SITUATION.first(**known))


def seen_words(wording_id: int) -> SeenWords | None:
    row = _SEEN_WORDS.first(wording=wording_id)
    return SeenWords(*row) if row else None


def parent_row(consultation: Consultation, number: int) -> ParentRow | None:
    row = (
        Comment.objects.filter(consultation=consultation, number=number)
        .values_list(
            "pk",
            "number",
            "state",
            "wording_id",
            "wording__placement_id",
            "parent_id",
            "parent__parent_id",
        )
        .first()
    )
    return ParentRow(*row) if row else None


def replaced_words(seen: SeenWords) -> tuple[Wording, ConsultationDraft]:
    """The old words, and the draft that is discussed instead of theirs."""
    wording = Wording.objects.select_related("placement__revision").get(pk=seen.pk)
    draft = ConsultationDraft.objects.select_related("replaced_by__revision__standard")
    return wording, newest_draft(draft.get(pk=seen.draft_id))
