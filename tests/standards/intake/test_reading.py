"""Reading in the background: many at once, in bounded queries; hostile files end in a row."""

import json
import zipfile
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from consultations.standards.actions import intake
from consultations.standards.enums import ImportState
from consultations.standards.importing import files, folders
from consultations.standards.importing.folders import Upload, expanded, is_folder
from consultations.standards.models import ImportedDocument, UnreadFile
from tests.standards.intake.files import a_docx, a_folder, a_text, documents_of, read, upload
from tests.standards.reading.layouts import headings
from tests.standards.reading.packages import MACRO_TYPE, a_body, a_package, a_paragraph
from tests.standards.reading.test_refusals import ENTITIES, OLE

pytestmark = pytest.mark.django_db
HOSTILE = {
    "bomb.docx": a_package(a_body(a_paragraph("a" * 70_000_000))),
    "broken.docx": a_package()[:200],
    "empty.docx": b"",
    "encrypted.docx": OLE,
    "entities.docx": a_package(a_body(a_paragraph("&c;"), prolog=ENTITIES)),
    "macro.docx": a_package(main_type=MACRO_TYPE),
    "picture.md": b"\x89PNG\r\n",
    "wrong.json": b'{"format": "rembuk-standard/1", "revisions": 7}',
}


def test_a_folder_of_147_in_bounded_queries(as_user, agency, drafter):
    folder = a_folder({f"{n:03d}.docx": headings(a_text(f"Layanan {n}")) for n in range(147)})
    batch = upload(drafter, agency, ("standar.zip", folder))
    task = DBTaskResult.objects.get(
        task_path="consultations.standards.actions.intake.reading.read_batch"
    )
    assert task.args_kwargs["args"] == [batch.pk]

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert intake.read_batch.call(batch.pk) == 147
    assert len(queries) < 147 * 40

    client = as_user(drafter)
    url = f"/en/standards/disdukcapil/desk/import/{batch.pk}/"
    client.get(url)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url).content.decode()
    assert "Layanan 49" in page
    assert "Layanan 50" not in page
    few = read(drafter, agency, ("a.docx", a_docx()), ("b.docx", a_docx()))[0].batch
    with CaptureQueriesContext(connection) as one:
        client.get(f"/en/standards/disdukcapil/desk/import/{few.pk}/")
    assert len(many) == len(one)
    assert not UnreadFile.objects.exists()


def test_hostile_files_are_rows_with_a_sentence_and_the_others_go_on(agency, drafter):
    given = [*HOSTILE.items(), ("kk.docx", a_docx())]

    found = read(drafter, agency, *given)

    states = {each.filename: each.state for each in found}
    assert states == dict.fromkeys(HOSTILE, ImportState.REFUSED) | {"kk.docx": ImportState.READ}
    assert all(each.refusal for each in found if each.state == ImportState.REFUSED)
    assert not UnreadFile.objects.exists()


def test_a_reader_that_fails_refuses_one_file_alone(agency, drafter, monkeypatch):
    whole = files.read_documents

    def fails(content, filename, **kwargs):
        if filename == "a.docx":
            raise RuntimeError("a mistake of ours")
        return whole(content, filename, **kwargs)

    monkeypatch.setattr(files, "read_documents", fails)

    found = read(drafter, agency, ("a.docx", a_docx()), ("b.docx", a_docx()))

    assert [each.state for each in found] == [ImportState.REFUSED, ImportState.READ]
    assert found[0].refusal


def test_a_file_that_took_workers_down_is_not_read_a_third_time(agency, drafter):
    batch = upload(drafter, agency, ("a.docx", a_docx()))
    UnreadFile.objects.update(attempts=2)

    intake.read_batch.call(batch.pk)

    assert documents_of(batch)[0].state == ImportState.REFUSED


def test_a_book_of_several_standards_is_several_documents(agency, drafter):
    book = b"\n".join(
        f"# Standar Pelayanan {name}\n\n## Persyaratan\n\nKTP {name}.\n\n## Biaya/Tarif\n\n"
        f"Gratis.\n\n## Produk Pelayanan\n\nSurat {name}.\n".encode()
        for name in ("Legalisir", "Akta Kematian")
    )

    found = read(drafter, agency, ("buku.md", book), ("kk.docx", a_docx()))

    services = [each.facts["service"] for each in found]
    assert services == ["Legalisir", "Akta Kematian", "Penerbitan Kartu Keluarga Baru"]


def test_duplicates_are_found_in_the_batch(agency, drafter):
    found = read(
        drafter, agency, ("a.docx", a_docx("Layanan Satu")), ("b.docx", a_docx("Layanan Dua"))
    )

    assert found[0].likes == [{"document": found[1].pk, "score": 1.0}]
    assert found[0].doubts == 1


def test_an_operating_procedure_is_told(agency, drafter):
    content = (
        b"# STANDAR OPERASIONAL PROSEDUR\n\nNomor SOP: 1/2026\n\nTanggal Pembuatan: 1 Mei 2026\n\n"
        b"## Kualifikasi Pelaksana\n\nSMA.\n\n## Peringatan\n\nDicatat.\n"
    )

    (document,) = read(drafter, agency, ("sop.md", content))

    assert document.facts["kind"] == "procedure"
    assert document.doubts


def test_own_format_of_another_agency_is_refused(agency, drafter):
    content = (settings.BASE_DIR / "samples/standards/ktp-elektronik.json").read_bytes()

    (document,) = read(drafter, agency, ("ktp.json", content))

    assert document.state == ImportState.REFUSED
    assert "disdukcapil-tirtasari" in document.refusal


def test_own_format_comes_in_with_all_its_revisions(as_user, agency, signatory):
    value = json.loads((settings.BASE_DIR / "samples/standards/akta-kelahiran.json").read_text())
    value["agency"] = "disdukcapil"
    adopted = [each for each in value["revisions"] if each["state"] == "adopted"]
    value["revisions"] = adopted
    (document,) = read(signatory, agency, ("akta.json", json.dumps(value).encode()))
    client = as_user(signatory)
    url = f"/en/standards/disdukcapil/desk/import/{document.batch_id}/{document.pk}/"
    page = client.get(url).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]

    client.post(url, {"action": "confirm", "seen": seen})

    document.refresh_from_db()
    assert document.state == ImportState.CONFIRMED
    assert document.revision.number == adopted[-1]["number"]
    assert document.revision.state == "adopted"


def test_folders_are_told_from_documents_and_kept_within_bounds(monkeypatch):
    folder = a_folder({"a.md": b"a", "b/b.md": b"b" * 50, ".DS_Store": b"x", "c/~$d.docx": b"x"})
    assert is_folder(folder)
    assert not is_folder(a_package())
    assert not is_folder(b"PK\x03\x04 broken")
    monkeypatch.setattr(folders, "MOST_BYTES", 40)

    found = list(expanded([Upload("f.zip", folder), Upload("z.md", b"z")]))

    assert [(each.filename, bool(each.refusal)) for each in found] == [
        ("a.md", False),
        ("b.md", True),
        ("z.md", False),
    ]


def test_a_folder_that_inflates_beyond_bounds_is_refused_file_by_file():
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.md", b"0" * 30_000_000)
        archive.writestr("good.md", b"# Standar")

    found = list(expanded([Upload("f.zip", content.getvalue())]))

    assert [bool(each.refusal) for each in found] == [True, False]


def test_names_of_files_are_shown_without_what_cannot_be(agency, drafter):
    (document,) = read(drafter, agency, ("a\u202eb\n" + "x" * 300 + ".docx", a_docx()))

    assert len(document.filename) == 200
    assert document.filename.endswith("x.docx")
    assert ImportedDocument.objects.get().filename.isprintable()
