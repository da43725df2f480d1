"""The operator's view of what leaves the house: whether it got through, not to whom."""

from django.contrib import admin

from consultations.kernel.admin import ReadOnlyAdmin
from consultations.notices.models import Delivery


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("id", "kind", "channel", "state", "attempts", "sent_at")
    list_filter = ("state", "channel", "notice__kind")
    list_select_related = ("notice",)
    ordering = ("-id",)
    fields = ("kind", "channel", "state", "attempts", "sent_at")

    @admin.display(ordering="notice__kind")
    def kind(self, delivery: Delivery) -> str:
        return delivery.notice.kind
