"""Drafts put before the public, and the further round that replaces one by the next revision."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.ledger import actions as ledger
from consultations.people.queries import actor_name, day_in
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.proceedings.rules import check_prepare
from consultations.standards import actions as standards
from consultations.standards.actions import Question
from consultations.standards.enums import RevisionState
from consultations.standards.models import Placement, Revision

# Also a standard in force can be consulted on: its application, impact or evaluation.
_CAN_BE_READ = {RevisionState.CONSULTED, RevisionState.FINALISED, RevisionState.ADOPTED}


def add_draft(
    *,
    actor,
    consultation: Consultation,
    revision: Revision,
    summary: LocalizedText | None = None,
    questions: Iterable[Question] | None = None,
    at: datetime,
) -> ConsultationDraft:
    """Puts a revision into the consultation; a working draft is published through its gate.

    Summary and questions are the revision's own where none are given.
    """
    with transaction.atomic():
        _lock(consultation, revision)
        check_prepare(actor, consultation.agency, at=at)
        _check_under_way(consultation)
        _check_once(revision)
        _explain(actor, revision, summary, questions, at)
        _publish(actor, revision, at)
        position = consultation.drafts.filter(replaced_by=None).count() + 1
        draft = _create(consultation, revision, position, at)
        _append(actor, draft, "draft.opened", {"revision": revision.pk}, at)
    return draft


def replace_draft(
    *,
    actor,
    draft: ConsultationDraft,
    revision: Revision | None = None,
    summary: LocalizedText | None = None,
    questions: Iterable[Question] | None = None,
    at: datetime,
) -> ConsultationDraft:
    """A further round: publishes the working draft as what is discussed from now on.

    The revision consulted on before is superseded; it, its comments and their words stay as they
    were. Where the new one has no summary and questions of its own and none are given, those of the
    last round are taken over.
    """
    consultation, old = draft.consultation, draft.revision
    revision = revision or old.standard.revisions.filter(state=RevisionState.WORKING).first()
    if revision is None:
        raise Conflict(_("There is no working draft yet. Start one first."), code="no_draft")
    revision.standard = old.standard  # one log object, locked once
    with transaction.atomic():
        _lock(consultation, revision)
        check_prepare(actor, consultation.agency, at=at)
        _check_under_way(consultation)
        _check_newest(draft, revision)
        _check_once(revision)
        if not any(revision.summary.values()):
            summary = old.summary if summary is None else summary
            questions = _asked(old, revision) if questions is None else questions
        _explain(actor, revision, summary, questions, at)
        _publish(actor, revision, at)
        new = _create(consultation, revision, draft.position, at)
        draft.replaced_by = new
        draft.save(update_fields=["replaced_by"])
        old.refresh_from_db(fields=["state"])
        # A standard in force stays in force, whatever is discussed about the next one.
        if old.state == RevisionState.CONSULTED:
            standards.supersede_revision(actor=actor, revision=old, by=revision, at=at)
        _append(actor, new, "draft.replaced", {"revision": revision.pk, "replaces": old.pk}, at)
    return new


def _lock(consultation: Consultation, revision: Revision) -> None:
    ledger.lock(consultation.log, revision.standard.log)
    consultation.refresh_from_db(fields=["stage"])
    revision.refresh_from_db(fields=["state", "published_at", "summary"])


def _check_under_way(consultation: Consultation) -> None:
    if consultation.stage not in {Stage.PREPARING, *Stage.UNDER_WAY}:
        raise Conflict(_("The consultation is concluded. Start another one."), code="stage")


def _check_newest(draft: ConsultationDraft, revision: Revision) -> None:
    draft.refresh_from_db(fields=["replaced_by"])
    if draft.replaced_by_id is not None:
        raise Conflict(_("This draft has been replaced already."), code="replaced")
    if revision.number <= draft.revision.number:
        raise Invalid(_("A draft is replaced by a later one."), field="revision")


def _check_once(revision: Revision) -> None:
    if ConsultationDraft.objects.filter(revision=revision).exists():
        raise Conflict(_("This revision is in a consultation already."), field="revision")


def _publish(actor, revision: Revision, at: datetime) -> None:
    if revision.state == RevisionState.WORKING:
        standards.publish_revision(
            actor=actor, revision=revision, state=RevisionState.CONSULTED, at=at
        )
    if revision.state not in _CAN_BE_READ:
        raise Invalid(
            _("This revision is “%(state)s”; choose one that can still be discussed.")
            % {"state": revision.get_state_display()},
            field="revision",
        )


def _explain(
    actor,
    revision: Revision,
    summary: LocalizedText | None,
    questions: Iterable[Question] | None,
    at: datetime,
) -> None:
    """What is given replaces what the revision says of itself; without any summary nobody reads."""
    told = revision.summary if summary is None else summary
    if not any(told.values()):
        raise Invalid(_("Write in a few sentences what changes for people."), field="summary")
    if summary is None and questions is None:
        return
    asked = _own_questions(revision) if questions is None else list(questions)
    standards.explain_revision(actor=actor, revision=revision, summary=told, questions=asked, at=at)


def _create(
    consultation: Consultation, revision: Revision, position: int, at: datetime
) -> ConsultationDraft:
    return ConsultationDraft.objects.create(
        consultation=consultation, revision=revision, position=position, opened_at=at
    )


def _own_questions(revision: Revision) -> list[Question]:
    return [
        Question(question.text, list(question.clauses.all()))
        for question in revision.questions.prefetch_related("clauses")
    ]


def _asked(old: Revision, revision: Revision) -> list[Question]:
    """The questions of the last round, with those of their clauses that are still there."""
    there = set(Placement.objects.filter(revision=revision).values_list("clause_id", flat=True))
    return [
        Question(question.text, [clause for clause in question.clauses if clause.pk in there])
        for question in _own_questions(old)
    ]


def _append(actor, draft: ConsultationDraft, type: str, data: dict, at: datetime) -> None:
    agency = draft.consultation.agency
    ledger.append(
        draft.consultation.log,
        type,
        actor=actor_name(actor, agency, on=day_in(agency, at)),
        subject=f"draft:{draft.pk}",
        data=data,
        at=at,
    )
