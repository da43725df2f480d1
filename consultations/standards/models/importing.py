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

    class Meta:
        verbose_name_plural = "import batches"
        ordering = ["-uploaded_at", "-id"]

    def __str__(self):
        return f"{self.agency_id} {self.uploaded_at:%Y-%m-%d %H:%M}"


class ImportedDocument(models.Model):
    """A standard as it was found in a file, with what the person has decided about it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)  # SHA-256 of the file
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.READ)
    refusal = models.TextField(blank=True)  # why the file could not be read
    content = models.JSONField(default=dict)  # what was read, as `standards.reading` gives it
    choices = models.JSONField(default=dict)  # what the person changed or decided in the preview
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
