"""The words of standards: revisions, clauses with their lineage, and decrees (DESIGN §6).

Published rows are immutable in the database too; see `standards.triggers`.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse

from consultations.kernel.fields import LocalizedTextField
from consultations.people.models import Agency, Post
from consultations.richtext.fields import RenderedField
from consultations.standards.enums import Operation, ReasonKind, RevisionState
from consultations.standards.models.services import Component, Standard


class Decree(models.Model):
    """A decree (SK) adopts one or many revisions, each with its annex number."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="decrees")
    number = models.CharField(max_length=80)  # as printed: "188/7/438.5.12/2021"
    dated_on = models.DateField()
    title = LocalizedTextField(blank=True)
    signed_by = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    signed_name = models.CharField(max_length=120, blank=True)  # frozen when it was signed

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "number", "dated_on"], name="decree_once")
        ]

    def __str__(self):
        return self.number


class Revision(models.Model):
    standard = models.ForeignKey(Standard, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=RevisionState, default=RevisionState.WORKING)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)  # from then on its words are fixed
    digest = models.CharField(max_length=64, blank=True)  # of all its words, set when published
    decree = models.ForeignKey(
        Decree, models.PROTECT, null=True, blank=True, related_name="revisions"
    )
    annex_number = models.CharField(max_length=20, blank=True)
    effective_on = models.DateField(null=True, blank=True)
    superseded_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    in_force_told_at = models.DateTimeField(null=True, blank=True)  # its day came, and was told
    summary = LocalizedTextField(blank=True)  # "what changes for you", in plain words
    version = models.PositiveIntegerField(default=0)  # of the working draft: counts its edits

    class Meta:
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["standard"],
                condition=models.Q(state="working"),
                name="revision_one_working_draft",
            ),
            models.CheckConstraint(
                condition=models.Q(state="working", published_at=None)
                | (~models.Q(state="working") & models.Q(published_at__isnull=False)),
                name="revision_published_unless_working",
            ),
        ]

    def __str__(self):
        return f"{self.standard} r{self.number}"

    def get_absolute_url(self):
        service = self.standard.service
        return reverse("revision", args=[service.agency.slug, service.slug, self.number])


class PlainQuestion(models.Model):
    """A plain question about a draft, tied to the clauses that it is about."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = LocalizedTextField()
    clauses = models.ManyToManyField("Clause", related_name="questions")

    class Meta:
        ordering = ["revision", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "position"], name="plainquestion_order")
        ]

    def __str__(self):
        return str(self.text)


class Clause(models.Model):
    """An identity that lives through revisions: a clause's lineage."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="clauses")
    ancestors = models.ManyToManyField(
        "self", through="ClauseAncestry", symmetrical=False, related_name="descendants"
    )

    def __str__(self):
        return f"clause {self.pk}"


class ClauseAncestry(models.Model):
    """A clause that came from another one by a split or a merge."""

    descendant = models.ForeignKey(Clause, models.PROTECT, related_name="origins")
    ancestor = models.ForeignKey(Clause, models.PROTECT, related_name="offspring")
    operation = models.CharField(max_length=6, choices=Operation)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="ancestries")

    class Meta:
        verbose_name_plural = "clause ancestries"
        constraints = [
            models.UniqueConstraint(fields=["descendant", "ancestor"], name="clauseancestry_once"),
            models.CheckConstraint(
                condition=~models.Q(descendant=models.F("ancestor")),
                name="clauseancestry_not_itself",
            ),
        ]

    def __str__(self):
        return f"{self.ancestor_id} → {self.descendant_id}"


class Placement(models.Model):
    """Where a clause stands in one revision: under which component, at which place and number."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="placements")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="placements")
    component = models.ForeignKey(Component, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()  # order among its siblings
    label = models.CharField(max_length=20)  # "3.1", as it is cited
    target = models.JSONField(null=True, blank=True)  # a typed promise: time, fee, …

    class Meta:
        ordering = ["revision", "component__number", "position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "clause"], name="placement_clause_once")
        ]
        indexes = [models.Index(fields=["revision", "label"], name="placement_by_label")]

    def __str__(self):
        return f"{self.revision_id} {self.label}"


class Wording(models.Model):
    """The words of a clause in one revision and language. `body` is Markdown and never changes
    once published; `html` is a cache made by the renderer of that version."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="wordings")
    language = models.CharField(max_length=10)
    heading = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    plain = models.TextField()  # in NFC; anchors count its code points
    html = RenderedField()
    renderer_version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of heading and body

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "language"], name="wording_once")
        ]

    def __str__(self):
        return f"{self.placement_id} {self.language}"


class Change(models.Model):
    """One edit of the working draft, with its reason. Reverting keeps the row."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="changes")
    clause = models.ForeignKey(Clause, models.PROTECT, related_name="changes")
    operation = models.CharField(max_length=6, choices=Operation)
    language = models.CharField(max_length=10)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    # The same twice where the edit left the heading as it was.
    heading_before = models.CharField(max_length=200, blank=True)
    heading_after = models.CharField(max_length=200, blank=True)
    reason_kind = models.CharField(max_length=12, choices=ReasonKind)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="changes"
    )
    made_at = models.DateTimeField()
    reverted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["revision", "id"]

    def __str__(self):
        return f"{self.operation} {self.clause_id} in {self.revision_id}"

    @property
    def changes_heading(self) -> bool:
        return self.heading_before != self.heading_after

    @property
    def text_before(self) -> str:
        """As it is shown beside `text_after`: with the heading, where that is what changed."""
        return self._text(self.heading_before, self.before)

    @property
    def text_after(self) -> str:
        return self._text(self.heading_after, self.after)

    def _text(self, heading: str, body: str) -> str:
        return f"{heading}\n{body}" if self.changes_heading and heading else body
