"""The pages of the import: from the upload to the standard, without any script."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from consultations.standards.actions import intake
from consultations.standards.enums import ImportState, RevisionState
from consultations.standards.models import (
    ImportBatch,
    ImportedDocument,
    Revision,
    Service,
    UnreadFile,
)
from tests.standards.intake.files import a_docx, a_folder, component_set, documents_of
from tests.support.forms import form_fields

pytestmark = pytest.mark.django_db
HOME = "/en/standards/disdukcapil/desk/import/"


@pytest.fixture(autouse=True)
def components():
    return component_set()


def send(client, *files, **data):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    chosen = {"component_set": component_set().pk}
    return client.post(HOME, {"files": uploads, **chosen, **data}, follow=True)


def url_of(document: ImportedDocument) -> str:
    return f"{HOME}{document.batch_id}/{document.pk}/"


def submit(client, document, action: str, **changed):
    sent = form_fields(client.get(url_of(document)).content.decode(), "document")
    return client.post(url_of(document), sent | changed | {"action": action}, follow=True)


def test_one_file_is_read_at_once_and_shown(as_user, drafter):
    client = as_user(drafter)

    page = send(client, ("kk.docx", a_docx())).content.decode()

    assert "Penerbitan Kartu Keluarga Baru" in page
    assert "6 of 14 components" in page
    assert "Fotokopi kutipan akta nikah" in page
    assert not UnreadFile.objects.exists()
    assert not Service.objects.exists()


def test_it_is_taken_over_as_it_was_changed(as_user, drafter):
    client = as_user(drafter)
    send(client, ("kk.docx", a_docx()))
    document = ImportedDocument.objects.get()

    changed = {
        "service_name": "Kartu Keluarga",
        "slug": "kk",
        "k0-body": "Akta nikah asli.",
        "k1-is_left_out": "on",
        "k2-component": "procedure",
    }
    page = submit(client, document, "confirm", **changed).content.decode()

    assert "is taken over as revision 1" in page
    revision = Revision.objects.get()
    assert (revision.state, revision.standard.service.slug) == (RevisionState.WORKING, "kk")
    bodies = dict(revision.placements.values_list("label", "wordings__body"))
    assert bodies["1.1"] == "Akta nikah asli."
    assert bodies["1.2"].startswith("Formulir F-1.02")
    assert bodies["2.1"].startswith("Orang asing")
    assert revision.changes.get(after="Akta nikah asli.").made_by == drafter


def test_what_is_kept_is_shown_again_and_marks_it_as_looked_at(as_user, drafter):
    client = as_user(drafter)
    send(client, ("kk.docx", a_docx()))
    document = ImportedDocument.objects.get()

    submit(client, document, "next", **{"k0-body": "Kata lain.", "decree_number": "7/2026"})

    document.refresh_from_db()
    assert document.is_looked_at
    assert document.choices == {
        "decree_number": "7/2026",
        "clauses": {"0": {"body": "Kata lain."}},
    }
    page = client.get(url_of(document)).content.decode()
    assert "Kata lain." in page
    assert not Service.objects.exists()


def test_a_folder_is_unpacked_and_a_hostile_file_does_not_stop_the_others(as_user, drafter):
    client = as_user(drafter)
    folder = a_folder(
        {
            "standar/kk.docx": a_docx(),
            "standar/macro.docx": b"MZ\x90\x00 no document",
            "standar/buku.pdf": b"%PDF-1.7",
            "__MACOSX/standar/._kk.docx": b"litter",
        }
    )

    send(client, ("standar.zip", folder))
    batch = ImportBatch.objects.get()
    intake.read_batch.call(batch.pk)

    found = {each.filename: each.state for each in documents_of(batch)}
    assert found == {
        "buku.pdf": ImportState.REFUSED,
        "kk.docx": ImportState.READ,
        "macro.docx": ImportState.REFUSED,
    }
    page = client.get(f"{HOME}{batch.pk}/?show=refused").content.decode()
    assert "Ini PDF. Simpan standar sebagai DOCX" in page  # in the language of whoever uploaded it
    assert "kk.docx" not in page


def test_a_batch_shows_how_far_it_is_before_the_worker_comes(as_user, drafter):
    client = as_user(drafter)

    page = send(client, ("a.docx", a_docx()), ("b.docx", a_docx("Akta"))).content.decode()

    assert "2 files are still being read." in page
    assert "data-under-way" in page


def test_several_are_taken_over_at_once_by_a_task(as_user, drafter):
    client = as_user(drafter)
    send(client, ("a.docx", a_docx("Akta Kematian")), ("b.docx", a_docx("Kartu Identitas Anak")))
    batch = ImportBatch.objects.get()
    intake.read_batch.call(batch.pk)
    page = client.get(f"{HOME}{batch.pk}/").content.decode()
    ticked = re.findall(r'name="document" value="([^"]+)"', page)
    assert len(ticked) == 2

    answer = client.post(
        f"{HOME}{batch.pk}/", {"document": ticked[:1], "action": "confirm"}, follow=True
    )

    assert "1 document is being taken over." in answer.content.decode()
    first = documents_of(batch)[0]
    assert first.state == ImportState.QUEUED
    seen = ticked[0].partition(":")[2]
    assert intake.confirm_queued.call(batch.pk, drafter.pk, [[first.pk, seen]]) == 1
    assert intake.confirm_queued.call(batch.pk, drafter.pk, [[first.pk, seen]]) == 0
    assert [str(service) for service in Service.objects.all()] == ["Akta Kematian"]


def test_left_out_with_one_button_and_taken_back(as_user, drafter):
    client = as_user(drafter)
    send(client, ("kk.docx", a_docx()))
    document = ImportedDocument.objects.get()

    client.post(url_of(document), {"action": "skip"})
    document.refresh_from_db()
    assert document.state == ImportState.SKIPPED

    client.post(url_of(document), {"action": "reopen"})
    document.refresh_from_db()
    assert document.state == ImportState.READ


def test_a_standard_that_changed_since_is_previewed_anew(as_user, drafter):
    client = as_user(drafter)
    send(client, ("a.docx", a_docx()))
    send(client, ("b.docx", a_docx()))
    first, second = ImportedDocument.objects.order_by("pk")
    sent = form_fields(client.get(url_of(second)).content.decode(), "document")
    submit(client, first, "confirm")

    answer = client.post(url_of(second), sent | {"action": "confirm"}, follow=True)

    page = answer.content.decode()
    assert "This has changed since you looked at it." in page
    assert "The standard has a working draft (revision 1)." in page
    second.refresh_from_db()
    assert second.state == ImportState.READ


def test_choosing_a_standard_shows_the_difference_first(as_user, signatory):
    client = as_user(signatory)
    send(client, ("a.docx", a_docx()), is_published="on")
    submit(client, ImportedDocument.objects.get(), "confirm")
    standard = Revision.objects.get().standard
    send(client, ("b.docx", a_docx("Kartu Baru", processing_time=("Paling lama 2 hari kerja.",))))
    document = ImportedDocument.objects.order_by("pk").last()
    assert "a new service" in client.get(url_of(document)).content.decode()

    page = submit(client, document, "confirm", standard=str(standard.pk)).content.decode()

    assert "This is compared with another standard now." in page
    assert "compared with revision 1" in page
    assert "<ins>" in page
    assert Revision.objects.count() == 1
    submit(client, document, "confirm")
    assert Revision.objects.count() == 2


@pytest.mark.parametrize("name", ["citizen", "moderator", "stranger", "note_taker"])
def test_only_drafters_and_approvers(as_user, drafter, request, name):
    send(as_user(drafter), ("kk.docx", a_docx()))
    document = ImportedDocument.objects.get()
    client = as_user(request.getfixturevalue(name))

    for url in (HOME, f"{HOME}{document.batch_id}/", url_of(document)):
        answer = client.get(url)
        assert answer.status_code == 403
        assert "Kartu Keluarga" not in answer.content.decode()
    assert client.post(url_of(document), {"action": "confirm"}).status_code == 403


def test_a_batch_of_another_agency_is_not_found(as_user, drafter, stranger):
    send(as_user(drafter), ("kk.docx", a_docx()))
    document = ImportedDocument.objects.get()

    url = url_of(document).replace("disdukcapil", "dinas-lain")

    assert as_user(stranger).get(url).status_code == 404


def test_a_clause_is_said_to_be_another_or_new(as_user, signatory):
    client = as_user(signatory)
    send(client, ("a.docx", a_docx()), is_published="on")
    submit(client, ImportedDocument.objects.get(), "confirm")
    send(client, ("b.docx", a_docx(fee=("Tidak dipungut biaya apa pun.",))))
    document = ImportedDocument.objects.order_by("pk").last()
    sent = form_fields(client.get(url_of(document)).content.decode(), "document")
    fee = next(name for name, value in sent.items() if value == "Tidak dipungut biaya apa pun.")
    clause = fee.removesuffix("-body")
    assert sent[f"{clause}-was"] == ""

    page = submit(client, document, "save", **{f"{clause}-was": "9.9"}).content.decode()
    assert "The present revision has no clause 9.9." in page
    page = submit(client, document, "save", **{f"{clause}-was": "4.1"}).content.decode()
    assert "Reworded, was 4.1 (decided)" in page
    submit(client, document, "confirm", **{"k0-was": ""})

    old, new = Revision.objects.order_by("number")
    clauses = [dict(each.placements.values_list("label", "clause_id")) for each in (old, new)]
    assert clauses[0]["4.1"] == clauses[1]["4.1"]
    assert clauses[0]["1.1"] != clauses[1]["1.1"]


def test_a_preview_takes_as_many_queries_for_any_length(
    as_user, drafter, django_assert_max_num_queries
):
    client = as_user(drafter)
    long = tuple(f"Syarat nomor {n} yang harus dibawa." for n in range(120))
    send(client, ("a.docx", a_docx(requirements=long)))
    document = ImportedDocument.objects.get()
    client.get(url_of(document))

    with django_assert_max_num_queries(16):
        page = client.get(url_of(document) + "?page=2").content.decode()

    assert "Syarat nomor 45 " in page
    assert "Syarat nomor 10 " not in page
    assert "Page 2 of 4" in page
