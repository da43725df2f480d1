"""Reading what was uploaded, in the background, file by file. Safe to repeat and to interrupt."""

import logging

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from consultations.kernel.errors import Refused
from consultations.standards.enums import ImportState
from consultations.standards.importing import files, likenesses, stored
from consultations.standards.importing.choices import Becomes
from consultations.standards.importing.present import Standards
from consultations.standards.importing.previews import facts_of, load_preview
from consultations.standards.models import ImportBatch, ImportedDocument, UnreadFile

# A reader that was broken off this often, with its whole process, is not sent at the file again.
MOST_ATTEMPTS = 2
logger = logging.getLogger(__name__)


@task()
def read_batch(batch_id: int) -> int:
    """Reads what waits in a batch; a file that cannot be read does not keep the others waiting.

    Returns how many files it read. The bytes of a file are gone as soon as it has been read.
    """
    batch = ImportBatch.objects.select_related("agency__log", "component_set", "uploaded_by").get(
        pk=batch_id
    )
    count = 0
    with override(batch.uploaded_by.language):
        waiting = batch.documents.filter(state=ImportState.WAITING).order_by("position")
        for document_id in waiting.values_list("pk", flat=True):
            count += _read_one(batch, document_id)
        if count:
            compare_documents(batch)
    return count


def _read_one(batch: ImportBatch, document_id: int) -> bool:
    """Read outside of any transaction, noted down in a short one: so it holds no lock."""
    with transaction.atomic():
        file = UnreadFile.objects.select_for_update(of=("self",)).filter(document=document_id)
        found = file.select_related("document").first()
        if found is None:  # another worker had it
            return False
        found.attempts += 1
        found.save(update_fields=["attempts"])
    try:
        if found.attempts > MOST_ATTEMPTS:
            raise files.UnreadableFile(
                _("Reading this file was broken off twice. Save it again as DOCX and send that.")
            )
        contents = files.read_content(
            bytes(found.content),
            found.document.filename,
            agency=batch.agency,
            component_set=batch.component_set,
        )
    except Refused as refusal:
        return _note(batch, document_id, [], refusal.message)
    except Exception:  # a reader that fails on one file must not keep the others waiting
        logger.exception("Imported document %s cannot be read", document_id)
        message = _("The file could not be read. Open it in Word, save it again and send that.")
        return _note(batch, document_id, [], message)
    return _note(batch, document_id, contents, "")


@transaction.atomic
def _note(batch: ImportBatch, document_id: int, contents: list[dict], refusal: str) -> bool:
    """What was read, or why it was not; once, whoever comes first."""
    rows = ImportedDocument.objects.select_for_update().filter(pk=document_id)
    document = rows.filter(state=ImportState.WAITING).first()
    if document is None:
        return False
    UnreadFile.objects.filter(document=document).delete()
    if refusal:
        document.state, document.refusal = ImportState.REFUSED, refusal
        document.save(update_fields=["state", "refusal"])
        return True
    standards = Standards(batch.agency, batch.component_set)
    for number, content in enumerate(contents):
        part = document
        if number:  # a file with several standards makes several documents
            part = ImportedDocument(filename=document.filename, digest=document.digest)
            part.position = document.position + number
        part.batch, part.state, part.content = batch, ImportState.READ, content
        if batch.is_published and stored.OWN_FORMAT not in content:
            part.choices = {"becomes": str(Becomes.PUBLISHED)}
        count_anew(part, standards)
        part.save()
    return True


def count_anew(document: ImportedDocument, standards: Standards) -> None:
    """Sets what lists say about a document, after what was read or chosen has changed."""
    read_name = document.content.get("service_name", "")
    document.facts = {
        "service": document.choices.get("service_name", read_name),
        "is_new": document.choices.get("is_new", False),
    }
    if own := files.own_format_of(document.content):
        document.facts["slug"] = own.slug
    document.facts = facts_of(load_preview(document, standards))
    _count_likes(document, standards)


def _count_likes(document: ImportedDocument, standards: Standards) -> None:
    """However many others it is like, that is one thing to look at."""
    likes = likenesses.open_likes(document, standards.of(document))
    document.facts["likes"] = len(likes)
    document.doubts = document.facts["doubts"] + bool(likes)


def compare_documents(batch: ImportBatch) -> None:
    """Finds what has nearly the same words, among the batch and the agency's standards."""
    documents = list(batch.documents.filter(state=ImportState.READ).order_by("position"))
    found = likenesses.find(batch, documents)
    standards = Standards(batch.agency, batch.component_set)
    for document in documents:
        if document.likes != found.get(document.pk, []):
            _set_likes(document.pk, found.get(document.pk, []), standards)


@transaction.atomic
def _set_likes(document_id: int, likes: list, standards: Standards) -> None:
    rows = ImportedDocument.objects.select_for_update().defer("content", "choices")
    document = rows.filter(pk=document_id, state=ImportState.READ).first()
    if document is not None:
        document.likes = likes
        _count_likes(document, standards)
        document.save(update_fields=["likes", "facts", "doubts"])
