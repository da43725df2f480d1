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
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.proceedings.queries import newest_draft
from consultations.standards.models import Wording
from consultations.threads.models import Comment


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


def _situation(voice: Q) -> QuerySet:
    newest = Comment.objects.filter(consultation=OuterRef("pk")).order_by("-number")
    repeated = Comment.objects.filter(
        participant=OuterRef("voice__pk"), token=Parameter("token", UUIDField())
    )
    active = get_user_model().objects.filter(pk=Parameter("user", _ID), is_active=True)
    return (
        Consultation.objects.filter(pk=Parameter("pk", _ID))
        .annotate(
            voice=FilteredRelation("participants", condition=voice),
            last_number=Subquery(newest.values("number")[:1]),
            is_active=Exists(active),
            repeated=Subquery(repeated.values("pk")[:1]),
        )
        .values_list(
            "stage",
            "closes_at",
            "last_number",
            "is_active",
            "voice__pk",
            "voice__number",
            "voice__is_organiser",
            "repeated",
        )
    )


def _seen_words() -> QuerySet:
    draft = "placement__revision__consultation_draft__"
    return Wording.objects.filter(pk=Parameter("pk", _ID)).values_list(
        "pk",
        "language",
        "body",
        "plain",
        "placement_id",
        "placement__label",
        f"{draft}pk",
        f"{draft}consultation_id",
        f"{draft}replaced_by_id",
    )


_SITUATION = Prepared(lambda: _situation(Q(participants__user=Parameter("user", _ID))))
_SITUATION_OF_VOICE = Prepared(lambda: _situation(Q(participants__pk=Parameter("voice", _ID))))
_SEEN_WORDS = Prepared(_seen_words)


def situation(
    consultation: Consultation, user, token: UUID, *, participant_id: int | None = None
) -> Situation:
    """One statement. The voice is the user's own, or the one that they write down for."""
    if participant_id:
        row = _SITUATION_OF_VOICE.first(
            pk=consultation.pk, user=user.pk, token=token, voice=participant_id
        )
    else:
        row = _SITUATION.first(pk=consultation.pk, user=user.pk, token=token)
    return Situation(*row)


def seen_words(wording_id: int) -> SeenWords | None:
    row = _SEEN_WORDS.first(pk=wording_id)
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
