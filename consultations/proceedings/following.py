"""What consultations say to the standards that they are about."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import ngettext

from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation
from consultations.standards.models import Standard
from consultations.standards.registries import figures


@figures.register("consultations")
def consultations_since(standard: Standard, day: date) -> list[tuple[int, str]]:
    zone = ZoneInfo(standard.service.agency.time_zone)
    found = Consultation.objects.filter(
        drafts__revision__standard=standard, opens_at__gte=datetime.combine(day, time.min, zone)
    )
    count = found.exclude(stage=Stage.PREPARING).distinct().count()
    return [(count, ngettext("consultation", "consultations", count))] if count else []
