"""Reads about consultations: which of them somebody may see, and what stands in them."""

from datetime import date

from django.db.models import Q, QuerySet, SlugField
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.prepared import Parameter, Prepared
from consultations.people.enums import Role
from consultations.people.models import Agency
from consultations.people.queries import offices_of
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.standards.models import Wording
from consultations.standards.queries import DocumentClause, clauses_now

_HEAD = ("kind", "key", "side", "twin", "epoch", "head_seq", "head_hash")
_REACHING_DOWN = {Role.COORDINATOR, Role.AUDITOR}
# Every page and socket begins with it.
_BY_SLUG = Prepared(
    lambda: Consultation.objects.select_related("agency", "log", "staff_log").filter(
        slug=Parameter("slug", SlugField())
    )
)
# Every comment begins with it.
_BY_SLUG_TO_WRITE = Prepared(
    lambda: (
        Consultation.objects.select_related("log")
        .only("slug", "stage", "agency", "staff_log", *(f"log__{name}" for name in _HEAD))
        .filter(slug=Parameter("slug", SlugField()))
    )
)


def visible_to(user, *, on: date | None = None) -> QuerySet[Consultation]:
    """What this person (or a visitor) may read. `rules.can_view` says the same of one.

    Reading happens now, so a page need not say which day it is; a test may.
    """
    public = Q(stage__in=Stage.PUBLIC)
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return Consultation.objects.filter(public)
    if user.is_superuser:
        return Consultation.objects.all()
    inside = _agencies_seen(user, on or timezone.localdate())
    return Consultation.objects.filter(public | Q(agency__in=inside) if inside else public)


def get_consultation(slug: str, user, *, on: date | None = None) -> Consultation:
    """With agency and both logs. One that this person may not see does not exist for them."""
    return _seen_by(user, _BY_SLUG.first(slug=slug), on)


def get_consultation_to_write(slug: str, user) -> Consultation:
    """With its log, and no more than it takes to write: the rest is read when asked for."""
    return _seen_by(user, _BY_SLUG_TO_WRITE.first(slug=slug), None)


def _seen_by(user, found: Consultation | None, on: date | None) -> Consultation:
    if found is None or (
        # Most are public: those cost nothing more than their row.
        found.stage not in Stage.PUBLIC and not visible_to(user, on=on).filter(pk=found.pk).exists()
    ):
        raise Missing(_("There is no such consultation. It may have another address now."))
    return found


def current_drafts(consultation: Consultation) -> list[ConsultationDraft]:
    """The drafts under discussion: of a further round the newest."""
    drafts = consultation.drafts.filter(replaced_by=None)
    return list(drafts.select_related("revision__standard__service__agency"))


def newest_draft(draft: ConsultationDraft) -> ConsultationDraft:
    """What stands in a replaced draft's place by now, however many rounds there were."""
    while draft.replaced_by_id is not None:
        draft = draft.replaced_by
    return draft


def words_now(wording: Wording, draft: ConsultationDraft) -> DocumentClause | None:
    """The words of the same clause in a later draft, by lineage; None where it is gone."""
    clause = wording.placement.clause_id
    heirs = clauses_now([clause], draft.revision, wording.language)[clause]
    return heirs[0] if heirs else None


def _agencies_seen(user, on: date) -> set[int]:
    """Agencies in which this person works, and all below those that they reach down from."""
    offices = offices_of(user, on=on)
    seen = {office.agency_id for office in offices}
    reached = level = {office.agency_id for office in offices if office.role in _REACHING_DOWN}
    while level:
        below = Agency.objects.filter(parent__in=level).values_list("pk", flat=True)
        level = set(below) - reached
        reached = reached | level
    return seen | reached
