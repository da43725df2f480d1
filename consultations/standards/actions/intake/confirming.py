"""Taking documents over: each in a transaction of its own, under the locks of what it changes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from consultations.kernel.errors import Conflict, Refused
from consultations.ledger import actions as ledger
from consultations.people.models import User
from consultations.people.queries import day_in
from consultations.standards.actions.intake.deciding import OPEN, Choice, open_document, set_choice
from consultations.standards.actions.intake.writing import write_document
from consultations.standards.enums import ImportState
from consultations.standards.importing.loading import load_standard
from consultations.standards.importing.present import Standards
from consultations.standards.importing.previews import load_preview
from consultations.standards.models import ImportBatch, ImportedDocument, Revision, Standard
from consultations.standards.rules import check_import


class ChangedSince(Conflict):
    """The document, or the standard that it would change, is not as it was when it was seen."""

    code = "changed_since"

    def __init__(self):
        super().__init__(
            _(
                "This has changed since you looked at it. Look at it as it is now, and then take "
                "it over."
            )
        )


@transaction.atomic
def confirm_document(
    *,
    actor,
    document: ImportedDocument,
    seen: str,
    choice: Choice | None = None,
    at: datetime,
) -> Revision | None:
    """Makes a revision of it, all of it or nothing. `seen` is what the preview rested on
    (`Standards.seen`), `choice` what was changed since and decides nothing else about it. Of two
    who confirm at once one wins, the other gets AlreadyDecided.

    None for a file in Rembuk's own format whose revisions are all there already.
    """
    batch = document.batch
    before = Standards(batch.agency, batch.component_set).of(document)
    ledger.lock(batch.agency.log, *([before.log] if before else []))
    open_document(actor, document, at)
    standards = Standards(batch.agency, batch.component_set)
    if standards.seen(document) != seen:
        raise ChangedSince
    if choice:
        set_choice(document, choice, standards)
    standard, revision = _write(actor, document, standards, at)
    document.state, document.decided_at = ImportState.CONFIRMED, at
    document.revision, document.standard, document.refusal = revision, standard, ""
    document.version += 1
    document.save()
    return revision


def _write(
    actor, document: ImportedDocument, standards: Standards, at: datetime
) -> tuple[Standard, Revision | None]:
    batch, found = document.batch, load_preview(document, standards)
    if found.own:
        imported = load_standard(actor, found.own, at=at)
        return imported.standard, imported.added[-1] if imported.added else None
    revision = write_document(
        actor=actor, agency=batch.agency, component_set=batch.component_set, found=found, at=at
    )
    return revision.standard, revision


@transaction.atomic
def queue_documents(*, actor, batch: ImportBatch, seen: Mapping[int, str], at: datetime) -> int:
    """Lets a task take over these, one by one; returns how many. `seen` by document."""
    check_import(actor, batch.agency, on=day_in(batch.agency, at))
    rows = batch.documents.select_for_update().filter(pk__in=seen, state=ImportState.READ)
    documents = list(rows.order_by("position").values_list("pk", flat=True))
    batch.documents.filter(pk__in=documents).update(state=ImportState.QUEUED, refusal="")
    if documents:
        wanted = [[pk, seen[pk]] for pk in documents]
        confirm_queued.enqueue(batch.pk, actor.pk, wanted)
    return len(documents)


@task()
def confirm_queued(batch_id: int, actor_id: int, wanted: list) -> int:
    """Takes over what is queued, by whoever asked for it. What is refused stays to be looked at,
    with the refusal. Returns how many were taken over. Safe to repeat."""
    batch = ImportBatch.objects.select_related("agency__log", "component_set").get(pk=batch_id)
    actor = User.objects.get(pk=actor_id)
    count = 0
    with override(actor.language):
        for document_id, seen in wanted:
            document = batch.documents.filter(pk=document_id, state=ImportState.QUEUED).first()
            if document is None:
                continue
            document.batch = batch
            try:
                confirm_document(actor=actor, document=document, seen=seen, at=timezone.now())
                count += 1
            except Refused as refusal:
                _note_refusal(document_id, refusal)
    return count


def _note_refusal(document_id: int, refusal: Refused) -> None:
    queued = ImportedDocument.objects.filter(pk=document_id, state__in=OPEN)
    sentences = dict.fromkeys(text for texts in refusal.errors.values() for text in texts)
    queued.update(state=ImportState.READ, refusal=" ".join(sentences), version=F("version") + 1)
