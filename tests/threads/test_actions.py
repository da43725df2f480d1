from datetime import timedelta
from uuid import uuid4

import pytest

from consultations.kernel.errors import Denied, Invalid
from consultations.ledger.models import ContentSalt, Entry
from consultations.ledger.queries import data_of
from consultations.people.actions import suspend
from consultations.proceedings.actions import close_consultation, enter_participant
from consultations.proceedings.enums import Source, Stage
from consultations.proceedings.models import Participant
from consultations.proceedings.rules import CommentsClosed
from consultations.threads.actions import TokenReused, post_comment
from consultations.threads.enums import CommentState
from consultations.threads.models import Anchor, Comment
from consultations.threads.rules import DraftReplaced
from tests import build
from tests.build import TODAY

QUOTE = {"exact": "3 (tiga) hari kerja"}


def post(actor, consultation, **kwargs):
    defaults = {"stance": "oppose", "body": "Terlalu lama.", "token": uuid4(), "at": TODAY}
    return post_comment(actor=actor, consultation=consultation, **defaults | kwargs)


def newest(consultation) -> Entry:
    return Entry.objects.filter(log=consultation.log).latest("seq")


class TestPosting:
    def test_writes_the_row_and_its_entry(self, consultation, citizen, wording):
        posted = post(citizen, consultation, wording=wording, quote=QUOTE, language="id")

        comment = Comment.objects.get()
        entry = newest(consultation)
        assert (posted.comment, posted.is_repeat) == (comment, False)
        assert (comment.number, comment.state, comment.seq, comment.wording) == (
            1,
            CommentState.PUBLISHED,
            entry.seq,
            wording,
        )
        assert (comment.occurred_at, comment.entered_at, comment.entered_by) == (TODAY, TODAY, None)
        data = data_of(entry)
        assert set(data.pop("digests")) == {"body", "quote"}
        assert (entry.type, entry.subject) == ("comment.posted", "comment:1")
        assert data == {
            "number": 1,
            "wording": wording.pk,
            "clause": "2.1",
            "parent": None,
            "stance": "oppose",
            "source": "online",
        }

    def test_the_record_holds_no_words(self, consultation, citizen, wording):
        post(citizen, consultation, wording=wording, body="Rahasia-1", proposed_text="Rahasia-2")

        entry = newest(consultation)
        assert "Rahasia" not in entry.body
        assert ContentSalt.objects.filter(entry=entry).count() == 2

    def test_the_record_names_a_voice_and_no_user(self, consultation, citizen, wording):
        build.a_comment(consultation)

        post(citizen, consultation, wording=wording)

        assert '"actor":"participant:2"' in newest(consultation).body

    def test_who_comments_joins_by_that_and_once(self, consultation, citizen, wording):
        for _ in range(2):
            post(citizen, consultation, wording=wording)

        assert [voice.user for voice in Participant.objects.all()] == [citizen]

    def test_the_quoted_words_are_kept_where_they_stand(self, consultation, citizen, wording):
        post(citizen, consultation, wording=wording, quote={"exact": " 3\n(tiga)  hari kerja "})

        anchor = Anchor.objects.get()
        assert anchor.exact == wording.plain[anchor.start : anchor.end] == "3 (tiga) hari kerja"
        assert wording.plain[: anchor.start].endswith(anchor.prefix)
        assert wording.plain[anchor.end :].startswith(anchor.suffix)

    def test_on_the_consultation_as_a_whole(self, consultation, citizen):
        comment = post(citizen, consultation).comment

        assert (comment.wording, comment.language) == (None, "id")

    def test_a_proposal_needs_no_comment_beside_it(self, consultation, citizen, wording):
        comment = post(
            citizen, consultation, wording=wording, body="", proposed_text="5 (lima) hari kerja"
        ).comment

        assert (comment.body, comment.proposed_text) == ("", "5 (lima) hari kerja")

    def test_a_reply_stands_on_the_words_of_its_parent(self, consultation, citizen, wording):
        root = build.a_comment(consultation)

        reply = post(citizen, consultation, parent=root).comment
        nested = post(citizen, consultation, parent=reply.number, wording=wording.pk).comment

        assert (reply.parent, reply.wording) == (root, wording)
        assert (nested.parent, nested.wording) == (reply, wording)
        assert data_of(newest(consultation))["parent"] == reply.number

    def test_numbers_have_no_gaps_after_a_refusal(self, consultation, citizen, wording):
        post(citizen, consultation, wording=wording)
        with pytest.raises(Invalid):
            post(citizen, consultation, wording=wording, quote={"exact": "tidak ada"})
        post(citizen, consultation, wording=wording)

        assert list(Comment.objects.values_list("number", flat=True)) == [1, 2]
        seqs = Entry.objects.filter(log=consultation.log).values_list("seq", flat=True)
        assert sorted(seqs) == list(range(1, len(seqs) + 1))

    def test_costs_seven_statements(
        self, consultation, citizen, wording, django_assert_num_queries
    ):
        """The log's lock is held meanwhile, and thousands wait for it. In them: lock, situation
        and words, head, entry, salts, comment, anchor; two more are the savepoint's."""
        build.a_comment(consultation, citizen)

        with django_assert_num_queries(7 + 2):
            post(citizen, consultation, wording=wording.pk, quote=QUOTE)


class TestToken:
    def test_the_same_again_is_the_same_comment(self, consultation, citizen, wording):
        token = uuid4()
        first = post(citizen, consultation, wording=wording, token=token, quote=QUOTE)

        second = post(citizen, consultation, wording=wording, token=token, quote=QUOTE)

        assert (second.comment, second.is_repeat) == (first.comment, True)
        assert Comment.objects.count() == 1

    def test_the_same_again_is_answered_after_the_deadline_too(
        self, consultation, citizen, wording, drafter
    ):
        token = uuid4()
        first = post(citizen, consultation, wording=wording, token=token)
        close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        second = post(citizen, consultation, wording=wording, token=token)

        assert second.comment == first.comment

    @pytest.mark.parametrize(
        "other",
        [
            {"body": "Sesuatu yang lain."},
            {"stance": "support"},
            {"proposed_text": "5 (lima) hari kerja"},
            {"quote": QUOTE},
            {"wording": None},
        ],
    )
    def test_with_other_content_it_is_refused(self, consultation, citizen, wording, other):
        token = uuid4()
        post(citizen, consultation, wording=wording, token=token)

        with pytest.raises(TokenReused) as refused:
            post(citizen, consultation, **{"wording": wording, "token": token} | other)

        assert refused.value.status == 409
        assert list(refused.value.errors) == ["token"]
        assert Comment.objects.count() == 1

    def test_is_unique_per_author_only(self, consultation, citizen, other_citizen, wording):
        token = uuid4()
        for user in (citizen, other_citizen):
            post(user, consultation, wording=wording, token=token)

        assert Comment.objects.count() == 2


class TestWhoAndWhen:
    def test_visitors_do_not_comment(self, consultation, visitor, wording):
        with pytest.raises(Denied):
            post(visitor, consultation, wording=wording)

        assert not Comment.objects.exists()

    def test_the_suspended_do_not_comment_also_with_an_old_user_object(
        self, consultation, citizen, wording, operator
    ):
        suspend(actor=operator, user=type(citizen).objects.get(pk=citizen.pk), at=TODAY)
        assert citizen.is_active

        with pytest.raises(Denied):
            post(citizen, consultation, wording=wording)

    @pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.CLOSED, Stage.CONCLUDED])
    def test_the_stage_is_read_under_the_lock(self, consultation, citizen, wording, stage):
        type(consultation).objects.update(stage=stage)
        assert consultation.stage == Stage.OPEN

        with pytest.raises(CommentsClosed) as refused:
            post(citizen, consultation, wording=wording)

        assert (refused.value.status, refused.value.code) == (409, "closed")

    def test_the_last_moment_counts(self, consultation, citizen, wording):
        post(citizen, consultation, wording=wording, at=consultation.closes_at)

        with pytest.raises(CommentsClosed):
            post(
                citizen,
                consultation,
                wording=wording,
                at=consultation.closes_at + timedelta(seconds=1),
            )

    def test_a_replaced_draft_carries_both_wordings(
        self, consultation, citizen, wording, next_round
    ):
        new = next_round()

        with pytest.raises(DraftReplaced) as refused:
            post(citizen, consultation, wording=wording)

        assert refused.value.old == wording
        assert refused.value.new.wording_id == build.a_wording(new.revision).pk
        assert refused.value.new.plain == "KTP-el diselesaikan paling lama 5 (lima) hari kerja."

    def test_a_replaced_draft_without_the_clause_says_so(
        self, consultation, citizen, wording, next_round
    ):
        next_round(body=None)

        with pytest.raises(DraftReplaced) as refused:
            post(citizen, consultation, wording=wording)

        assert (refused.value.old, refused.value.new) == (wording, None)

    def test_after_several_rounds_the_newest_words_are_named(
        self, consultation, citizen, wording, next_round
    ):
        next_round()
        newest_draft = next_round(body="KTP-el selesai pada hari itu juga.")

        with pytest.raises(DraftReplaced) as refused:
            post(citizen, consultation, wording=wording)

        assert refused.value.new.wording_id == build.a_wording(newest_draft.revision).pk


class TestParent:
    def refused(self, citizen, consultation, **kwargs) -> str:
        with pytest.raises(Invalid) as refused:
            post(citizen, consultation, **kwargs)
        assert list(refused.value.errors) == ["parent"]
        return refused.value.message

    def test_must_be_of_this_consultation(self, consultation, citizen):
        elsewhere = build.a_comment(build.a_consultation())

        self.refused(citizen, consultation, parent=elsewhere.number)

    def test_must_be_readable(self, consultation, citizen):
        root = build.a_comment(consultation)
        Comment.objects.update(state=CommentState.HIDDEN)

        assert "M-0001" in self.refused(citizen, consultation, parent=root)

    def test_must_stand_on_the_same_clause(self, consultation, citizen):
        root = build.a_comment(consultation)
        other = build.a_wording(build.draft_of(consultation), "3.1")

        self.refused(citizen, consultation, parent=root, wording=other)

    def test_general_comments_and_clauses_do_not_mix(self, consultation, citizen, wording):
        general = build.a_comment(consultation, wording=None)

        self.refused(citizen, consultation, parent=general, wording=wording)
        assert post(citizen, consultation, parent=general).comment.wording is None

    def test_goes_two_levels_deep(self, consultation, citizen):
        root = build.a_comment(consultation)
        first = post(citizen, consultation, parent=root).comment
        second = post(citizen, consultation, parent=first).comment

        self.refused(citizen, consultation, parent=second)


class TestEntered:
    """What others said: the hall counts as much as the screen (promise 11)."""

    @pytest.fixture
    def voice(self, consultation, note_taker):
        return enter_participant(
            actor=note_taker, consultation=consultation, public_name="Bu Yati", at=TODAY
        )

    def test_keeps_its_provenance(self, consultation, note_taker, voice, wording):
        before = TODAY - timedelta(hours=1)

        comment = post(
            note_taker,
            consultation,
            wording=wording,
            participant=voice,
            source=Source.HALL,
            occurred_at=before,
        ).comment

        assert (comment.participant, comment.source) == (voice, Source.HALL)
        assert (comment.occurred_at, comment.entered_at) == (before, TODAY)
        assert comment.entered_by == note_taker
        entry = newest(consultation)
        assert f'"actor":"participant:{voice.number}"' in entry.body
        post_id = note_taker.holdings.get().post_id
        assert data_of(entry)["entered_by"] == f"post:{post_id}"

    def test_what_was_said_in_time_counts_after_closing(
        self, consultation, drafter, note_taker, voice, wording
    ):
        close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        comment = post(
            note_taker,
            consultation,
            wording=wording,
            participant=voice,
            source=Source.PAPER,
            occurred_at=TODAY - timedelta(days=1),
            at=TODAY + timedelta(days=2),
        ).comment

        assert comment.state == CommentState.PUBLISHED

    @pytest.mark.parametrize("who", ["citizen", "drafter", "stranger"])
    def test_is_for_note_takers_and_moderators(self, consultation, voice, wording, who, request):
        with pytest.raises(Denied):
            post(
                request.getfixturevalue(who),
                consultation,
                wording=wording,
                participant=voice,
                source=Source.HALL,
            )

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"source": Source.ONLINE}, "source"),
            ({"source": "pigeon"}, "source"),
            ({"occurred_at": TODAY + timedelta(minutes=1)}, "occurred_at"),
        ],
    )
    def test_names_what_is_wrong(self, consultation, note_taker, voice, wording, wrong, field):
        kwargs = {"participant": voice, "source": Source.HALL, "wording": wording} | wrong

        with pytest.raises(Invalid) as refused:
            post(note_taker, consultation, **kwargs)

        assert list(refused.value.errors) == [field]

    def test_a_voice_of_another_consultation_is_refused(self, consultation, note_taker, wording):
        other = build.a_comment(build.a_consultation()).participant

        with pytest.raises(Invalid) as refused:
            post(note_taker, consultation, wording=wording, participant=other, source=Source.HALL)

        assert list(refused.value.errors) == ["participant"]

    def test_nobody_comments_offline_in_their_own_name(self, consultation, note_taker, wording):
        with pytest.raises(Invalid) as refused:
            post(note_taker, consultation, wording=wording, source=Source.HALL)

        assert list(refused.value.errors) == ["source"]
