"""What a decree finds: revisions that wait for one, and what each of them would end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.people.models import Agency
from consultations.people.queries import line_of
from consultations.standards.enums import RevisionState
from consultations.standards.models import Decree, Revision


@dataclass(frozen=True)
class Ending:
    """What the adoption of a revision ends; `on` is empty for a draft, which never held."""

    revision: Revision
    on: date | None


def endings(revision: Revision, effective_on: date) -> list[Ending]:
    """What is in force holds until the new day; drafts before this one are done with. One query."""
    drafts = Q(
        state__in=[RevisionState.CONSULTED, RevisionState.FINALISED], number__lt=revision.number
    )
    adopted = Q(state=RevisionState.ADOPTED)
    withdrawn_later = Q(
        state=RevisionState.WITHDRAWN,
        effective_on__lt=effective_on,
        withdrawn_on__gt=effective_on,
        superseded_on=None,
    )
    others = Revision.objects.filter(drafts | adopted | withdrawn_later, standard=revision.standard)
    return [
        Ending(other, effective_on if other.effective_on else None)
        for other in others.exclude(pk=revision.pk).order_by("number")
    ]


def comes_too_early(found: Iterable[Ending]) -> Revision | None:
    """Of what would end the one that begins on that day itself, or later: it must not be."""
    for ending in found:
        if ending.on and ending.revision.effective_on >= ending.on:
            return ending.revision
    return None


def waiting_for_decree(agency: Agency) -> QuerySet[Revision]:
    """The agency's finalised revisions, by the name of the service."""
    found = Revision.objects.filter(
        standard__service__agency=agency, state=RevisionState.FINALISED
    ).select_related("standard__service__agency", "standard__log")
    return found.order_by("standard__service__slug", "number")


def decrees_of(agency: Agency) -> QuerySet[Decree]:
    """The agency's own, the newest first; each with `adopted`, how many revisions it adopts."""
    found = Decree.objects.filter(agency=agency).select_related("signed_by")
    return found.annotate(adopted=Count("revisions")).order_by("-dated_on", "-pk")


def get_decree(agency: Agency, decree_id: int) -> Decree:
    """Its own, or that of a government above it, by which it may be adopted. Raises Missing."""
    found = Decree.objects.select_related("agency", "signed_by").filter(
        pk=decree_id, agency__in=line_of(agency)
    )
    if decree := found.first():
        return decree
    raise Missing(_("There is no such decree of this agency."))


def adopted_by(decree: Decree, agency: Agency) -> QuerySet[Revision]:
    """What it adopts in this agency, in the order of its annexes as they were entered."""
    return (
        Revision.objects.filter(decree=decree, standard__service__agency=agency)
        .select_related("standard__service__agency")
        .order_by("standard__service__slug", "number")
    )
