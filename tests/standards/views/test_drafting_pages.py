"""The editor as a whole: who sees it, starting, the document, explaining, finalising."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.standards import actions
from consultations.standards.digests import digest_explanation
from consultations.standards.enums import RevisionState
from consultations.standards.models import Change
from tests import build
from tests.build import TODAY
from tests.standards.drafts import WHY, a_draft, clause, digest, insert, outline
from tests.standards.views.drafting import body, reword, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency):
    return a_draft(agency)


@pytest.fixture
def editor(as_user, drafter):
    return as_user(drafter)


# --- who sees it ----------------------------------------------------------------------------------


def pages(draft):
    number = clause(draft, "2.1").pk
    of_clause = [
        "draft_clause",
        "draft_move",
        "draft_split",
        "draft_merge",
        "draft_delete",
        "draft_passage",
        "draft_figures",
    ]
    whole = ["draft", "draft_changes", "draft_explanation", "draft_preview", "draft_publish"]
    return [url(draft, name) for name in [*whole, "draft_add"]] + [
        url(draft, name, number) for name in of_clause
    ]


def test_drafters_open_every_page(editor, draft):
    assert {page: editor.get(page).status_code for page in pages(draft)} == dict.fromkeys(
        pages(draft), 200
    )


def test_drafts_are_their_agencys_own(client, as_user, citizen, stranger, draft):
    for page in pages(draft):
        assert client.get(page).status_code == 403
    for user in (citizen, stranger):
        answers = {as_user(user).get(page).status_code for page in pages(draft)}
        assert answers == {403}
    assert "Menunjukkan" not in client.get(url(draft)).content.decode()


def test_who_answers_comments_reads_and_does_not_edit(as_user, answering_officer, draft):
    client = as_user(answering_officer)
    number = clause(draft, "2.1").pk

    page = client.get(url(draft, "draft_clause", number)).content.decode()

    assert body(draft).split(" (")[0] in page
    assert "data-clause-form" not in page
    assert client.get(url(draft, "draft_add")).status_code == 403
    answer = client.post(url(draft, "draft_clause", number), words(draft, body_id="Lain."))
    assert answer.status_code == 403
    assert Change.objects.filter(revision=draft).count() == 0


# --- starting -------------------------------------------------------------------------------------


def test_start_begins_from_the_newest_published(editor, drafter, agency):
    base = build.a_revision(build.a_standard(agency))

    page = editor.get(url(base)).content.decode()
    answer = editor.post(url(base, "draft_start"), {"based_on": base.number})

    assert "Start a working draft" in page
    draft = base.standard.revisions.get(state=RevisionState.WORKING)
    assert (draft.based_on, outline(draft)) == (base, outline(base))
    assert answer.url == url(base)
    assert editor.post(url(base, "draft_start")).url == url(base)  # the same draft


def test_a_page_without_a_draft_brings_back_what_was_typed(editor, draft, drafter):
    number, sent = clause(draft, "2.1").pk, words(draft, body_id="Kata yang panjang.")
    actions.publish_revision(actor=drafter, revision=draft, state=RevisionState.FINALISED, at=TODAY)

    answer = editor.post(url(draft, "draft_clause", number), sent)

    assert answer.status_code == 409
    assert "Kata yang panjang." in answer.content.decode()


# --- the document ---------------------------------------------------------------------------------


def test_document_shows_completeness_changes_and_gaps(editor, draft):
    actions.delete_clause(
        actor=None,
        revision=draft,
        clause=clause(draft, "3.1"),
        expected_digest=digest(draft, "3.1"),
        **WHY,
    )

    page = editor.get(url(draft)).content.decode()

    assert "2 of 3" in page
    assert f"{url(draft, 'draft_add')}?spot=start:3" in page


def test_queries_do_not_grow_with_clauses(editor, draft):
    def count(page):
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(page).status_code == 200
        return len(queries)

    number = clause(draft, "1.1").pk
    looked_at = [url(draft), url(draft, "draft_changes"), url(draft, "draft_clause", number)]
    before = [count(page) for page in looked_at]
    for n in range(8):
        insert(draft, 1, f"Syarat {n}.")

    assert [count(page) for page in looked_at] == before


# --- explanation, preview, finalising -------------------------------------------------------------


def explanation(draft, **changed):
    draft.refresh_from_db()
    return {"seen": digest_explanation(draft), "summary_id": "Lebih cepat."} | changed


def test_explaining_the_draft(editor, draft):
    number = clause(draft, "2.1").pk

    editor.post(
        url(draft, "draft_explanation"),
        explanation(draft, question_1_id="Apakah 5 hari cukup?", clauses_1=[number]),
    )

    draft.refresh_from_db()
    assert draft.summary == {"id": "Lebih cepat."}
    question = draft.questions.get()
    assert (question.text["id"], [c.pk for c in question.clauses.all()]) == (
        "Apakah 5 hari cukup?",
        [number],
    )


def test_two_who_explain_do_not_write_over_each_other(editor, draft):
    mine = explanation(draft, summary_id="Punyaku.")
    editor.post(url(draft, "draft_explanation"), explanation(draft, summary_id="Punya rekan."))

    answer = editor.post(url(draft, "draft_explanation"), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Punya rekan." in page
    assert "Punyaku.</textarea>" in page
    draft.refresh_from_db()
    assert draft.summary == {"id": "Punya rekan."}
    editor.post(url(draft, "draft_explanation"), explanation(draft, summary_id="Punyaku."))
    draft.refresh_from_db()
    assert draft.summary == {"id": "Punyaku."}


def test_a_proposal_fills_in_what_is_empty_and_saves_nothing(editor, draft):
    reword(draft, "Selesai dalam 5 hari.")

    answer = editor.post(
        url(draft, "draft_explanation"),
        explanation(draft, summary_id="", summary_en="Mine.", propose="1"),
    )

    page = answer.content.decode()
    proposed = page.split('name="summary_id"')[1].split("</textarea>")[0]
    assert "2.1" in proposed
    assert "Mine.</textarea>" in page
    draft.refresh_from_db()
    assert draft.summary == {}


def test_preview_says_that_it_is_not_public(editor, draft):
    page = editor.get(url(draft, "draft_preview")).content.decode()

    assert "Working draft, not public." in page
    assert "Menunjukkan Kartu Keluarga" in page


def test_finalising_publishes(editor, draft):
    page = editor.get(url(draft, "draft_publish")).content.decode()
    answer = editor.post(url(draft, "draft_publish"))

    assert "What will happen" in page
    draft.refresh_from_db()
    assert draft.state == RevisionState.FINALISED
    assert answer.url == url(draft, "revision", draft.number)


def test_a_closed_gate_says_what_is_missing_and_where(editor, draft):
    Change.objects.create(
        revision=draft,
        clause=clause(draft, "2.1"),
        operation="reword",
        reason_kind="editorial",
        reason="",
        made_at=TODAY,
    )

    page = editor.get(url(draft, "draft_publish")).content.decode()

    assert "1 change has no reason." in page
    assert f'href="{url(draft)}"' in page
    assert editor.post(url(draft, "draft_publish")).status_code == 409
    draft.refresh_from_db()
    assert draft.state == RevisionState.WORKING
