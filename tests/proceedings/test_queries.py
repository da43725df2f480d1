import pytest

from consultations.kernel.errors import Missing
from consultations.proceedings.actions import replace_draft
from consultations.proceedings.queries import (
    current_drafts,
    get_consultation,
    get_consultation_to_write,
    newest_draft,
    words_now,
)
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind
from tests import build
from tests.build import TODAY


def next_round(draft):
    old = draft.revision
    standards.start_working_draft(actor=None, standard=old.standard, based_on=old, at=TODAY)
    return replace_draft(actor=None, draft=draft, at=TODAY)


def test_a_public_consultation_costs_one_query(
    consultation, citizen, visitor, django_assert_num_queries
):
    for user in (visitor, citizen, None):
        with django_assert_num_queries(1):
            found = get_consultation(consultation.slug, user)
            assert (found.agency, found.log, found.staff_log) is not None


def test_what_it_takes_to_write_is_loaded_and_the_rest_can_be(
    consultation, citizen, django_assert_num_queries
):
    whole = get_consultation(consultation.slug, citizen)
    with django_assert_num_queries(1):
        found = get_consultation_to_write(consultation.slug, citizen)
        assert (found.pk, found.slug, found.stage) == (whole.pk, whole.slug, whole.stage)
        assert (str(found.log), found.log.head_seq) == (str(whole.log), whole.log.head_seq)

    assert (found.closes_at, found.agency) == (whole.closes_at, whole.agency)


@pytest.mark.parametrize("load", [get_consultation, get_consultation_to_write])
def test_what_is_being_prepared_does_not_exist_for_others(
    load, agency, citizen, visitor, moderator
):
    consultation = build.a_consultation(agency, is_open=False)

    for user in (visitor, citizen, None):
        with pytest.raises(Missing):
            load(consultation.slug, user)
    assert load(consultation.slug, moderator) == consultation


def test_an_unknown_address(visitor, db):
    with pytest.raises(Missing):
        get_consultation("tidak-ada", visitor)


def test_the_newest_of_several_rounds(consultation):
    first = consultation.drafts.get()
    second = next_round(first)
    third = next_round(second)

    first.refresh_from_db()
    assert newest_draft(first) == third
    assert newest_draft(third) == third
    assert current_drafts(consultation) == [third]


def test_words_now_follow_the_clause(consultation):
    draft = consultation.drafts.get()
    wording = build.a_wording(draft.revision)
    new = next_round(draft)

    now = words_now(wording, new)

    assert now.wording_id != wording.pk
    assert (now.clause_id, now.plain) == (wording.placement.clause_id, wording.plain)


def test_words_now_follow_a_merge_and_end_with_the_clause(consultation):
    draft = consultation.drafts.get()
    kept, merged, gone = (build.a_wording(draft.revision, f"{n}.1") for n in (1, 2, 3))
    working = standards.start_working_draft(
        actor=None, standard=draft.revision.standard, based_on=draft.revision, at=TODAY
    )
    why = {"reason_kind": ReasonKind.EDITORIAL, "reason": "lebih pendek", "at": TODAY}
    standards.merge_clauses(
        actor=None,
        revision=working,
        clauses=[kept.placement.clause, merged.placement.clause],
        body="Digabung.",
        expected_digests={w.placement.clause_id: w.digest for w in (kept, merged)},
        **why,
    )
    standards.delete_clause(
        actor=None,
        revision=working,
        clause=gone.placement.clause,
        expected_digest=gone.digest,
        **why,
    )
    new = replace_draft(actor=None, draft=draft, at=TODAY)

    assert words_now(merged, new).plain == "Digabung."
    assert words_now(gone, new) is None
