import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.models import Entry
from consultations.ledger.queries import data_of
from consultations.proceedings import actions
from consultations.proceedings.models import ConsultationDraft
from consultations.standards import actions as standards
from consultations.standards.enums import ReasonKind, RevisionState
from consultations.standards.gates import GateClosed
from consultations.standards.models import Revision
from consultations.threads.models import Comment
from tests import build
from tests.build import TODAY


@pytest.fixture
def draft(consultation):
    return consultation.drafts.get()


@pytest.fixture
def working(draft):
    """The next revision, with other words in clause 2.1."""
    return build.a_next_draft(draft.revision)


class TestAdd:
    def test_a_working_draft_is_published_by_it(self, agency):
        consultation = build.a_consultation(agency)
        revision = build.a_working_draft(build.a_standard(agency))
        clause = build.a_wording(revision).placement.clause

        draft = actions.add_draft(
            actor=None,
            consultation=consultation,
            revision=revision,
            summary=build.text("Lebih cepat."),
            questions=[standards.Question(build.text("Cukupkah?"), [clause])],
            at=TODAY,
        )

        revision.refresh_from_db()
        assert revision.state == RevisionState.CONSULTED
        assert draft.position == 2
        assert [list(q.clauses.all()) for q in draft.revision.questions.all()] == [[clause]]
        newest = Entry.objects.filter(log=consultation.log).latest("seq")
        assert (newest.type, data_of(newest)) == ("draft.opened", {"revision": revision.pk})

    def test_a_revision_is_consulted_on_once(self, agency, consultation, draft):
        other = build.a_consultation(agency)

        with pytest.raises(Conflict) as refused:
            actions.add_draft(
                actor=None,
                consultation=other,
                revision=draft.revision,
                summary=build.text("Sama."),
                at=TODAY,
            )

        assert list(refused.value.errors) == ["revision"]

    def test_six_questions_are_too_many(self, agency, consultation):
        with pytest.raises(Invalid) as refused:
            actions.add_draft(
                actor=None,
                consultation=consultation,
                revision=build.a_revision(build.a_standard(agency)),
                summary=build.text("Ringkas."),
                questions=[standards.Question(build.text(f"{n}?")) for n in range(6)],
                at=TODAY,
            )

        assert list(refused.value.errors) == ["questions"]

    @pytest.mark.parametrize("who", ["citizen", "moderator", "stranger"])
    def test_is_for_those_who_prepare(self, agency, consultation, who, request):
        with pytest.raises(Denied):
            actions.add_draft(
                actor=request.getfixturevalue(who),
                consultation=consultation,
                revision=build.a_revision(build.a_standard(agency)),
                summary=build.text("Ringkas."),
                at=TODAY,
            )


class TestReplace:
    def test_the_next_revision_takes_the_place_of_the_old(self, draft, working, drafter):
        new = actions.replace_draft(actor=drafter, draft=draft, at=TODAY)

        draft.refresh_from_db()
        assert draft.replaced_by == new
        assert (new.revision, new.position) == (working, 1)
        assert new.revision.summary == draft.revision.summary
        states = list(Revision.objects.order_by("number").values_list("state", flat=True))
        assert states == [RevisionState.SUPERSEDED, RevisionState.CONSULTED]
        newest = Entry.objects.filter(log=draft.consultation.log).latest("seq")
        assert newest.type == "draft.replaced"
        assert data_of(newest) == {"revision": working.pk, "replaces": draft.revision_id}

    def test_comments_stay_on_the_words_that_were_seen(self, consultation, draft, working, drafter):
        comment = build.a_comment(consultation)
        words = build.a_wording(draft.revision).body

        actions.replace_draft(actor=drafter, draft=draft, at=TODAY)

        kept = Comment.objects.get(pk=comment.pk)
        assert (kept.wording.body, kept.wording.placement.revision) == (words, draft.revision)

    def test_questions_are_asked_again_about_the_clauses_that_remain(self, agency, drafter):
        revision = build.a_revision(build.a_standard(agency))
        kept, gone = (build.a_wording(revision, label) for label in ("2.1", "3.1"))
        consultation = build.a_consultation(agency, revision=revision)
        draft = consultation.drafts.get()
        question = draft.revision.questions.create(position=1, text=build.text("Cukupkah?"))
        question.clauses.set([kept.placement.clause, gone.placement.clause])
        working = standards.start_working_draft(
            actor=None, standard=revision.standard, based_on=revision, at=TODAY
        )
        standards.delete_clause(
            actor=None,
            revision=working,
            clause=gone.placement.clause,
            reason_kind=ReasonKind.EDITORIAL,
            reason="tidak perlu",
            expected_digest=gone.digest,
            at=TODAY,
        )

        new = actions.replace_draft(actor=drafter, draft=draft, at=TODAY)

        asked = [(q.text, list(q.clauses.all())) for q in new.revision.questions.all()]
        assert asked == [(build.text("Cukupkah?"), [kept.placement.clause])]

    def test_the_gate_refuses_with_a_list(self, draft, working, drafter):
        working.changes.update(reason="")

        with pytest.raises(GateClosed) as refused:
            actions.replace_draft(actor=drafter, draft=draft, at=TODAY)

        assert len(refused.value.lacks) == 1
        draft.refresh_from_db()
        working.refresh_from_db()
        assert (draft.replaced_by, working.state) == (None, RevisionState.WORKING)

    def test_without_a_working_draft_there_is_nothing_to_publish(self, draft, drafter):
        with pytest.raises(Conflict) as refused:
            actions.replace_draft(actor=drafter, draft=draft, at=TODAY)

        assert refused.value.code == "no_draft"

    def test_a_draft_is_replaced_once(self, draft, working, drafter):
        actions.replace_draft(actor=drafter, draft=draft, at=TODAY)
        standards.start_working_draft(
            actor=None, standard=working.standard, based_on=working, at=TODAY
        )

        with pytest.raises(Conflict) as refused:
            actions.replace_draft(actor=drafter, draft=draft, at=TODAY)

        assert refused.value.code == "replaced"

    @pytest.mark.parametrize("who", ["citizen", "moderator", "answering_officer", "stranger"])
    def test_is_for_those_who_prepare(self, draft, working, who, request):
        with pytest.raises(Denied):
            actions.replace_draft(actor=request.getfixturevalue(who), draft=draft, at=TODAY)

        assert ConsultationDraft.objects.count() == 1
