"""The pages of shared passages."""

import pytest

from consultations.kernel.fields import LocalizedText
from consultations.standards import actions
from consultations.standards.models import SharedPassage, SharedPassageUse
from tests import build
from tests.build import TODAY
from tests.standards.drafts import a_draft, clause, component, digest
from tests.standards.views.drafting import REASON, body, url

pytestmark = pytest.mark.django_db

LIST = "/en/standards/disdukcapil/desk/passages/"


@pytest.fixture
def draft(agency):
    return a_draft(agency)


@pytest.fixture
def editor(as_user, drafter):
    return as_user(drafter)


@pytest.fixture
def passage(agency, draft):
    return actions.create_passage(
        actor=None,
        agency=agency,
        component=component(draft, 3),
        name="Saluran pengaduan",
        body=LocalizedText({"id": "Pengaduan ke loket."}),
        at=TODAY,
    )


def revise(passage):
    return actions.revise_passage(
        actor=None,
        passage=passage,
        body=LocalizedText({"id": "Pengaduan ke nomor 0812."}),
        reason="Nomor baru.",
        expected_number=1,
        at=TODAY,
    )


def take(editor, draft, passage, **changed):
    sent = REASON | {"passage": passage.pk, "seen_id": digest(draft, "3.1")} | changed
    return editor.post(url(draft, "draft_passage", clause(draft, "3.1").pk), sent)


def test_passages_are_their_agencys_own(client, as_user, stranger, moderator, passage):
    pages = [LIST, f"{LIST}{passage.pk}/", f"{LIST}new/"]

    assert [client.get(page).status_code for page in pages] == [403, 403, 403]
    assert [as_user(stranger).get(page).status_code for page in pages] == [403, 403, 403]
    read = as_user(moderator)
    assert [read.get(page).status_code for page in pages] == [200, 200, 403]
    assert "Save as the next version" not in read.get(pages[1]).content.decode()


def test_writing_a_passage(editor, draft):
    sent = {"name": "Jam layanan", "component": component(draft, 1).pk, "body_id": "08.00–15.00"}

    answer = editor.post(f"{LIST}new/", sent)

    made = SharedPassage.objects.get()
    assert answer.url == f"{LIST}{made.pk}/"
    page = editor.get(LIST).content.decode()
    assert "Jam layanan" in page
    assert "version 1" in page
    again = editor.post(f"{LIST}new/", sent)
    assert again.status_code == 422
    assert "The agency has a passage of this name." in again.content.decode()


def test_a_new_version_while_somebody_else_made_one_loses_nothing(editor, passage):
    revise(passage)
    sent = {"number": 1, "body_id": "Punyaku.", "reason": "Sebab."}

    answer = editor.post(f"{LIST}{passage.pk}/", sent)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Pengaduan ke nomor 0812." in page
    assert "Punyaku.</textarea>" in page
    assert editor.post(f"{LIST}{passage.pk}/", sent | {"number": 2}).status_code == 302
    assert passage.versions.count() == 3


def test_a_clause_takes_over_what_is_offered(editor, draft, passage):
    number = clause(draft, "3.1").pk
    chosen = editor.get(url(draft, "draft_passage", number)).content.decode()
    assert f'href="?passage={passage.pk}"' in chosen
    assert take(editor, draft, passage).status_code == 302
    revise(passage)

    page = editor.get(url(draft, "draft_clause", number)).content.decode()
    listed = editor.get(f"{LIST}{passage.pk}/").content.decode()
    take(editor, draft, passage)

    assert "A newer version of the shared passage “Saluran pengaduan” is offered" in page
    assert "Nomor baru." in page
    assert url(draft, "draft_passage", number) in listed
    assert body(draft, "3.1") == "Pengaduan ke nomor 0812."


def test_a_clause_keeps_its_own_and_leaves(editor, draft, passage):
    take(editor, draft, passage)
    revise(passage)

    take(editor, draft, passage, keep="1", reason="")

    kept = SharedPassageUse.objects.get()
    assert (kept.version.number, kept.is_declined) == (2, True)
    assert body(draft, "3.1") == "Pengaduan ke loket."
    page = editor.get(url(draft, "draft_clause", kept.clause_id)).content.decode()
    assert "A newer version" not in page
    take(editor, draft, passage, leave="1", reason="")
    assert not SharedPassageUse.objects.exists()


def test_words_that_a_colleague_changed_are_shown_first(editor, draft, passage):
    answer = take(editor, draft, passage, seen_id="0" * 64)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "have been changed meanwhile by somebody else" in page
    assert digest(draft, "3.1") in page
    assert body(draft, "3.1") == build.WORDS["fee"]


def test_a_passage_of_another_component_is_not_offered(editor, draft, passage):
    page = url(draft, "draft_passage", clause(draft, "2.1").pk)

    assert "no passage for this component yet" in editor.get(page).content.decode()
    assert editor.get(page, {"passage": passage.pk}).status_code == 404
