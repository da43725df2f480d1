"""What the editor saves: a clause in all languages at once, and words that are typed."""

import pytest

from consultations.kernel.errors import Denied, Invalid
from consultations.standards import actions
from consultations.standards.actions import NewWords
from consultations.standards.enums import RevisionState
from consultations.standards.models import Change, UnsavedWords
from tests import build
from tests.build import TODAY
from tests.standards.drafts import WHY, a_draft, clause, digest

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency):
    return a_draft(agency)


def new_words(draft, label="2.1", **bodies):
    return [
        NewWords(
            language,
            "",
            body,
            expected_digest=digest(draft, label) if language == "id" else "",
        )
        for language, body in bodies.items()
    ]


def edit(draft, actor, words, label="2.1", **changed):
    return actions.edit_clause(
        actor=actor, revision=draft, clause=clause(draft, label), words=words, **WHY | changed
    )


def keep(draft, actor, body="Lima hari.", **changed):
    given = {
        "clause": clause(draft, "2.1"),
        "language": "id",
        "heading": "",
        "body": body,
        "base_digest": digest(draft, "2.1"),
        "at": TODAY,
    }
    return actions.keep_words(actor=actor, revision=draft, **given | changed)


def test_edit_clause_rewords_only_what_is_new(draft, drafter):
    made = edit(draft, drafter, new_words(draft, id=build.WORDS["time"], en="Within three days."))

    assert [(change.language, change.after) for change in made] == [("en", "Within three days.")]
    assert draft.version == 1


def test_edit_clause_is_all_or_nothing(draft, drafter):
    words = new_words(draft, id="Lima hari.", en="Five days.")
    words[0] = NewWords("id", "", "Lima hari.", expected_digest="0" * 64)

    with pytest.raises(actions.WordsClash) as refusal:
        edit(draft, drafter, words)

    assert list(refusal.value.clashes) == ["id"]
    assert list(refusal.value.errors) == ["body_id"]
    assert not Change.objects.filter(revision=draft).exists()


def test_edit_clause_names_the_field_of_the_language(draft, drafter):
    with pytest.raises(Invalid) as refusal:
        edit(draft, drafter, new_words(draft, id=""))

    assert list(refusal.value.errors) == ["body_id"]


def test_edit_clause_is_for_drafters_of_a_working_draft(draft, drafter, stranger):
    with pytest.raises(Denied):
        edit(draft, stranger, new_words(draft, id="Lima hari."))
    actions.publish_revision(actor=None, revision=draft, state=RevisionState.CONSULTED, at=TODAY)
    with pytest.raises(actions.FrozenRevision):
        edit(draft, drafter, new_words(draft, id="Lima hari."))


def test_keep_words_keeps_one_row_for_each_person_and_language(draft, drafter, operator):
    for body in ("Lima hari.", "Enam hari."):
        keep(draft, drafter, body)
    keep(draft, operator, "Tujuh hari.")

    rows = UnsavedWords.objects.order_by("pk").values_list("user", "body")
    assert list(rows) == [(drafter.pk, "Enam hari."), (operator.pk, "Tujuh hari.")]


@pytest.mark.parametrize("body", [build.WORDS["time"], ""])
def test_keep_words_forgets_what_stands_there_or_is_empty(draft, drafter, body):
    keep(draft, drafter)

    assert keep(draft, drafter, body) is None
    assert not UnsavedWords.objects.exists()


def test_a_late_keep_does_not_bring_back_what_was_saved(draft, drafter):
    seen = digest(draft, "2.1")
    edit(draft, drafter, new_words(draft, id="Lima hari."))

    assert keep(draft, drafter, "Lima hari.", base_digest=seen) is None
    assert not UnsavedWords.objects.exists()


def test_keep_words_is_refused_elsewhere(draft, drafter, stranger):
    other = a_draft(draft.standard.service.agency)

    with pytest.raises(Denied):
        keep(draft, stranger)
    with pytest.raises(Invalid):
        keep(draft, drafter, clause=clause(other, "2.1"))
    actions.publish_revision(actor=None, revision=draft, state=RevisionState.CONSULTED, at=TODAY)
    with pytest.raises(actions.FrozenRevision):
        keep(draft, drafter)


def test_discard_words_is_ones_own_and_of_one_clause(draft, drafter, operator):
    keep(draft, drafter)
    keep(draft, drafter, "Five.", language="en", base_digest="")
    keep(draft, operator)

    actions.discard_words(actor=drafter, revision=draft, clause=clause(draft, "1.1"))
    assert UnsavedWords.objects.count() == 3
    actions.discard_words(actor=drafter, revision=draft, clause=clause(draft, "2.1"), language="en")
    assert UnsavedWords.objects.count() == 2
    actions.discard_words(actor=drafter, revision=draft, clause=clause(draft, "2.1"))
    assert UnsavedWords.objects.get().user == operator
