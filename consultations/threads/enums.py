from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stance(TextChoices):
    NEUTRAL = "neutral", _("Neutral")
    SUPPORT = "support", _("Support")
    OPPOSE = "oppose", _("Object")
    QUESTION = "question", _("Question")


class CommentState(TextChoices):
    PUBLISHED = "published", _("Published")
    WAITING = "waiting", _("Waiting for a moderator")
    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    # Takes a place in the thread, as words or as a tombstone.
    STANDING = nonmember(frozenset({"published", "hidden", "withdrawn"}))


class ConductRule(TextChoices):
    """The published rules of conduct by which a comment can be hidden."""

    PERSONAL_DATA = "personal_data", _("contains personal data of somebody else")
    INSULT = "insult", _("insults or threatens people")
    HATE = "hate", _("incites hatred against a group")
    ADVERTISING = "advertising", _("is advertising")
    OFF_TOPIC = "off_topic", _("has nothing to do with this standard")
    UNLAWFUL = "unlawful", _("is against the law")
