"""Hidden comments and appeals: which are open, what an author may read of their own case."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.moderation.models import Appeal, HidingDecision
from consultations.proceedings.models import Consultation
from consultations.threads.models import Comment


def open_appeals(consultation: Consultation) -> QuerySet[Appeal]:
    """An appeal is settled by its answer, or by the moderators' taking the hiding back."""
    return Appeal.objects.filter(
        decision__comment__consultation=consultation, decision__undone_at=None, result=""
    )


def appealable(consultation: Consultation, *, at: datetime) -> QuerySet[HidingDecision]:
    """Decisions whose author may still appeal. One without an account cannot, and is not waited
    for."""
    return HidingDecision.objects.filter(
        comment__consultation=consultation,
        comment__participant__user__isnull=False,
        undone_at=None,
        appeal=None,
        appeal_until__gte=at,
    )


def decisions_in_force(comments: Iterable[Comment]) -> dict[int, HidingDecision]:
    """The hiding that holds for each of these comments, with its appeal; one query."""
    rows = HidingDecision.objects.filter(
        comment__in=[comment.pk for comment in comments], undone_at=None
    ).select_related("appeal", "decided_by")
    return {decision.comment_id: decision for decision in rows}


def newest_decision(consultation: Consultation, number: int) -> HidingDecision:
    """The last decision about this comment, also one that was taken back. Raises Missing."""
    decision = (
        HidingDecision.objects.filter(comment__consultation=consultation, comment__number=number)
        .select_related("comment__participant", "comment__wording__placement", "appeal")
        .order_by("-pk")
        .first()
    )
    if decision is None:
        raise Missing(_("This comment was never hidden."))
    decision.comment.consultation = consultation
    return decision
