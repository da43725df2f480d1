"""What comments say to the standards that they are about: whom to tell, and how many there were."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from consultations.proceedings.models import ConsultationDraft
from consultations.standards.models import Revision, Standard
from consultations.standards.registries import figures, followers
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment


@followers.register("commenters")
def commenters(revision: Revision, before: Revision | None) -> QuerySet:
    """Whoever commented on the way from the revision that held before to this one."""
    drafts = ConsultationDraft.objects.filter(
        revision__standard=revision.standard_id, revision__number__lte=revision.number
    )
    if before is not None:
        # What was in force could be consulted on too, after it was published.
        drafts = drafts.filter(
            Q(revision__number__gt=before.number) | Q(opened_at__gt=before.published_at)
        )
    comments = Comment.objects.filter(consultation__drafts__in=drafts, seq__isnull=False)
    return get_user_model().objects.filter(pk__in=comments.values("participant__user"))


@figures.register("comments")
def comments_since(standard: Standard, day: date) -> list[tuple[int, str]]:
    """Published ones, on the standard's words."""
    zone = ZoneInfo(standard.service.agency.time_zone)
    count = Comment.objects.filter(
        wording__placement__revision__standard=standard,
        occurred_at__gte=datetime.combine(day, time.min, zone),
        state=CommentState.PUBLISHED,
    ).count()
    return [(count, ngettext("comment", "comments", count))] if count else []
