"""What a draft changes for people, in plain words, and the plain questions that are asked on it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.ledger import actions as ledger
from consultations.standards.actions.working import day_of
from consultations.standards.digests import digest_explanation
from consultations.standards.enums import RevisionState
from consultations.standards.models import Clause, PlainQuestion, Revision
from consultations.standards.rules import check_draft

MOST_QUESTIONS = 5


@dataclass(frozen=True)
class Question:
    """A plain question, and the clauses that it is about."""

    text: LocalizedText
    clauses: list[Clause] = field(default_factory=list)


class ExplanationChanged(Conflict):
    """Somebody else explained the draft while it was being explained."""

    code = "explanation_changed"


@transaction.atomic
def explain_revision(
    *,
    actor,
    revision: Revision,
    summary: LocalizedText,
    questions: Iterable[Question] = (),
    expected_digest: str | None = None,
    at: datetime,
) -> Revision:
    """Says what the revision changes for people, and asks up to five questions on it.

    `expected_digest` (`digest_explanation`) is of what the actor saw; where that is other by now,
    nothing is written over (ExplanationChanged).

    Of a working draft as often as one likes. Once it is published, what was said of it stays; only
    a revision of which nothing has been said yet can still be explained.
    """
    ledger.lock(revision.standard.log)
    revision.refresh_from_db(fields=["state", "summary"])
    check_draft(actor, revision.standard.service.agency, on=day_of(revision.standard, at))
    _check_open(revision, expected_digest)
    asked = list(questions)
    if len(asked) > MOST_QUESTIONS:
        raise Invalid(
            _("At most %d questions: more are not read.") % MOST_QUESTIONS, field="questions"
        )
    revision.summary = summary
    revision.save(update_fields=["summary"])
    revision.questions.all().delete()
    for position, question in enumerate(asked, 1):
        row = PlainQuestion.objects.create(revision=revision, position=position, text=question.text)
        row.clauses.set(question.clauses)
    return revision


def _check_open(revision: Revision, expected_digest: str | None) -> None:
    if revision.state != RevisionState.WORKING and any(revision.summary.values()):
        raise Conflict(
            _("Revision %d is published with its summary. It stays as people have read it.")
            % revision.number,
            code="explained",
        )
    if expected_digest is not None and digest_explanation(revision) != expected_digest:
        raise ExplanationChanged(
            _("Somebody else has changed the explanation meanwhile. Nothing is written over it.")
        )
