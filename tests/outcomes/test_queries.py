"""Answers beside comments, the response matrix, and the reasons behind changed words."""

from datetime import date

import pytest

from consultations.moderation import actions as moderation
from consultations.outcomes.queries.answers import answers_by_number, answers_for
from consultations.outcomes.queries.comparison import compare, steps_of
from consultations.outcomes.queries.matrix import UNANSWERED, matrix
from consultations.proceedings import actions as proceedings
from consultations.standards import actions as standards
from consultations.standards.queries import working_draft
from tests import build
from tests.outcomes.recording import NEW, new_words, record, revise

ON = date(2026, 11, 24)


def comments_on(consultation, count=3):
    return [build.a_comment(consultation, body=f"Masukan {n}.") for n in range(count)]


def test_each_answered_comment_gets_its_answer(consultation, answering_officer):
    one, other, waiting = comments_on(consultation)
    record(answering_officer, consultation, [one, other], changes=[new_words(consultation)])

    found = answers_for([one, other, waiting])

    assert set(found) == {one.pk, other.pk}
    answer = found[one.pk]
    assert (str(answer), answer.disposition, answer.answered, answer.public) == (
        "H-1",
        "partly",
        2,
        2,
    )
    assert str(answer.post_title) == "Pejabat"
    assert answer.agency == consultation.agency.name
    assert [(words.label, words.after) for words in answer.words] == [("2.1", NEW)]


def test_answers_take_the_same_queries_for_any_number(
    consultation, answering_officer, django_assert_num_queries
):
    few, many = comments_on(consultation, 1), comments_on(consultation, 6)
    for comment in (*few, *many):
        record(answering_officer, consultation, [comment])

    with django_assert_num_queries(4):
        answers_for(few)
    with django_assert_num_queries(4):
        assert len(answers_for(many)) == 6


def test_an_answer_to_a_hidden_comment_is_its_authors_alone(
    consultation, answering_officer, moderator
):
    [comment] = comments_on(consultation, 1)
    record(answering_officer, consultation, [comment])
    moderation.hide(actor=moderator, comment=comment, rule="insult", note="Kasar.", at=build.TODAY)

    assert answers_for([comment]) == {}
    assert set(answers_for([comment], to_author=True)) == {comment.pk}


def test_words_of_several_versions_are_shown_as_one(consultation, answering_officer):
    comments = comments_on(consultation, 1)
    before = build.a_wording(build.draft_of(consultation)).body
    first = record(answering_officer, consultation, comments, changes=[new_words(consultation)])
    draft = working_draft(build.draft_of(consultation).standard)
    last = NEW.replace("5 (lima)", "4 (empat)")
    revise(
        answering_officer,
        first,
        comments,
        changes=[new_words(consultation, after=last, revision=draft)],
    )

    answer = answers_by_number(consultation, [1])[1]

    assert [(words.before, words.after) for words in answer.words] == [(before, last)]
    assert answer.version == 2


# --- the matrix -------------------------------------------------------------------------------


def shown(found):
    return [
        (row.topic.label, row.count, row.answer.number if row.answer else None)
        for row in found.page.rows
    ]


def test_the_matrix_lists_answers_and_what_waits_in_the_order_of_the_draft(
    consultation, answering_officer
):
    late = build.a_comment(consultation, label="3.1")
    answered = comments_on(consultation, 2)
    waiting = build.a_comment(consultation)
    early = build.a_comment(consultation, label="1.1")
    general = build.a_comment(consultation, wording=None)
    record(answering_officer, consultation, answered, changes=[new_words(consultation)])

    found = matrix(consultation, "id")

    assert shown(found) == [
        ("", 1, None),
        ("1.1", 1, None),
        ("2.1", 2, 1),
        ("2.1", 1, None),
        ("3.1", 1, None),
    ]
    assert (found.figures.total, found.figures.unanswered, found.changed_clauses) == (6, 4, 1)
    assert found.counts == {"partly": 2, UNANSWERED: 4}
    samples = {row.sample.pk for row in found.page.rows if not row.answer}
    assert samples == {late.pk, waiting.pk, early.pk, general.pk}


def test_the_matrix_is_filtered_by_decision_and_clause(consultation, answering_officer):
    answered, _waiting = comments_on(consultation, 2)
    build.a_comment(consultation, label="1.1")
    record(answering_officer, consultation, [answered])

    assert shown(matrix(consultation, "id", disposition="partly")) == [("2.1", 1, 1)]
    assert shown(matrix(consultation, "id", disposition=UNANSWERED, clause="1.1")) == [
        ("1.1", 1, None)
    ]
    assert shown(matrix(consultation, "id", disposition="accepted")) == []


def test_an_answer_to_hidden_comments_alone_is_no_row(consultation, answering_officer, moderator):
    hidden, other = comments_on(consultation, 2)
    moderation.hide(actor=moderator, comment=hidden, rule="insult", note="Kasar.", at=build.TODAY)
    record(answering_officer, consultation, [hidden], reason="Nomor Anda sudah dihapus.")

    found = matrix(consultation, "id")

    assert shown(found) == [("2.1", 1, None)]
    assert found.page.rows[0].sample == other


def test_the_matrix_takes_the_same_queries_for_any_number(
    consultation, answering_officer, django_assert_num_queries
):
    for comment in comments_on(consultation, 3):
        record(answering_officer, consultation, [comment])
    with django_assert_num_queries(QUERIES):
        matrix(consultation, "id")
    for comment in comments_on(consultation, 6):
        record(answering_officer, consultation, [comment])

    with django_assert_num_queries(QUERIES):
        found = matrix(consultation, "id")

    assert len(found.page.rows) == 9


QUERIES = 11


def test_the_matrix_is_paged_without_gaps(consultation, answering_officer, monkeypatch):
    monkeypatch.setattr("consultations.outcomes.queries.matrix.PAGE_SIZE", 2)
    for comment in comments_on(consultation, 4):
        record(answering_officer, consultation, [comment])
    build.a_comment(consultation, label="1.1")

    pages, after = [], None
    while True:
        found = matrix(consultation, "id", after=after).page
        pages.append([row.answer.number if row.answer else None for row in found.rows])
        if (after := found.next_after) is None:
            break

    assert pages == [[None, 1], [2, 3], [4]]


# --- what changed and why ---------------------------------------------------------------------


@pytest.fixture
def edited(consultation, answering_officer, drafter):
    """2.1 was changed by an outcome, 1.1 by the drafter."""
    comments = comments_on(consultation, 4)
    record(answering_officer, consultation, comments, changes=[new_words(consultation)])
    draft = working_draft(build.draft_of(consultation).standard)
    wording = build.a_wording(draft, "1.1")
    standards.reword_clause(
        actor=drafter,
        revision=draft,
        clause=wording.placement.clause,
        language="id",
        body="Kartu Keluarga asli.",
        reason_kind="editorial",
        reason="Lebih singkat.",
        expected_digest=wording.digest,
        at=build.TODAY,
    )
    return draft


def compared(consultation, *, sees_drafts):
    [step] = steps_of(consultation, on=ON)
    return compare(consultation, step, "id", sees_drafts=sees_drafts)


def clauses(found):
    return {clause.label: clause for part in found.parts for clause in part.clauses}


def test_each_changed_clause_says_why(consultation, edited):
    found = clauses(compared(consultation, sees_drafts=True))

    [outcome] = found["2.1"].reasons
    assert str(outcome.answer) == "H-1"
    assert [comment.number for comment in outcome.comments] == [1, 2, 3]
    [own] = found["1.1"].reasons
    assert (own.answer, own.sentence) == (None, "Lebih singkat.")


def test_a_clause_whose_figures_changed_says_so(consultation, edited):
    for label, value in (("1.1", 2), ("3.1", 0)):
        kind = {"kind": "fee", "value": value, "unit": "IDR"}
        standards.set_target(
            actor=None, revision=edited, target=kind, at=build.TODAY,
            clause=build.a_wording(edited, label).placement.clause,
        )  # fmt: skip

    found = clauses(compared(consultation, sees_drafts=True))

    assert {label: each.figures and each.figures.sentence for label, each in found.items()} == {
        "1.1": "baru dicantumkan: Rp2",
        "2.1": None,
        "3.1": "baru dicantumkan: Tidak dipungut biaya",
    }
    assert found["3.1"].kind == "figures"


def test_the_public_sees_of_a_working_draft_what_outcomes_changed(consultation, edited):
    found = compared(consultation, sees_drafts=False)

    assert list(clauses(found)) == ["2.1"]
    assert not found.shows_all


def test_everybody_sees_all_of_it_once_it_is_published(consultation, edited):
    proceedings.replace_draft(actor=None, draft=consultation.drafts.get(), at=build.TODAY)

    found = compared(consultation, sees_drafts=False)

    assert sorted(clauses(found)) == ["1.1", "2.1"]


def test_a_clause_that_nobody_explained_has_no_reason(consultation, edited):
    from consultations.outcomes.models import OutcomeChange

    OutcomeChange.objects.all().delete()

    assert clauses(compared(consultation, sees_drafts=True))["2.1"].reasons == ()


def test_comparing_takes_the_same_queries_for_any_number(
    consultation, edited, answering_officer, django_assert_max_num_queries
):
    for comment in comments_on(consultation, 5):
        record(answering_officer, consultation, [comment])

    with django_assert_max_num_queries(20):
        compared(consultation, sees_drafts=True)


def test_two_outcomes_on_the_same_words_are_one_difference_with_two_reasons(
    consultation, answering_officer
):
    before = build.a_wording(build.draft_of(consultation)).body
    one, other = comments_on(consultation, 2)
    record(answering_officer, consultation, [one], changes=[new_words(consultation)])
    draft = working_draft(build.draft_of(consultation).standard)
    last = NEW.replace("5 (lima)", "4 (empat)")
    record(
        answering_officer,
        consultation,
        [other],
        changes=[new_words(consultation, after=last, revision=draft)],
    )

    [part] = compared(consultation, sees_drafts=False).parts
    [clause] = part.clauses

    assert (clause.before, clause.after, clause.dom_id) == (before, last, "c-2-1")
    assert [str(reason.answer) for reason in clause.reasons] == ["H-1", "H-2"]


def test_a_heading_that_changed_stands_above_the_words(consultation, answering_officer):
    outcome = record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation)],
    )
    change = outcome.changes.get().change
    change.heading_before, change.heading_after = "Waktu", "Jangka waktu"
    change.save()

    [view] = answers_for([outcome.answers.get().comment]).values()

    assert [words.after.split("\n")[0] for words in view.words] == ["Jangka waktu"]
