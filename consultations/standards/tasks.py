"""Telling many people about a standard: in the background, in batches."""

from django_tasks import task

from consultations.notices.actions import notify
from consultations.standards.kinds import IN_FORCE
from consultations.standards.models import Revision
from consultations.standards.queries import held_before
from consultations.standards.registries import followers

BATCH = 500


@task()
def tell_followers(revision_id: int) -> int:
    """Tells everybody who has a part in a revision that it is in force: once each, however often
    this runs. Returns how many people were told."""
    revision = Revision.objects.select_related("standard__service__agency").get(pk=revision_id)
    service, before = revision.standard.service, held_before(revision)
    told = 0
    for source in followers:
        ids, last = source(revision, before).order_by("pk"), 0
        while batch := list(ids.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
            told += notify(
                users=batch,
                kind=IN_FORCE,
                key=f"revision:{revision.pk}",
                data={
                    "agency": service.agency.slug,
                    "service": service.slug,
                    "revision": revision.number,
                    "effective_on": revision.effective_on.isoformat(),
                },
                at=revision.in_force_told_at,
            )
            last = batch[-1]
    return told
