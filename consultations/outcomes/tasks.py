"""Telling the authors what became of their comments: in the background, in batches."""

from django_tasks import task

from consultations.notices.actions import notify
from consultations.outcomes.models import Outcome
from consultations.proceedings.models import Participant

BATCH = 500


@task()
def tell_authors(outcome_id: int, kind: str) -> int:
    """Tells each author of the comments that this version answers, once, however many of the
    comments are theirs and however often the task runs. Returns how many people were told."""
    outcome = Outcome.objects.select_related("consultation").get(pk=outcome_id)
    authors = (
        Participant.objects.filter(comments__answers__outcome=outcome, user__isnull=False)
        .order_by("user_id")
        .values_list("user_id", flat=True)
        .distinct()
    )
    told, last = 0, 0
    while batch := list(authors.filter(user_id__gt=last)[:BATCH]):
        notify(
            users=batch,
            kind=kind,
            # A revised answer is news, the same version told again is not.
            key=f"outcome:{outcome.consultation_id}:{outcome.number}:{outcome.version}",
            data={
                "consultation": outcome.consultation.slug,
                "outcome": outcome.number,
                "version": outcome.version,
            },
            at=outcome.reverted_at or outcome.recorded_at,
        )
        told, last = told + len(batch), batch[-1]
    return told
