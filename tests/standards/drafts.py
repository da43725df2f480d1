"""What tests of working drafts share."""

from consultations.standards import actions
from consultations.standards.enums import ReasonKind
from consultations.standards.models import Clause, Placement, Revision
from tests import build
from tests.build import TODAY

WHY = {"reason_kind": ReasonKind.EDITORIAL, "reason": "Lebih jelas.", "at": TODAY}


def a_draft(agency) -> Revision:
    """A working draft on a consulted revision, whose clauses are 1.1, 2.1, 3.1."""
    base = build.a_revision(build.a_standard(agency))
    return actions.start_working_draft(actor=None, standard=base.standard, based_on=base, at=TODAY)


def clause(draft: Revision, label: str) -> Clause:
    return draft.placements.get(label=label).clause


def digest(draft: Revision, label: str) -> str:
    return build.a_wording(draft, label).digest


def outline(draft: Revision) -> list[tuple[str, str]]:
    """Labels with the first word of each clause, in the order in which they stand."""
    placements = Placement.objects.filter(revision=draft)
    found = placements.order_by("component__number", "position").prefetch_related("wordings")
    return [
        (placement.label, wording.body.split()[0])
        for placement in found
        for wording in placement.wordings.all()
        if wording.language == "id"
    ]


def component(draft: Revision, number: int):
    return draft.standard.component_set.components.get(number=number)


def insert(draft: Revision, number: int, body: str, **kwargs):
    kwargs = {"actor": None} | WHY | kwargs
    return actions.insert_clause(
        revision=draft, component=component(draft, number), body=body, **kwargs
    )
