"""What an agency owes a standard once it is written: review, pledge, publication, registration."""

from django.conf import settings
from django.db import models

from consultations.kernel.fields import LocalizedTextField
from consultations.people.models import Post
from consultations.standards.enums import LegalStatus, Medium, ReviewResult
from consultations.standards.models.services import Standard
from consultations.standards.models.words import Revision


class Review(models.Model):
    """A standard was looked at again. That it stays as it is, is a result too (PP 96/2012, art.
    33)."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="reviews")
    result = models.CharField(max_length=9, choices=ReviewResult)
    note = models.TextField()  # what was looked at, and why it stays or has to change
    reviewed_on = models.DateField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="reviews"
    )
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    seq = models.PositiveBigIntegerField()  # in the standard's log

    class Meta:
        ordering = ["standard", "-reviewed_on", "-id"]

    def __str__(self):
        return f"{self.standard} {self.reviewed_on}"


class Pledge(models.Model):
    """The service pledge (maklumat pelayanan) of a standard: signed, dated, shown to everybody.

    The promises are those of its revision; the three statements are what a pledge must say
    (DOMAIN §1.5): to serve by the standard, to improve, to accept sanctions or compensate.
    """

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="pledges")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="pledges")
    serve = LocalizedTextField()
    improve = LocalizedTextField()
    answer_for = LocalizedTextField()
    number = models.CharField(max_length=80, blank=True)  # of the paper, as printed
    place = models.CharField(max_length=120)
    dated_on = models.DateField()
    signed_by = models.ForeignKey(Post, models.PROTECT, related_name="pledges")
    # Frozen when it was signed: the post goes on, its holder changes.
    signed_name = models.CharField(max_length=120)
    signed_rank = models.CharField(max_length=60, blank=True)
    civil_servant_number = models.CharField(max_length=18, blank=True)
    adopted_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    seq = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["standard", "-dated_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard"],
                condition=models.Q(ended_on=None),
                name="pledge_one_current",
            )
        ]

    def __str__(self):
        return f"{self.standard} {self.dated_on}"


class Publication(models.Model):
    """Where a revision was made public, with the proof of it: an address or a photograph."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="publications")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="publications")
    medium = models.CharField(max_length=17, choices=Medium)
    place = models.CharField(max_length=200)  # "papan pengumuman loket", "akun Instagram dinas"
    url = models.URLField(max_length=500, blank=True)
    photo = models.FileField(upload_to="publications/", blank=True)
    photo_text = models.CharField(max_length=300, blank=True)  # what the photograph shows
    published_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="publications"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["standard", "-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(photo="") | ~models.Q(photo_text=""),
                name="publication_photo_has_text",
            )
        ]

    def __str__(self):
        return f"{self.medium} {self.published_on}"


class ExternalRegister(models.Model):
    """A register outside of Rembuk that wants to be told of standards; in Indonesia SIPPN.

    `fields` are the parts of its form in their order, as `standards.registers` knows them.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = LocalizedTextField()
    url = models.URLField(blank=True)
    fields = models.JSONField(default=list)

    def __str__(self):
        return str(self.name)


class Registration(models.Model):
    """What an external register knows of a standard: its id there, and which revision."""

    standard = models.ForeignKey(Standard, models.PROTECT, related_name="registrations")
    register = models.ForeignKey(ExternalRegister, models.PROTECT, related_name="registrations")
    external_id = models.CharField(max_length=80)
    url = models.URLField(max_length=500, blank=True)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="registrations")
    recorded_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "register"], name="registration_once")
        ]

    def __str__(self):
        return f"{self.register} {self.external_id}"


class LegalAct(models.Model):
    """A law that standards cite, and what became of it: for checking citations (DOMAIN §0.3)."""

    jurisdiction = models.CharField(max_length=10)  # which list of kinds it belongs to: "id"
    kind = models.CharField(max_length=40)  # a key of that list
    number = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField(default=0)  # 0: it has none
    title = models.CharField(max_length=500, blank=True)
    place = models.CharField(max_length=120, blank=True)  # of a region's own laws
    status = models.CharField(max_length=8, choices=LegalStatus, blank=True)  # unstated mostly
    gazette = models.CharField(max_length=80, blank=True)  # "BN 2014 No. 615"
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    source = models.CharField(max_length=400)  # where that can be read

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "kind", "number", "year", "place"], name="legalact_once"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.number}/{self.year}"
