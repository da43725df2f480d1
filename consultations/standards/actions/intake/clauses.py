"""The clauses of a document as edits of a working draft, each recorded with its reason."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from consultations.standards.actions.drafting import (
    delete_clause,
    insert_clause,
    move_clause,
    reword_clause,
    set_target,
)
from consultations.standards.actions.publishing import start_working_draft
from consultations.standards.actions.working import words
from consultations.standards.enums import ReasonKind
from consultations.standards.importing.planning import PlannedClause
from consultations.standards.importing.present import Present
from consultations.standards.models import Clause, Component, Placement, Revision, Standard


class RevisionWriter:
    """Edits the next revision out of the present one until it is the document."""

    def __init__(
        self,
        *,
        actor,
        standard: Standard,
        present: Present | None,
        language: str,
        reason: str,
        at: datetime,
    ):
        self._actor, self._at = actor, at
        self._standard, self._language, self._reason = standard, language, reason
        self._base = present.revision if present else None
        self._components: dict[str, Component] = {
            component.key: component for component in standard.component_set.components.all()
        }
        self._clauses: dict[int, Clause] = {}  # by the index of what was read

    def write(self, planned: Sequence[PlannedClause], *, number: int | None) -> Revision:
        self._revision = start_working_draft(
            actor=self._actor,
            standard=self._standard,
            based_on=self._base,
            number=number,
            at=self._at,
        )
        self._revision.standard = self._standard
        kept = {clause.match.old.clause_id for clause in planned if clause.match.old}
        self._delete_others(kept)
        for clause in planned:
            self._put(clause)
        self._delete_others(kept)  # below which something stood that stays
        return self._revision

    def _delete_others(self, kept: set[int]) -> None:
        """From the last to the first, so that nothing stands below what goes."""
        rows = Placement.objects.filter(revision=self._revision).exclude(clause__in=kept)
        gone = rows.exclude(clause__in=self._clauses.values()).select_related("clause")
        for placement in gone.order_by("-component__number", "-position"):
            if not Placement.objects.filter(parent=placement.pk).exists():
                delete_clause(
                    clause=placement.clause,
                    expected_digest=self._digest(placement, settings.LANGUAGE_CODE),
                    **self._edit(),
                )

    def _put(self, planned: PlannedClause) -> None:
        place = {
            "component": self._components[planned.component_key],
            "parent": self._clauses.get(planned.parent),
            "position": planned.position,
        }
        if planned.match.old is None:
            self._clauses[planned.index] = insert_clause(
                language=self._language,
                heading=planned.heading,
                body=planned.body,
                target=planned.target,
                **place,
                **self._edit(),
            ).clause
            return
        placement = Placement.objects.select_related("clause").get(
            revision=self._revision, clause=planned.match.old.clause_id
        )
        self._clauses[planned.index] = placement.clause
        if placement.label != planned.label:
            move_clause(
                clause=placement.clause,
                expected_digest=self._digest(placement, settings.LANGUAGE_CODE),
                **place,
                **self._edit(),
            )
        self._reword(planned, placement)

    def _reword(self, planned: PlannedClause, placement: Placement) -> None:
        """Figures belong to the words that they were taken from: other words lose them, unless the
        person said that they hold."""
        before = self._digest(placement, self._language)
        is_reworded = before != words(planned.body, heading=planned.heading)["digest"]
        if is_reworded:
            reword_clause(
                clause=placement.clause,
                language=self._language,
                heading=planned.heading,
                body=planned.body,
                expected_digest=before,
                **self._edit(),
            )
        target = placement.target
        if target is None or (is_reworded and not planned.keeps_figures):
            target = planned.target
        if target != placement.target:
            set_target(
                actor=self._actor,
                revision=self._revision,
                clause=placement.clause,
                target=target,
                at=self._at,
            )

    def _edit(self) -> dict:
        return {
            "actor": self._actor,
            "revision": self._revision,
            "reason_kind": ReasonKind.AS_PUBLISHED,
            "reason": self._reason,
            "at": self._at,
        }

    def _digest(self, placement: Placement, language: str) -> str:
        found = placement.wordings.filter(language=language).values_list("digest", flat=True)
        return found.first() or ""
