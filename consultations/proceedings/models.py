"""A consultation: what is put before whom, from when to when, and who takes part."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from consultations.kernel.fields import LocalizedTextField
from consultations.ledger.models import Log
from consultations.people.models import Agency, Post
from consultations.proceedings.enums import Scope, Source, Stage, Unsur
from consultations.standards.models import Revision


class Consultation(models.Model):
    """A public consultation of an agency on none, one or many drafts."""

    slug = models.SlugField(max_length=80, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="consultations")
    title = LocalizedTextField()
    scope = models.CharField(max_length=16, choices=Scope, default=Scope.DRAFT_POLICY)
    purpose = LocalizedTextField()  # why we ask
    fixed = LocalizedTextField(blank=True)  # what cannot change, and why
    legal_basis = models.JSONField(default=list, blank=True)  # citations, as they are printed
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="consultations")
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PREPARING)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    answer_by = models.DateField()  # the public day by which everything is answered
    effective_on = models.DateField(null=True, blank=True)  # planned
    concluded_at = models.DateTimeField(null=True, blank=True)
    pseudonyms_allowed = models.BooleanField(default=True)
    pseudonyms_reason = LocalizedTextField(blank=True)  # why not, where they are not
    appeal_days = models.PositiveSmallIntegerField(default=7)
    log = models.OneToOneField(Log, models.PROTECT, related_name="consultation")
    staff_log = models.OneToOneField(Log, models.PROTECT, related_name="staff_consultation")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="consultation_closes_after_opening",
            )
        ]

    def __str__(self):
        return str(self.title)

    def get_absolute_url(self):
        return reverse("consultation", args=[self.slug])

    @property
    def time_zone(self) -> str:
        return self.agency.time_zone


class ConsultationDraft(models.Model):
    """A revision that is put before the public; what it changes for them stands with its words.

    A further round replaces it by the next revision; the old one and its comments stay.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="drafts")
    revision = models.OneToOneField(Revision, models.PROTECT, related_name="consultation_draft")
    position = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField()
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )

    class Meta:
        ordering = ["consultation", "position", "id"]

    def __str__(self):
        return f"{self.consultation_id}: {self.revision_id}"


class Participant(models.Model):
    """A voice in one consultation. The record names participants, never users, so that it links
    nobody across consultations."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="participants")
    number = models.PositiveIntegerField()
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="voices"
    )
    public_name = models.CharField(max_length=80)
    affiliation = models.CharField(max_length=120, blank=True)  # "ketua RW 05, Kel. Candi"
    unsur = models.CharField(max_length=16, choices=Unsur, default=Unsur.SERVICE_USERS)
    is_organiser = models.BooleanField(default=False)  # counted apart from the unsur
    is_invited = models.BooleanField(default=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)  # staff speaking
    source = models.CharField(max_length=11, choices=Source, default=Source.ONLINE)
    consented_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"], name="participant_number_once"
            ),
            models.UniqueConstraint(fields=["consultation", "user"], name="participant_user_once"),
        ]

    def __str__(self):
        # An erased name leaves a voice with a number; so does a person who gave none.
        return self.public_name or _("Participant %(number)d") % {"number": self.number}

    @property
    def is_official(self) -> bool:
        """Speaks for the agency that asks, in a post of it."""
        return self.post_id is not None
