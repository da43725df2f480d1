"""Two people at once: they take turns, and the second finds out."""

import pytest

from consultations.standards import actions
from consultations.standards.models import Revision
from tests import build
from tests.build import TODAY
from tests.standards.keeping import DAY, NEW_YEAR, a_decree, in_force
from tests.support.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft():
    base = build.a_revision()
    return actions.start_working_draft(actor=None, standard=base.standard, based_on=base, at=TODAY)


def fresh(draft) -> Revision:
    return Revision.objects.select_related("standard__log").get(pk=draft.pk)


def reword(draft, body, label="2.1"):
    wording = build.a_wording(draft, label)
    revision = fresh(draft)

    def act():
        actions.reword_clause(
            actor=None, revision=revision, clause=wording.placement.clause, language="id",
            body=body, expected_digest=wording.digest, reason_kind="editorial", reason="Jelas.",
            at=TODAY,
        )  # fmt: skip

    return act


def test_the_same_words_edited_at_once_change_once(draft):
    ends = at_once(*(reword(draft, f"Kata {n}.") for n in range(4)))

    assert ends == ["done", "words_changed", "words_changed", "words_changed"]
    assert draft.changes.count() == 1


def test_other_words_edited_at_once_all_change(draft):
    ends = at_once(*(reword(draft, "Kata lain.", label) for label in ("1.1", "2.1", "3.1")))

    assert ends == ["done"] * 3
    draft.refresh_from_db()
    assert draft.version == 3


def test_clauses_added_at_once_have_numbers_of_their_own(draft):
    component = draft.standard.component_set.components.get(number=1)

    def insert(n):
        revision = fresh(draft)
        return lambda: actions.insert_clause(
            actor=None, revision=revision, component=component, body=f"Syarat {n}.",
            reason_kind="editorial", reason="Kurang.", at=TODAY,
        )  # fmt: skip

    assert at_once(*(insert(n) for n in range(4))) == ["done"] * 4
    labels = draft.placements.filter(component=component).values_list("label", flat=True)
    assert sorted(labels) == [f"1.{n}" for n in range(1, 6)]


def test_an_edit_while_it_is_published_is_in_it_or_refused(draft):
    published = fresh(draft)

    ends = at_once(
        reword(draft, "Kata lain."),
        lambda: actions.publish_revision(
            actor=None, revision=published, state="consulted", at=TODAY
        ),
    )

    assert ends in (["done", "done"], ["done", "frozen_revision"])
    changed = build.a_wording(draft, "2.1").body == "Kata lain."
    assert changed is (ends == ["done", "done"])
    assert draft.changes.exists() is changed


def test_drafts_started_at_once_are_one(draft):
    base = build.a_revision()

    def start():
        standard = fresh(base).standard
        return lambda: actions.start_working_draft(
            actor=None, standard=standard, based_on=base, at=TODAY
        )

    assert at_once(start(), start()) == ["done", "draft_exists"]


def test_a_revision_adopted_at_once_by_two_decrees_is_adopted_by_one():
    revision = build.a_revision(state="finalised")
    agency = revision.standard.service.agency
    decrees = [a_decree(agency, number) for number in ("1", "2")]

    def adopt_by(decree):
        mine = fresh(revision)
        return lambda: actions.adopt_revision(
            actor=None, revision=mine, decree=decree, effective_on=NEW_YEAR, at=TODAY
        )

    assert at_once(*(adopt_by(decree) for decree in decrees)) == ["done", "wrong_state"]
    assert revision.standard.log.entries.filter(type="revision.adopted").count() == 1


def test_many_adopted_together_from_both_ends_never_wait_for_each_other():
    agency = build.an_agency()
    revisions = [build.a_revision(build.a_standard(agency), "finalised") for _n in range(4)]
    decree = a_decree(agency)

    def together(order):
        mine = [actions.Annex(fresh(revision)) for revision in order]
        return lambda: actions.adopt_together(
            actor=None, decree=decree, annexes=mine, effective_on=NEW_YEAR, all_or_none=True,
            at=TODAY,
        )  # fmt: skip

    ends = at_once(together(revisions), together(revisions[::-1]))

    assert ends == ["done", "not_all_ready"]
    assert {fresh(revision).state for revision in revisions} == {"adopted"}


def test_adopted_while_it_is_withdrawn_is_withdrawn_in_the_end_or_never_was():
    revision = build.a_revision(state="finalised")
    decree = a_decree(revision.standard.service.agency)
    one, other = fresh(revision), fresh(revision)

    ends = at_once(
        lambda: actions.adopt_revision(
            actor=None, revision=one, decree=decree, effective_on=NEW_YEAR, at=TODAY
        ),
        lambda: actions.withdraw_revision(
            actor=None, revision=other, withdrawn_on=DAY, reason="Batal.", at=TODAY
        ),
    )

    assert ends in (["done", "done"], ["done", "wrong_state"])
    assert fresh(revision).state == "withdrawn"
    assert fresh(revision).standard.review_due_on is None


def test_coming_into_force_is_told_by_one_of_several_processes():
    revision = build.a_revision(state="finalised")
    decree = a_decree(revision.standard.service.agency)
    actions.adopt_revision(actor=None, revision=revision, decree=decree, effective_on=DAY, at=TODAY)

    def announce():
        return actions.announce_coming_into_force(at=TODAY)

    assert at_once(announce, announce, announce) == ["done"] * 3
    assert revision.standard.log.entries.filter(type="revision.in_force").count() == 1


def test_the_same_review_sent_twice_at_once_is_one():
    revision = in_force()

    def review():
        standard = fresh(revision).standard
        return lambda: actions.record_review(
            actor=None, standard=standard, result="unchanged", note="Tetap.", at=TODAY
        )

    assert at_once(review(), review()) == ["done", "done"]
    assert revision.standard.reviews.count() == 1
