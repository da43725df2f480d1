"""Adding, moving, splitting, merging, removing and undoing by the pages of the editor."""

import pytest

from consultations.standards.enums import Operation
from consultations.standards.models import Change
from tests.standards.drafts import a_draft, clause, digest, insert, outline
from tests.standards.views.drafting import REASON, body, reword, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency):
    return a_draft(agency)


@pytest.fixture
def editor(as_user, drafter):
    return as_user(drafter)


def test_adding_behind_a_clause(editor, draft):
    answer = editor.post(
        url(draft, "draft_add"),
        REASON | {"spot": f"after:{clause(draft, '1.1').pk}", "body": "Membawa pas foto."},
    )

    assert answer.status_code == 302
    assert outline(draft)[:2] == [("1.1", "Menunjukkan"), ("1.2", "Membawa")]


def test_adding_below_a_clause(editor, draft):
    editor.post(
        url(draft, "draft_add"),
        REASON | {"spot": f"below:{clause(draft, '2.1').pk}", "body": "Dihitung sejak perekaman."},
    )

    assert ("2.1.1", "Dihitung") in outline(draft)


def test_moving_up_and_elsewhere(editor, draft):
    insert(draft, 1, "Membawa pas foto.")
    moved = clause(draft, "1.2")
    page = url(draft, "draft_move", moved.pk)

    up = editor.post(page, REASON | {"seen": digest(draft, "1.2"), "to": "up"})

    assert up.url == page
    assert outline(draft)[0] == ("1.1", "Membawa")
    editor.post(
        page,
        REASON | {"seen": digest(draft, "1.1"), "spot": f"after:{clause(draft, '3.1').pk}"},
    )
    assert outline(draft)[-1] == ("3.2", "Membawa")


def test_moving_needs_a_place(editor, draft):
    page = url(draft, "draft_move", clause(draft, "1.1").pk)

    answer = editor.post(page, REASON | {"seen": digest(draft, "1.1")})

    assert answer.status_code == 422
    assert "Choose where the clause is to stand." in answer.content.decode()


def test_splitting_at_sentences_then_saving(editor, draft):
    page = url(draft, "draft_split", clause(draft, "1.1").pk)
    sent = REASON | {"seen": digest(draft, "1.1"), "text": body(draft, "1.1")}

    marked = editor.post(page, sent | {"cut": "sentences"}).content.decode()

    assert "=====" in marked.split("<textarea")[1]
    assert outline(draft) == outline(draft.based_on)
    text = "Menunjukkan KK asli.\n=====\nFotokopi tidak diminta."
    assert editor.post(page, sent | {"text": text}).status_code == 302
    assert outline(draft)[:2] == [("1.1", "Menunjukkan"), ("1.2", "Fotokopi")]


def test_a_split_while_a_colleague_rewords_keeps_both(editor, draft):
    page = url(draft, "draft_split", clause(draft, "1.1").pk)
    text = body(draft, "1.1").replace(". Fotokopi", ".\n=====\nFotokopi")
    sent = REASON | {"seen": digest(draft, "1.1"), "text": text}
    reword(draft, body(draft, "1.1").replace("asli", "yang asli"), "1.1")

    answer = editor.post(page, sent)

    shown = answer.content.decode().split("<textarea")[1]
    assert answer.status_code == 409
    assert "yang asli" in shown
    assert "=====" in shown


def test_merging_chosen_clauses(editor, draft):
    insert(draft, 1, "Membawa pas foto.")
    first, second = clause(draft, "1.1"), clause(draft, "1.2")
    page = url(draft, "draft_merge", first.pk) + f"?with={first.pk}&with={second.pk}"

    shown = editor.get(page).content.decode()
    answer = editor.post(
        page,
        REASON
        | {
            "body": "Menunjukkan KK dan pas foto.",
            f"seen_{first.pk}": digest(draft, "1.1"),
            f"seen_{second.pk}": digest(draft, "1.2"),
        },
    )

    assert f"{body(draft.based_on, '1.1')}\n\nMembawa pas foto." in shown
    assert answer.status_code == 302
    assert [label for label, _ in outline(draft)] == ["1.1", "2.1", "3.1"]
    assert body(draft, "1.1") == "Menunjukkan KK dan pas foto."


def test_a_merge_while_a_colleague_rewords_keeps_both(editor, draft):
    insert(draft, 1, "Membawa pas foto.")
    first, second = clause(draft, "1.1"), clause(draft, "1.2")
    page = url(draft, "draft_merge", first.pk) + f"?with={first.pk}&with={second.pk}"
    sent = REASON | {
        "body": f"{body(draft, '1.1')} Membawa pas foto.",
        f"seen_{first.pk}": digest(draft, "1.1"),
        f"seen_{second.pk}": digest(draft, "1.2"),
    }
    reword(draft, body(draft, "1.1").replace("asli", "yang asli"), "1.1")

    answer = editor.post(page, sent)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "yang asli" in shown.split("<textarea")[1]
    assert digest(draft, "1.1") in shown


def test_removing_asks_and_can_be_undone(editor, draft):
    number = clause(draft, "3.1").pk
    page = url(draft, "draft_delete", number)

    asked = editor.get(page).content.decode()
    editor.post(page, REASON | {"seen": digest(draft, "3.1")})

    assert "Remove clause 3.1?" in asked
    assert [label for label, _ in outline(draft)] == ["1.1", "2.1"]
    change = Change.objects.get(revision=draft, operation=Operation.DELETE)
    assert editor.get(url(draft, "draft_undo", change.pk)).status_code == 200
    editor.post(url(draft, "draft_undo", change.pk))
    assert outline(draft) == outline(draft.based_on)


def test_removing_words_that_a_colleague_changed_asks_again(editor, draft):
    page = url(draft, "draft_delete", clause(draft, "3.1").pk)
    sent = REASON | {"seen": digest(draft, "3.1")}
    reword(draft, "Gratis untuk semua.", "3.1")

    answer = editor.post(page, sent)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Gratis untuk semua." in shown
    assert digest(draft, "3.1") in shown
    assert len(outline(draft)) == 3


def test_undo_that_later_changes_stand_on_is_refused_in_words(editor, draft):
    reword(draft, "Lima hari.")
    first = Change.objects.get(revision=draft)
    reword(draft, "Tujuh jam saja.")

    answer = editor.post(url(draft, "draft_undo", first.pk))

    assert answer.status_code == 409
    assert "Other changes were made to this clause since." in answer.content.decode()
    assert body(draft) == "Tujuh jam saja."
