"""The operator's view of what leaves the house: whether it got through, not to whom."""

from django.contrib import admin

from consultations.notices.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin):
    list_display = ("id", "kind", "channel", "state", "attempts", "sent_at")
    list_filter = ("state", "channel", "notice__kind")
    list_select_related = ("notice",)
    ordering = ("-id",)
    fields = ("kind", "channel", "state", "attempts", "sent_at")

    @admin.display(ordering="notice__kind")
    def kind(self, delivery: Delivery) -> str:
        return delivery.notice.kind

    def has_add_permission(self, request, *args):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
