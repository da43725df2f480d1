"""Shared passages: which there are, who uses which version, and what is offered to a clause."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.people.models import Agency
from consultations.standards.enums import RevisionState
from consultations.standards.models import (
    Component,
    Placement,
    Revision,
    SharedPassage,
    SharedPassageUse,
    SharedPassageVersion,
    Standard,
)


@dataclass(frozen=True)
class Offered:
    """The newest words of a passage beside those of a clause, in one language."""

    language: str
    now: str
    offered: str
    digest: str  # of the words that stand there now


@dataclass(frozen=True)
class Offer:
    """What a passage has for a clause: words to take over, or only where its words come from."""

    use: SharedPassageUse
    newest: SharedPassageVersion
    languages: tuple[Offered, ...]

    @property
    def is_new(self) -> bool:
        """A version that this clause has neither taken nor declined."""
        return self.newest.number > self.use.version.number


@dataclass(frozen=True)
class PassageUser:
    """A clause that uses a passage, as the passage's page lists it."""

    use: SharedPassageUse
    label: str  # in the working draft, otherwise in the newest revision that has the clause
    draft: Revision | None
    is_behind: bool


def get_agency(slug: str) -> Agency:
    found = Agency.objects.filter(slug=slug).select_related("log").first()
    if found is None:
        raise Missing(_("There is no such agency."))
    return found


def passages_of(agency: Agency) -> QuerySet[SharedPassage]:
    """Each with `newest` (the number of its newest version) and `user_count`."""
    newest = SharedPassageVersion.objects.filter(passage=OuterRef("pk")).order_by("-number")
    return (
        SharedPassage.objects.filter(agency=agency)
        .select_related("component")
        .annotate(
            newest=Subquery(newest.values("number")[:1]),
            user_count=Count("uses", distinct=True),
        )
        .order_by("component__number", "name")
    )


def components_of(agency: Agency) -> QuerySet[Component]:
    """Of all component sets by which this agency's standards are written."""
    sets = Standard.objects.filter(service__agency=agency).values("component_set")
    return Component.objects.filter(component_set__in=sets).order_by("component_set", "number")


def get_passage(agency: Agency, passage_id: int) -> SharedPassage:
    found = passages_of(agency).filter(pk=passage_id).first()
    if found is None:
        raise Missing(_("This agency has no such passage."))
    found.agency = agency
    return found


def users_of(passage: SharedPassage, newest: SharedPassageVersion) -> list[PassageUser]:
    uses = list(
        passage.uses.select_related("version", "clause__standard__service__agency", "passage")
    )
    placements = Placement.objects.filter(clause__in=[use.clause_id for use in uses])
    labels, drafts = {}, {}
    for placement in placements.select_related("revision").order_by("revision__number"):
        labels[placement.clause_id] = placement.label
        if placement.revision.state == RevisionState.WORKING:
            drafts[placement.clause_id] = placement.revision
    return [
        PassageUser(
            use,
            labels.get(use.clause_id, ""),
            drafts.get(use.clause_id),
            use.version.number < newest.number,
        )
        for use in uses
    ]


def offer_for(placement: Placement) -> Offer | None:
    """Of a clause whose words come from a passage."""
    use = (
        SharedPassageUse.objects.filter(clause=placement.clause_id)
        .select_related("passage__agency__log", "version", "clause__standard__log")
        .first()
    )
    if use is None:
        return None
    newest = use.passage.versions.order_by("-number").first()
    return Offer(use, newest, offered(placement, newest))


def offered(placement: Placement, version: SharedPassageVersion) -> tuple[Offered, ...]:
    now = {wording.language: wording for wording in placement.wordings.all()}
    return tuple(
        Offered(
            language,
            now[language].body if language in now else "",
            body,
            now[language].digest if language in now else "",
        )
        for language, body in version.body.items()
    )


def passages_for(placement: Placement, agency: Agency) -> QuerySet[SharedPassage]:
    """Those that a clause of this component can use."""
    return passages_of(agency).filter(component=placement.component_id)
