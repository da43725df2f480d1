"""One clause in the editor: saving, a colleague who was quicker, words that are not saved."""

import pytest

from consultations.people.enums import Role
from consultations.standards.models import Change, LegalAct, UnsavedWords
from tests import build
from tests.standards.drafts import a_draft, clause, digest
from tests.standards.views.drafting import body, reword, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(agency):
    return a_draft(agency)


@pytest.fixture
def editor(as_user, drafter):
    return as_user(drafter)


# --- one clause -----------------------------------------------------------------------------------


def test_saving_rewords_in_both_languages_with_one_reason(editor, drafter, draft):
    number = clause(draft, "2.1").pk

    answer = editor.post(
        url(draft, "draft_clause", number),
        words(draft, body_id="Paling lama 5 hari.", heading_en="Time", body_en="Within 5 days."),
    )

    assert answer.status_code == 302
    assert (body(draft), body(draft, language="en")) == ("Paling lama 5 hari.", "Within 5 days.")
    assert build.a_wording(draft, "2.1", "en").heading == "Time"
    changes = Change.objects.filter(revision=draft)
    assert {(c.language, c.reason, c.made_by) for c in changes} == {
        ("id", "Lebih jelas.", drafter),
        ("en", "Lebih jelas.", drafter),
    }


def test_the_last_reason_is_offered_again(editor, draft):
    editor.post(
        url(draft, "draft_clause", clause(draft, "2.1").pk), words(draft, body_id="Lima hari.")
    )

    page = editor.get(url(draft, "draft_clause", clause(draft, "1.1").pk)).content.decode()

    assert "Lebih jelas." in page
    assert 'value="editorial"' in page.split("checked")[0][-400:]


def test_saving_without_a_reason_keeps_what_was_typed(editor, draft):
    answer = editor.post(
        url(draft, "draft_clause", clause(draft, "2.1").pk),
        words(draft, body_id="Kata yang panjang.", reason=""),
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kata yang panjang." in page
    assert "Say in a sentence why the words change." in page


def test_saving_nothing_new_is_said(editor, draft):
    answer = editor.post(url(draft, "draft_clause", clause(draft, "2.1").pk), words(draft))

    assert answer.status_code == 422
    assert "Nothing has changed" in answer.content.decode()


def test_save_and_next_goes_on(editor, draft):
    answer = editor.post(
        url(draft, "draft_clause", clause(draft, "1.1").pk),
        words(draft, "1.1", body_id="Membawa KK.", next="1"),
    )

    assert answer.url == url(draft, "draft_clause", clause(draft, "2.1").pk)


def test_a_colleague_who_was_quicker_is_merged_and_nothing_is_lost(editor, draft):
    number, mine = clause(draft, "2.1").pk, words(draft)
    mine["body_id"] = mine["body_id"].replace("3 (tiga)", "5 (lima)")
    theirs = body(draft).replace("perekaman", "perekaman sidik jari")
    reword(draft, theirs)

    answer = editor.post(url(draft, "draft_clause", number), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    for said in ("As you saw it", "As it is now", "As you want it", "Both changes fit together"):
        assert said in page
    merged = theirs.replace("3 (tiga)", "5 (lima)")
    assert merged in page
    assert body(draft) == theirs  # nothing was written over
    again = mine | {"body_id": merged, "seen_id": digest(draft, "2.1")}
    assert editor.post(url(draft, "draft_clause", number), again).status_code == 302
    assert body(draft) == merged


def test_what_both_changed_is_shown_with_all_three_versions(editor, draft):
    number, mine = clause(draft, "2.1").pk, words(draft)
    mine["body_id"] = mine["body_id"].replace("3 (tiga)", "5 (lima)")
    reword(draft, body(draft).replace("3 (tiga)", "7 (tujuh)"))

    page = editor.post(url(draft, "draft_clause", number), mine).content.decode()

    assert "These places were changed by both" in page
    assert "<q>7 (tujuh)</q>" in page
    assert "<q>5 (lima)</q>" in page


def test_advice_stands_beside_the_words_and_blocks_nothing(editor, draft):
    number = clause(draft, "2.1").pk
    sent = words(draft, body_id="Pemohon wajib untuk menyerahkan SKPWNI.")

    piece = editor.post(url(draft, "draft_clause_preview", number), sent).content.decode()

    assert "Advice" in piece
    assert '<q lang="id">wajib untuk</q>' in piece
    assert "SKPWNI” is not spelled out" in piece
    assert editor.post(url(draft, "draft_clause", number), sent).status_code == 302
    reword(draft, "Surat Keterangan Pindah Warga Negara Indonesia (SKPWNI).", "1.1")
    piece = editor.post(url(draft, "draft_clause_preview", number), sent).content.decode()
    assert "is not spelled out" not in piece


def test_a_citation_is_looked_at(editor, draft):
    LegalAct.objects.create(
        jurisdiction="id", kind="uu", number="8", year=1999, status="repealed", source="uji"
    )
    number = clause(draft, "2.1").pk
    sent = words(draft, body_id="Undang-Undang Nomor 8 Tahun 1999 berlaku.")

    piece = editor.post(url(draft, "draft_clause_preview", number), sent).content.decode()

    assert "has been repealed" in piece


def test_a_heading_is_edited_and_merged(editor, draft):
    number = clause(draft, "2.1").pk
    mine = words(draft, heading_id="Lama waktu")
    reword(draft, body(draft).replace("perekaman", "perekaman sidik jari"))
    theirs = body(draft)

    answer = editor.post(url(draft, "draft_clause", number), mine)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Lama waktu"' in page
    assert f"{theirs}</textarea>" in page
    again = mine | {"body_id": theirs, "seen_id": digest(draft, "2.1")}
    assert editor.post(url(draft, "draft_clause", number), again).status_code == 302
    saved = build.a_wording(draft, "2.1")
    assert (saved.heading, saved.body) == ("Lama waktu", theirs)


def test_preview_shows_differences_and_saves_nothing(editor, draft):
    number, sent = clause(draft, "2.1").pk, words(draft, body_id="Lima hari.")

    piece = editor.post(url(draft, "draft_clause_preview", number), sent).content.decode()
    page = editor.post(url(draft, "draft_clause", number), sent | {"preview": "1"})

    for shown in (piece, page.content.decode()):
        assert "Lima" in shown
        assert "<del>" in shown
    assert page.status_code == 200
    assert Change.objects.filter(revision=draft).count() == 0


# --- what is typed and not saved ------------------------------------------------------------------


def keep(editor, draft, text, **changed):
    sent = {
        "language": "id",
        "heading": "",
        "body": text,
        "base_digest": digest(draft, "2.1"),
    } | changed
    page = url(draft, "draft_keep", clause(draft, "2.1").pk)
    return editor.post(page, sent, headers={"Accept": "application/json"})


def test_what_is_typed_is_kept_offered_again_and_used(editor, drafter, draft):
    number = clause(draft, "2.1").pk

    answer = keep(editor, draft, "Lima hari.").json()

    assert "not yet part of the draft" in answer["html"]
    assert UnsavedWords.objects.get().user == drafter
    assert body(draft) == build.WORDS["time"]
    page = editor.get(url(draft, "draft_clause", number)).content.decode()
    assert "You have typed words here" in page
    assert 'data-waiting="id "' in page
    using = editor.get(url(draft, "draft_clause", number) + "?use=1").content.decode()
    assert "Lima hari.</textarea>" in using
    editor.post(url(draft, "draft_clause", number), words(draft, body_id="Lima hari."))
    assert not UnsavedWords.objects.exists()


def test_using_what_was_typed_before_a_colleague_changed_it_is_the_same_conflict(editor, draft):
    number = clause(draft, "2.1").pk
    keep(editor, draft, body(draft).replace("3 (tiga)", "5 (lima)"))
    reword(draft, body(draft).replace("perekaman", "perekaman sidik jari"))

    page = editor.get(url(draft, "draft_clause", number) + "?use=1").content.decode()

    assert "As it is now" in page
    merged = body(draft).replace("3 (tiga)", "5 (lima)")
    assert f"{merged}</textarea>" in page
    assert digest(draft, "2.1") in page


def test_discarding_forgets_it(editor, draft):
    keep(editor, draft, "Lima hari.")

    editor.post(url(draft, "draft_discard", clause(draft, "2.1").pk))

    assert not UnsavedWords.objects.exists()


def test_words_of_another_language_wait_while_one_is_saved(editor, draft):
    keep(editor, draft, "Five days.", language="en", base_digest="")

    editor.post(
        url(draft, "draft_clause", clause(draft, "2.1").pk), words(draft, body_id="Lima hari.")
    )

    assert UnsavedWords.objects.get().body == "Five days."


def test_colleagues_learn_that_something_is_typed_and_not_what(as_user, agency, editor, draft):
    keep(editor, draft, "Lima hari.")
    other = as_user(build.an_official(agency, Role.DRAFTER))

    page = other.get(url(draft)).content.decode()

    assert "A colleague has typed words" in page
    assert "Lima hari." not in page
    number = clause(draft, "2.1").pk
    assert "Lima hari." not in other.get(url(draft, "draft_clause", number)).content.decode()


def test_keeping_is_for_drafters_and_within_limits(as_user, answering_officer, drafter, draft):
    assert keep(as_user(answering_officer), draft, "Lima hari.").status_code == 403
    assert keep(as_user(drafter), draft, "x" * 20_001).status_code == 422
    assert keep(as_user(drafter), draft, "Ja.", language="xx").status_code == 422
