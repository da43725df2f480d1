"""Publishing and adopting: the gates, the entries, and what each of them ends."""

from datetime import date

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.queries import data_of
from consultations.people.enums import Role
from consultations.standards import actions, gates
from consultations.standards.digests import digest_revision
from consultations.standards.enums import RevisionState
from consultations.standards.models import Change, Placement, Wording
from consultations.standards.queries import Standing, revision_in_force, standing
from tests import build
from tests.build import TODAY

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def standard(agency):
    return build.a_standard(agency)


@pytest.fixture
def decree(agency):
    return actions.record_decree(
        actor=None, agency=agency, number="188/1/2026", dated_on=date(2026, 12, 1), at=TODAY
    )


def publish(revision, state, actor=None):
    return actions.publish_revision(actor=actor, revision=revision, state=state, at=TODAY)


def adopt(revision, decree, effective_on=NEW_YEAR, actor=None, **kwargs):
    return actions.adopt_revision(
        actor=actor, revision=revision, decree=decree, effective_on=effective_on, at=TODAY, **kwargs
    )


def entries(standard):
    return [
        (entry.type, entry.subject, data_of(entry))
        for entry in standard.log.entries.order_by("seq")
    ]


def next_draft(revision, body=None, **reason):
    draft = actions.start_working_draft(
        actor=None, standard=revision.standard, based_on=revision, at=TODAY
    )
    if body:
        wording = build.a_wording(draft, "2.1")
        actions.reword_clause(
            actor=None,
            revision=draft,
            clause=wording.placement.clause,
            language="id",
            body=body,
            expected_digest=wording.digest,
            at=TODAY,
            **{"reason_kind": "law", "reason": "UU baru."} | reason,
        )
    return draft


def test_publish_revision(standard, drafter):
    draft = build.a_working_draft(standard)

    publish(draft, RevisionState.CONSULTED, drafter)

    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == (RevisionState.CONSULTED, TODAY)
    assert draft.digest == digest_revision(Placement.objects.filter(revision=draft))
    assert entries(standard) == [
        (
            "revision.published",
            "revision:1",
            {"number": 1, "state": "consulted", "digest": draft.digest},
        )
    ]


def test_publish_revision_finalises_what_was_consulted_on(standard):
    revision = build.a_revision(standard)
    digest = revision.digest

    publish(revision, RevisionState.FINALISED)

    assert (revision.state, revision.digest) == (RevisionState.FINALISED, digest)
    assert [data["state"] for _t, _s, data in entries(standard)] == ["consulted", "finalised"]


@pytest.mark.parametrize("state", ["consulted", "working", "adopted", "nonsense"])
def test_publish_revision_in_the_wrong_stage_is_refused(standard, state):
    revision = build.a_revision(standard)

    with pytest.raises((Conflict, Invalid)):
        publish(revision, state)

    assert len(entries(standard)) == 1


@pytest.mark.parametrize(
    ("role", "may_publish", "may_adopt"),
    [
        (Role.DRAFTER, True, False),
        (Role.APPROVER, True, True),
        (Role.SIGNATORY, False, True),
        (Role.ADMINISTRATOR, True, True),
        (Role.ANSWERING_OFFICER, False, False),
        (Role.MODERATOR, False, False),
        (Role.NOTE_TAKER, False, False),
    ],
)
def test_who_may_publish_and_adopt(standard, agency, decree, role, may_publish, may_adopt):
    actor = build.an_official(agency, role)
    revision = build.a_revision(standard)

    for may, act in (
        (may_publish, lambda by: publish(revision, "finalised", by)),
        (may_adopt, lambda by: adopt(revision, decree, actor=by)),
    ):
        if not may:
            with pytest.raises(Denied):
                act(actor)
            act(None)
        else:
            act(actor)


def test_strangers_neither_publish_nor_adopt_nor_record(
    standard, agency, decree, stranger, citizen, visitor
):
    draft = build.a_working_draft(standard)

    for actor in (stranger, citizen, visitor):
        with pytest.raises(Denied):
            publish(draft, "consulted", actor)
        with pytest.raises(Denied):
            adopt(draft, decree, actor=actor)
        with pytest.raises(Denied):
            actions.record_decree(
                actor=actor, agency=agency, number="1", dated_on=NEW_YEAR, at=TODAY
            )

    assert not entries(standard)


def test_gate_of_publication_wants_words_in_the_first_language(standard):
    draft = build.a_working_draft(standard)
    Wording.objects.filter(placement__revision=draft, placement__label="3.1").update(language="en")

    with pytest.raises(gates.GateClosed) as refusal:
        publish(draft, "consulted")

    assert [lack.count for lack in refusal.value.lacks] == [1]
    assert "3.1" in refusal.value.message
    assert refusal.value.status == 409


def test_gate_of_publication_wants_reasons(standard):
    draft = next_draft(build.a_revision(standard), "Kata lain.")
    Change.objects.filter(revision=draft).update(reason="")

    with pytest.raises(gates.GateClosed) as refusal:
        publish(draft, "consulted")

    assert refusal.value.lacks[0].url == gates.place_to_mend(draft)


def test_gate_of_publication_wants_a_clause(standard):
    draft = actions.start_working_draft(actor=None, standard=standard, based_on=None, at=TODAY)

    with pytest.raises(gates.GateClosed):
        publish(draft, "consulted")


def test_adopt_revision(standard, decree, signatory):
    revision = build.a_revision(standard, RevisionState.FINALISED)

    adopt(revision, decree, annex_number="III", actor=signatory)

    revision.refresh_from_db()
    assert (revision.state, revision.decree) == (RevisionState.ADOPTED, decree)
    assert standing(revision, on=date(2026, 12, 31)) == Standing.COMING
    assert standing(revision, on=NEW_YEAR) == Standing.IN_FORCE
    assert revision_in_force(standard, on=date(2026, 12, 31)) is None
    assert entries(standard)[-1] == (
        "revision.adopted",
        "revision:1",
        {"number": 1, "decree": "188/1/2026", "annex": "III", "effective_on": "2027-01-01"},
    )


def test_adopt_revision_ends_the_one_before_on_its_day(standard, decree):
    first = adopt(build.a_revision(standard, "finalised"), decree, date(2026, 1, 1))
    consulted = publish(next_draft(first, "Kata lain."), "consulted")
    last = publish(next_draft(consulted, "Kata akhir."), "finalised")

    adopt(last, decree)

    for revision in (first, consulted):
        revision.refresh_from_db()
    on = date(2026, 12, 31)
    assert [standing(r, on=on) for r in (first, consulted, last)] == [
        Standing.IN_FORCE, Standing.NEVER_ADOPTED, Standing.COMING,
    ]  # fmt: skip
    assert [standing(r, on=NEW_YEAR) for r in (first, last)] == [
        Standing.SUPERSEDED, Standing.IN_FORCE,
    ]  # fmt: skip
    assert revision_in_force(standard, on=on) == first
    assert revision_in_force(standard, on=NEW_YEAR) == last
    ended = [data for type, _s, data in entries(standard) if type == "revision.superseded"]
    assert ended == [
        {"number": 1, "by": 3, "superseded_on": "2027-01-01"},
        {"number": 2, "by": 3, "superseded_on": None},
    ]


def test_adopt_revision_before_the_one_in_force_is_refused(standard, decree):
    first = adopt(build.a_revision(standard, "finalised"), decree)
    draft = publish(next_draft(first, "Kata lain."), "finalised")

    with pytest.raises(Conflict) as refusal:
        adopt(draft, decree, NEW_YEAR)

    assert refusal.value.code == "too_early"


def test_gate_of_coming_into_force_lists_all_that_is_missing(standard, decree, in_english):
    first = adopt(build.a_revision(standard, "finalised"), decree)
    draft = next_draft(first, "Kata lain.")
    third = build.a_wording(draft, "3.1")
    actions.delete_clause(
        actor=None, revision=draft, clause=third.placement.clause, expected_digest=third.digest,
        reason_kind="law", reason="UU baru.", at=TODAY,
    )  # fmt: skip
    publish(draft, "finalised")
    Change.objects.filter(revision=draft, operation="reword").delete()

    with pytest.raises(gates.GateClosed) as refusal:
        adopt(draft, decree, date(2027, 2, 1))

    assert [lack.message for lack in refusal.value.lacks] == [
        "2 of 3 components; missing: Fee.",
        "Nobody said why these clauses differ from revision 1: 2.1.",
    ]
    draft.refresh_from_db()
    assert draft.state == RevisionState.FINALISED


def test_gate_of_coming_into_force_before_anything_is_known(standard, in_english):
    found = gates.lacks(gates.coming_into_force, build.a_working_draft(standard))

    assert [lack.message for lack in found] == [
        "Finalise the revision first; it is: Working draft.",
        "Name the decree that adopts it.",
    ]


def test_decree_of_another_agency_is_refused_and_that_of_its_government_is_not():
    government = build.an_agency()
    unit = build.an_agency(parent=government)
    revision = build.a_revision(build.a_standard(unit), "finalised")

    def decree_of(agency):
        return actions.record_decree(
            actor=None, agency=agency, number="1", dated_on=date(2026, 12, 1), at=TODAY
        )

    with pytest.raises(Invalid):
        adopt(revision, decree_of(build.an_agency()))
    assert adopt(revision, decree_of(government)).state == RevisionState.ADOPTED


def test_record_decree_twice_is_one_decree(agency, decree):
    again = actions.record_decree(
        actor=None, agency=agency, number="188/1/2026", dated_on=date(2026, 12, 1), at=TODAY
    )

    assert again == decree


def test_history_is_loaded_by_the_program_alone(standard, decree, signatory):
    draft = build.a_working_draft(standard)
    third = build.a_wording(draft, "3.1")
    actions.delete_clause(
        actor=None, revision=draft, clause=third.placement.clause, expected_digest=third.digest,
        reason_kind="as_published", reason="Hanya dua komponen.", at=TODAY,
    )  # fmt: skip
    publish(draft, "finalised")

    with pytest.raises(gates.GateClosed):
        adopt(draft, decree, actor=signatory, is_history=True)
    adopt(draft, decree, is_history=True)


def test_supersede_revision(standard, drafter):
    revision = build.a_revision(standard)

    actions.supersede_revision(actor=drafter, revision=revision, at=TODAY)

    assert standing(revision, on=NEW_YEAR) == Standing.NEVER_ADOPTED
    with pytest.raises(Conflict):
        actions.supersede_revision(actor=drafter, revision=revision, at=TODAY)


def test_create_standard_twice_is_refused(standard):
    with pytest.raises(Conflict):
        actions.create_standard(
            actor=None, service=standard.service, component_set=standard.component_set, at=TODAY
        )


def test_render_words_anew(standard):
    revision = build.a_revision(standard)
    words = Wording.objects.filter(placement__revision=revision)
    words.update(renderer_version=0, html="<p>old</p>")

    assert actions.render_words_anew() == 3
    assert build.a_wording(revision, "3.1").html == f"<p>{build.WORDS['fee']}</p>"
    assert actions.render_words_anew() == 0
