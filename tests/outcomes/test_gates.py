"""What outcomes ask of the three gates: everybody answered, every answer applied."""

from datetime import date, timedelta

import pytest

from consultations.moderation import actions as moderation
from consultations.outcomes import actions
from consultations.proceedings import actions as proceedings
from consultations.proceedings.gates import conclusion
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind, RevisionState
from consultations.standards.gates import GateClosed, coming_into_force, publication
from consultations.standards.queries import working_draft
from tests import build
from tests.outcomes.recording import NEW, new_words, record

LATER = build.TODAY + timedelta(days=8)


def sentences(registry, subject, name):
    return [(lack.message, lack.count) for lack in registry[name](subject)]


@pytest.fixture
def applied(consultation, answering_officer):
    """An outcome with its words in the working draft."""
    outcome = record(
        answering_officer,
        consultation,
        [build.a_comment(consultation)],
        changes=[new_words(consultation)],
    )
    return outcome, working_draft(build.draft_of(consultation).standard)


def test_conclusion_names_what_is_unanswered(consultation, answering_officer, moderator):
    answered, _waiting, hidden = (build.a_comment(consultation) for _each in range(3))
    record(answering_officer, consultation, [answered])
    moderation.hide(actor=moderator, comment=hidden, rule="insult", note="Kasar.", at=build.TODAY)

    [lack] = conclusion["everybody_answered"](consultation)

    assert lack.count == 2  # what is hidden is answered to its author alone, but answered
    assert lack.url.endswith("/desk/?state=unanswered")
    assert "2" in lack.message


def test_conclusion_waits_for_open_appeals_and_their_time(consultation, moderator, citizen):
    comment = build.a_comment(consultation, citizen)
    decision = moderation.hide(
        actor=moderator, comment=comment, rule="insult", note="Kasar.", at=build.TODAY
    )
    running = [lack.count for lack in conclusion["appeal_time_over"](consultation)]
    moderation.file_appeal(actor=citizen, decision=decision, reason="Tidak kasar.", at=build.TODAY)

    assert running == [1]
    assert conclusion["appeal_time_over"](consultation) == []
    [lack] = conclusion["appeals_decided"](consultation)
    assert (lack.count, lack.url[-14:]) == (1, "?state=appeals")


def test_a_consultation_with_everything_answered_is_concluded(consultation, answering_officer):
    comment = build.a_comment(consultation)
    proceedings.close_consultation(actor=None, consultation=consultation, at=LATER)
    with pytest.raises(GateClosed):
        proceedings.conclude_consultation(
            actor=answering_officer, consultation=consultation, at=LATER
        )
    record(answering_officer, consultation, [comment], at=LATER)

    proceedings.conclude_consultation(actor=answering_officer, consultation=consultation, at=LATER)

    assert consultation.stage == "concluded"


def test_an_applied_outcome_lacks_nothing(applied):
    _outcome, draft = applied

    for registry in (publication, coming_into_force):
        assert registry["outcomes_applied"](draft) == []
        assert registry["outcomes_hold"](draft) == []


def test_words_taken_out_by_themselves_are_missing(applied, drafter, answering_officer):
    outcome, draft = applied
    change = outcome.changes.get().change

    standards.revert_change(actor=answering_officer, change=change, at=build.TODAY)

    [(message, count)] = sentences(publication, draft, "outcomes_applied")
    assert ("H-1" in message, count) == (True, 1)


def test_an_outcome_whose_words_wait_in_the_next_revision_is_missing(
    consultation, applied, answering_officer
):
    """The revision that was discussed does not hold what was decided on it."""
    consulted = build.draft_of(consultation)

    assert sentences(coming_into_force, consulted, "outcomes_applied")[0][1] == 1


def test_a_reverted_outcome_is_not_missed(applied, answering_officer):
    outcome, draft = applied

    actions.revert_outcome(actor=answering_officer, outcome=outcome, at=build.TODAY)

    assert publication["outcomes_applied"](draft) == []
    assert publication["outcomes_hold"](draft) == []


def test_a_change_that_names_no_outcome_is_missing_one(consultation, answering_officer, applied):
    _outcome, draft = applied
    wording = build.a_wording(draft, "1.1")
    standards.reword_clause(
        actor=answering_officer,
        revision=draft,
        clause=wording.placement.clause,
        language="id",
        body="Kartu Keluarga asli.",
        reason_kind=ReasonKind.OUTCOME,
        expected_digest=wording.digest,
        at=build.TODAY,
    )

    assert sentences(publication, draft, "outcomes_hold")[0][1] == 1
    with pytest.raises(GateClosed):
        proceedings.replace_draft(actor=None, draft=consultation.drafts.get(), at=build.TODAY)


def test_a_second_round_makes_the_outcome_part_of_its_revision(
    consultation, applied, answering_officer
):
    proceedings.replace_draft(actor=None, draft=consultation.drafts.get(), at=build.TODAY)

    again = build.draft_of(consultation)

    assert build.a_wording(again).body == NEW
    assert publication["outcomes_applied"](again) == []


def test_nothing_comes_into_force_while_people_are_still_asked(consultation):
    consulted = build.draft_of(consultation)

    [lack] = coming_into_force["consultation_concluded"](consulted)

    assert lack.url.endswith("/desk/conclude/")


def test_the_whole_way_to_a_standard_in_force(consultation, applied, signatory):
    _outcome, draft = applied
    proceedings.close_consultation(actor=None, consultation=consultation, at=LATER)
    proceedings.conclude_consultation(actor=None, consultation=consultation, at=LATER)

    moderation.bring_into_force(
        actor=signatory,
        revision=draft,
        number="188/12/2026",
        dated_on=date(2026, 12, 3),
        effective_on=date(2027, 1, 2),
        annex_number="I",
        at=LATER,
    )

    draft.refresh_from_db()
    assert (draft.state, draft.decree.number) == (RevisionState.ADOPTED, "188/12/2026")
    assert build.a_wording(draft).body == NEW


def test_a_closed_gate_leaves_nothing_half_done(consultation, applied, signatory):
    _outcome, draft = applied

    with pytest.raises(GateClosed):
        moderation.bring_into_force(
            actor=signatory,
            revision=draft,
            number="188/12/2026",
            dated_on=date(2026, 12, 3),
            effective_on=date(2027, 1, 2),
            at=build.TODAY,
        )

    draft.refresh_from_db()
    assert draft.state == RevisionState.WORKING
    assert not draft.standard.service.agency.decrees.exists()
