"""Publications with their proof, and the sheet for registers elsewhere."""

import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.ledger.queries import data_of, newest_entries
from consultations.standards import actions
from consultations.standards.importing import import_file
from consultations.standards.models import ExternalRegister, Publication, Registration
from tests import build
from tests.build import TODAY
from tests.standards.test_importing import KTP, SAMPLES
from tests.standards.test_photographs import a_picture
from tests.standards.test_pledges import in_force

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)
SIPPN = SAMPLES / "registers" / "sippn.json"


@pytest.fixture(autouse=True)
def now(monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("django.utils.timezone.now", lambda: TODAY)


@pytest.fixture
def revision(agency):
    return in_force(build.a_working_draft(build.a_standard(agency, "layanan")), date(2026, 1, 2))


@pytest.fixture
def sippn():
    call_command("import_register", SIPPN, verbosity=0)
    return ExternalRegister.objects.get()


def publish(actor, revision, **changes):
    given = {
        "actor": actor, "revision": revision, "medium": "print", "place": "Papan loket",
        "published_on": date(2026, 2, 1), "url": "https://contoh.test/standar", "at": TODAY,
    }  # fmt: skip
    return actions.record_publication(**given | changes)


def address(revision, rest=""):
    service = revision.standard.service
    return f"/standards/{service.agency.slug}/{service.slug}/{rest}"


# --- publications -----------------------------------------------------------------------------


def test_a_publication_is_shown_with_its_proof_and_stands_in_the_record(client, revision, drafter):
    publication = publish(drafter, revision)

    page = client.get("/en" + address(revision)).content.decode()
    assert 'href="https://contoh.test/standar"' in page
    assert "Papan loket" in page
    entry = newest_entries(revision.standard.log).first()
    assert (entry.type, entry.subject) == ("publication.recorded", "revision:1")
    assert data_of(entry) == {
        "publication": publication.pk, "medium": "print", "on": "2026-02-01",
    }  # fmt: skip
    assert publication.recorded_by == drafter


def test_an_ended_publication_is_shown_no_more_and_stays_known(client, revision, drafter, as_user):
    publication = publish(drafter, revision)

    url = address(revision, f"keeping/publications/{publication.pk}/end/")
    assert as_user(drafter).post(url, {"ended_on": "2026-11-01"}).status_code == 302

    publication.refresh_from_db()
    assert publication.ended_on == date(2026, 11, 1)
    assert newest_entries(revision.standard.log).first().type == "publication.ended"
    assert "Papan loket" not in client.get(address(revision)).content.decode()
    assert "Papan loket" in client.get(address(revision, "keeping/publications/")).content.decode()
    with pytest.raises(Conflict):
        actions.end_publication(actor=drafter, publication=publication, ended_on=ON, at=TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"medium": "smoke"}, "medium"),
        ({"place": " "}, "place"),
        ({"published_on": ON + timedelta(days=1)}, "published_on"),
        ({"url": ""}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "data:text/html,x"}, "url"),
        ({"photo": b"x"}, "photo_text"),
    ],
)
def test_what_is_missing_or_wrong_in_a_publication_is_named(revision, drafter, changes, field):
    with pytest.raises(Invalid) as refused:
        publish(drafter, revision, **changes)

    assert list(refused.value.errors) == [field]
    assert not Publication.objects.exists()


def test_only_what_is_in_force_or_will_be_is_published(agency, drafter):
    with pytest.raises(Conflict):
        publish(drafter, build.a_revision(build.a_standard(agency)))


def test_who_does_not_draft_for_the_agency_records_nothing(
    client, as_user, revision, citizen, stranger, sippn
):
    for actor in (citizen, stranger):
        with pytest.raises(Denied):
            publish(actor, revision)
        with pytest.raises(Denied):
            register(actor, revision, sippn)
        for rest in ("keeping/publications/", "keeping/registers/sippn/"):
            assert as_user(actor).get(address(revision, rest)).status_code == 403


def send(client, revision, photo, **changes):
    given = {
        "medium": "billboard", "place": "Simpang lima", "published_on": "2026-02-01",
        "photo_text": "Papan di simpang lima dengan enam komponen.",
    }  # fmt: skip
    url = address(revision, "keeping/publications/")
    return client.post(url, given | changes | {"photo": photo})


def test_a_photograph_is_kept_as_a_picture_and_nothing_else(as_user, client, revision, drafter):
    sent = SimpleUploadedFile("<b>rahasia</b>.html", a_picture("PNG"), "text/html")

    assert send(as_user(drafter), revision, sent).status_code == 302

    publication = Publication.objects.get()
    assert publication.photo.name.startswith("publications/")
    assert publication.photo.name.endswith(".jpg")
    assert "rahasia" not in publication.photo.name
    client.logout()
    page = client.get(address(revision)).content.decode()
    assert 'alt="Papan di simpang lima dengan enam komponen."' in page
    shown = client.get(address(revision, f"photographs/{publication.pk}.jpg"))
    assert shown["Content-Type"] == "image/jpeg"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(shown.streaming_content).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "content", [b"<svg onload='alert(1)'/>", b"<!doctype html><script>1</script>", b"MZ\x90"]
)
def test_a_photograph_that_is_none_is_refused_at_its_field(as_user, revision, drafter, content):
    sent = SimpleUploadedFile("foto.jpg", content, "image/jpeg")

    answer = send(as_user(drafter), revision, sent)

    assert answer.status_code == 422
    assert "id_photo_error" in answer.content.decode()
    assert not Publication.objects.exists()


def test_photographs_of_what_is_shown_no_more_are_the_agencys_own(
    as_user, client, revision, drafter
):
    photograph = SimpleUploadedFile("foto.jpg", a_picture(), "image/jpeg")
    send(as_user(drafter), revision, photograph)
    publication = Publication.objects.get()
    actions.end_publication(actor=drafter, publication=publication, ended_on=ON, at=TODAY)
    url = address(revision, f"photographs/{publication.pk}.jpg")

    inside = client.get(url)
    assert inside.status_code == 200
    assert b"".join(inside.streaming_content)
    client.logout()
    assert client.get(url).status_code == 404
    other = in_force(build.a_working_draft(), date(2026, 1, 2))
    assert client.get(address(other, f"photographs/{publication.pk}.jpg")).status_code == 404


# --- registers elsewhere ----------------------------------------------------------------------


def register(actor, revision, to, **changes):
    given = {
        "actor": actor, "standard": revision.standard, "register": to, "revision": revision,
        "external_id": "8018354", "at": TODAY,
    }  # fmt: skip
    return actions.record_registration(**given | changes)


def test_the_sheet_has_the_fields_of_the_register_in_its_order(as_user, sippn):
    standard = import_file(KTP, at=TODAY).standard
    drafter = build.an_official(standard.service.agency, "drafter")
    three = standard.revisions.get(number=3)

    page = as_user(drafter).get(address(three, "keeping/registers/sippn/")).content.decode()

    values = [
        "Penerbitan KTP elektronik", "188/47/438.5.12/2023",
        "1. Telah berusia 17", "1. Pemohon mengambil nomor antrean", "14 (empat belas) hari kerja",
        "Tidak dipungut biaya", "Kartu Tanda Penduduk elektronik.", "Pengaduan disampaikan",
        "/standards/disdukcapil-tirtasari/ktp-elektronik/3/",
    ]  # fmt: skip
    places = [page.index(value, page.index('id="fields"')) for value in values]
    assert places == sorted(places)
    assert page.count("data-copy=") == len(sippn.fields)


def test_a_registration_is_outdated_when_other_words_are_in_force(
    as_user, revision, drafter, sippn
):
    url = "/en" + address(revision, "keeping/registers/sippn/")
    assert "Not entered there yet." in as_user(drafter).get(url).content.decode()

    done = as_user(drafter).post(url, {"external_id": "8018354", "url": ""})
    assert done.status_code == 302
    assert "Up to date there." in as_user(drafter).get(url).content.decode()
    entry = newest_entries(revision.standard.log).first()
    assert data_of(entry) == {"register": "sippn", "id": "8018354", "number": 1}

    in_force(build.a_next_draft(revision), date(2026, 6, 1))
    page = as_user(drafter).get(url).content.decode()
    assert "Outdated there." in page
    assert "The register shows revision 1; revision 2 is in force since" in page
    assert 'value="8018354"' in page

    as_user(drafter).post(url, {"external_id": "8018354", "url": "https://sippn.contoh.test/1"})
    assert Registration.objects.get().revision.number == 2


def test_what_is_wrong_in_a_registration_is_named(revision, drafter, sippn):
    for changes, field in (({"external_id": " "}, "external_id"), ({"url": "ftp://x.test"}, "url")):
        with pytest.raises(Invalid) as refused:
            register(drafter, revision, sippn, **changes)
        assert list(refused.value.errors) == [field]
    assert not Registration.objects.exists()


def test_registers_are_loaded_from_files_and_again_when_their_form_has_changed(tmp_path, sippn):
    content = json.loads(SIPPN.read_text("utf-8"))
    content["fields"] = content["fields"][:2]
    file = tmp_path / "sippn.json"
    file.write_text(json.dumps(content))

    call_command("import_register", file, verbosity=0)

    assert len(ExternalRegister.objects.get().fields) == 2


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"format": "x"}, "format"),
        ({"fields": [{"label": {"id": "X"}, "from": "nothing"}]}, "fields[0].from"),
        ({"fields": [{"label": {"id": "X"}, "from": "component"}]}, "fields[0].component"),
        ({"more": 1}, "more"),
    ],
)
def test_what_is_wrong_in_a_register_file_is_named(tmp_path, changes, place):
    file = tmp_path / "x.json"
    file.write_text(json.dumps(json.loads(SIPPN.read_text("utf-8")) | changes))

    with pytest.raises(CommandError) as refused:
        call_command("import_register", file)

    assert f"x.json: {place}:" in str(refused.value)
    assert not ExternalRegister.objects.exists()
