"""The register, a revision as a document, comparison and lineage."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.errors import Missing
from consultations.standards import actions
from consultations.standards.models import Revision
from consultations.standards.queries import (
    ClauseKind,
    changes_between,
    clause_steps,
    clauses_now,
    get_revision,
    get_standard,
    register_row,
    revision_document,
    unexplained_labels,
)
from tests import build
from tests.build import TODAY

pytestmark = pytest.mark.django_db
WHY = {"reason_kind": "law", "reason": "UU baru.", "at": TODAY}


@pytest.fixture
def base(agency) -> Revision:
    return build.a_revision(build.a_standard(agency))


@pytest.fixture
def draft(base) -> Revision:
    return actions.start_working_draft(actor=None, standard=base.standard, based_on=base, at=TODAY)


def insert(draft, number, body, **kwargs):
    component = draft.standard.component_set.components.get(number=number)
    return actions.insert_clause(
        actor=None, revision=draft, component=component, body=body, **WHY | kwargs
    )


def reword(draft, label, body, language="id"):
    placement = draft.placements.get(label=label)
    wording = placement.wordings.filter(language=language).first()
    return actions.reword_clause(
        actor=None, revision=draft, clause=placement.clause, language=language, body=body,
        expected_digest=wording.digest if wording else "", **WHY,
    )  # fmt: skip


def on_clause(act, draft, label, **kwargs):
    wording = build.a_wording(draft, label)
    return act(
        actor=None, revision=draft, clause=wording.placement.clause,
        expected_digest=wording.digest, **kwargs, **WHY,
    )  # fmt: skip


def told(old, new, language="id"):
    return [
        (change.kind.value, change.label_before, change.label_after, change.is_moved)
        for change in changes_between(old, new, language)
    ]


def test_revision_document(draft):
    insert(draft, 1, "Kedua.", heading="Judul")
    reword(draft, "2.1", "Within *3* days.", "en")

    document = revision_document(draft, "en")

    assert [(part.number, part.name, len(part.clauses)) for part in document.components] == [
        (1, "Requirements", 2), (2, "Time", 1), (3, "Fee", 1),
    ]  # fmt: skip
    first, second, time, _fee = document.clauses
    assert (first.label, first.language, first.plain) == ("1.1", "id", build.WORDS["requirements"])
    assert (second.heading, second.dom_id, second.depth) == ("Judul", "c-1-2", 0)
    assert (time.language, time.plain, str(time.html)) == (
        "en", "Within 3 days.", "<p>Within <em>3</em> days.</p>",
    )  # fmt: skip
    assert (document.filled, document.management) == (3, [])


def test_labels_are_read_as_numbers(draft):
    for number in range(10):
        insert(draft, 1, f"Syarat {number}.")

    labels = [clause.label for clause in revision_document(draft, "id").clauses]

    assert labels == [*(f"1.{n}" for n in range(1, 12)), "2.1", "3.1"]


def test_changes_between_tells_each_kind(base, draft):
    insert(draft, 1, "Baru.", position=1)
    reword(draft, "2.1", "Paling lama 5 (lima) hari.")
    on_clause(actions.delete_clause, draft, "3.1")

    assert told(base, draft) == [
        ("inserted", "", "1.1", False),
        ("same", "1.1", "1.2", False),
        ("reworded", "2.1", "2.1", False),
        ("deleted", "3.1", "", False),
    ]
    changed = changes_between(base, draft, "id")[2]
    assert (changed.before, changed.after) == (build.WORDS["time"], "Paling lama 5 (lima) hari.")
    assert [(change.reason_kind, change.reason) for change in changed.changes] == [
        ("law", "UU baru.")
    ]
    assert not unexplained_labels(base, draft)


def test_changes_between_tells_what_changed_in_figures_alone(base, draft):
    target = {"kind": "time", "value": 3, "unit": "days"}
    clause = draft.placements.get(label="2.1").clause
    actions.set_target(actor=None, revision=draft, clause=clause, target=target, at=TODAY)

    assert told(base, draft)[1] == ("figures", "2.1", "2.1", False)
    changed = changes_between(base, draft, "id")[1]
    assert (changed.target_before, changed.target_after) == (None, target)
    assert unexplained_labels(base, draft) == ["2.1"]
    assert revision_document(draft, "id").clauses[1].target == target


def test_changes_between_knows_moves_from_shifts(base, draft):
    for body in ("B.", "C.", "D."):
        insert(draft, 1, body)
    actions.publish_revision(actor=None, revision=draft, state="consulted", at=TODAY)
    last = actions.start_working_draft(
        actor=None, standard=draft.standard, based_on=draft, at=TODAY
    )
    components = {part.number: part for part in draft.standard.component_set.components.all()}
    on_clause(actions.move_clause, last, "1.4", component=components[1], position=1)
    on_clause(actions.move_clause, last, "2.1", component=components[3], position=1)

    assert told(draft, last) == [
        ("moved", "1.4", "1.1", True),
        ("same", "1.1", "1.2", False),
        ("same", "1.2", "1.3", False),
        ("same", "1.3", "1.4", False),
        ("moved", "2.1", "3.1", True),
        ("same", "3.1", "3.2", False),
    ]


def test_changes_between_compares_the_same_language(base, draft):
    reword(draft, "2.1", "Within 3 days.", "en")

    assert {kind for kind, *_ in told(base, draft, "en")} == {"same"}
    assert not unexplained_labels(base, draft)


def test_changes_between_explains_what_was_split_and_merged(base, draft):
    on_clause(actions.split_clause, draft, "1.1", parts=["Satu.", "Dua."])
    first, second = build.a_wording(draft, "2.1"), build.a_wording(draft, "3.1")
    actions.merge_clauses(
        actor=None, revision=draft, clauses=[first.placement.clause, second.placement.clause],
        body="Keduanya.", expected_digests={
            first.placement.clause_id: first.digest, second.placement.clause_id: second.digest,
        }, **WHY,
    )  # fmt: skip

    changes = changes_between(base, draft, "id")

    assert [(c.kind, len(c.changes)) for c in changes] == [
        (ClauseKind.REWORDED, 1),
        (ClauseKind.INSERTED, 1),
        (ClauseKind.REWORDED, 1),
        (ClauseKind.DELETED, 1),
    ]
    assert not unexplained_labels(base, draft)


def test_reverted_changes_explain_nothing(base, draft):
    change = reword(draft, "2.1", "Paling lama 5 (lima) hari.")
    type(change).objects.filter(pk=change.pk).update(reverted_at=TODAY)

    assert unexplained_labels(base, draft) == ["2.1"]


def test_clauses_now_follows_lineage(base, draft):
    one, two, three = (build.a_wording(base, f"{n}.1").placement.clause_id for n in (1, 2, 3))
    on_clause(actions.split_clause, draft, "1.1", parts=["Satu.", "Dua."])
    on_clause(actions.delete_clause, draft, "3.1")
    part = draft.placements.get(label="1.2").clause
    on_clause(actions.delete_clause, draft, "1.1")
    reword(draft, "2.1", "Lain.")

    found = clauses_now([one, two, three], draft, "id")

    assert {key: [clause.plain for clause in value] for key, value in found.items()} == {
        one: ["Dua."], two: ["Lain."], three: [],
    }  # fmt: skip
    assert found[one][0].clause_id == part.pk


def steps_told(clause, *, with_drafts=True):
    return [
        (step.version.revision.number, step.label, step.kind, step.version.text, len(step.changes))
        for step in clause_steps(clause, "id", with_drafts=with_drafts)
    ]


def test_the_history_of_a_part_begins_with_what_it_was_split_from(base, draft):
    on_clause(actions.split_clause, draft, "1.1", parts=["Satu.", "Dua."])
    part = draft.placements.get(label="1.2").clause

    assert steps_told(part) == [
        (1, "1.1", "inserted", build.WORDS["requirements"], 1),
        (2, "1.2", "reworded", "Dua.", 1),
    ]


def test_the_history_of_a_merged_clause_holds_both_that_it_was(base, draft):
    first, second = build.a_wording(draft, "2.1"), build.a_wording(draft, "3.1")
    actions.merge_clauses(
        actor=None, revision=draft, clauses=[first.placement.clause, second.placement.clause],
        body="Keduanya.", expected_digests={
            first.placement.clause_id: first.digest, second.placement.clause_id: second.digest,
        }, **WHY,
    )  # fmt: skip

    both = f"{first.plain}\n{second.plain}"
    assert steps_told(first.placement.clause) == [
        (1, "2.1, 3.1", "inserted", both, 2),
        (2, "2.1", "reworded", "Keduanya.", 1),
    ]
    gone = steps_told(second.placement.clause)
    assert [row[:3] for row in gone] == [(1, "3.1", "inserted"), (2, "", "deleted")]


def test_the_history_tells_moves_and_hides_working_drafts(base, draft):
    other = draft.standard.component_set.components.get(number=2)
    on_clause(actions.move_clause, draft, "1.1", component=other)
    clause = base.placements.get(label="1.1").clause

    assert [row[:3] for row in steps_told(clause)] == [(1, "1.1", "inserted"), (2, "2.2", "moved")]
    assert [row[0] for row in steps_told(clause, with_drafts=False)] == [1]


def test_queries_do_not_grow_with_the_document(base, draft):
    def count(act):
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    reads = [
        lambda: revision_document(draft, "id"),
        lambda: changes_between(base, draft, "id"),
        lambda: clauses_now(list(draft.placements.values_list("clause", flat=True)), draft, "id"),
    ]
    before = [count(read) for read in reads]
    for number in range(15):
        insert(draft, 1, f"Syarat {number}.")
        build.a_revision()

    assert [count(read) for read in reads] == before


def test_register_row_tells_what_holds_and_what_comes(agency, base):
    standard = get_standard(agency.slug, base.standard.service.slug)
    assert register_row(standard, on=date(2026, 11, 24)).revision == base

    actions.publish_revision(actor=None, revision=base, state="finalised", at=TODAY)
    decree = actions.record_decree(
        actor=None, agency=agency, number="1", dated_on=date(2026, 1, 1), at=TODAY
    )
    actions.adopt_revision(
        actor=None, revision=base, decree=decree, effective_on=date(2026, 2, 1), at=TODAY
    )
    coming = actions.start_working_draft(
        actor=None, standard=base.standard, based_on=base, at=TODAY
    )
    actions.publish_revision(actor=None, revision=coming, state="consulted", at=TODAY)
    row = register_row(get_standard(agency.slug, base.standard.service.slug), on=date(2026, 11, 24))

    assert (row.revision, row.standing, row.coming) == (base, "in_force", coming)


def test_get_revision_hides_working_drafts(draft, agency):
    standard = get_standard(agency.slug, draft.standard.service.slug)

    assert get_revision(standard, draft.number, with_drafts=True) == draft
    for number in (draft.number, 99):
        with pytest.raises(Missing):
            get_revision(standard, number, with_drafts=False)
    with pytest.raises(Missing):
        get_standard(agency.slug, "tidak-ada")
