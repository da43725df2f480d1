"""Moderators' decisions with their reasons, and appeals against them."""

from django.conf import settings
from django.db import models

from consultations.moderation.enums import AppealResult
from consultations.threads.enums import ConductRule
from consultations.threads.models import Comment


class HidingDecision(models.Model):
    """A comment was hidden, by which rule and why. The original stays in the comment's row."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="hiding_decisions")
    rule = models.CharField(max_length=16, choices=ConductRule)
    note = models.TextField()  # the reason, as its author and every reader see it
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="hiding_decisions"
    )
    decided_at = models.DateTimeField()
    appeal_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment"],
                condition=models.Q(undone_at=None),
                name="hidingdecision_one_in_force",
            )
        ]

    def __str__(self):
        return f"{self.comment_id} {self.rule}"


class Appeal(models.Model):
    """The author asks for another person's judgement, once per decision."""

    decision = models.OneToOneField(HidingDecision, models.PROTECT, related_name="appeal")
    reason = models.TextField()
    filed_at = models.DateTimeField()
    result = models.CharField(max_length=10, choices=AppealResult, blank=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"appeal against {self.decision_id}"
