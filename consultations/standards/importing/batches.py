"""Lists of uploads and of the documents in one, quick for hundreds of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.kernel.errors import Missing
from consultations.kernel.paging import Page, page
from consultations.people.models import Agency
from consultations.standards.enums import ImportState
from consultations.standards.importing.present import Standards
from consultations.standards.models import ImportBatch, ImportedDocument, Standard

PAGE_SIZE = 50
MOST_LIKES = 5  # more of them say nothing new
_IS_DOUBTFUL = Q(state=ImportState.READ) & (Q(doubts__gt=0, is_looked_at=False) | ~Q(refusal=""))


class Show(TextChoices):
    """The filters of a batch's page, in the order in which one goes through them."""

    ALL = "", gettext_lazy("All")
    DOUBTFUL = "doubtful", gettext_lazy("To be looked at")
    CLEAN = "clean", gettext_lazy("Without doubts")
    REFUSED = "refused", gettext_lazy("Could not be read")
    DONE = "done", gettext_lazy("Done")


CONDITIONS = {
    Show.ALL: Q(),
    Show.DOUBTFUL: _IS_DOUBTFUL,
    Show.CLEAN: Q(state=ImportState.READ) & ~_IS_DOUBTFUL,
    Show.REFUSED: Q(state=ImportState.REFUSED),
    Show.DONE: Q(state__in=ImportState.DONE),
}


@dataclass(frozen=True)
class Counts:
    total: int
    waiting: int  # to be read
    queued: int  # to be taken over
    by_filter: dict[Show, int]
    confirmed: int

    @property
    def read(self) -> int:
        return self.total - self.waiting

    @property
    def is_under_way(self) -> bool:
        return bool(self.waiting or self.queued)

    @property
    def doubtful(self) -> int:
        return self.by_filter[Show.DOUBTFUL]

    @property
    def clean(self) -> int:
        return self.by_filter[Show.CLEAN]


@dataclass(frozen=True)
class Row:
    document: ImportedDocument
    standard: Standard | None  # that it would change, or did; None: a new service
    seen: str

    @property
    def is_open(self) -> bool:
        return self.document.state == ImportState.READ

    @property
    def is_clean(self) -> bool:
        document = self.document
        return (
            self.is_open and not document.refusal and (document.is_looked_at or not document.doubts)
        )


def get_batch(agency: Agency, batch_id: int) -> ImportBatch:
    found = ImportBatch.objects.select_related("component_set", "uploaded_by")
    batch = found.filter(agency=agency, pk=batch_id).first()
    if batch is None:
        raise Missing(_("There is no such import."))
    batch.agency = agency
    return batch


def get_document(batch: ImportBatch, document_id: int) -> ImportedDocument:
    """What was read or refused; what still waits has nothing to show."""
    found = batch.documents.select_related("revision__standard__service__agency")
    document = found.filter(pk=document_id).exclude(state=ImportState.WAITING).first()
    if document is None:
        raise Missing(_("There is no such document in this import."))
    document.batch = batch
    return document


def batches_of(agency: Agency) -> QuerySet[ImportBatch]:
    """The newest first, each with `total` and `left`: how many are not decided yet."""
    left = Count("documents", filter=Q(documents__state__in=[ImportState.READ, ImportState.QUEUED]))
    return (
        ImportBatch.objects.filter(agency=agency)
        .select_related("uploaded_by")
        .annotate(total=Count("documents"), left=left)
        .order_by("-pk")
    )


def count(batch: ImportBatch) -> Counts:
    """One query."""
    columns = {f"show_{show.name}": Count("pk", filter=q) for show, q in CONDITIONS.items() if q}
    for state in (ImportState.WAITING, ImportState.QUEUED, ImportState.CONFIRMED):
        columns[f"in_{state}"] = Count("pk", filter=Q(state=state))
    found = batch.documents.aggregate(total=Count("pk"), **columns)
    by_filter = {show: found.get(f"show_{show.name}", found["total"]) for show in CONDITIONS}
    return Counts(
        found["total"], found["in_waiting"], found["in_queued"], by_filter, found["in_confirmed"]
    )


def rows_of(batch: ImportBatch, show: Show, *, after: int | None) -> Page:
    """Four queries, whatever the number."""
    found = _light(batch).filter(CONDITIONS[show])
    documents = page(
        found.select_related("revision__standard__service__agency"),
        key="position",
        after=after,
        size=PAGE_SIZE,
    )
    standards = Standards(batch.agency, batch.component_set)
    return Page([_row(each, standards) for each in documents.rows], documents.next_after)


def seen_of(batch: ImportBatch, documents: Iterable[int] | None = None) -> dict[int, str]:
    """What is known now of these documents, or of all without doubts, for taking them over."""
    found = _light(batch).filter(state=ImportState.READ)
    found = found.filter(CONDITIONS[Show.CLEAN] if documents is None else Q(pk__in=documents))
    standards = Standards(batch.agency, batch.component_set)
    return {document.pk: standards.seen(document) for document in found}


def next_doubtful(batch: ImportBatch, *, after: int = 0) -> ImportedDocument | None:
    """The next one to be looked at behind this place, or else the first of all."""
    found = _light(batch).filter(_IS_DOUBTFUL).order_by("position")
    return found.filter(position__gt=after).first() or found.first()


def likes_of(document: ImportedDocument, likes: Sequence[dict]) -> list[tuple[object, int]]:
    """The likest that have nearly the same words, each with the percentage; two queries."""
    likes = sorted(likes, key=lambda like: -like["score"])[:MOST_LIKES]
    ids = [like["document"] for like in likes if "document" in like]
    documents = {each.pk: each for each in _light(document.batch).filter(pk__in=ids)}
    standard_ids = [like["standard"] for like in likes if "standard" in like]
    standards = Standard.objects.select_related("service__agency").in_bulk(standard_ids)
    found = []
    for like in likes:
        other = documents.get(like.get("document")) or standards.get(like.get("standard"))
        if other:
            found.append((other, round(100 * like["score"])))
    return found


def _light(batch: ImportBatch) -> QuerySet[ImportedDocument]:
    """Without what was read, which is long and which no list shows."""
    return batch.documents.defer("content", "choices")


def _row(document: ImportedDocument, standards: Standards) -> Row:
    if document.state != ImportState.READ:
        done = document.revision.standard if document.revision else None
        return Row(document, done, "")
    return Row(document, standards.of(document), standards.seen(document))
