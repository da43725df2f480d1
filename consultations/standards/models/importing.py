"""Files on their way to becoming standards: read, looked at, and confirmed one by one."""

from django.conf import settings
from django.db import models

from consultations.people.models import Agency
from consultations.standards.enums import ImportState
from consultations.standards.models.services import ComponentSet, Standard
from consultations.standards.models.words import Revision


class ImportBatch(models.Model):
    """One upload of one or many files. Nothing of it is a standard before somebody confirms it."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="import_batches")
    component_set = models.ForeignKey(ComponentSet, models.PROTECT, related_name="import_batches")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="import_batches"
    )
    uploaded_at = models.DateTimeField()
    # Adopted already, each by the decree that it names; otherwise they become working drafts.
    is_published = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "import batches"
        ordering = ["-uploaded_at", "-id"]

    def __str__(self):
        return f"{self.agency_id} {self.uploaded_at:%Y-%m-%d %H:%M}"


class ImportedDocument(models.Model):
    """A standard as it was found in a file, with what the person has decided about it.

    `content` is what was read and `choices` what was changed about it; lists do without both and
    show `facts`, which is worked out anew whenever either changes.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="documents")
    position = models.PositiveIntegerField()  # by file, and within one that holds several
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.READ)
    # Why the file could not be read, or why what was read could not be taken over the last time;
    # in the language of whoever asked for it.
    refusal = models.TextField(blank=True)
    content = models.JSONField(default=dict)  # see `standards.importing.stored`
    choices = models.JSONField(default=dict)  # see `standards.importing.choices`
    facts = models.JSONField(default=dict)  # see `standards.importing.facts`
    likes = models.JSONField(default=list)  # what has nearly the same words, see `likenesses`
    doubts = models.PositiveIntegerField(default=0)
    is_looked_at = models.BooleanField(default=False)  # somebody kept it as it is, doubts and all
    version = models.PositiveIntegerField(default=0)  # counts what people changed
    standard = models.ForeignKey(
        Standard, models.PROTECT, null=True, blank=True, related_name="imported_documents"
    )  # the one that it is a revision of; none: a new service
    revision = models.ForeignKey(
        Revision, models.PROTECT, null=True, blank=True, related_name="imported_documents"
    )  # what became of it
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="importeddocument_order")
        ]

    def __str__(self):
        return self.filename


class UnreadFile(models.Model):
    """The bytes of an uploaded file, only until they have been read.

    In the database and not in a folder: so they commit with the row that stands for them, are gone
    with it, and reach a worker on whatever machine.
    """

    document = models.OneToOneField(ImportedDocument, models.CASCADE, related_name="file")
    content = models.BinaryField()
    attempts = models.PositiveSmallIntegerField(default=0)  # begun; a reader may die of a file

    def __str__(self):
        return f"{self.document_id}"
