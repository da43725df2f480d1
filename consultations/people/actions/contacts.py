"""Ways to reach a person. They are apart from the addresses that one signs in with (allauth's)."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from consultations.people.enums import ContactKind
from consultations.people.models import Contact, User
from consultations.people.names import clean_contact
from consultations.people.rules import check_reach


def add_contact(*, actor, user: User, kind: ContactKind, value: str, at: datetime) -> Contact:
    """Notes a way to reach the person; nothing is sent there until it is verified. A contact
    that was lost is found again, and has to be proved again."""
    with transaction.atomic():
        check_reach(actor, user)
        contact, _is_new = Contact.objects.get_or_create(
            user=user, kind=kind, value=clean_contact(kind, value)
        )
    return contact


def verify_contact(*, actor, contact: Contact, at: datetime) -> None:
    """The person has proved that this reaches them."""
    with transaction.atomic():
        check_reach(actor, contact.user)
        contact.verified_at, contact.lost_at = at, None
        contact.save(update_fields=["verified_at", "lost_at"])


def lose_contact(*, actor, contact: Contact, at: datetime) -> None:
    """It no longer reaches the person (a number changed hands, mail comes back)."""
    with transaction.atomic():
        check_reach(actor, contact.user)
        contact.verified_at, contact.lost_at = None, at
        contact.save(update_fields=["verified_at", "lost_at"])


def remove_contact(*, actor, contact: Contact) -> None:
    with transaction.atomic():
        check_reach(actor, contact.user)
        contact.delete()


def keep_contacts(*, actor, user: User, at: datetime) -> None:
    """Makes every proved sign-in address a verified contact that is no contact yet.

    Called at each sign-in, so what a crash left out is made up for. A contact that was lost stays
    lost until it is proved again.
    """
    with transaction.atomic():
        check_reach(actor, user)
        proved = EmailAddress.objects.filter(user=user, verified=True)
        known = user.contacts.filter(kind=ContactKind.EMAIL).values("value")
        for email in proved.exclude(email__in=known).values_list("email", flat=True):
            contact = add_contact(
                actor=actor, user=user, kind=ContactKind.EMAIL, value=email, at=at
            )
            verify_contact(actor=actor, contact=contact, at=at)
