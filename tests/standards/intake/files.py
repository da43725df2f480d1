"""Uploaded files for tests: standards in the shapes of published ones, and folders of them."""

import zipfile
from dataclasses import replace
from io import BytesIO

from django.conf import settings

from consultations.standards.actions import intake
from consultations.standards.importing import import_file
from consultations.standards.importing.folders import Upload
from consultations.standards.models import ComponentSet, ImportBatch, ImportedDocument
from tests.build import TODAY
from tests.standards.reading.layouts import three_columns
from tests.standards.reading.texts import KARTU_KELUARGA, SET, Text

ITEMS = {key: (name, items) for key, name, items in KARTU_KELUARGA.components}


def component_set() -> ComponentSet:
    """The real one, of 14 components."""
    found = ComponentSet.objects.filter(key=SET).first()
    if found is None:
        import_file(settings.BASE_DIR / "samples" / "component-sets" / f"{SET}.json", at=TODAY)
    return found or ComponentSet.objects.get(key=SET)


def a_text(service: str = "", **items: tuple[str, ...]) -> Text:
    """The family card's standard, for another service or with other items in some components."""
    components = tuple(
        (key, name, items.get(key.replace("-", "_"), before))
        for key, name, before in KARTU_KELUARGA.components
    )
    return replace(KARTU_KELUARGA, service=service or KARTU_KELUARGA.service, components=components)


def a_docx(service: str = "", **items: tuple[str, ...]) -> bytes:
    return three_columns(a_text(service, **items))


def a_folder(files: dict[str, bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, file in files.items():
            archive.writestr(name, file)
    return content.getvalue()


def upload(actor, agency, *files: tuple[str, bytes], **kwargs) -> ImportBatch:
    """Uploaded and not read yet."""
    return intake.upload_files(
        actor=actor,
        agency=agency,
        component_set=component_set(),
        files=[Upload(*file) for file in files],
        at=TODAY,
        **kwargs,
    )


def read(actor, agency, *files: tuple[str, bytes], **kwargs) -> list[ImportedDocument]:
    """Uploaded, and read as the worker would."""
    batch = upload(actor, agency, *files, **kwargs)
    intake.read_batch.call(batch.pk)
    return documents_of(batch)


def documents_of(batch: ImportBatch) -> list[ImportedDocument]:
    found = batch.documents.select_related("batch__agency__log", "batch__component_set")
    return list(found.order_by("position"))
