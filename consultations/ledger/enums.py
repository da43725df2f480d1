from django.db.models import TextChoices


class Side(TextChoices):
    """Who may read a log: everybody, or only the staff of its owner (DESIGN §4, two logs)."""

    PUBLIC = "public"
    STAFF = "staff"
