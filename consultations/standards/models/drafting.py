"""What stands behind the drafter's editor: unsaved words, and passages that standards share."""

from django.conf import settings
from django.db import models

from consultations.kernel.fields import LocalizedTextField
from consultations.people.models import Agency
from consultations.standards.models.services import Component
from consultations.standards.models.words import Clause, Revision


class UnsavedWords(models.Model):
    """What a drafter has typed and not saved yet: kept by itself, seen by nobody else."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsaved_words")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="unsaved_words")
    clause = models.ForeignKey(Clause, models.CASCADE, related_name="unsaved_words")
    language = models.CharField(max_length=10)
    heading = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    base_digest = models.CharField(max_length=64, blank=True)  # of the words it was begun from
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "unsaved words"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "revision", "clause", "language"], name="unsavedwords_once"
            )
        ]

    def __str__(self):
        return f"{self.revision_id} {self.clause_id} {self.language}"


class SharedPassage(models.Model):
    """Words that several standards of an agency share, edited once and offered to each."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="passages")
    component = models.ForeignKey(Component, models.PROTECT, related_name="passages")
    name = models.CharField(max_length=120)  # for drafters: "Saluran pengaduan dinas"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="sharedpassage_name_once")
        ]

    def __str__(self):
        return self.name


class SharedPassageVersion(models.Model):
    """The words of a passage; each edit makes the next version, so it is known what was taken."""

    passage = models.ForeignKey(SharedPassage, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    heading = LocalizedTextField(blank=True)
    body = LocalizedTextField()  # Markdown
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="passage_versions"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["passage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "number"], name="sharedpassageversion_once")
        ]

    def __str__(self):
        return f"{self.passage} v{self.number}"


class SharedPassageUse(models.Model):
    """A clause whose words come from a passage, and the newest version that it took or declined."""

    clause = models.OneToOneField(Clause, models.PROTECT, related_name="shared_passage")
    passage = models.ForeignKey(SharedPassage, models.PROTECT, related_name="uses")
    version = models.ForeignKey(SharedPassageVersion, models.PROTECT, related_name="uses")
    is_declined = models.BooleanField(default=False)  # of that version: the clause keeps its own

    def __str__(self):
        return f"{self.clause_id}: {self.version}"
