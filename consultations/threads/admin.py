"""The operator looks; changes go through the actions and the record."""

from django.contrib import admin

from consultations.kernel.admin import ReadOnlyAdmin
from consultations.threads.models import Comment


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "consultation", "state", "stance", "source", "answered_at", "seq")
    list_filter = ("state", "source", "stance")
    list_select_related = ("consultation",)
    fields = ("consultation", "number", "state", "stance", "source", "answered_at", "seq")
    ordering = ("-pk",)
