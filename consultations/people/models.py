"""Users, their contacts, agencies, and the posts through which officials act."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

from consultations.kernel.fields import LocalizedTextField
from consultations.ledger.models import Log
from consultations.people.enums import Capacity, ContactKind, Role


class UserManager(BaseUserManager):
    def get_by_natural_key(self, key):
        return self.get(key=key)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. How to reach them stands in Contact; what they said elsewhere."""

    # A name that says nothing about the person; with a readable one the mail's local part leaks.
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    public_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="id")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)  # may enter the operator's administration site
    joined_at = models.DateTimeField()

    USERNAME_FIELD = "key"
    REQUIRED_FIELDS = []
    objects = UserManager()

    def __str__(self):
        return self.public_name or str(self.key)[:8]


class Contact(models.Model):
    """A way to reach a person. Nobody but its owner and the sender of notices sees it.

    A phone may serve several people, so values are unique per person only.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=5, choices=ContactKind)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)
    lost_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("user", "kind", Lower("value"), name="contact_once_per_person")
        ]

    def __str__(self):
        return f"{self.kind} of {self.user_id}"


class Agency(models.Model):
    """A government, an agency or a unit of one; `parent` makes the tree."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    slug = models.SlugField(max_length=80, unique=True)
    name = LocalizedTextField()
    short_name = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=120, blank=True)  # "Kabupaten Tirtasari"
    seat = models.CharField(max_length=120, blank=True)  # the town in which papers are signed
    address = models.CharField(max_length=240, blank=True)
    time_zone = models.CharField(max_length=40, default="Asia/Jakarta")
    complaints_url = models.URLField(blank=True)
    review_months = models.PositiveSmallIntegerField(default=12)  # between reviews of a standard
    log = models.OneToOneField(Log, models.PROTECT, related_name="agency")

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self):
        return str(self.name)


class Post(models.Model):
    """A post (jabatan) of an agency. Roles, promises and signatures are its, not a person's."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    title = LocalizedTextField()
    unit = LocalizedTextField(blank=True)

    def __str__(self):
        return str(self.title)


class PostHolding(models.Model):
    """Who holds a post from when to when, in which capacity, and by which letter."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="holdings")
    capacity = models.CharField(max_length=12, choices=Capacity, default=Capacity.DEFINITIVE)
    letter = models.CharField(max_length=120, blank=True)
    official_name = models.CharField(max_length=120)  # with titles, as it is signed
    rank = models.CharField(max_length=60, blank=True)  # "Pembina, IV/a"
    civil_servant_number = models.CharField(max_length=18, blank=True)  # NIP
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="postholding_ends_after_start",
            )
        ]

    def __str__(self):
        return f"{self.official_name}, {self.post}"


class RoleGrant(models.Model):
    """A role that a post has in an agency, from when to when."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "role", "agency", "starts_on"], name="rolegrant_once"
            )
        ]

    def __str__(self):
        return f"{self.role} at {self.agency_id}"
