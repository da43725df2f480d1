"""Passages that standards share: versions, who uses them, taking over and keeping one's own."""

import pytest

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.standards import actions
from consultations.standards.enums import Operation
from consultations.standards.models import Change, SharedPassageUse
from consultations.standards.queries.passages import offer_for, users_of
from tests import build
from tests.build import TODAY
from tests.standards.drafts import WHY, a_draft, clause, component, digest

pytestmark = pytest.mark.django_db

WORDS = LocalizedText({"id": "Pengaduan ke SP4N-LAPOR! atau loket.", "en": "Complain here."})


@pytest.fixture
def draft(agency):
    return a_draft(agency)


@pytest.fixture
def passage(agency, drafter, draft):
    return actions.create_passage(
        actor=drafter,
        agency=agency,
        component=component(draft, 3),
        name="Saluran pengaduan dinas",
        body=WORDS,
        at=TODAY,
    )


def use(draft, passage, actor=None, label="3.1", **changed):
    given = {"expected_digests": {"id": digest(draft, label)}} | WHY | changed
    return actions.use_passage(
        actor=actor, revision=draft, clause=clause(draft, label), passage=passage, **given
    )


def revise(passage, body="Pengaduan ke nomor 0812.", **changed):
    given = {"reason": "Nomor baru.", "expected_number": 1, "at": TODAY} | changed
    return actions.revise_passage(
        actor=None, passage=passage, body=LocalizedText({"id": body}), **given
    )


def offer(draft, label="3.1"):
    return offer_for(draft.placements.get(label=label))


def test_create_passage_begins_with_version_one(passage, drafter):
    version = passage.versions.get()

    assert (version.number, version.body, version.made_by) == (1, WORDS, drafter)


def test_create_passage_refuses_a_name_twice_and_no_words(passage, agency, draft):
    def create(name, body):
        actions.create_passage(
            actor=None, agency=agency, component=component(draft, 3), name=name, body=body,
            at=TODAY,
        )  # fmt: skip

    with pytest.raises(Conflict):
        create(passage.name, WORDS)
    with pytest.raises(Invalid):
        create("Lain", LocalizedText({"id": "  "}))
    with pytest.raises(Invalid):
        create(" ", WORDS)


def test_revise_passage_makes_the_next_version_for_whoever_saw_the_newest(passage):
    assert revise(passage).number == 2
    with pytest.raises(actions.PassageChanged) as refusal:
        revise(passage, "Lain lagi.")
    assert refusal.value.newest.number == 2
    with pytest.raises(Invalid):
        revise(passage, expected_number=2)  # the same words
    with pytest.raises(Invalid):
        revise(passage, "Lain lagi.", reason="", expected_number=2)


def test_use_passage_rewords_the_clause_with_its_reason(draft, passage, drafter):
    used = use(draft, passage, drafter)

    assert (used.version.number, used.is_declined) == (1, False)
    assert build.a_wording(draft, "3.1").body == WORDS["id"]
    assert build.a_wording(draft, "3.1", "en").body == WORDS["en"]
    made = Change.objects.filter(revision=draft)
    assert {(c.operation, c.reason, c.made_by) for c in made} == {
        (Operation.REWORD, "Lebih jelas.", drafter)
    }


def test_use_passage_changes_no_words_that_are_the_same(draft, passage):
    use(draft, passage)
    before = Change.objects.count()

    use(draft, passage)

    assert Change.objects.count() == before


def test_use_passage_never_writes_over_a_colleague(draft, passage):
    with pytest.raises(actions.WordsChanged):
        use(draft, passage, expected_digests={"id": "0" * 64})
    assert not SharedPassageUse.objects.exists()
    assert build.a_wording(draft, "3.1").body == build.WORDS["fee"]


def test_use_passage_is_of_the_same_component_and_agency(draft, passage, stranger):
    with pytest.raises(Invalid):
        use(draft, passage, label="2.1")
    with pytest.raises(Invalid):
        use(a_draft(build.an_agency()), passage)
    with pytest.raises(Denied):
        use(draft, passage, stranger)


def test_a_new_version_is_offered_until_it_is_taken(draft, passage):
    use(draft, passage)
    assert not offer(draft).is_new

    revise(passage)

    offered = offer(draft)
    assert offered.is_new
    assert [(each.now, each.offered) for each in offered.languages] == [
        (WORDS["id"], "Pengaduan ke nomor 0812.")
    ]
    use(draft, passage)
    assert not offer(draft).is_new
    assert build.a_wording(draft, "3.1").body == "Pengaduan ke nomor 0812."


def test_a_declined_version_is_not_offered_and_the_next_one_is(draft, passage):
    used = use(draft, passage)
    second = revise(passage)

    actions.decline_version(actor=None, use=used, version=second, at=TODAY)

    assert not offer(draft).is_new
    assert build.a_wording(draft, "3.1").body == WORDS["id"]
    with pytest.raises(Conflict):
        actions.decline_version(actor=None, use=used, version=passage.versions.first(), at=TODAY)
    revise(passage, "Versi ketiga.", expected_number=2)
    assert offer(draft).is_new


def test_leaving_a_passage_keeps_the_words(draft, passage):
    used = use(draft, passage)

    actions.leave_passage(actor=None, use=used, at=TODAY)

    assert offer(draft) is None
    assert build.a_wording(draft, "3.1").body == WORDS["id"]


def test_users_of_a_passage_with_the_version_each_has(agency, draft, passage):
    other = a_draft(agency)
    use(draft, passage)
    use(other, passage)
    newest = revise(passage)
    use(other, passage)

    users = users_of(passage, newest)

    assert {(user.draft.pk, user.label, user.is_behind) for user in users} == {
        (draft.pk, "3.1", True),
        (other.pk, "3.1", False),
    }
