"""The words of a fixed list that targets are made of."""

from enum import nonmember

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(TextChoices):
    """What a changed target means for the person who asks for the service."""

    BETTER = "better", pgettext_lazy("for a citizen", "better")
    WORSE = "worse", pgettext_lazy("for a citizen", "worse")
    CHANGED = "changed", pgettext_lazy("for a citizen", "changed")
    SAME = "same", pgettext_lazy("for a citizen", "same")


class TimeUnit(TextChoices):
    MINUTES = "minutes", _("minutes")
    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")


class Bound(TextChoices):
    AT_MOST = "at_most", pgettext_lazy("bound of a time", "at most")
    AT_LEAST = "at_least", pgettext_lazy("bound of a time", "at least")


class AvailabilityUnit(TextChoices):
    HOURS_PER_WEEK = "hours_per_week", _("hours per week")
    PERCENT = "percent", _("percent")


class DocumentForm(TextChoices):
    """In which form a document has to be brought."""

    ORIGINAL = "original", pgettext_lazy("form of a document", "original")
    COPY = "copy", pgettext_lazy("form of a document", "copy")
    EITHER = "either", pgettext_lazy("form of a document", "original or copy")
    FILLED = "filled", pgettext_lazy("form of a document", "form, filled in")

    COPY_IS_ENOUGH = nonmember(frozenset({"copy", "either"}))


class Weekday(TextChoices):
    """In the order of the week; the names are Django's own."""

    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")
    SATURDAY = "sat", _("Saturday")
    SUNDAY = "sun", _("Sunday")


class Medium(TextChoices):
    """By what a complaint can be made."""

    COUNTER = "counter", pgettext_lazy("channel for complaints", "at the counter")
    PHONE = "phone", pgettext_lazy("channel for complaints", "telephone")
    WHATSAPP = "whatsapp", "WhatsApp"
    EMAIL = "email", pgettext_lazy("channel for complaints", "e-mail")
    WEB = "web", pgettext_lazy("channel for complaints", "website")
    LAPOR = "lapor", "SP4N-LAPOR!"
    BOX = "box", pgettext_lazy("channel for complaints", "suggestion box")
    SOCIAL = "social", pgettext_lazy("channel for complaints", "social media")

    HAS_ADDRESS = nonmember(frozenset({"phone", "whatsapp", "email", "web", "social"}))


class ProductFormat(TextChoices):
    PAPER = "paper", pgettext_lazy("format of a product", "on paper")
    ELECTRONIC = "electronic", pgettext_lazy("format of a product", "electronic")
    CARD = "card", pgettext_lazy("format of a product", "card")


class ValidityUnit(TextChoices):
    DAYS = "days", _("days")
    MONTHS = "months", _("months")
    YEARS = "years", _("years")
    LIFE = "life", _("for life")

    IN_DAYS = nonmember({"days": 1, "months": 30, "years": 365})
