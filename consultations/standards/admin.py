"""The operator's view of legal acts: to look, not to change. They come from a list
(`manage.py import_legal_acts`), each with the source that speaks of it."""

from django.contrib import admin

from consultations.people.admin import ReadOnlyAdmin
from consultations.standards.models import LegalAct


@admin.register(LegalAct)
class LegalActAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "number", "year", "place", "title", "status", "replaced_by")
    list_filter = ("jurisdiction", "status", "kind")
    list_select_related = ("replaced_by",)
    search_fields = ("number", "title", "place")
    ordering = ("kind", "-year", "number")
