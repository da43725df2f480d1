"""Taking edits back: the words and places are what they were, or it is refused."""

import pytest

from consultations.kernel.errors import Conflict, Denied
from consultations.standards import actions
from consultations.standards.models import ClauseAncestry, Placement, Revision
from tests import build
from tests.build import TODAY

pytestmark = pytest.mark.django_db
WHY = {"reason_kind": "editorial", "reason": "Lebih jelas.", "at": TODAY}


@pytest.fixture
def draft(agency) -> Revision:
    base = build.a_revision(build.a_standard(agency))
    return actions.start_working_draft(actor=None, standard=base.standard, based_on=base, at=TODAY)


def clause(draft, label):
    return draft.placements.get(label=label).clause


def digest(draft, label):
    return build.a_wording(draft, label).digest


def everything(draft) -> list[tuple]:
    """All that a reader sees of the draft."""
    found = Placement.objects.filter(revision=draft).order_by("component__number", "position")
    return list(
        found.values_list(
            "label", "clause", "wordings__language", "wordings__heading", "wordings__body"
        ).order_by("component__number", "position", "wordings__language")
    )


def reword(draft, label, body, language="id", **kwargs):
    wording = draft.placements.get(label=label).wordings.filter(language=language).first()
    return actions.reword_clause(
        actor=None,
        revision=draft,
        clause=clause(draft, label),
        language=language,
        body=body,
        expected_digest=wording.digest if wording else "",
        **WHY | kwargs,
    )


def component(draft, number):
    return draft.standard.component_set.components.get(number=number)


def move(draft):
    return actions.move_clause(
        actor=None, revision=draft, clause=clause(draft, "1.1"), component=component(draft, 3),
        expected_digest=digest(draft, "1.1"), **WHY,
    )  # fmt: skip


def delete(draft):
    return actions.delete_clause(
        actor=None, revision=draft, clause=clause(draft, "1.1"),
        expected_digest=digest(draft, "1.1"), **WHY,
    )  # fmt: skip


def split(draft):
    return actions.split_clause(
        actor=None, revision=draft, clause=clause(draft, "1.1"), parts=["Satu.", "Dua.", "Tiga."],
        expected_digest=digest(draft, "1.1"), **WHY,
    )  # fmt: skip


def merge(draft):
    first, second = clause(draft, "1.1"), clause(draft, "2.1")
    return actions.merge_clauses(
        actor=None, revision=draft, clauses=[first, second], body="Keduanya.",
        expected_digests={first.pk: digest(draft, "1.1"), second.pk: digest(draft, "2.1")}, **WHY,
    )  # fmt: skip


def insert(draft):
    return actions.insert_clause(
        actor=None, revision=draft, component=component(draft, 1), body="Baru.", position=1, **WHY
    )


def translate(draft):
    return reword(draft, "1.1", "Words.", "en")


def change_words(draft):
    return reword(draft, "1.1", "Kata lain.")


def change_heading(draft):
    return reword(draft, "1.1", build.a_wording(draft, "1.1").body, heading="Judul lain")


def change_both(draft):
    return reword(draft, "1.1", "Kata lain.", heading="Judul lain")


@pytest.mark.parametrize(
    "edit",
    [change_words, change_heading, change_both, translate, insert, delete, move, split, merge],
    ids=lambda e: e.__name__,
)
def test_revert_change_brings_everything_back(draft, edit):
    reword(draft, "1.1", "Syarat yang sudah diubah.", heading="Syarat")
    reword(draft, "2.1", "The time.", "en")
    before = everything(draft)
    change = edit(draft)
    assert everything(draft) != before

    actions.revert_change(actor=None, change=change, at=TODAY)

    assert everything(draft) == before
    change.refresh_from_db()
    assert change.reverted_at == TODAY
    assert not ClauseAncestry.objects.exists()


def test_revert_change_keeps_what_was_changed_elsewhere_in_the_words(draft):
    first = reword(draft, "2.1", build.WORDS["time"].replace("3 (tiga)", "5 (lima)"))
    reword(
        draft,
        "2.1",
        first.after.replace("perekaman dinyatakan tunggal", "tanggal tanda terima"),
    )

    actions.revert_change(actor=None, change=first, at=TODAY)

    assert build.a_wording(draft, "2.1").body == (
        "KTP-el diselesaikan paling lama 3 (tiga) hari kerja sejak tanggal tanda terima."
    )


def test_revert_change_of_a_heading_keeps_words_that_were_changed_since(draft):
    change = change_heading(draft)
    reword(draft, "1.1", "Kata yang baru.")

    actions.revert_change(actor=None, change=change, at=TODAY)

    wording = build.a_wording(draft, "1.1")
    assert (wording.heading, wording.body) == ("", "Kata yang baru.")


@pytest.mark.parametrize(
    ("edit", "later"),
    [
        (change_heading, lambda draft: reword(draft, "1.1", "Kata.", heading="Judul ketiga")),
        (change_words, lambda draft: reword(draft, "1.1", "Sekali lagi lain.")),
        (change_words, delete),
        (insert, lambda draft: reword(draft, "1.1", "Baru sekali.")),
        (split, lambda draft: reword(draft, "1.2", "Dua, diubah.")),
        (merge, lambda draft: reword(draft, "1.1", "Gabungan, diubah.")),
    ],
)
def test_revert_change_refuses_what_later_changes_stand_on(draft, edit, later):
    change = edit(draft)
    later(draft)
    before = everything(draft)

    with pytest.raises(actions.ChangedSince):
        actions.revert_change(actor=None, change=change, at=TODAY)

    assert everything(draft) == before
    change.refresh_from_db()
    assert change.reverted_at is None


def test_revert_merge_of_a_part_whose_old_words_nobody_knows_is_refused(draft):
    split(draft)
    change = actions.merge_clauses(
        actor=None, revision=draft, clauses=[clause(draft, "2.1"), clause(draft, "1.2")],
        body="Gabungan.", expected_digests={
            clause(draft, "2.1").pk: digest(draft, "2.1"),
            clause(draft, "1.2").pk: digest(draft, "1.2"),
        }, **WHY,
    )  # fmt: skip
    before = everything(draft)

    with pytest.raises(actions.ChangedSince):
        actions.revert_change(actor=None, change=change, at=TODAY)

    assert everything(draft) == before


def test_revert_change_twice_is_refused(draft):
    change = change_words(draft)
    actions.revert_change(actor=None, change=change, at=TODAY)

    with pytest.raises(Conflict) as refusal:
        actions.revert_change(actor=None, change=change, at=TODAY)

    assert refusal.value.code == "reverted"


def test_revert_change_of_a_published_draft_is_refused(draft):
    change = change_words(draft)
    actions.publish_revision(actor=None, revision=draft, state="consulted", at=TODAY)

    with pytest.raises(actions.FrozenRevision):
        actions.revert_change(actor=None, change=change, at=TODAY)


def test_revert_change_by_others_is_refused(draft, stranger, moderator):
    change = change_words(draft)

    for actor in (stranger, moderator):
        with pytest.raises(Denied):
            actions.revert_change(actor=actor, change=change, at=TODAY)
