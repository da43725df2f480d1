"""Standards that came into force before their days were kept: reviews are due, nothing is told."""

import calendar
from datetime import date

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def set_days(apps, schema_editor):
    revision_model = apps.get_model("consultations", "Revision")
    adopted = revision_model.objects.exclude(effective_on=None)
    for revision in adopted.filter(state="adopted").select_related("standard__service__agency"):
        standard = revision.standard
        months = standard.service.agency.review_months
        standard.review_due_on = add_months(revision.effective_on, months)
        standard.save(update_fields=["review_due_on"])
    past = adopted.filter(effective_on__lte=timezone.now().date(), in_force_told_at=None)
    past.update(in_force_told_at=F("published_at"))


def leave_days(apps, schema_editor):
    """The columns stay as they are: they say what was true before as well."""


class Migration(migrations.Migration):

    dependencies = [
        ("consultations", "0008_legal_status"),
    ]

    operations = [
        migrations.RunPython(set_days, leave_days),
    ]
