"""What has been answered and what still waits, by clause."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Prefetch, Q
from django.utils.text import Truncator

from consultations.proceedings.models import Consultation
from consultations.standards.models import Placement, Wording
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries.answering import FROM_PUBLIC


@dataclass(frozen=True)
class Figures:
    """What the public said and can be read: how much it is and how much still waits; since when."""

    total: int = 0
    unanswered: int = 0
    oldest: datetime | None = None

    @property
    def answered(self) -> int:
        return self.total - self.unanswered

    def __add__(self, other: "Figures") -> "Figures":
        times = [at for at in (self.oldest, other.oldest) if at]
        return Figures(
            self.total + other.total,
            self.unanswered + other.unanswered,
            min(times) if times else None,
        )


def figures_by_wording(
    consultation: Consultation, states=(CommentState.PUBLISHED,)
) -> dict[int | None, Figures]:
    """One query over one index; the comments on the whole stand under None."""
    rows = (
        Comment.objects.filter(FROM_PUBLIC, consultation=consultation, state__in=states)
        .values_list("wording_id")
        .annotate(
            all=Count("id"),
            waiting=Count("id", filter=Q(answered_at=None)),
            oldest=Min("occurred_at", filter=Q(answered_at=None)),
        )
        .order_by()
    )
    return {wording: Figures(total, waiting, oldest) for wording, total, waiting, oldest in rows}


@dataclass(frozen=True)
class Topic:
    """What comments are about: a clause as the newest draft cites it, or the whole. A clause that
    is gone since keeps the number that its comments saw."""

    clause_id: int | None
    label: str
    heading: str
    order: tuple

    @property
    def key(self) -> str:
        """How the topic stands in an address."""
        return self.label or "general"


GENERAL = Topic(None, "", "", (0,))


def topics_by_wording(consultation: Consultation, language: str) -> dict[int | None, Topic]:
    """The topic of each wording that this consultation's drafts have, in all its rounds.

    Two queries; they grow with the drafts, not with the comments.
    """
    drafts = consultation.drafts.values_list("revision_id", "position", "replaced_by_id")
    positions = {revision: (position, replaced is None) for revision, position, replaced in drafts}
    words = Wording.objects.only("id", "placement_id", "language", "heading", "plain")
    placements = Placement.objects.filter(revision__in=positions).prefetch_related(
        Prefetch("wordings", words)
    )
    by_clause: dict[int, list[Placement]] = {}
    for placement in placements:
        by_clause.setdefault(placement.clause_id, []).append(placement)
    found: dict[int | None, Topic] = {None: GENERAL}
    for clause_id, places in by_clause.items():
        newest = max(places, key=lambda p: (positions[p.revision_id][1], p.revision_id))
        topic = _topic(clause_id, newest, positions[newest.revision_id][0], language)
        for placement in places:
            found |= {wording.pk: topic for wording in placement.wordings.all()}
    return found


def _topic(clause_id: int, placement: Placement, position: int, language: str) -> Topic:
    wordings = {wording.language: wording for wording in placement.wordings.all()}
    shown = wordings.get(language) or next(iter(wordings.values()), None)
    heading = (shown.heading or Truncator(shown.plain).chars(70)) if shown else ""
    label = placement.label if position == 1 else f"{position}:{placement.label}"
    order = (1, position, *(int(part) for part in placement.label.split(".") if part.isdigit()))
    return Topic(clause_id, label, heading, order)
