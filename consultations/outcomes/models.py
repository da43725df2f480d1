"""Outcomes: the agency's full answers, what they answer and which words they change."""

from django.conf import settings
from django.db import models

from consultations.outcomes.enums import Disposition
from consultations.people.models import Post
from consultations.proceedings.models import Consultation
from consultations.richtext.fields import RenderedField
from consultations.standards.models import Change
from consultations.threads.models import Comment


class Outcome(models.Model):
    """One answer to one or many comments. Revising writes a new row and keeps the old."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="outcomes")
    number = models.PositiveIntegerField()  # its public name: H-12
    version = models.PositiveSmallIntegerField(default=1)
    disposition = models.CharField(max_length=13, choices=Disposition)
    reason = models.TextField()  # Markdown
    reason_html = RenderedField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="outcomes"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)  # that answers
    recorded_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)
    reverted_at = models.DateTimeField(null=True, blank=True)
    seq = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["consultation", "number", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number", "version"], name="outcome_number_once"
            ),
            models.UniqueConstraint(
                fields=["consultation", "number"],
                condition=models.Q(is_current=True),
                name="outcome_one_current",
            ),
        ]

    def __str__(self):
        return f"H-{self.number}"


class OutcomeAnswer(models.Model):
    """This outcome answers this comment. A comment has one current official answer."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="answers")
    comment = models.ForeignKey(Comment, models.PROTECT, related_name="answers")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(is_current=True),
                name="outcomeanswer_one_current",
            ),
            models.UniqueConstraint(fields=["outcome", "comment"], name="outcomeanswer_once"),
        ]

    def __str__(self):
        return f"{self.outcome_id} answers {self.comment_id}"


class OutcomeChange(models.Model):
    """These words changed because of this outcome: the answer to "why?"."""

    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="changes")
    change = models.OneToOneField(Change, models.PROTECT, related_name="outcome_change")

    def __str__(self):
        return f"{self.outcome_id} changes {self.change_id}"
