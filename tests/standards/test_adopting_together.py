"""One decree adopts many: those that are ready, or all or none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.standards import actions
from consultations.standards.enums import RevisionState
from consultations.standards.models import Change, Revision
from consultations.standards.queries import Standing, standing
from tests import build
from tests.build import TODAY
from tests.standards.keeping import NEW_YEAR, a_decree, adopt, finalised_after, fresh, in_force

pytestmark = pytest.mark.django_db


def together(agency, revisions, actor=None, *, all_or_none=True, numbers=()):
    numbers = numbers or [str(n) for n in range(1, len(revisions) + 1)]
    return actions.adopt_together(
        actor=actor,
        decree=a_decree(agency),
        annexes=[actions.Annex(*pair) for pair in zip(revisions, numbers, strict=True)],
        effective_on=NEW_YEAR,
        all_or_none=all_or_none,
        at=TODAY,
    )


def finalised(agency, count):
    return [build.a_revision(build.a_standard(agency), "finalised") for _n in range(count)]


def not_ready(agency) -> Revision:
    """Nobody said why its words differ from what is in force."""
    revision = finalised_after(in_force(agency))
    Change.objects.filter(revision=revision).delete()
    return revision


def states(revisions):
    found = Revision.objects.in_bulk([revision.pk for revision in revisions])
    return [found[revision.pk].state for revision in revisions]


def test_all_at_once_with_their_annexes(agency, signatory):
    revisions = finalised(agency, 3)

    adoption = together(agency, revisions, signatory, numbers=["I", "II", ""])

    assert adoption.left_out == ()
    rows = Revision.objects.filter(decree__number="188/1/2026").order_by("pk")
    assert [(row.annex_number, row.effective_on, row.state) for row in rows] == [
        ("I", NEW_YEAR, "adopted"),
        ("II", NEW_YEAR, "adopted"),
        ("", NEW_YEAR, "adopted"),
    ]
    types = [list(r.standard.log.entries.values_list("type", flat=True)) for r in revisions]
    assert types == [["revision.published", "revision.adopted"]] * 3
    assert fresh(revisions[0].standard).review_due_on == date(2028, 1, 1)


def test_all_or_none_adopts_none_when_one_lacks_something(agency, in_english):
    revisions = [*finalised(agency, 2), not_ready(agency)]

    with pytest.raises(actions.NotAllReady) as refusal:
        together(agency, revisions)

    [(revision, lacks)] = refusal.value.adoption.left_out
    assert revision == revisions[2]
    assert [lack.message for lack in lacks] == [
        "Nobody said why these clauses differ from revision 1: 2.1."
    ]
    assert states(revisions) == ["finalised"] * 3


def test_otherwise_those_that_are_ready(agency):
    revisions = [*finalised(agency, 1), not_ready(agency)]

    adoption = together(agency, revisions, all_or_none=False)

    assert adoption.adopted == (revisions[0],)
    assert [revision for revision, _lacks in adoption.left_out] == [revisions[1]]
    assert states(revisions) == ["adopted", "finalised"]


def test_what_began_later_is_not_ended(agency, in_english):
    revision = finalised_after(in_force(agency, date(2027, 3, 1)))

    with pytest.raises(actions.NotAllReady) as refusal:
        together(agency, [revision], all_or_none=False)

    [(_revision, [lack])] = refusal.value.adoption.left_out
    assert "comes into force on 2027-03-01" in lack.message


def test_preview_says_what_each_would_end_and_changes_nothing(agency):
    holds = in_force(agency)
    forgotten = finalised_after(holds, "Tidak jadi.")
    revision = finalised_after(forgotten, "Kata akhir.")

    found = actions.check_together(a_decree(agency), [actions.Annex(revision, "I")], NEW_YEAR)

    assert [(e.revision, e.on) for e in found.ended[revision.pk]] == [
        (holds, NEW_YEAR),
        (forgotten, None),
    ]
    assert states([holds, forgotten, revision]) == ["adopted", "finalised", "finalised"]


def test_a_final_draft_that_was_passed_over_is_done_with(agency):
    holds = in_force(agency)
    forgotten = finalised_after(holds, "Tidak jadi.")
    revision = finalised_after(forgotten, "Kata akhir.")

    together(agency, [revision])

    forgotten.refresh_from_db()
    assert forgotten.state == RevisionState.SUPERSEDED
    assert standing(forgotten, on=NEW_YEAR) == Standing.NEVER_ADOPTED


def test_nonsense_is_refused(agency):
    revision = finalised(agency, 1)[0]
    second = finalised_after(revision)

    for revisions, numbers in (
        ([], []),
        ([revision, second], ["1", "2"]),
        (finalised(agency, 2), ["1", "1"]),
        ([revision], ["x" * 21]),
    ):
        with pytest.raises(Invalid):
            together(agency, revisions, numbers=numbers)
    assert states([revision, second]) == ["finalised"] * 2


def test_others_adopt_nothing(agency, drafter, stranger, citizen):
    revisions = finalised(agency, 1)

    for actor in (drafter, stranger, citizen):
        with pytest.raises(Denied):
            together(agency, revisions, actor)
    assert states(revisions) == ["finalised"]


def test_as_many_queries_for_each_whatever_their_number(agency, signatory):
    def queries(count):
        revisions = finalised(agency, count)
        with CaptureQueriesContext(connection) as found:
            together(agency, revisions, signatory)
        return len(found)

    a_decree(agency)
    few, more = queries(2), queries(6)

    assert (more - few) % 4 == 0
    assert (more - few) // 4 <= 16


def test_what_was_superseded_is_never_adopted_again(agency):
    first = in_force(agency)
    adopt(finalised_after(first), NEW_YEAR)

    with pytest.raises(Conflict) as refusal:
        adopt(first, date(2027, 3, 1), is_history=True)

    assert refusal.value.code == "wrong_state"
