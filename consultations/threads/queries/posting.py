"""What posting has to know, in as few statements as possible: it holds the log's lock meanwhile."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery

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


def situation(
    consultation: Consultation, user, token: UUID, *, participant_id: int | None = None
) -> Situation:
    """One statement. The voice is the user's own, or the one that they write down for."""
    voice = Q(participants__pk=participant_id) if participant_id else Q(participants__user=user.pk)
    newest = Comment.objects.filter(consultation=OuterRef("pk")).order_by("-number")
    repeated = Comment.objects.filter(participant=OuterRef("voice__pk"), token=token)
    row = (
        Consultation.objects.filter(pk=consultation.pk)
        .annotate(
            voice=FilteredRelation("participants", condition=voice),
            last_number=Subquery(newest.values("number")[:1]),
            is_active=Exists(get_user_model().objects.filter(pk=user.pk, is_active=True)),
            repeated=Subquery(repeated.values("pk")[:1]),
        )
        .values_list(
            "stage",
            "closes_at",
            "last_number",
            "is_active",
            "voice__pk",
            "voice__number",
            "repeated",
        )
        .get()
    )
    return Situation(*row)


def seen_words(wording_id: int) -> SeenWords | None:
    draft = "placement__revision__consultation_draft__"
    row = (
        Wording.objects.filter(pk=wording_id)
        .values_list(
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
        .first()
    )
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
