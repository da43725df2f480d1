from django.conf import settings
from django.db import models

from consultations.notices.enums import DeliveryState


class Notice(models.Model):
    """Something that a person is told. `kind` is registered by the package that tells it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)  # the same cause tells the same person once
    data = models.JSONField(default=dict)  # ids and numbers only, never a text of a person
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "key"], name="notice_once_per_cause")
        ]
        indexes = [models.Index(fields=["user", "-created_at"], name="notice_by_user")]

    def __str__(self):
        return f"{self.kind} {self.key}"


class Delivery(models.Model):
    """One way (e-mail, later messages) by which a notice leaves the house."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20, default="email")
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel")
        ]

    def __str__(self):
        return f"{self.notice_id} {self.channel} {self.state}"
