"""Two officers at once: they take turns, and the second finds out before anything is half done."""

from functools import partial

import pytest

from consultations.ledger.verifying import verify
from consultations.moderation import actions as moderation
from consultations.outcomes.models import Outcome, OutcomeAnswer
from consultations.proceedings.models import Consultation
from consultations.standards.models import Revision
from tests import build
from tests.outcomes.recording import new_words, outcome_entries, record
from tests.support.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(consultation):
    """As another process has it: no object is shared."""
    return Consultation.objects.select_related("agency", "log", "staff_log").get(pk=consultation.pk)


def is_sound(consultation):
    consultation.log.refresh_from_db()
    return list(verify(consultation.log)) == []


def test_the_same_comment_is_answered_once(consultation, agency):
    comment = build.a_comment(consultation)
    officers = [build.an_official(agency, "answering_officer") for _each in range(3)]
    acts = [partial(record, officer, fresh(consultation), [comment]) for officer in officers]

    ends = at_once(*acts)

    assert ends == ["answered_meanwhile", "answered_meanwhile", "done"]
    assert OutcomeAnswer.objects.filter(is_current=True).count() == 1
    assert len(outcome_entries(consultation)) == 1
    assert is_sound(consultation)


def test_two_answers_take_two_numbers_and_start_one_draft(consultation, agency):
    comments = [build.a_comment(consultation), build.a_comment(consultation, label="1.1")]
    officers = [build.an_official(agency, "answering_officer") for _each in range(2)]
    changes = [
        new_words(consultation),
        new_words(consultation, after="Kartu Keluarga asli.", label="1.1"),
    ]
    acts = [
        partial(record, officer, fresh(consultation), [comment], changes=[change])
        for officer, comment, change in zip(officers, comments, changes, strict=True)
    ]

    assert at_once(*acts) == ["done", "done"]
    assert sorted(Outcome.objects.values_list("number", flat=True)) == [1, 2]
    assert Revision.objects.filter(state="working").count() == 1
    assert is_sound(consultation)


def test_the_same_words_are_changed_by_one_and_the_other_learns_it(consultation, agency):
    comments = [build.a_comment(consultation) for _each in range(2)]
    officers = [build.an_official(agency, "answering_officer") for _each in range(2)]
    acts = [
        partial(
            record,
            officer,
            fresh(consultation),
            [comment],
            changes=[new_words(consultation, after=after)],
        )
        for officer, comment, after in zip(
            officers, comments, ["Paling lama 5 hari.", "Paling lama 4 hari."], strict=True
        )
    ]

    assert at_once(*acts) == ["done", "words_changed"]
    assert Outcome.objects.count() == 1
    assert is_sound(consultation)


def test_two_moderators_hide_it_once(consultation, moderator, other_moderator):
    comment = build.a_comment(consultation)

    def hide(actor):
        here = type(comment).objects.select_related("participant").get(pk=comment.pk)
        here.consultation = fresh(consultation)
        moderation.hide(actor=actor, comment=here, rule="insult", note="Kasar.", at=build.TODAY)

    ends = at_once(lambda: hide(moderator), lambda: hide(other_moderator))

    assert ends == ["done", "hidden_already"]
    assert comment.hiding_decisions.count() == 1
    assert is_sound(consultation)
