from datetime import date, timedelta

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.models import Entry
from consultations.ledger.queries import data_of
from consultations.people.enums import Role
from consultations.people.models import Post
from consultations.proceedings import actions
from consultations.proceedings.enums import Source, Stage, Unsur
from consultations.proceedings.models import Consultation, Participant
from consultations.proceedings.rules import CommentsClosed
from consultations.standards.gates import GateClosed
from tests import build
from tests.build import TODAY


def entries(consultation) -> list[tuple]:
    found = Entry.objects.filter(log=consultation.log).order_by("seq")
    return [(entry.type, data_of(entry)) for entry in found]


def new_consultation(agency, actor=None, **kwargs):
    post = Post.objects.filter(agency=agency).first() or actions_post(agency)
    defaults = {
        "slug": "ktp",
        "title": build.text("KTP elektronik"),
        "purpose": build.text("Standar ini ditinjau."),
        "asked_by": post,
        "opens_at": TODAY,
        "closes_at": TODAY + timedelta(days=14),
        "answer_by": date(2026, 12, 20),
        "at": TODAY,
    }
    return actions.create_consultation(actor=actor, agency=agency, **defaults | kwargs)


def actions_post(agency):
    from consultations.people.actions import create_post

    return create_post(actor=None, agency=agency, title=build.text("Kepala"), at=TODAY)


class TestCreate:
    def test_opens_a_public_and_a_staff_log(self, agency, drafter):
        made = new_consultation(agency, drafter)

        made = Consultation.objects.select_related("log", "staff_log").get(pk=made.pk)
        assert made.stage == Stage.PREPARING
        assert str(made.log) == "consultation:ktp (public)"
        assert made.staff_log.twin == made.log

    @pytest.mark.parametrize("who", ["citizen", "moderator", "stranger"])
    def test_is_for_those_who_prepare(self, agency, who, request):
        with pytest.raises(Denied):
            new_consultation(agency, request.getfixturevalue(who))

        assert not Consultation.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"slug": "KTP Elektronik"}, "slug"),
            ({"slug": "a" * 81}, "slug"),
            ({"title": build.text("")}, "title"),
            ({"purpose": build.text("")}, "purpose"),
            ({"scope": "everything"}, "scope"),
            ({"closes_at": TODAY}, "closes_at"),
            ({"answer_by": date(2026, 12, 1)}, "answer_by"),
            ({"pseudonyms_allowed": False}, "pseudonyms_reason"),
        ],
    )
    def test_names_what_is_wrong(self, agency, wrong, field):
        with pytest.raises(Invalid) as refused:
            new_consultation(agency, **wrong)

        assert list(refused.value.errors) == [field]
        assert not Consultation.objects.exists()

    def test_an_address_is_given_once(self, consultation):
        with pytest.raises(Conflict) as refused:
            new_consultation(consultation.agency, slug=consultation.slug)

        assert list(refused.value.errors) == ["slug"]


class TestStages:
    def test_opening_is_recorded(self, agency, drafter):
        consultation = build.a_consultation(agency, is_open=False)
        assert consultation.stage == Stage.PREPARING

        actions.open_consultation(actor=drafter, consultation=consultation, at=TODAY)

        consultation.refresh_from_db()
        assert consultation.stage == Stage.OPEN
        assert entries(consultation)[-1] == ("consultation.opened", {})

    def test_opened_early_it_says_so(self, agency):
        consultation = build.a_consultation(agency, is_open=False)
        early = consultation.opens_at - timedelta(days=2)

        actions.open_consultation(actor=None, consultation=consultation, at=early)

        consultation.refresh_from_db()
        assert consultation.opens_at == early

    def test_after_the_last_day_it_cannot_be_opened(self, agency):
        consultation = build.a_consultation(agency, is_open=False)

        with pytest.raises(Invalid):
            actions.open_consultation(
                actor=None, consultation=consultation, at=TODAY + timedelta(days=8)
            )

    def test_it_is_opened_once(self, consultation, drafter):
        with pytest.raises(Conflict) as refused:
            actions.open_consultation(actor=drafter, consultation=consultation, at=TODAY)

        assert refused.value.code == "stage"

    def test_closed_early_the_record_has_the_announced_moment(self, consultation, drafter):
        announced = consultation.closes_at

        actions.close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        consultation.refresh_from_db()
        assert (consultation.stage, consultation.closes_at) == (Stage.CLOSED, TODAY)
        assert entries(consultation)[-1] == (
            "consultation.closed",
            {"announced": announced.isoformat()},
        )

    def test_closed_after_the_last_day_nothing_is_to_be_explained(self, consultation, drafter):
        late = consultation.closes_at + timedelta(days=1)

        actions.close_consultation(actor=drafter, consultation=consultation, at=late)

        assert entries(consultation)[-1] == ("consultation.closed", {})

    @pytest.mark.parametrize("who", ["citizen", "moderator", "answering_officer", "stranger"])
    def test_closing_is_for_those_who_prepare(self, consultation, who, request):
        with pytest.raises(Denied):
            actions.close_consultation(
                actor=request.getfixturevalue(who), consultation=consultation, at=TODAY
            )

        consultation.refresh_from_db()
        assert consultation.stage == Stage.OPEN


class TestConclude:
    def test_an_open_consultation_is_refused_with_what_is_missing(
        self, consultation, answering_officer
    ):
        with pytest.raises(GateClosed) as refused:
            actions.conclude_consultation(
                actor=answering_officer, consultation=consultation, at=TODAY
            )

        assert consultation.get_absolute_url() in [lack.url for lack in refused.value.lacks]
        assert Consultation.objects.get().stage == Stage.OPEN

    def test_without_anything_missing_it_is_concluded(
        self, consultation, drafter, answering_officer
    ):
        actions.close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        actions.conclude_consultation(actor=answering_officer, consultation=consultation, at=TODAY)

        concluded = Consultation.objects.get()
        assert (concluded.stage, concluded.concluded_at) == (Stage.CONCLUDED, TODAY)
        assert entries(consultation)[-1] == ("consultation.concluded", {})

    def test_an_unanswered_comment_keeps_it_open(self, consultation, drafter, answering_officer):
        build.a_comment(consultation)
        actions.close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        with pytest.raises(GateClosed) as refused:
            actions.conclude_consultation(
                actor=answering_officer, consultation=consultation, at=TODAY
            )

        assert [lack.count for lack in refused.value.lacks] == [1]

    def test_it_is_concluded_once(self, consultation, drafter, answering_officer):
        actions.close_consultation(actor=drafter, consultation=consultation, at=TODAY)
        actions.conclude_consultation(actor=answering_officer, consultation=consultation, at=TODAY)

        with pytest.raises(GateClosed):
            actions.conclude_consultation(
                actor=answering_officer, consultation=consultation, at=TODAY
            )

    @pytest.mark.parametrize("who", ["citizen", "moderator", "drafter", "stranger"])
    def test_concluding_is_for_those_who_answer(self, consultation, drafter, who, request):
        actions.close_consultation(actor=drafter, consultation=consultation, at=TODAY)

        with pytest.raises(Denied):
            actions.conclude_consultation(
                actor=request.getfixturevalue(who), consultation=consultation, at=TODAY
            )


class TestJoin:
    def test_somebody_has_one_voice(self, consultation, citizen):
        first = actions.join(user=citizen, consultation=consultation, at=TODAY)
        second = actions.join(user=citizen, consultation=consultation, at=TODAY)

        assert first == second
        assert (first.number, first.public_name, first.is_official) == (1, "Siti Rahmawati", False)

    def test_numbers_follow_one_another(self, consultation, citizen, other_citizen):
        numbers = [
            actions.join(user=user, consultation=consultation, at=TODAY).number
            for user in (citizen, other_citizen)
        ]

        assert numbers == [1, 2]

    def test_the_same_person_has_another_number_elsewhere(self, consultation, citizen):
        elsewhere = build.a_consultation()
        build.a_comment(elsewhere)

        here = actions.join(user=citizen, consultation=consultation, at=TODAY)
        there = actions.join(user=citizen, consultation=elsewhere, at=TODAY)

        assert (here.number, there.number) == (1, 2)

    def test_staff_speak_in_their_post(self, consultation, moderator):
        voice = actions.join(user=moderator, consultation=consultation, at=TODAY)

        assert voice.post == Post.objects.get(holdings__user=moderator)
        assert (voice.is_organiser, voice.is_official) == (True, True)

    def test_staff_of_another_agency_are_guests(self, consultation, stranger):
        voice = actions.join(user=stranger, consultation=consultation, at=TODAY)

        assert (voice.is_organiser, voice.post) == (False, None)

    def test_visitors_and_the_suspended_do_not_join(self, consultation, visitor, citizen):
        citizen.is_active = False

        for user in (visitor, citizen):
            with pytest.raises(Denied):
                actions.join(user=user, consultation=consultation, at=TODAY)

        assert not Participant.objects.exists()


class TestEnter:
    def test_a_voice_from_the_hall(self, consultation, note_taker):
        voice = actions.enter_participant(
            actor=note_taker,
            consultation=consultation,
            public_name="  Bu  Yati ",
            affiliation="PKK Kel. Candi",
            unsur=Unsur.CIVIL_SOCIETY,
            source=Source.HALL,
            at=TODAY,
        )

        assert (voice.user, voice.public_name, voice.source) == (None, "Bu Yati", Source.HALL)

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"public_name": " "}, "public_name"),
            ({"unsur": "neighbours"}, "unsur"),
            ({"source": Source.ONLINE}, "source"),
            ({"source": "pigeon"}, "source"),
            ({"affiliation": "x" * 121}, "affiliation"),
        ],
    )
    def test_names_what_is_wrong(self, consultation, note_taker, wrong, field):
        with pytest.raises(Invalid) as refused:
            actions.enter_participant(
                actor=note_taker,
                consultation=consultation,
                at=TODAY,
                **{"public_name": "Yati"} | wrong,
            )

        assert list(refused.value.errors) == [field]

    @pytest.mark.parametrize("who", ["citizen", "drafter", "stranger"])
    def test_is_for_note_takers_and_moderators(self, consultation, who, request):
        with pytest.raises(Denied):
            actions.enter_participant(
                actor=request.getfixturevalue(who),
                consultation=consultation,
                public_name="Yati",
                at=TODAY,
            )

    def test_only_while_it_is_under_way(self, agency):
        consultation = build.a_consultation(agency, is_open=False)
        note_taker = build.an_official(agency, Role.NOTE_TAKER)

        with pytest.raises(CommentsClosed):
            actions.enter_participant(
                actor=note_taker, consultation=consultation, public_name="Yati", at=TODAY
            )
