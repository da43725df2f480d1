"""Any sequence of the editor's operations keeps lineage without circles and the order total."""

from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations.kernel.errors import Refused
from consultations.standards import actions
from consultations.standards.digests import label_key
from consultations.standards.models import Change, Clause, ClauseAncestry, Placement, Revision
from consultations.standards.queries.lineage import clauses_now, reachable
from tests.build import TODAY
from tests.standards.drafts import WHY, a_draft, insert

pytestmark = pytest.mark.django_db

numbers = st.integers(0, 30)
steps = st.lists(
    st.tuples(
        st.sampled_from(["insert", "reword", "move", "split", "merge", "delete", "revert", "next"]),
        numbers,
        numbers,
        numbers,
    ),
    min_size=1,
    max_size=14,
)


class Editor:
    """Does to a draft what numbers say; whatever the actions refuse is left as it is."""

    def __init__(self, draft):
        self.draft = draft

    @property
    def placements(self) -> list[Placement]:
        found = Placement.objects.filter(revision=self.draft).select_related("clause", "component")
        return sorted(found, key=lambda placement: label_key(placement.label))

    def pick(self, number: int) -> Placement:
        placements = self.placements
        return placements[number % len(placements)]

    def seen(self, placement: Placement) -> str:
        return placement.wordings.get(language="id").digest

    def edit(self, placement: Placement) -> dict:
        digest = self.seen(placement)
        return WHY | {
            "actor": None,
            "revision": self.draft,
            "clause": placement.clause,
            "expected_digest": digest,
        }

    def insert(self, one, two, three):
        where = ["parent", "behind"][two % 2]
        insert(self.draft, one % 3 + 1, f"Kata {three} baru.", **{where: self.pick(two).clause})

    def reword(self, one, two, three):
        body = f"Kata {two} lain. Dan {three} lagi."
        actions.reword_clause(body=body, language="id", **self.edit(self.pick(one)))

    def move(self, one, two, three):
        placement, other = self.pick(one), self.pick(two)
        where = [{"behind": other.clause}, {"parent": other.clause}, {"position": three + 1}]
        actions.move_clause(component=other.component, **where[three % 3], **self.edit(placement))

    def split(self, one, two, three):
        parts = [f"Bagian {n} dari {three}." for n in range(2 + two % 2)]
        edit = self.edit(self.pick(one))
        actions.split_clause(parts=parts, **edit)

    def merge(self, one, two, three):
        chosen = [self.pick(one), self.pick(two), self.pick(three)][: 2 + three % 2]
        chosen = list({placement.pk: placement for placement in chosen}.values())
        actions.merge_clauses(
            actor=None,
            revision=self.draft,
            clauses=[placement.clause for placement in chosen],
            body=f"Digabung {three}.",
            expected_digests={p.clause_id: self.seen(p) for p in chosen},
            **WHY,
        )

    def delete(self, one, two, three):
        if len(self.placements) > 1:
            actions.delete_clause(**self.edit(self.pick(one)))

    def revert(self, one, two, three):
        changes = list(Change.objects.filter(revision=self.draft).order_by("-pk"))
        if changes:
            change = changes[one % min(len(changes), 4)]
            change.revision = self.draft
            actions.revert_change(actor=None, change=change, at=TODAY)

    def next(self, one, two, three):
        """Publishes the draft and starts the next one."""
        published = actions.publish_revision(
            actor=None, revision=self.draft, state="consulted", at=TODAY
        )
        self.draft = actions.start_working_draft(
            actor=None, standard=published.standard, based_on=published, at=TODAY
        )

    def run(self, step) -> None:
        name, *chosen = step
        try:
            with transaction.atomic():
                getattr(self, name)(*chosen)
        except Refused:
            pass


def check_order(draft) -> None:
    """Labels are unique, rise as the clauses are read, and leave no number out."""
    placements = list(Placement.objects.filter(revision=draft).select_related("component"))
    by_place = sorted(placements, key=lambda p: (p.component.number, p.position))
    labels = [label_key(placement.label) for placement in by_place]
    assert labels == sorted(set(labels))
    siblings = defaultdict(list)
    label_of = {placement.pk: label_key(placement.label) for placement in placements}
    for placement in by_place:
        parent = placement.parent_id
        above = label_of[parent] if parent else (placement.component.number,)
        assert label_of[placement.pk][:-1] == above
        siblings[above].append(label_of[placement.pk][-1])
    for found in siblings.values():
        assert found == list(range(1, len(found) + 1))


def check_lineage(draft) -> None:
    """Nobody descends from themselves, and whatever was published leads to where it is now."""
    down = defaultdict(set)
    for ancestor, descendant in ClauseAncestry.objects.values_list("ancestor_id", "descendant_id"):
        down[ancestor].add(descendant)
    for clause in list(down):
        for child in down[clause]:
            assert clause not in reachable(child, down)
    assert Placement.objects.filter(revision=draft, wordings=None).count() == 0


def check_nothing_is_lost(draft) -> None:
    """A published clause stands in the draft, leads to what does, or a change removed it."""
    published = Clause.objects.filter(placements__revision=draft.based_on_id)
    now = clauses_now([clause.pk for clause in published], draft, "id")
    removed = set(
        Change.objects.filter(reverted_at=None, operation="delete").values_list("clause", flat=True)
    )
    down = defaultdict(set)
    for ancestor, descendant in ClauseAncestry.objects.values_list("ancestor_id", "descendant_id"):
        down[ancestor].add(descendant)
    for clause_id, heirs in now.items():
        assert heirs or reachable(clause_id, down) & removed


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=steps)
def test_any_sequence_of_edits_keeps_lineage_and_order(agency, shared_draft, steps):
    with transaction.atomic():
        editor = Editor(
            Revision.objects.select_related("standard__service__agency", "standard__log").get(
                pk=shared_draft.pk
            )
        )
        for step in steps:
            editor.run(step)
            check_order(editor.draft)
            check_lineage(editor.draft)
        check_nothing_is_lost(editor.draft)
        transaction.set_rollback(True)


@pytest.fixture
def shared_draft(agency):
    draft = a_draft(agency)
    insert(draft, 1, "Membawa pas foto.")
    return draft
