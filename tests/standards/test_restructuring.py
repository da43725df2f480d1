"""Splitting and merging: identities, ancestry, words."""

import pytest

from consultations.kernel.errors import Conflict, Invalid
from consultations.standards import actions
from consultations.standards.enums import Operation
from consultations.standards.models import ClauseAncestry, Revision
from consultations.standards.queries import clauses_now
from tests import build
from tests.standards.drafts import WHY, a_draft, clause, digest, insert, outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency) -> Revision:
    return a_draft(agency)


def test_split_clause_keeps_ancestry(draft):
    whole = clause(draft, "1.1")

    change = actions.split_clause(
        actor=None,
        revision=draft,
        clause=whole,
        parts=["Menunjukkan Kartu Keluarga.", "Fotokopi tidak diminta."],
        expected_digest=digest(draft, "1.1"),
        **WHY,
    )

    assert [label for label, _ in outline(draft)] == ["1.1", "1.2", "2.1", "3.1"]
    assert clause(draft, "1.1") == whole
    ancestry = ClauseAncestry.objects.get()
    assert (ancestry.ancestor, ancestry.descendant) == (whole, clause(draft, "1.2"))
    assert (ancestry.operation, ancestry.revision) == (Operation.SPLIT, draft)
    assert change.after == "Menunjukkan Kartu Keluarga.\n\nFotokopi tidak diminta."


def test_merge_clauses_keeps_ancestry_and_other_languages(draft):
    first, second = clause(draft, "1.1"), clause(draft, "2.1")
    for each, body in ((first, "First."), (second, "Second.")):
        actions.reword_clause(
            actor=None, revision=draft, clause=each, language="en", body=body,
            expected_digest="", **WHY,
        )  # fmt: skip

    change = actions.merge_clauses(
        actor=None,
        revision=draft,
        clauses=[first, second],
        body="Keduanya.",
        expected_digests={first.pk: digest(draft, "1.1"), second.pk: digest(draft, "2.1")},
        **WHY,
    )

    assert outline(draft) == [("1.1", "Keduanya."), ("3.1", "Tidak")]
    assert build.a_wording(draft, "1.1", "en").body == "First.\n\nSecond."
    ancestry = ClauseAncestry.objects.get()
    assert (ancestry.ancestor, ancestry.descendant) == (second, first)
    assert change.before == f"{build.WORDS['requirements']}\n\n{build.WORDS['time']}"


def test_split_clause_into_one_part_or_twice_is_refused(draft):
    def split(parts):
        actions.split_clause(
            actor=None,
            revision=draft,
            clause=clause(draft, "1.1"),
            parts=parts,
            expected_digest=digest(draft, "1.1"),
            **WHY,
        )

    with pytest.raises(Invalid):
        split(["Satu."])
    split(["Satu.", "Dua."])
    with pytest.raises(Conflict):
        split(["Tiga.", "Empat."])


def test_merge_clauses_refuses_one_clause_and_words_that_changed(draft):
    first, second = clause(draft, "1.1"), clause(draft, "2.1")

    with pytest.raises(Invalid):
        actions.merge_clauses(
            actor=None, revision=draft, clauses=[first, first], body="x", expected_digests={}, **WHY
        )
    with pytest.raises(actions.WordsChanged):
        actions.merge_clauses(
            actor=None,
            revision=draft,
            clauses=[first, second],
            body="x",
            expected_digests={first.pk: digest(draft, "1.1")},
            **WHY,
        )
    assert draft.placements.count() == 3


def split_in_two(draft, label="1.1"):
    actions.split_clause(
        actor=None,
        revision=draft,
        clause=clause(draft, label),
        parts=["Satu.", "Dua."],
        expected_digest=digest(draft, label),
        **WHY,
    )


def merge(draft, *labels):
    return actions.merge_clauses(
        actor=None,
        revision=draft,
        clauses=[clause(draft, label) for label in labels],
        body="Digabung.",
        expected_digests={clause(draft, label).pk: digest(draft, label) for label in labels},
        **WHY,
    )


@pytest.mark.parametrize("order", [("1.1", "1.2"), ("1.2", "1.1")])
def test_a_part_of_this_draft_goes_back_to_the_clause_it_came_from(draft, order):
    whole = clause(draft, "1.1")
    split_in_two(draft)

    change = merge(draft, *order)

    assert change.clause == whole
    assert [label for label, _ in outline(draft)] == ["1.1", "2.1", "3.1"]
    ancestry = ClauseAncestry.objects.get()
    assert (ancestry.ancestor, ancestry.operation) == (whole, Operation.SPLIT)


@pytest.mark.parametrize("order", [("1.1", "1.2"), ("1.2", "1.1")])
def test_a_published_part_outlives_the_clause_it_came_from(draft, order):
    """What was said on either leads to it, and lineage does not run in a circle."""
    whole = clause(draft, "1.1")
    split_in_two(draft)
    part = clause(draft, "1.2")
    published = actions.publish_revision(
        actor=None, revision=draft, state="consulted", at=build.TODAY
    )
    later = actions.start_working_draft(
        actor=None, standard=published.standard, based_on=published, at=build.TODAY
    )

    change = merge(later, *order)

    assert change.clause == part
    heirs = clauses_now([whole.pk, part.pk], later, "id")
    assert {now.clause_id for found in heirs.values() for now in found} == {part.pk}
    assert ClauseAncestry.objects.count() == 1


def test_what_was_published_stays_when_it_is_merged_into_something_new(draft):
    new = insert(draft, 1, "Baru.", position=1).clause
    old = clause(draft, "1.2")

    change = merge(draft, "1.1", "1.2")

    assert change.clause == old
    ancestry = ClauseAncestry.objects.get()
    assert (ancestry.ancestor, ancestry.descendant) == (new, old)


def test_a_split_whose_part_was_merged_is_not_undone(draft):
    split_in_two(draft)
    split = draft.changes.get()
    merge(draft, "2.1", "1.2")

    with pytest.raises(actions.ChangedSince):
        actions.revert_change(actor=None, change=split, at=build.TODAY)
    assert [label for label, _ in outline(draft)] == ["1.1", "2.1", "3.1"]
