"""What people decide about a document before it becomes anything: choices, and leaving it out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.people.queries import day_in
from consultations.standards.actions.intake.reading import count_anew
from consultations.standards.enums import ImportState
from consultations.standards.importing import stored
from consultations.standards.importing.choices import DocumentChoices, differing
from consultations.standards.importing.present import Standards
from consultations.standards.models import ImportBatch, ImportedDocument, Standard
from consultations.standards.rules import check_import

# What somebody may still decide about.
OPEN = (ImportState.READ, ImportState.QUEUED)


@dataclass(frozen=True)
class Choice:
    """All that a person decided about a document; `standard` None makes a new service."""

    wanted: DocumentChoices
    standard: Standard | None


class AlreadyDecided(Conflict):
    """Somebody else was quicker."""

    code = "already_decided"


def open_document(actor, document: ImportedDocument, at: datetime) -> None:
    """The rule, then the row as it is now, under its lock. `document` is refreshed in place."""
    batch = document.batch
    check_import(actor, batch.agency, on=day_in(batch.agency, at))
    ImportedDocument.objects.select_for_update().get(pk=document.pk)
    document.refresh_from_db()
    document.batch = batch
    if document.state not in OPEN:
        raise AlreadyDecided(
            _("Somebody else has decided about this document already: %(state)s.")
            % {"state": document.get_state_display()}
        )


@transaction.atomic
def choose(
    *,
    actor,
    document: ImportedDocument,
    choice: Choice,
    is_looked_at: bool,
    expected_version: int,
    at: datetime,
) -> ImportedDocument:
    """Keeps what the person changed in the preview.

    `is_looked_at`: the doubts that are left have been seen, and it may be taken over with others.
    """
    open_document(actor, document, at)
    if document.version != expected_version:
        raise Conflict(
            _("Somebody else has changed this document meanwhile. Look at it as it is now."),
            code="changed_meanwhile",
        )
    standards = Standards(document.batch.agency, document.batch.component_set)
    set_choice(document, choice, standards)
    document.state, document.refusal = ImportState.READ, ""
    document.is_looked_at = is_looked_at and not document.facts["lacks"]
    document.save()
    return document


def set_choice(document: ImportedDocument, choice: Choice, standards: Standards) -> None:
    """On a document that is open, without saving it."""
    if stored.OWN_FORMAT in document.content:
        raise Invalid(_("This file is taken over as it is. Change the standard afterwards."))
    if choice.standard is not None and choice.standard.pk not in standards.by_id:
        raise Invalid(_("The agency has no such standard."), field="standard")
    document.choices = differing(stored.load(document.content), choice.wanted)
    document.standard = choice.standard
    document.version += 1
    count_anew(document, standards)


@transaction.atomic
def skip_documents(*, actor, batch: ImportBatch, documents: Iterable[int], at: datetime) -> int:
    """Leaves them out; returns how many that were. What is decided already stays as it is."""
    check_import(actor, batch.agency, on=day_in(batch.agency, at))
    left = batch.documents.filter(pk__in=list(documents), state__in=OPEN)
    return left.update(
        state=ImportState.SKIPPED, decided_at=at, refusal="", version=F("version") + 1
    )


@transaction.atomic
def reopen_document(*, actor, document: ImportedDocument, at: datetime) -> None:
    """Takes back that it was left out."""
    batch = document.batch
    check_import(actor, batch.agency, on=day_in(batch.agency, at))
    left_out = batch.documents.filter(pk=document.pk, state=ImportState.SKIPPED)
    if not left_out.update(state=ImportState.READ, decided_at=None, version=F("version") + 1):
        raise AlreadyDecided(_("This document is not left out any more."))
