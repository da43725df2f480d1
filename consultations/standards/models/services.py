"""What is served by whom: component sets, services, and the standard of each."""

from django.db import models

from consultations.kernel.fields import LocalizedTextField
from consultations.ledger.models import Log
from consultations.people.models import Agency
from consultations.standards.enums import ComponentGroup, ServiceKind


class ComponentSet(models.Model):
    """The components that a country's rule asks of a standard; Indonesia's has 14."""

    key = models.SlugField(max_length=40, unique=True)
    name = LocalizedTextField()
    source = models.CharField(max_length=200)  # the rule it comes from, as it is cited

    def __str__(self):
        return str(self.name)


class Component(models.Model):
    component_set = models.ForeignKey(ComponentSet, models.CASCADE, related_name="components")
    key = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=13, choices=ComponentGroup)
    name = LocalizedTextField()
    question = LocalizedTextField(blank=True)  # that a citizen has: "What does it cost?"

    class Meta:
        ordering = ["component_set", "number"]
        constraints = [
            models.UniqueConstraint(fields=["component_set", "key"], name="component_key_once"),
            models.UniqueConstraint(
                fields=["component_set", "number"], name="component_number_once"
            ),
        ]

    def __str__(self):
        return str(self.name)


class Service(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="services")
    slug = models.SlugField(max_length=80)
    name = LocalizedTextField()
    sector = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=14, choices=ServiceKind, default=ServiceKind.ADMINISTRATIVE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "slug"], name="service_slug_once")]

    def __str__(self):
        return str(self.name)


class Standard(models.Model):
    """The service standard of one service: a line of numbered revisions."""

    service = models.OneToOneField(Service, models.PROTECT, related_name="standard")
    component_set = models.ForeignKey(ComponentSet, models.PROTECT)
    log = models.OneToOneField(Log, models.PROTECT, related_name="standard")
    # From the revision in force or the last review; empty while nothing is in force.
    review_due_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["review_due_on"], name="standard_by_review")]

    def __str__(self):
        return str(self.service)
