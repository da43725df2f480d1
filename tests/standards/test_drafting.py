"""Editing a working draft: what each edit does, who may not, and what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.people.enums import Role
from consultations.standards import actions
from consultations.standards.enums import Operation, ReasonKind, RevisionState
from consultations.standards.models import Revision, Wording
from tests import build
from tests.build import TODAY
from tests.standards.drafts import WHY, a_draft, clause, component, digest, insert, outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency) -> Revision:
    return a_draft(agency)


def test_start_working_draft_copies_words_and_places(draft):
    base = draft.based_on

    assert (draft.number, draft.state) == (base.number + 1, RevisionState.WORKING)
    rows = ("placement__label", "placement__clause", "language", "body", "plain", "html", "digest")
    words = Wording.objects.order_by("placement__label").values_list(*rows)
    assert list(words.filter(placement__revision=draft)) == list(
        words.filter(placement__revision=base)
    )


def test_start_working_draft_needs_as_many_queries_for_any_size(agency):
    bases = [build.a_revision(build.a_standard(agency)) for _ in range(2)]
    big = actions.start_working_draft(
        actor=None, standard=bases[1].standard, based_on=bases[1], at=TODAY
    )
    for number in range(20):
        insert(big, 1, f"Syarat {number}")
    actions.publish_revision(actor=None, revision=big, state="consulted", at=TODAY)

    counts = []
    for based_on in (bases[0], big):
        standard = based_on.standard
        with CaptureQueriesContext(connection) as queries:
            actions.start_working_draft(actor=None, standard=standard, based_on=based_on, at=TODAY)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_only_one_working_draft(draft):
    with pytest.raises(Conflict) as refusal:
        actions.start_working_draft(
            actor=None, standard=draft.standard, based_on=draft.based_on, at=TODAY
        )

    assert refusal.value.code == "draft_exists"


def test_reword_clause(draft, drafter):
    change = actions.reword_clause(
        actor=drafter,
        revision=draft,
        clause=clause(draft, "2.1"),
        language="id",
        body="Paling lama *5 (lima)* hari kerja.",
        expected_digest=digest(draft, "2.1"),
        **WHY,
    )

    wording = build.a_wording(draft, "2.1")
    assert wording.body == "Paling lama *5 (lima)* hari kerja."
    assert wording.plain == "Paling lama 5 (lima) hari kerja."
    assert wording.html == "<p>Paling lama <em>5 (lima)</em> hari kerja.</p>"
    assert (change.before, change.after) == (build.WORDS["time"], wording.body)
    assert (change.operation, change.language, change.made_by) == (Operation.REWORD, "id", drafter)
    assert (change.reason_kind, change.reason) == (ReasonKind.EDITORIAL, "Lebih jelas.")
    assert build.a_wording(draft.based_on, "2.1").body == build.WORDS["time"]
    draft.refresh_from_db()
    assert draft.version == 1


def test_reword_clause_adds_a_translation(draft):
    kwargs = {"actor": None, "revision": draft, "clause": clause(draft, "2.1"), "language": "en"}

    actions.reword_clause(body="Within 3 days.", expected_digest="", **kwargs, **WHY)

    assert build.a_wording(draft, "2.1", "en").plain == "Within 3 days."
    with pytest.raises(actions.WordsChanged):
        actions.reword_clause(body="Within 4 days.", expected_digest="", **kwargs, **WHY)


def test_reword_clause_carries_all_versions_when_the_words_changed_meanwhile(draft):
    seen = digest(draft, "2.1")
    kwargs = {"actor": None, "revision": draft, "clause": clause(draft, "2.1"), "language": "id"}
    actions.reword_clause(body="Kata mereka.", expected_digest=seen, **kwargs, **WHY)

    with pytest.raises(actions.WordsChanged) as refusal:
        actions.reword_clause(body="Kata saya.", expected_digest=seen, **kwargs, **WHY)

    conflict = refusal.value
    assert (conflict.status, conflict.label) == (409, "2.1")
    assert conflict.base == build.WORDS["time"]
    assert (conflict.theirs, conflict.mine) == ("Kata mereka.", "Kata saya.")
    assert conflict.theirs_digest == digest(draft, "2.1")


@pytest.mark.parametrize(
    ("heading", "becomes"),
    [(None, "Jangka waktu"), ("Waktu", "Waktu"), ("", "")],
    ids=["kept", "changed", "taken away"],
)
def test_reword_clause_edits_the_heading_or_leaves_it(draft, heading, becomes):
    def reword(**kwargs):
        return actions.reword_clause(
            actor=None,
            revision=draft,
            clause=clause(draft, "2.1"),
            language="id",
            expected_digest=digest(draft, "2.1"),
            **WHY | kwargs,
        )

    first = reword(body=build.WORDS["time"], heading="Jangka waktu")

    change = reword(body="Lima hari.", heading=heading)

    assert (first.heading_before, first.heading_after) == ("", "Jangka waktu")
    assert (first.text_before, first.text_after) == (
        build.WORDS["time"],
        "Jangka waktu\n" + build.WORDS["time"],
    )
    assert (change.heading_before, change.heading_after) == ("Jangka waktu", becomes)
    assert build.a_wording(draft, "2.1").heading == becomes


def test_words_changed_carries_the_headings_too(draft):
    seen = digest(draft, "2.1")
    kwargs = {"actor": None, "revision": draft, "clause": clause(draft, "2.1"), "language": "id"}
    same = build.WORDS["time"]
    actions.reword_clause(body=same, heading="Waktu", expected_digest=seen, **kwargs, **WHY)

    with pytest.raises(actions.WordsChanged) as refusal:
        actions.reword_clause(body=same, heading="Tempo", expected_digest=seen, **kwargs, **WHY)

    conflict = refusal.value
    assert (conflict.base, conflict.base_heading) == (same, "")
    assert (conflict.theirs, conflict.theirs_heading) == (same, "Waktu")
    assert (conflict.mine, conflict.mine_heading) == (same, "Tempo")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"heading": "x" * 201}, "heading"),
        ({"heading": "a\u202eb"}, "heading"),
        ({"body": ""}, "body"),
        ({"body": "   "}, "body"),
        ({"body": "-"}, "body"),
        ({"body": "a\x00b"}, "body"),
        ({"body": "a\u202eb"}, "body"),
        ({"body": "x" * 20_001}, "body"),
        ({"body": build.WORDS["time"]}, "body"),
        ({"reason": ""}, "reason"),
        ({"reason_kind": "whim"}, "reason_kind"),
        ({"language": "xx", "expected_digest": ""}, "language"),
    ],
)
def test_reword_clause_refuses(draft, wrong, field):
    given = {
        "actor": None,
        "revision": draft,
        "clause": clause(draft, "2.1"),
        "language": "id",
        "body": "Kata lain.",
        "expected_digest": digest(draft, "2.1"),
    }

    with pytest.raises(Invalid) as refusal:
        actions.reword_clause(**given | WHY | wrong)

    assert list(refusal.value.errors) == [field]
    assert build.a_wording(draft, "2.1").body == build.WORDS["time"]
    assert not draft.changes.exists()


def test_reword_clause_refuses_a_clause_of_another_standard(draft, agency):
    other = build.a_working_draft(build.a_standard(agency))

    with pytest.raises(Invalid):
        actions.reword_clause(
            actor=None,
            revision=draft,
            clause=clause(other, "2.1"),
            language="id",
            body="Kata lain.",
            expected_digest=digest(other, "2.1"),
            **WHY,
        )


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.DRAFTER, ReasonKind.EDITORIAL, True),
        (Role.ADMINISTRATOR, ReasonKind.LAW, True),
        (Role.ANSWERING_OFFICER, ReasonKind.OUTCOME, True),
        (Role.ANSWERING_OFFICER, ReasonKind.EDITORIAL, False),
        (Role.MODERATOR, ReasonKind.OUTCOME, False),
        (Role.NOTE_TAKER, ReasonKind.EDITORIAL, False),
    ],
)
def test_who_may_reword(draft, agency, role, kind, may):
    actor = build.an_official(agency, role)

    def reword():
        actions.reword_clause(
            actor=actor,
            revision=draft,
            clause=clause(draft, "2.1"),
            language="id",
            body="Kata lain.",
            expected_digest=digest(draft, "2.1"),
            **WHY | {"reason_kind": kind},
        )

    if may:
        reword()
    else:
        with pytest.raises(Denied):
            reword()
    assert draft.changes.exists() is may


def test_strangers_change_nothing(draft, stranger, citizen, visitor):
    for actor in (stranger, citizen, visitor):
        with pytest.raises(Denied):
            actions.insert_clause(
                actor=actor, revision=draft, component=component(draft, 1), body="Baru.", **WHY
            )

    assert draft.placements.count() == 3


def test_insert_clause_numbers_those_behind_it_anew(draft):
    insert(draft, 1, "Pertama.", position=1)
    change = insert(draft, 1, "Terakhir.")

    assert outline(draft) == [
        ("1.1", "Pertama."), ("1.2", "Menunjukkan"), ("1.3", "Terakhir."),
        ("2.1", "KTP-el"), ("3.1", "Tidak"),
    ]  # fmt: skip
    assert (change.operation, change.before, change.after) == (Operation.INSERT, "", "Terakhir.")
    assert change.clause == clause(draft, "1.3")


def test_insert_clause_below_another(draft):
    parent = clause(draft, "1.1")
    insert(draft, 1, "Anak satu.", parent=parent)
    insert(draft, 1, "Anak dua.", parent=parent)
    insert(draft, 1, "Sesudah.")

    assert [label for label, _ in outline(draft)] == ["1.1", "1.1.1", "1.1.2", "1.2", "2.1", "3.1"]


def test_delete_clause(draft):
    seen, gone = digest(draft, "1.1"), clause(draft, "1.1")
    insert(draft, 1, "Tinggal.")

    change = actions.delete_clause(
        actor=None, revision=draft, clause=gone, expected_digest=seen, **WHY
    )

    assert outline(draft) == [("1.1", "Tinggal."), ("2.1", "KTP-el"), ("3.1", "Tidak")]
    assert (change.before, change.after) == (build.WORDS["requirements"], "")
    assert draft.based_on.placements.filter(clause=gone).exists()


def test_delete_clause_that_was_only_added_to_this_draft_reverts_its_changes(draft):
    added = insert(draft, 1, "Baru.")

    change = actions.delete_clause(
        actor=None,
        revision=draft,
        clause=added.clause,
        expected_digest=digest(draft, "1.2"),
        **WHY,
    )

    assert change == added
    assert not draft.changes.filter(reverted_at=None).exists()


def test_delete_clause_with_others_below_it_is_refused(draft):
    insert(draft, 1, "Anak.", parent=clause(draft, "1.1"))

    with pytest.raises(Invalid):
        actions.delete_clause(
            actor=None,
            revision=draft,
            clause=clause(draft, "1.1"),
            expected_digest=digest(draft, "1.1"),
            **WHY,
        )


def test_move_clause_takes_along_what_stands_below(draft):
    moved = clause(draft, "1.1")
    insert(draft, 1, "Anak.", parent=moved)

    change = actions.move_clause(
        actor=None,
        revision=draft,
        clause=moved,
        component=component(draft, 3),
        position=1,
        expected_digest=digest(draft, "1.1"),
        **WHY,
    )

    assert outline(draft) == [
        ("2.1", "KTP-el"), ("3.1", "Menunjukkan"), ("3.1.1", "Anak."), ("3.2", "Tidak"),
    ]  # fmt: skip
    assert (change.before, change.after) == ("1.1", "3.1")


def test_move_clause_below_itself_or_nowhere_is_refused(draft):
    child = insert(draft, 1, "Anak.", parent=clause(draft, "1.1")).clause
    kwargs = {
        "actor": None,
        "revision": draft,
        "clause": clause(draft, "1.1"),
        "component": component(draft, 1),
        "expected_digest": digest(draft, "1.1"),
    }

    for place in ({"parent": child}, {"parent": kwargs["clause"]}, {"position": 1}):
        with pytest.raises(Invalid):
            actions.move_clause(**kwargs, **place, **WHY)


def test_published_revisions_are_frozen_for_every_edit(draft):
    base = draft.based_on
    first, second = clause(base, "1.1"), clause(base, "2.1")
    seen = digest(base, "1.1")
    common = {"actor": None, "revision": base, **WHY}
    edits = [
        lambda: actions.reword_clause(
            clause=first, language="id", body="x", expected_digest=seen, **common
        ),
        lambda: actions.insert_clause(component=component(draft, 1), body="x", **common),
        lambda: actions.delete_clause(clause=first, expected_digest=seen, **common),
        lambda: actions.move_clause(
            clause=first, component=component(draft, 2), expected_digest=seen, **common
        ),
        lambda: actions.split_clause(
            clause=first, parts=["x", "y"], expected_digest=seen, **common
        ),
        lambda: actions.merge_clauses(
            clauses=[first, second], body="x", expected_digests={}, **common
        ),
        lambda: actions.set_target(actor=None, revision=base, clause=first, target=None, at=TODAY),
    ]

    for edit in edits:
        with pytest.raises(actions.FrozenRevision):
            edit()


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ({"kind": "price"}, "target.kind"),
        ({"kind": "fee", "value": -1, "unit": "IDR"}, "target.value"),
    ],
)
def test_a_target_that_says_nothing_is_refused(draft, target, place):
    edits = [
        lambda: actions.set_target(
            actor=None, revision=draft, clause=clause(draft, "1.1"), target=target, at=TODAY
        ),
        lambda: insert(draft, 1, "Baru.", target=target),
    ]

    for edit in edits:
        with pytest.raises(Invalid) as refusal:
            edit()
        assert list(refusal.value.errors) == [place]
    assert not draft.placements.exclude(target=None).exists()


def test_an_edit_sees_what_was_published_meanwhile(draft):
    stale = Revision.objects.select_related("standard__log").get(pk=draft.pk)
    actions.publish_revision(actor=None, revision=draft, state="consulted", at=TODAY)

    with pytest.raises(actions.FrozenRevision):
        insert(stale, 1, "Terlambat.")
