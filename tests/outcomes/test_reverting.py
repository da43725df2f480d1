"""Revising and reverting outcomes, and what the record finds when their rows are tampered with."""

from datetime import timedelta

import pytest

from consultations.kernel.errors import Conflict
from consultations.notices.models import Notice
from consultations.outcomes import actions
from consultations.outcomes.models import Outcome, OutcomeAnswer
from consultations.outcomes.tasks import tell_authors
from consultations.proceedings import actions as proceedings
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind
from consultations.standards.models import Change
from consultations.standards.queries import working_draft
from tests import build
from tests.outcomes.recording import NEW, findings, new_words, outcome_entries, record, revise

# --- revising ---------------------------------------------------------------------------------


def test_revising_keeps_the_old_version_and_moves_the_answers(consultation, answering_officer):
    kept, dropped, added = (build.a_comment(consultation) for _each in range(3))
    old = record(answering_officer, consultation, [kept, dropped])

    new = revise(answering_officer, old, [kept, added], at=build.TODAY + timedelta(days=1))

    old.refresh_from_db()
    assert (old.is_current, old.reason) == (False, "Titik mulai kami ubah.")
    assert (new.number, new.version, new.is_current) == (old.number, 2, True)
    current = OutcomeAnswer.objects.filter(is_current=True)
    assert set(current.values_list("outcome", "comment")) == {
        (new.pk, kept.pk),
        (new.pk, added.pk),
    }
    for comment in (kept, dropped, added):
        comment.refresh_from_db()
    assert kept.answered_at == build.TODAY
    assert dropped.answered_at is None
    assert added.answered_at == build.TODAY + timedelta(days=1)
    assert [data["version"] for _type, data in outcome_entries(consultation)] == [1, 2]
    assert findings(consultation) == []


def test_an_old_version_cannot_be_revised_again(consultation, answering_officer):
    comment = build.a_comment(consultation)
    old = record(answering_officer, consultation, [comment])
    revise(answering_officer, old, [comment])

    with pytest.raises(Conflict) as refusal:
        revise(answering_officer, old, [comment])

    assert refusal.value.code == "revised_meanwhile"


def test_authors_are_told_of_a_revised_answer(consultation, answering_officer, citizen):
    comment = build.a_comment(consultation, citizen)
    first = record(answering_officer, consultation, [comment])
    second = revise(answering_officer, first, [comment])

    for outcome in (first, second):
        tell_authors.call(outcome.pk, "outcome_recorded")

    assert Notice.objects.filter(user=citizen).count() == 2


# --- reverting --------------------------------------------------------------------------------


def test_reverting_puts_words_and_comments_back(consultation, answering_officer):
    comment = build.a_comment(consultation)
    before = build.a_wording(build.draft_of(consultation)).body
    first = record(answering_officer, consultation, [comment], changes=[new_words(consultation)])
    draft = working_draft(build.draft_of(consultation).standard)
    again = NEW.replace("5 (lima)", "4 (empat)")
    second = revise(
        answering_officer,
        first,
        [comment],
        changes=[new_words(consultation, after=again, revision=draft)],
    )

    actions.revert_outcome(actor=answering_officer, outcome=second, at=build.TODAY)

    assert build.a_wording(draft).body == before
    assert not Change.objects.filter(reverted_at=None, reason_kind=ReasonKind.OUTCOME).exists()
    comment.refresh_from_db()
    second.refresh_from_db()
    assert (comment.answered_at, second.reverted_at) == (None, build.TODAY)
    assert not OutcomeAnswer.objects.filter(is_current=True).exists()
    assert outcome_entries(consultation)[-1] == (
        "outcome.reverted",
        {"number": 1, "version": 2},
    )
    assert findings(consultation) == []


def test_reverting_is_refused_as_a_whole_when_words_changed_since(consultation, answering_officer):
    comments = [build.a_comment(consultation), build.a_comment(consultation)]
    first = record(answering_officer, consultation, comments[:1], changes=[new_words(consultation)])
    draft = working_draft(build.draft_of(consultation).standard)
    record(
        answering_officer,
        consultation,
        comments[1:],
        changes=[new_words(consultation, after=NEW.replace("5 (lima)", "6"), revision=draft)],
    )

    with pytest.raises(standards.ChangedSince):
        actions.revert_outcome(actor=answering_officer, outcome=first, at=build.TODAY)

    first.refresh_from_db()
    assert first.is_current
    comments[0].refresh_from_db()
    assert comments[0].answered_at is not None


def test_published_words_are_not_reverted(consultation, answering_officer):
    outcome = record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation)],
    )
    proceedings.replace_draft(actor=None, draft=consultation.drafts.get(), at=build.TODAY)

    with pytest.raises(standards.FrozenRevision):
        actions.revert_outcome(actor=answering_officer, outcome=outcome, at=build.TODAY)


def test_a_reverted_number_is_not_given_again(consultation, answering_officer):
    comment = build.a_comment(consultation)
    outcome = record(answering_officer, consultation, [comment])
    actions.revert_outcome(actor=answering_officer, outcome=outcome, at=build.TODAY)

    again = record(answering_officer, consultation, [comment])

    assert again.number == 2


def test_reverting_twice_is_a_conflict(consultation, answering_officer):
    outcome = record(answering_officer, consultation, [build.a_comment(consultation)])
    actions.revert_outcome(actor=answering_officer, outcome=outcome, at=build.TODAY)

    with pytest.raises(Conflict) as refusal:
        actions.revert_outcome(actor=answering_officer, outcome=outcome, at=build.TODAY)

    assert refusal.value.code == "reverted"


# --- the record -------------------------------------------------------------------------------


def test_a_changed_reason_is_found(consultation, answering_officer):
    outcome = record(answering_officer, consultation, [build.a_comment(consultation)])

    Outcome.objects.filter(pk=outcome.pk).update(reason="Sesuatu yang lain.")

    assert any(f"entry {outcome.seq}:" in finding for finding in findings(consultation))


def test_a_removed_outcome_is_found(consultation, answering_officer):
    outcome = record(answering_officer, consultation, [build.a_comment(consultation)])

    outcome.answers.all().delete()
    Outcome.objects.filter(pk=outcome.pk).delete()

    assert any(f"entry {outcome.seq}:" in finding for finding in findings(consultation))
