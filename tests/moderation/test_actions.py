"""Hiding with reasons, appeals decided by somebody else, and what both logs say."""

from datetime import timedelta

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.models import ContentSalt, Entry
from consultations.ledger.queries import data_of
from consultations.ledger.verifying import verify
from consultations.moderation import actions
from consultations.moderation.models import HidingDecision
from consultations.notices.kinds import kinds
from consultations.notices.models import Notice
from consultations.people.actions import erase_person
from consultations.threads.enums import CommentState
from tests import build

NOTE = "Tulis ulang tanpa nama dan nomor."


@pytest.fixture
def comment(consultation, citizen):
    return build.a_comment(consultation, citizen, body="Petugas itu, ini nomornya 0812.")


def hide(moderator, comment, **kwargs):
    given = {"rule": "personal_data", "note": NOTE, "at": build.TODAY} | kwargs
    return actions.hide(actor=moderator, comment=comment, **given)


def appeal(citizen, decision, **kwargs):
    given = {"reason": "Nomor itu nomor kantor.", "at": build.TODAY} | kwargs
    return actions.file_appeal(actor=citizen, decision=decision, **given)


def entries(log, *types):
    found = Entry.objects.filter(log=log, type__in=types).order_by("seq")
    return [(entry.type, data_of(entry)) for entry in found]


def is_sound(consultation):
    logs = (consultation.log, consultation.staff_log)
    for log in logs:
        log.refresh_from_db()
    return [str(finding) for log in logs for finding in verify(log)] == []


def test_hiding_keeps_the_words_and_says_why(consultation, comment, moderator, citizen):
    decision = hide(moderator, comment)

    comment.refresh_from_db()
    assert (comment.state, comment.hidden_rule, comment.hidden_note) == (
        CommentState.HIDDEN,
        "personal_data",
        NOTE,
    )
    assert comment.body == "Petugas itu, ini nomornya 0812."
    assert decision.appeal_until == build.TODAY + timedelta(days=consultation.appeal_days)
    [(_type, public)] = entries(consultation.log, "comment.hidden")
    assert public == {"number": comment.number, "rule": "personal_data"}
    [(_type, staff)] = entries(consultation.staff_log, "hiding.decided")
    assert list(staff.pop("digests")) == ["note"]
    assert staff == {
        "decision": decision.pk,
        "comment": comment.number,
        "rule": "personal_data",
    }
    assert is_sound(consultation)


def test_the_author_is_told_rule_and_until_when_to_appeal(comment, moderator, citizen):
    hide(moderator, comment)

    notice = Notice.objects.get(user=citizen)
    kind = kinds[notice.kind]
    assert notice.kind == "comment_hidden"
    assert notice.data["rule"] == "personal_data"
    assert notice.data["appeal_until"] == "2026-12-01"
    assert str(comment) in kind.text(notice)
    assert kind.url(notice).endswith(f"/comments/{comment.number}/appeal/")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"note": ""}, "note"),
        ({"note": "x" * 501}, "note"),
        ({"rule": ""}, "rule"),
        ({"rule": "boring"}, "rule"),
    ],
)
def test_a_reason_is_always_needed(comment, moderator, given, field):
    with pytest.raises(Invalid) as refusal:
        hide(moderator, comment, **given)

    assert list(refusal.value.errors) == [field]
    comment.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "who", ["citizen", "answering_officer", "drafter", "note_taker", "stranger"]
)
def test_only_moderators_hide(request, comment, who):
    with pytest.raises(Denied):
        hide(request.getfixturevalue(who), comment)


def test_hiding_twice_is_a_conflict(comment, moderator, other_moderator):
    hide(moderator, comment)

    with pytest.raises(Conflict) as refusal:
        hide(other_moderator, comment)

    assert refusal.value.code == "hidden_already"
    assert HidingDecision.objects.count() == 1


def test_a_voice_without_an_account_is_hidden_without_a_notice(consultation, moderator, note_taker):
    from consultations.proceedings.actions import enter_participant

    voice = enter_participant(
        actor=note_taker, consultation=consultation, public_name="Nurhayati", at=build.TODAY
    )
    said = build.a_comment(
        consultation, note_taker, participant=voice, source="hall", occurred_at=build.TODAY
    )

    hide(moderator, said)

    assert not Notice.objects.exists()


def test_undoing_shows_it_again_and_tells_the_author(
    consultation, comment, moderator, other_moderator, citizen
):
    decision = hide(moderator, comment)

    actions.undo_hiding(actor=other_moderator, comment=comment, at=build.TODAY)

    comment.refresh_from_db()
    decision.refresh_from_db()
    assert (comment.state, comment.hidden_note) == (CommentState.PUBLISHED, "")
    assert decision.undone_at == build.TODAY
    assert [type for type, _data in entries(consultation.log, "comment.hidden", "comment.shown")]
    assert Notice.objects.filter(user=citizen, kind="hiding_undone").exists()
    assert is_sound(consultation)


def test_it_can_be_hidden_again_after_that(comment, moderator):
    hide(moderator, comment)
    actions.undo_hiding(actor=moderator, comment=comment, at=build.TODAY)

    hide(moderator, comment, rule="insult")

    assert HidingDecision.objects.filter(undone_at=None).get().rule == "insult"


def test_a_moderator_cannot_undo_the_hiding_of_their_own_comment(
    consultation, moderator, other_moderator
):
    own = build.a_comment(consultation, moderator)
    hide(other_moderator, own)

    with pytest.raises(Denied) as refusal:
        actions.undo_hiding(actor=moderator, comment=own, at=build.TODAY)

    assert refusal.value.code == "own_comment"
    own.refresh_from_db()
    assert own.state == CommentState.HIDDEN


def test_undoing_what_is_not_hidden_is_a_conflict(comment, moderator):
    with pytest.raises(Conflict):
        actions.undo_hiding(actor=moderator, comment=comment, at=build.TODAY)


# --- appeals ----------------------------------------------------------------------------------


def test_an_appeal_goes_to_the_staff_log_and_to_the_other_moderators(
    consultation, comment, moderator, other_moderator, citizen
):
    decision = hide(moderator, comment)
    public = consultation.log.head_seq

    filed = appeal(citizen, decision)

    assert (filed.reason, filed.result) == ("Nomor itu nomor kantor.", "")
    [(_type, data)] = entries(consultation.staff_log, "appeal.filed")
    assert list(data["digests"]) == ["reason"]
    consultation.log.refresh_from_db()
    assert consultation.log.head_seq == public
    told = Notice.objects.filter(kind="appeal_filed").values_list("user_id", flat=True)
    assert list(told) == [other_moderator.pk]
    assert is_sound(consultation)


def test_only_the_author_appeals(comment, moderator, other_citizen):
    decision = hide(moderator, comment)

    with pytest.raises(Denied):
        appeal(other_citizen, decision)


def test_an_appeal_is_filed_once(comment, moderator, citizen):
    decision = hide(moderator, comment)
    appeal(citizen, decision)

    with pytest.raises(Conflict) as refusal:
        appeal(citizen, HidingDecision.objects.get(pk=decision.pk))

    assert refusal.value.code == "appealed_already"


def test_an_appeal_comes_in_time(comment, moderator, citizen):
    decision = hide(moderator, comment)

    with pytest.raises(Conflict) as refusal:
        appeal(citizen, decision, at=decision.appeal_until + timedelta(seconds=1))

    assert refusal.value.code == "too_late"


def test_an_appeal_needs_words(comment, moderator, citizen):
    with pytest.raises(Invalid) as refusal:
        appeal(citizen, hide(moderator, comment), reason=" ")

    assert list(refusal.value.errors) == ["reason"]


def decide(actor, filed, result="overturned", **kwargs):
    given = {"result": result, "answer": "Nomor kantor boleh disebut.", "at": build.TODAY}
    return actions.decide_appeal(actor=actor, appeal=filed, **given | kwargs)


def test_an_overturned_hiding_shows_the_comment(
    consultation, comment, moderator, other_moderator, citizen
):
    filed = appeal(citizen, hide(moderator, comment))

    decide(other_moderator, filed)

    comment.refresh_from_db()
    filed.refresh_from_db()
    assert comment.state == CommentState.PUBLISHED
    assert (filed.result, filed.decided_by) == ("overturned", other_moderator)
    assert entries(consultation.log, "comment.shown")
    assert entries(consultation.staff_log, "appeal.decided")
    kinds_told = Notice.objects.filter(user=citizen).values_list("kind", flat=True)
    assert sorted(kinds_told) == ["appeal_decided", "comment_hidden"]
    assert is_sound(consultation)


def test_an_upheld_hiding_stays(comment, moderator, other_moderator, citizen):
    filed = appeal(citizen, hide(moderator, comment))

    decide(other_moderator, filed, "upheld")

    comment.refresh_from_db()
    assert comment.state == CommentState.HIDDEN


def test_the_first_decider_cannot_decide_the_appeal(comment, moderator, citizen):
    filed = appeal(citizen, hide(moderator, comment))

    with pytest.raises(Denied) as refusal:
        decide(moderator, filed)

    assert refusal.value.code == "own_decision"
    filed.refresh_from_db()
    assert filed.result == ""


def test_an_operator_helps_an_office_of_one_moderator(comment, moderator, operator, citizen):
    filed = appeal(citizen, hide(moderator, comment))

    decide(operator, filed)

    filed.refresh_from_db()
    assert filed.decided_by == operator


@pytest.mark.parametrize("who", ["citizen", "answering_officer", "stranger"])
def test_others_decide_no_appeal(request, comment, moderator, citizen, who):
    filed = appeal(citizen, hide(moderator, comment))

    with pytest.raises(Denied):
        decide(request.getfixturevalue(who), filed)


def test_an_appeal_is_decided_once(comment, moderator, other_moderator, citizen, operator):
    filed = appeal(citizen, hide(moderator, comment))
    decide(other_moderator, filed, "upheld")

    with pytest.raises(Conflict) as refusal:
        decide(operator, filed)

    assert refusal.value.code == "decided_already"


@pytest.mark.parametrize(
    ("given", "field"), [({"answer": ""}, "answer"), ({"result": ""}, "result")]
)
def test_deciding_needs_result_and_answer(
    comment, moderator, other_moderator, citizen, given, field
):
    filed = appeal(citizen, hide(moderator, comment))

    with pytest.raises(Invalid) as refusal:
        decide(other_moderator, filed, **given)

    assert list(refusal.value.errors) == [field]


def test_erasing_the_author_takes_the_words_of_the_appeal(
    consultation, comment, moderator, citizen
):
    filed = appeal(citizen, hide(moderator, comment))

    erase_person(actor=citizen, user=citizen, at=build.TODAY)

    filed.refresh_from_db()
    assert filed.reason == ""
    entry = Entry.objects.get(log=consultation.staff_log, type="appeal.filed")
    assert not ContentSalt.objects.filter(entry=entry).exists()
    assert is_sound(consultation)
