"""The operator looks; changes go through the actions and the record."""

from django.contrib import admin

from consultations.kernel.admin import ReadOnlyAdmin
from consultations.proceedings.models import Consultation, Participant


@admin.register(Consultation)
class ConsultationAdmin(ReadOnlyAdmin):
    list_display = ("slug", "title", "agency", "stage", "opens_at", "closes_at", "answer_by")
    list_filter = ("stage", "scope")
    list_select_related = ("agency",)
    search_fields = ("slug",)
    ordering = ("-opens_at",)


@admin.register(Participant)
class ParticipantAdmin(ReadOnlyAdmin):
    """Who stands behind a voice is nobody's business here: no user, no contact."""

    list_display = ("consultation", "number", "public_name", "unsur", "source", "joined_at")
    list_filter = ("unsur", "source")
    list_select_related = ("consultation",)
    fields = ("consultation", "number", "public_name", "affiliation", "unsur", "source")
    ordering = ("consultation", "number")
