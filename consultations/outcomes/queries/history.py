"""The history of one clause with its causes: which outcome and decree brought each passage."""

from dataclasses import dataclass

from consultations.outcomes.queries.comparison import (
    Reason,
    figures_between,
    reasons_of,
    told_once,
)
from consultations.standards import targets
from consultations.standards.diffing import blame
from consultations.standards.models import Clause, Revision
from consultations.standards.queries import ClauseKind, HistoryStep, clause_steps


@dataclass(frozen=True)
class StepView:
    """A step that changed something, with its reasons and the revisions after it that did not."""

    step: HistoryStep
    reasons: tuple[Reason, ...]
    figures: targets.Comparison | None
    same_in: tuple[Revision, ...]

    @property
    def dom_id(self) -> str:
        return f"r-{self.step.version.revision.number}"


@dataclass(frozen=True)
class Passage:
    """Words of the newest version, and the step that brought them."""

    text: str
    brought_by: StepView


@dataclass(frozen=True)
class ClauseHistory:
    clause: Clause
    steps: list[StepView]  # the newest first
    passages: list[Passage]  # of the newest words; none where the clause is gone

    @property
    def newest(self) -> HistoryStep:
        return self.steps[0].step

    @property
    def label(self) -> str:
        """The number under which it was last known."""
        return next(view.step.label for view in self.steps if view.step.label)


def history_of(clause: Clause, language: str, *, with_drafts: bool) -> ClauseHistory | None:
    """None where the clause stands in nothing that this reader may see."""
    steps = clause_steps(clause, language, with_drafts=with_drafts)
    if not steps:
        return None
    reasons = reasons_of({change.pk: change for step in steps for change in step.changes})
    views: list[StepView] = []
    for step in steps:
        if step.kind == ClauseKind.SAME:
            last = views.pop()
            same_in = (*last.same_in, step.version.revision)
            views.append(StepView(last.step, last.reasons, last.figures, same_in))
            continue
        figures = figures_between(step.target_before, step.version.target, language)
        is_new = step.kind == ClauseKind.INSERTED
        views.append(
            StepView(step, told_once(step.changes, reasons), None if is_new else figures, ())
        )
    return ClauseHistory(clause, views[::-1], _passages(views))


def _passages(views: list[StepView]) -> list[Passage]:
    """Marks and spaces between two passages belong to the one before."""
    passages: list[Passage] = []
    for text, version in blame([view.step.version.text for view in views]):
        if passages and not any(char.isalnum() for char in text):
            last = passages.pop()
            passages.append(Passage(last.text + text, last.brought_by))
        else:
            passages.append(Passage(text, views[version]))
    return passages
