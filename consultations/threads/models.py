"""Comments and what they hold on to: the words that an author saw stay with the comment."""

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from consultations.proceedings.enums import Source
from consultations.proceedings.models import Consultation, Participant
from consultations.standards.models import Wording
from consultations.threads.enums import CommentState, ConductRule, Stance


class Comment(models.Model):
    """A contribution on a wording, or on the consultation as a whole when `wording` is empty."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    number = models.PositiveIntegerField()  # its public name: M-0187
    participant = models.ForeignKey(Participant, models.PROTECT, related_name="comments")
    wording = models.ForeignKey(
        Wording, models.PROTECT, null=True, blank=True, related_name="comments"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    stance = models.CharField(max_length=8, choices=Stance, default=Stance.NEUTRAL)
    body = models.TextField(blank=True)  # plain text; empty once erased
    proposed_text = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    # Said by the agency's own people: its participant is an organiser. Kept here as well, so that
    # counting needs no join.
    is_official = models.BooleanField(default=False)

    state = models.CharField(max_length=11, choices=CommentState)
    hidden_rule = models.CharField(max_length=16, choices=ConductRule, blank=True)
    hidden_note = models.CharField(max_length=500, blank=True)  # what every reader is told
    hidden_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    seq = models.PositiveBigIntegerField(null=True, blank=True)  # of its publication in the log

    source = models.CharField(max_length=11, choices=Source, default=Source.ONLINE)
    occurred_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the staff member, where it was not the author

    token = models.UUIDField()  # makes a POST safe to repeat
    fingerprint = models.CharField(max_length=64)  # of what was sent with the token

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.UniqueConstraint(fields=["participant", "token"], name="comment_token_once"),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")), name="comment_not_its_own_reply"
            ),
        ]
        indexes = [
            # Counts per clause and the newest threads of a clause, without touching the rows.
            models.Index(
                fields=["wording", "parent", "number", "state"], name="comment_by_wording"
            ),
            models.Index(
                fields=[
                    "consultation",
                    "wording",
                    "state",
                    "is_official",
                    "answered_at",
                    "stance",
                ],
                name="comment_counts",
            ),
        ]

    def __str__(self):
        return f"M-{self.number:04d}"

    def get_absolute_url(self):
        slug = self.consultation.slug
        return f"{_comments_address(slug, get_language(), get_script_prefix())}{self.number}/"


@lru_cache(maxsize=512)
def _comments_address(slug: str, _language: str | None, _prefix: str) -> str:
    """A comment's address is below it (the page's is named "comment")."""
    return reverse("comments", args=[slug])


class Anchor(models.Model):
    """The passage that a comment is about: W3C Web Annotation's quote and position selectors,
    counted in code points of the wording's plain text."""

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="anchor")
    wording = models.ForeignKey(Wording, models.PROTECT, related_name="anchors")
    exact = models.TextField()
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="anchor_not_empty"
            )
        ]

    def __str__(self):
        return self.exact[:40]
