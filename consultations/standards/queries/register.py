"""Which standards and revisions there are, and which of them holds on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.errors import Missing
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision, Standard


class Standing(TextChoices):
    """What a revision is to a citizen on a day: the state, with the calendar taken into account."""

    WORKING = "working", gettext_lazy("Working draft")
    CONSULTED = "consulted", gettext_lazy("In consultation, not in force")
    FINALISED = "finalised", gettext_lazy("Finalised, not yet in force")
    COMING = "coming", gettext_lazy("Adopted, not yet in force")
    IN_FORCE = "in_force", gettext_lazy("In force")
    SUPERSEDED = "superseded", gettext_lazy("Superseded, no longer in force")
    NEVER_ADOPTED = "never_adopted", gettext_lazy("Replaced by a later draft, never in force")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


def standing(revision: Revision, *, on: date) -> Standing:
    state, starts, ends = revision.state, revision.effective_on, revision.superseded_on
    if starts is None or state not in RevisionState.ONCE_ADOPTED:
        return Standing.NEVER_ADOPTED if state == RevisionState.SUPERSEDED else Standing(state)
    if ends is not None and ends <= on:
        return Standing.SUPERSEDED
    if state == RevisionState.WITHDRAWN and _is_gone(revision, on):
        return Standing.WITHDRAWN
    return Standing.IN_FORCE if starts <= on else Standing.COMING


def _is_gone(revision: Revision, on: date) -> bool:
    """Withdrawn by that day, or so early that its own day never comes."""
    day = revision.withdrawn_on
    return day is None or day <= max(on, revision.effective_on)


def in_force(on: date) -> Q:
    """The same as a condition: begun, and neither ended nor withdrawn by that day."""
    is_not_over = Q(superseded_on=None) | Q(superseded_on__gt=on)
    is_not_withdrawn = ~Q(state=RevisionState.WITHDRAWN) | Q(withdrawn_on__gt=on)
    was_adopted = Q(state__in=RevisionState.ONCE_ADOPTED)
    return was_adopted & Q(effective_on__lte=on) & is_not_over & is_not_withdrawn


def published(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    return revisions.exclude(state=RevisionState.WORKING)


def revision_in_force(standard: Standard, *, on: date) -> Revision | None:
    return standard.revisions.filter(in_force(on)).order_by("-number").first()


def adopted_before(revision: Revision) -> Revision | None:
    """The revision that this one would take the place of: the newest other adopted one."""
    others = Revision.objects.filter(standard=revision.standard_id, state=RevisionState.ADOPTED)
    return others.exclude(pk=revision.pk).order_by("-number").first()


def held_before(revision: Revision) -> Revision | None:
    """The revision that held when this one came into force."""
    held = Revision.objects.filter(
        standard=revision.standard_id,
        state__in=RevisionState.ONCE_ADOPTED,
        effective_on__lt=revision.effective_on,
        superseded_on=revision.effective_on,
    )
    return held.exclude(pk=revision.pk).order_by("-number").first()


def working_draft(standard: Standard) -> Revision | None:
    return standard.revisions.filter(state=RevisionState.WORKING).first()


def _standards() -> QuerySet[Standard]:
    revisions = Revision.objects.select_related("decree").order_by("-number")
    return Standard.objects.select_related(
        "service__agency__parent", "service__agency__log", "component_set", "log"
    ).prefetch_related(Prefetch("revisions", published(revisions), to_attr="published"))


def standards_shown() -> QuerySet[Standard]:
    """Those with something published, each with `published`: its revisions, the newest first."""
    return _standards().filter(pk__in=published(Revision.objects.all()).values("standard"))


def standards_listed() -> QuerySet[Standard]:
    """The same with no more than a list shows of each."""
    revisions = published(Revision.objects.order_by("-number"))
    shown = Prefetch("revisions", revisions, to_attr="published")
    return Standard.objects.select_related("service__agency").prefetch_related(shown)


def get_standard(agency: str, service: str) -> Standard:
    """With `published` as in standards_shown. Raises Missing."""
    found = _standards().filter(service__agency__slug=agency, service__slug=service).first()
    if found is None:
        raise Missing(_("There is no such standard."))
    return found


def get_revision(standard: Standard, number: int, *, with_drafts: bool) -> Revision:
    """Raises Missing; without `with_drafts` also for a working draft, which only staff may see."""
    revisions: Iterable[Revision] = standard.published
    found = next((revision for revision in revisions if revision.number == number), None)
    if found is None and with_drafts:
        found = standard.revisions.filter(number=number).select_related("decree").first()
    if found is None:
        raise Missing(_("There is no such revision of this standard."))
    found.standard = standard
    return found


@dataclass(frozen=True)
class RegisterRow:
    """A standard as citizens look for it: what holds, and what else is on its way."""

    standard: Standard
    revision: Revision  # in force, or where none is the newest that was published
    standing: Standing
    coming: Revision | None  # in consultation, or adopted for a later day
    overdue_since: date | None = None  # the day on which its review was due


def register_row(standard: Standard, *, on: date) -> RegisterRow:
    """Of a standard with `published` loaded; no query."""
    standings = [(revision, standing(revision, on=on)) for revision in standard.published]
    holds = next((r for r, state in standings if state == Standing.IN_FORCE), None)
    ahead = {Standing.CONSULTED, Standing.FINALISED, Standing.COMING}
    coming = next((r for r, state in standings if state in ahead), None)
    shown = holds or coming or (standings[0][0] if standings else None)
    if shown is None:
        raise Missing(_("Nothing of this standard has been published yet."))
    for revision in standard.published:
        revision.standard = standard
    due_on = standard.review_due_on if holds else None
    return RegisterRow(
        standard,
        shown,
        standing(shown, on=on),
        coming if coming is not shown else None,
        due_on if due_on and due_on < on else None,
    )
