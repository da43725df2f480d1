"""Recording, revising and reverting official answers.

An outcome is one entry of the consultation's public log, however many comments it answers. The
logs of the consultation and of every standard whose words change are locked together, first; so
two officers take turns, and the second finds out before anything of theirs is half done.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.outcomes.enums import Disposition
from consultations.outcomes.models import Outcome, OutcomeAnswer, OutcomeChange
from consultations.outcomes.queries.words import ClauseWords, field_name, present_words
from consultations.outcomes.rules import check_comments, check_current, check_record
from consultations.outcomes.tasks import tell_authors
from consultations.people.enums import Role
from consultations.people.queries import acting_post, actor_name, day_in
from consultations.proceedings.models import Consultation
from consultations.richtext.rendering import render
from consultations.standards import actions as standards
from consultations.standards.digests import digest_words
from consultations.standards.enums import ReasonKind, RevisionState
from consultations.standards.models import Change, Clause, Revision
from consultations.threads import actions as threads
from consultations.threads.models import Comment

REASON_LIMIT = 10_000
WORDS_LIMIT = 20_000


class NewWords(TypedDict):
    """The words that a clause is to have, and the digest of those that the editor had seen."""

    clause: Clause
    language: str
    after: str
    expected_digest: str


@dataclass(frozen=True)
class Clash:
    """One clause whose words changed meanwhile: as the officer saw them (None if nobody knows
    them any more), as they are now, and as the officer wants them. `heading` is what it was then
    and is now; officers leave it as it is."""

    words: ClauseWords
    base: str | None
    theirs: str
    theirs_digest: str
    mine: str
    heading: tuple[str | None, str] = (None, "")


class WordsClash(Conflict):
    """Words changed while the outcome was being written; nothing has been recorded."""

    code = "words_changed"

    def __init__(self, clashes: Sequence[Clash]):
        labels = ", ".join(clash.words.label for clash in clashes)
        super().__init__(
            _("The words of %s have been changed meanwhile by somebody else.") % labels
        )
        self.clashes = list(clashes)
        self.errors = {clash.words.field: [self.message] for clash in clashes}


def record_outcome(
    *,
    actor,
    consultation: Consultation,
    comments: Iterable[Comment],
    disposition: str,
    reason: str,
    changes: Iterable[NewWords] = (),
    at: datetime,
) -> Outcome:
    """Answers these comments with a disposition, a reason and, if the draft changes by it, words.

    Refuses comments that have another current answer (AnsweredMeanwhile) and words that changed
    since they were seen (WordsClash). The authors are told in the background, each once.
    """
    changes = list(changes)
    with transaction.atomic():
        _lock(consultation, [change["clause"] for change in changes])
        check_record(actor, consultation, at=at)
        last = consultation.outcomes.aggregate(last=Max("number"))["last"] or 0
        outcome = Outcome(consultation=consultation, number=last + 1, version=1)
        answered = _fresh(consultation, comments, revising=None)
        _decide(outcome, disposition, reason)
        _write(actor, outcome, answered, changes, at)
    return outcome


def revise_outcome(
    *,
    actor,
    outcome: Outcome,
    comments: Iterable[Comment],
    disposition: str,
    reason: str,
    changes: Iterable[NewWords] = (),
    at: datetime,
) -> Outcome:
    """Writes a new version that answers `comments` instead; the old one is kept.

    Comments that are left out are unanswered again. Words that the old version changed stay as
    they are unless `changes` has new ones for them.
    """
    changes = list(changes)
    consultation = outcome.consultation
    with transaction.atomic():
        _lock(consultation, [change["clause"] for change in changes])
        outcome.refresh_from_db(fields=["is_current", "reverted_at"])
        check_record(actor, consultation, at=at)
        check_current(outcome)
        version = Outcome(
            consultation=consultation, number=outcome.number, version=outcome.version + 1
        )
        answered = _fresh(consultation, comments, revising=outcome.number)
        _decide(version, disposition, reason)
        _retire(outcome, keep={comment.pk for comment in answered}, at=at)
        _write(actor, version, answered, changes, at)
    return version


def revert_outcome(*, actor, outcome: Outcome, at: datetime) -> None:
    """Takes an outcome back as a whole: its words, of all its versions, and its answers.

    Refuses when words were changed again since, or have been published: nothing is reverted then.
    """
    consultation = outcome.consultation
    made = Change.objects.filter(
        outcome_change__outcome__consultation=consultation,
        outcome_change__outcome__number=outcome.number,
        reverted_at=None,
    ).select_related("clause", "revision__standard__log")
    with transaction.atomic():
        _lock(consultation, [change.clause for change in made])
        outcome.refresh_from_db(fields=["is_current", "reverted_at"])
        check_record(actor, consultation, at=at)
        check_current(outcome)
        for change in sorted(made.all(), key=lambda change: -change.pk):
            standards.revert_change(actor=actor, change=change, at=at)
        _retire(outcome, keep=set(), at=at)
        outcome.reverted_at = at
        outcome.save(update_fields=["reverted_at"])
        ledger.append(
            consultation.log,
            "outcome.reverted",
            actor=_post(actor, consultation, at),
            subject=f"outcome:{outcome.number}",
            data={"number": outcome.number, "version": outcome.version},
            at=at,
        )
        tell_authors.enqueue(outcome.pk, "outcome_reverted")


def _lock(consultation: Consultation, clauses: Iterable[Clause]) -> None:
    """All logs that the action may append to, in one go; then the stage as it is now."""
    logs = {clause.standard.log_id: clause.standard.log for clause in clauses}
    ledger.lock(consultation.log, *logs.values())
    consultation.refresh_from_db(fields=["stage"])


def _post(actor, consultation: Consultation, at: datetime) -> str:
    agency = consultation.agency
    return actor_name(actor, agency, Role.ANSWERING_OFFICER, on=day_in(agency, at))


def _fresh(
    consultation: Consultation, comments: Iterable[Comment], *, revising: int | None
) -> list[Comment]:
    """The comments as they stand under the lock, if all of them can be answered together."""
    asked = {comment.pk for comment in comments}
    found = list(
        Comment.objects.filter(pk__in=asked)
        .only("id", "number", "consultation_id", "state", "is_official", "answered_at")
        .order_by("number")
    )
    check_comments(consultation, found, len(asked), revising=revising)
    return found


def _decide(outcome: Outcome, disposition: str, reason: str) -> None:
    if disposition not in Disposition.values:
        raise Invalid(_("Choose what the agency does with it."), field="disposition")
    outcome.disposition = disposition
    outcome.reason = clean_text(reason or "", limit=REASON_LIMIT, field="reason")
    if not outcome.reason:
        raise Invalid(_("Write the reason. All authors read it."), field="reason")
    outcome.reason_html = render(outcome.reason)


def _write(
    actor, outcome: Outcome, answered: list[Comment], changes: list[NewWords], at: datetime
) -> None:
    """Words, the one entry, the rows, and the task that tells the authors."""
    consultation = outcome.consultation
    made, labels = _reword(actor, outcome, changes, at)
    entry = ledger.append(
        consultation.log,
        "outcome.recorded",
        actor=_post(actor, consultation, at),
        subject=f"outcome:{outcome.number}",
        data={
            "number": outcome.number,
            "version": outcome.version,
            "disposition": str(outcome.disposition),
            "answers": [comment.number for comment in answered],
            "clauses": labels,
        },
        contents={"reason": outcome.reason},
        at=at,
    )
    agency = consultation.agency
    holding = acting_post(actor, agency, Role.ANSWERING_OFFICER, on=day_in(agency, at))
    outcome.post = holding.post if holding else None
    outcome.recorded_by, outcome.recorded_at, outcome.seq = actor, at, entry.seq
    outcome.save(force_insert=True)
    OutcomeAnswer.objects.bulk_create(
        OutcomeAnswer(outcome=outcome, comment=comment) for comment in answered
    )
    OutcomeChange.objects.bulk_create(
        OutcomeChange(outcome=outcome, change=change) for change in made
    )
    threads.mark_answered(comments=[c for c in answered if c.answered_at is None], at=at)
    tell_authors.enqueue(outcome.pk, "outcome_recorded")


def _reword(
    actor, outcome: Outcome, changes: list[NewWords], at: datetime
) -> tuple[list[Change], list[str]]:
    """Puts the new words into the working drafts, which are started where there are none.

    All changes are tried, so that all that clash are told at once; the caller's transaction
    takes the others back.
    """
    present = present_words(outcome.consultation, {change["clause"].pk for change in changes})
    drafts: dict[int, Revision] = {}  # the working draft to each revision that was looked at
    made, labels, clashes = [], set(), []
    for change in changes:
        words = present.get((change["clause"].pk, change["language"]))
        if words is None:
            field = field_name(str(change["clause"].pk), change["language"])
            raise Invalid(_("This clause does not stand in the draft."), field=field)
        if _is_untouched(words, change):
            continue
        seen = words.revision
        if seen.pk not in drafts:
            working = seen.state == RevisionState.WORKING
            drafts[seen.pk] = seen if working else _start(actor, seen, at)
        try:
            made.append(_reword_one(actor, outcome, drafts[seen.pk], change, at))
        except standards.WordsChanged as clash:
            heading = (clash.base_heading, clash.theirs_heading)
            clashes.append(
                Clash(words, clash.base, clash.theirs, clash.theirs_digest, clash.mine, heading)
            )
        except Invalid as refusal:
            raise Invalid(refusal.message, code=refusal.code, field=words.field)
        labels.add(words.label)
    if clashes:
        raise WordsClash(clashes)
    return made, sorted(labels)


def _is_untouched(words: ClauseWords, change: NewWords) -> bool:
    """The same words as now, or the words that were seen: a form sends those of every clause."""
    after = clean_text(change["after"], limit=WORDS_LIMIT, field=words.field)
    return after == words.body or (digest_words(words.heading, after) == change["expected_digest"])


def _start(actor, consulted: Revision, at: datetime) -> Revision:
    return standards.start_working_draft(
        actor=actor, standard=consulted.standard, based_on=consulted, at=at
    )


def _reword_one(
    actor, outcome: Outcome, revision: Revision, change: NewWords, at: datetime
) -> Change:
    return standards.reword_clause(
        actor=actor,
        revision=revision,
        clause=change["clause"],
        language=change["language"],
        body=change["after"],
        reason_kind=ReasonKind.OUTCOME,
        reason=str(outcome),
        expected_digest=change["expected_digest"],
        at=at,
    )


def _retire(outcome: Outcome, *, keep: set[int], at: datetime) -> None:
    """This version holds no longer; what is not kept has no answer from now on."""
    answers = outcome.answers.filter(is_current=True)
    dropped = [a.comment for a in answers.select_related("comment") if a.comment_id not in keep]
    answers.update(is_current=False)
    outcome.is_current = False
    outcome.save(update_fields=["is_current"])
    threads.unmark_answered(comments=dropped, at=at)
