"""Recording outcomes: what it writes, whom it tells, what it refuses."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.notices.models import Notice
from consultations.outcomes import actions
from consultations.outcomes.models import Outcome, OutcomeChange
from consultations.outcomes.rules import AnsweredMeanwhile
from consultations.outcomes.tasks import tell_authors
from consultations.proceedings import actions as proceedings
from consultations.standards.enums import RevisionState
from consultations.standards.models import Revision
from consultations.standards.queries import working_draft
from consultations.threads.enums import CommentState
from tests import build
from tests.outcomes.recording import (
    NEW,
    bulk_comments,
    findings,
    new_words,
    outcome_entries,
    record,
)


def test_recording_writes_answer_words_one_entry_and_a_task(consultation, answering_officer):
    comments = [build.a_comment(consultation) for _each in range(3)]

    outcome = record(answering_officer, consultation, comments, changes=[new_words(consultation)])

    assert (outcome.number, outcome.version, outcome.is_current) == (1, 1, True)
    assert outcome.reason_html == "<p>Titik mulai kami ubah.</p>"
    assert outcome.post.holdings.get().user == answering_officer
    [(type, data)] = outcome_entries(consultation)
    digests = data.pop("digests")
    assert list(digests) == ["reason"]
    assert (type, data) == (
        "outcome.recorded",
        {
            "number": 1,
            "version": 1,
            "disposition": "partly",
            "answers": [comment.number for comment in comments],
            "clauses": ["2.1"],
        },
    )
    draft = working_draft(build.draft_of(consultation).standard)
    assert draft.based_on == build.draft_of(consultation)
    assert build.a_wording(draft).body == NEW
    change = OutcomeChange.objects.get(outcome=outcome).change
    assert (change.reason_kind, change.reason, change.after) == ("outcome", "H-1", NEW)
    for comment in comments:
        comment.refresh_from_db()
        assert comment.answered_at == build.TODAY
    task = DBTaskResult.objects.get(task_path="consultations.outcomes.tasks.tell_authors")
    assert task.args_kwargs["args"] == [outcome.pk, "outcome_recorded"]
    assert findings(consultation) == []


def test_published_words_stay_as_they_were(consultation, answering_officer):
    before = build.a_wording(build.draft_of(consultation)).body

    record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation)],
    )

    assert build.a_wording(build.draft_of(consultation)).body == before


def test_unchanged_words_start_no_draft(consultation, answering_officer):
    same = build.a_wording(build.draft_of(consultation)).body

    outcome = record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation, after=same)],
    )

    assert not outcome.changes.exists()
    assert not Revision.objects.filter(state=RevisionState.WORKING).exists()


def test_each_author_is_told_once_however_often_the_task_runs(
    consultation, answering_officer, citizen, other_citizen
):
    comments = [
        build.a_comment(consultation, citizen),
        build.a_comment(consultation, citizen, body="Juga ini."),
        build.a_comment(consultation, other_citizen),
    ]
    outcome = record(answering_officer, consultation, comments)

    told = tell_authors.call(outcome.pk, "outcome_recorded")
    tell_authors.call(outcome.pk, "outcome_recorded")

    assert told == 2
    notices = Notice.objects.filter(kind="outcome_recorded")
    assert sorted(notices.values_list("user_id", flat=True)) == [citizen.pk, other_citizen.pk]
    assert notices.first().data == {
        "consultation": consultation.slug,
        "outcome": outcome.number,
        "version": 1,
    }


def test_a_thousand_comments_are_one_entry_and_a_fixed_number_of_queries(
    consultation, answering_officer, django_assert_max_num_queries
):
    few = [build.a_comment(consultation) for _each in range(2)]
    many = bulk_comments(consultation, few[0], 1000)
    before = consultation.log.head_seq
    record(answering_officer, consultation, few)

    with django_assert_max_num_queries(60):
        outcome = record(answering_officer, consultation, many)

    consultation.log.refresh_from_db()
    assert consultation.log.head_seq == before + 2
    assert outcome.answers.count() == 1000
    assert not consultation.comments.filter(answered_at=None).exists()
    assert len(outcome_entries(consultation)[1][1]["answers"]) == 1000


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 10_001}, "reason"),
        ({"reason": "a‮b"}, "reason"),
        ({"disposition": "maybe"}, "disposition"),
        ({"disposition": ""}, "disposition"),
    ],
)
def test_bad_input_is_named_by_field(consultation, answering_officer, given, field):
    comment = build.a_comment(consultation)

    with pytest.raises(Invalid) as refusal:
        record(answering_officer, consultation, [comment], **given)

    assert list(refusal.value.errors) == [field]
    assert not Outcome.objects.exists()
    assert outcome_entries(consultation) == []


def test_no_comment_is_refused(consultation, answering_officer):
    with pytest.raises(Invalid) as refusal:
        record(answering_officer, consultation, [])

    assert list(refusal.value.errors) == ["comments"]


def test_comments_of_another_consultation_are_refused(consultation, answering_officer, agency):
    other = build.a_comment(build.a_consultation(agency))

    with pytest.raises(Invalid) as refusal:
        record(answering_officer, consultation, [build.a_comment(consultation), other])

    assert list(refusal.value.errors) == ["comments"]


def test_a_withdrawn_comment_cannot_be_answered(consultation, answering_officer):
    comment = build.a_comment(consultation)
    type(comment).objects.filter(pk=comment.pk).update(state=CommentState.WITHDRAWN)

    with pytest.raises(Conflict) as refusal:
        record(answering_officer, consultation, [comment])

    assert refusal.value.code == "not_standing"


@pytest.mark.parametrize("after", ["", "  \n "])
def test_empty_words_are_refused_under_the_clause(consultation, answering_officer, after):
    with pytest.raises(Invalid) as refusal:
        record(
            answering_officer,
            consultation,
            [build.a_comment(consultation)],
            changes=[new_words(consultation, after=after)],
        )

    assert list(refusal.value.errors) == ["words.2.1"]
    assert not Revision.objects.filter(state=RevisionState.WORKING).exists()


def test_the_second_answer_to_a_comment_is_a_clear_conflict(consultation, agency):
    first = build.an_official(agency, "answering_officer")
    second = build.an_official(agency, "answering_officer")
    shared, other = build.a_comment(consultation), build.a_comment(consultation)
    record(first, consultation, [shared])

    with pytest.raises(AnsweredMeanwhile) as refusal:
        record(second, consultation, [shared, other])

    assert refusal.value.numbers == [shared.number]
    assert str(shared) in refusal.value.message
    other.refresh_from_db()
    assert other.answered_at is None
    assert Outcome.objects.count() == 1


def test_words_changed_meanwhile_carry_all_three_versions(consultation, answering_officer):
    change = new_words(consultation)
    base = build.a_wording(build.draft_of(consultation)).body
    theirs = base.replace("3 (tiga)", "4 (empat)")
    comments = [build.a_comment(consultation), build.a_comment(consultation)]
    record(
        answering_officer,
        consultation,
        comments[:1],
        changes=[new_words(consultation, after=theirs)],
    )

    with pytest.raises(actions.WordsClash) as refusal:
        record(answering_officer, consultation, comments[1:], changes=[change])

    [clash] = refusal.value.clashes
    assert (clash.base, clash.theirs, clash.mine) == (base, theirs, NEW)
    assert list(refusal.value.errors) == ["words.2.1"]
    assert Outcome.objects.count() == 1
    comments[1].refresh_from_db()
    assert comments[1].answered_at is None


def test_words_that_were_only_seen_do_not_clash(consultation, answering_officer):
    """A form sends the words of every clause; one that was left alone is no change."""
    seen = new_words(consultation, after=build.a_wording(build.draft_of(consultation)).body)
    comments = [build.a_comment(consultation), build.a_comment(consultation)]
    record(answering_officer, consultation, comments[:1], changes=[new_words(consultation)])

    record(answering_officer, consultation, comments[1:], changes=[seen])

    draft = working_draft(build.draft_of(consultation).standard)
    assert build.a_wording(draft).body == NEW


def test_outcomes_of_several_clauses_go_into_one_draft(consultation, answering_officer):
    record(
        answering_officer,
        consultation,
        [build.a_comment(consultation), build.a_comment(consultation, label="1.1")],
        changes=[
            new_words(consultation),
            new_words(consultation, after="Kartu Keluarga asli.", label="1.1"),
        ],
    )

    draft = working_draft(build.draft_of(consultation).standard)
    assert build.a_wording(draft, "1.1").body == "Kartu Keluarga asli."
    assert build.a_wording(draft, "2.1").body == NEW
    assert outcome_entries(consultation)[0][1]["clauses"] == ["1.1", "2.1"]


@pytest.mark.parametrize("who", ["citizen", "moderator", "drafter", "note_taker", "stranger"])
def test_only_answering_officers_record(request, consultation, who):
    comment = build.a_comment(consultation)

    with pytest.raises(Denied):
        record(request.getfixturevalue(who), consultation, [comment])

    assert outcome_entries(consultation) == []


def test_the_operator_helps(consultation, operator):
    outcome = record(operator, consultation, [build.a_comment(consultation)])

    assert outcome.post is None


def test_nothing_is_recorded_after_the_conclusion(consultation, answering_officer):
    comment = build.a_comment(consultation)
    outcome = record(answering_officer, consultation, [comment])
    later = build.TODAY + timedelta(days=8)
    proceedings.close_consultation(actor=None, consultation=consultation, at=later)
    proceedings.conclude_consultation(actor=None, consultation=consultation, at=later)

    with pytest.raises(Conflict) as recording:
        record(answering_officer, consultation, [comment], at=later)
    with pytest.raises(Conflict) as reverting:
        actions.revert_outcome(actor=answering_officer, outcome=outcome, at=later)

    assert (recording.value.code, reverting.value.code) == ("stage", "stage")
