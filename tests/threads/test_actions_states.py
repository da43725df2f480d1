import pytest
from django.db import transaction
from django.utils import translation

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.actions import lock
from consultations.ledger.holding import NotLocked
from consultations.ledger.models import ContentSalt, Entry, Log
from consultations.ledger.queries import data_of
from consultations.ledger.verifying import verify
from consultations.people.actions import erase_person
from consultations.threads import actions
from consultations.threads.enums import CommentState, ConductRule
from consultations.threads.models import Anchor, Comment
from tests import build
from tests.build import TODAY


@pytest.fixture
def comment(consultation, citizen):
    return build.a_comment(
        consultation,
        citizen,
        body="Ini NIK saya.",
        proposed_text="5 (lima) hari kerja",
        quote={"exact": "3 (tiga) hari kerja"},
    )


def locked(action, **kwargs):
    with transaction.atomic():
        lock(kwargs["comment"].consultation.log)
        action(actor="post:7", at=TODAY, **kwargs)


def hide(comment, rule=ConductRule.PERSONAL_DATA, note="memuat NIK"):
    locked(actions.hide_comment, comment=comment, rule=rule, note=note)


def problems(consultation) -> list:
    return list(verify(Log.objects.get(pk=consultation.log_id)))


def entries(consultation) -> list[tuple]:
    found = Entry.objects.filter(log=consultation.log).order_by("seq")
    return [(entry.type, data_of(entry)) for entry in found]


def test_hiding_leaves_the_words_in_the_row_and_says_so_in_the_record(consultation, comment):
    hide(comment)

    hidden = Comment.objects.get()
    assert (hidden.state, hidden.hidden_rule, hidden.hidden_note, hidden.hidden_at) == (
        CommentState.HIDDEN,
        ConductRule.PERSONAL_DATA,
        "memuat NIK",
        TODAY,
    )
    assert hidden.body == "Ini NIK saya."
    assert entries(consultation)[-1] == ("comment.hidden", {"number": 1, "rule": "personal_data"})


def test_showing_puts_it_back(consultation, comment):
    hide(comment)

    locked(actions.show_comment, comment=comment)

    shown = Comment.objects.get()
    assert (shown.state, shown.hidden_rule, shown.hidden_note, shown.hidden_at) == (
        CommentState.PUBLISHED,
        "",
        "",
        None,
    )
    assert entries(consultation)[-1] == ("comment.shown", {"number": 1})


def test_neither_is_done_twice(comment):
    with pytest.raises(Conflict):
        locked(actions.show_comment, comment=comment)
    hide(comment)
    with pytest.raises(Conflict):
        hide(comment)


def test_hiding_needs_one_of_the_published_rules(comment):
    with pytest.raises(Invalid) as refused:
        hide(comment, rule="boring")

    assert list(refused.value.errors) == ["rule"]


def test_hiding_needs_the_lock_of_the_log(comment):
    with pytest.raises(NotLocked), transaction.atomic():
        actions.hide_comment(
            comment=comment, rule=ConductRule.HATE, note="x", actor="post:7", at=TODAY
        )

    assert Comment.objects.get().state == CommentState.PUBLISHED


def test_a_hidden_comment_still_agrees_with_its_digests(consultation, comment):
    hide(comment)

    assert problems(consultation) == []


def test_many_are_marked_in_one_statement(consultation, comment, django_assert_num_queries):
    comments = [comment, *(build.a_comment(consultation) for _ in range(4))]

    with django_assert_num_queries(1):
        actions.mark_answered(comments=comments, at=TODAY)
    assert Comment.objects.filter(answered_at=TODAY).count() == 5

    actions.unmark_answered(comments=comments[:2], at=TODAY)
    assert Comment.objects.filter(answered_at=None).count() == 2
    assert comments[0].answered_at is None


class TestErasing:
    def test_takes_out_words_and_salts_and_the_record_still_holds(
        self, consultation, citizen, comment
    ):
        other = build.a_comment(consultation, body="Tetap di sini.")

        actions.erase_comment(actor=citizen, comment=comment, at=TODAY)

        erased, kept = Comment.objects.order_by("number")
        assert (erased.body, erased.proposed_text, erased.fingerprint) == ("", "", "")
        assert (erased.erased_at, erased.state) == (TODAY, CommentState.PUBLISHED)
        assert kept.body == other.body
        assert [salt.entry.seq for salt in ContentSalt.objects.filter(name="body")] == [other.seq]
        assert Anchor.objects.get().exact == "3 (tiga) hari kerja"  # the standard's words
        assert entries(consultation)[-1] == ("comment.erased", {"number": 1})
        assert problems(consultation) == []

    def test_is_safe_to_repeat(self, consultation, citizen, comment):
        for _ in range(2):
            actions.erase_comment(actor=citizen, comment=comment, at=TODAY)

        types = [type for type, _data in entries(consultation)]
        assert types.count("comment.erased") == 1

    @pytest.mark.parametrize("who", ["visitor", "other_citizen", "moderator", "drafter"])
    def test_is_its_authors_right(self, comment, who, request):
        with pytest.raises(Denied):
            actions.erase_comment(actor=request.getfixturevalue(who), comment=comment, at=TODAY)

        assert Comment.objects.get().body == "Ini NIK saya."

    def test_a_person_who_is_erased_takes_all_words_along(
        self, agency, consultation, citizen, comment, other_citizen
    ):
        elsewhere = build.a_consultation(agency)
        build.a_comment(elsewhere, citizen, body="Juga dari saya.")
        build.a_comment(consultation, other_citizen, body="Dari orang lain.")

        erase_person(actor=citizen, user=citizen, at=TODAY)

        comments = Comment.objects.select_related("participant").order_by("pk")
        with translation.override("en"):
            said = [(c.number, c.body, str(c.participant)) for c in comments]
        assert said == [
            (1, "", "Participant 1"),
            (1, "", "Participant 1"),
            (2, "Dari orang lain.", "I Made Suardana"),
        ]
        assert problems(consultation) == problems(elsewhere) == []


class TestVerifying:
    """Texts of today are compared with the digests of then; rows are witnesses of their entries."""

    @pytest.mark.parametrize(
        "tampered",
        [{"body": "Saya setuju."}, {"proposed_text": ""}, {"body": ""}],
    )
    def test_changed_words_are_found(self, consultation, comment, tampered):
        Comment.objects.update(**tampered)

        (found,) = problems(consultation)
        assert found.seq == comment.seq
        assert next(iter(tampered)) in found.message

    def test_a_changed_quote_is_found(self, consultation, comment):
        Anchor.objects.update(exact="30 hari")

        assert [problem.seq for problem in problems(consultation)] == [comment.seq]

    def test_a_comment_that_was_taken_away_is_found(self, consultation, comment):
        Anchor.objects.all().delete()
        Comment.objects.all().delete()

        assert {problem.seq for problem in problems(consultation)} == {comment.seq}

    def test_a_comment_betrays_an_end_that_was_cut_off(self, consultation, comment):
        Entry.objects.filter(log=consultation.log, seq=comment.seq).delete()
        rest = Entry.objects.filter(log=consultation.log).latest("seq")
        type(consultation.log).objects.filter(pk=consultation.log.pk).update(
            head_seq=rest.seq, head_hash=rest.hash
        )

        assert comment.seq in {problem.seq for problem in problems(consultation)}
