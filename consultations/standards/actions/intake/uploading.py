"""Taking files in: a row for each, and a task that reads them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.standards.actions.intake.reading import read_batch
from consultations.standards.enums import ImportState
from consultations.standards.importing.folders import Upload, expanded
from consultations.standards.models import (
    ComponentSet,
    ImportBatch,
    ImportedDocument,
    UnreadFile,
)
from consultations.standards.reading.archives import MOST_STANDARDS
from consultations.standards.rules import check_import

_FILENAME_LIMIT = 200


@transaction.atomic
def upload_files(
    *,
    actor,
    agency: Agency,
    component_set: ComponentSet,
    files: Iterable[Upload],
    is_published: bool = False,
    at: datetime,
) -> ImportBatch:
    """A batch with a row for each file, those in folders too. A file that cannot even be unpacked
    is a row with its refusal; the others go on, and are read by a task that commits with them."""
    check_import(actor, agency, on=day_in(agency, at))
    batch = ImportBatch.objects.create(
        agency=agency,
        component_set=component_set,
        uploaded_by=actor,
        uploaded_at=at,
        is_published=is_published,
    )
    count = 0
    for count, upload in enumerate(expanded(files), 1):
        _add(batch, count, upload)
    if not count:
        raise Invalid(_("Choose at least one file."), field="files")
    read_batch.enqueue(batch.pk)
    return batch


def _add(batch: ImportBatch, number: int, upload: Upload) -> None:
    document = ImportedDocument.objects.create(
        batch=batch,
        position=number * MOST_STANDARDS,
        filename=_shown(upload.filename),
        digest=hashlib.sha256(upload.content).hexdigest(),
        state=ImportState.REFUSED if upload.refusal else ImportState.WAITING,
        refusal=upload.refusal,
    )
    if not upload.refusal:
        UnreadFile.objects.create(document=document, content=upload.content)


def _shown(filename: str) -> str:
    """The name without what cannot be shown; one that is too long keeps its end, which says what
    kind of file it is."""
    name = "".join(char if char.isprintable() else " " for char in filename).strip()
    return name[-_FILENAME_LIMIT:] or "?"
