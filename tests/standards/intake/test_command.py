"""`import_standard` with documents: a working draft, and what is doubtful about it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from consultations.standards.models import Revision, Service
from tests.standards.intake.files import a_docx, component_set

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture(autouse=True)
def components():
    return component_set()


def run(path, **options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_standard", str(path), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_docx_becomes_a_working_draft(tmp_path, agency):
    path = tmp_path / "kk.docx"
    path.write_bytes(a_docx())

    out, err = run(path, agency="disdukcapil")

    assert "working draft, revision 1, 6 of 14 components." in out
    assert "“Dasar hukum” was not found." in err
    revision = Revision.objects.get()
    assert (revision.state, revision.placements.count()) == ("working", 14)


def test_what_has_no_place_is_left_out_and_said(tmp_path, agency):
    path = tmp_path / "a.md"
    path.write_text(
        "# Standar Pelayanan Legalisir\n\n## Sesuatu yang lain\n\nKata-kata.\n\n"
        "## Persyaratan\n\nKTP.\n\n## Biaya/Tarif\n\nGratis.\n\n## Produk Pelayanan\n\nSurat.\n"
    )

    _out, err = run(path, agency="disdukcapil")

    assert "left out: Kata-kata." in err
    assert Revision.objects.get().placements.count() == 3


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Say whose standards these are"),
        ({"agency": "nowhere"}, "there is no such agency"),
        ({"agency": "disdukcapil", "components": "none"}, "There is no such component set"),
    ],
)
def test_what_is_missing_is_said(tmp_path, agency, options, sentence):
    path = tmp_path / "kk.docx"
    path.write_bytes(a_docx())

    with pytest.raises(CommandError, match=sentence):
        run(path, **options)

    assert not Service.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_whole(tmp_path, agency):
    path = tmp_path / "kk.pdf"
    path.write_bytes(b"%PDF-1.7")

    with pytest.raises(CommandError, match="This is a PDF"):
        run(path, agency="disdukcapil")
