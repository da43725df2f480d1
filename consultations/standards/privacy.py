"""What standards keep about a person: who wrote, reviewed, published or imported what."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from consultations.people.models import User
from consultations.people.privacy import PersonalData, keep, moment, personal_data
from consultations.standards.models import (
    Change,
    ImportBatch,
    Publication,
    Review,
    SharedPassageVersion,
    UnsavedWords,
)


def _of_revision(row) -> dict:
    service = row.revision.standard.service
    return {
        "agency": service.agency.slug,
        "service": service.slug,
        "revision": row.revision.number,
    }


def _with_revision(rows):
    return rows.select_related("revision__standard__service__agency").order_by("pk")


def _export_changes(user: User) -> list[dict]:
    return [
        _of_revision(change)
        | {
            "operation": change.operation,
            "reason_kind": change.reason_kind,
            "reason": change.reason,
            "made_at": moment(change.made_at),
            "reverted_at": moment(change.reverted_at),
        }
        for change in _with_revision(user.changes)
    ]


def _export_reviews(user: User) -> list[dict]:
    return [
        _of_revision(review)
        | {
            "result": review.result,
            "note": review.note,
            "reviewed_on": review.reviewed_on.isoformat(),
        }
        for review in _with_revision(user.reviews)
    ]


def _export_publications(user: User) -> list[dict]:
    return [
        _of_revision(publication)
        | {
            "medium": publication.medium,
            "place": publication.place,
            "recorded_at": moment(publication.recorded_at),
        }
        for publication in _with_revision(user.publications)
    ]


def _export_passages(user: User) -> list[dict]:
    rows = user.passage_versions.select_related("passage__agency").order_by("pk")
    return [
        {
            "agency": version.passage.agency.slug,
            "passage": version.passage.name,
            "version": version.number,
            "reason": version.reason,
            "made_at": moment(version.made_at),
        }
        for version in rows
    ]


def _export_imports(user: User) -> list[dict]:
    rows = user.import_batches.select_related("agency").prefetch_related("documents")
    return [
        {
            "agency": batch.agency.slug,
            "uploaded_at": moment(batch.uploaded_at),
            "files": [document.filename for document in batch.documents.all()],
        }
        for batch in rows.order_by("pk")
    ]


def _export_unsaved(user: User) -> list[dict]:
    return [
        _of_revision(words)
        | {
            "language": words.language,
            "heading": words.heading,
            "body": words.body,
            "saved_at": moment(words.saved_at),
        }
        for words in _with_revision(user.unsaved_words)
    ]


def _erase_unsaved(user: User, at: datetime) -> None:
    user.unsaved_words.all().delete()


def _register(model, purpose, export: Callable[[User], list[dict]], erase=keep) -> None:
    personal_data.register(model.__name__)(PersonalData(purpose, export, erase))


_register(
    Change,
    _(
        "To know which official changed words of a draft. Readers see the reason alone; that "
        "an official made the change stays by the law on archives."
    ),
    _export_changes,
)
_register(
    Review,
    _(
        "To know which official reviewed a standard. Readers see the post alone; that an official "
        "reviewed it stays by the law on archives."
    ),
    _export_reviews,
)
_register(
    Publication,
    _(
        "To know which official recorded where a standard was made public; nobody else sees it. "
        "It stays by the law on archives."
    ),
    _export_publications,
)
_register(
    SharedPassageVersion,
    _(
        "To know which official changed words that several standards share. It stays by the law "
        "on archives."
    ),
    _export_passages,
)
_register(
    ImportBatch,
    _("To know which official uploaded files of standards. It stays by the law on archives."),
    _export_imports,
)
_register(
    UnsavedWords,
    _("To keep what you have typed in the editor and not saved yet. Erased whole."),
    _export_unsaved,
    _erase_unsaved,
)
