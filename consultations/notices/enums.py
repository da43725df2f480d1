from django.db.models import TextChoices


class DeliveryState(TextChoices):
    """How far a notice has come on its way out of the house."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
