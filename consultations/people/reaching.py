"""Where notices may be sent: the one use of contacts beside their owner's."""

from consultations.notices.registries import Recipient, channels
from consultations.people.enums import ContactKind
from consultations.people.models import Contact


@channels.register("email")
def email_recipients(user_ids: list[int]) -> dict[int, Recipient]:
    """The address that each active person proved last; who has lost or none is left out."""
    contacts = Contact.objects.filter(
        user__in=user_ids,
        user__is_active=True,
        kind=ContactKind.EMAIL,
        verified_at__isnull=False,
        lost_at=None,
    ).order_by("verified_at", "pk")
    rows = contacts.values_list("user_id", "value", "user__language")
    return {user_id: Recipient(value, language) for user_id, value, language in rows}
