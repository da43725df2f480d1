"""Personal data, model by model: what it is for, how to hand it out, how to take it away.

Each package registers its own models; `unregistered` names those that were forgotten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from consultations.kernel.registry import Registry
from consultations.ledger.models import Log
from consultations.notices.models import Notice
from consultations.people.models import Contact, PostHolding, User


@dataclass(frozen=True)
class PersonalData:
    """What one model keeps about a person.

    `purpose` says why it is kept, and what stays after erasing and by which right. `erase` runs
    inside the action's transaction, under a lock of all `logs`, which it may append to.
    """

    purpose: str
    export: Callable[[User], list[dict[str, Any]]]
    erase: Callable[[User, datetime], None]
    logs: Callable[[User], list[Log]] = lambda user: []


personal_data: Registry[PersonalData] = Registry("people.personal_data")


def export_person(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything that is kept about a person, by model; values as JSON can hold them."""
    return {name: entry.export(user) for name, entry in personal_data.items()}


def unregistered() -> list[str]:
    """Models of ours that point to a user and that nobody has registered."""
    return sorted(
        model.__name__
        for model in apps.get_app_config("consultations").get_models()
        if model.__name__ not in personal_data
        and (model is User or any(field.related_model is User for field in model._meta.fields))
    )


def moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def keep(user: User, at: datetime) -> None:
    """Takes nothing away: the purpose says by which right it stays."""


def _export_user(user: User) -> list[dict]:
    return [
        {
            "public_name": user.public_name,
            "language": user.language,
            "joined_at": moment(user.joined_at),
            "last_signed_in_at": moment(user.last_login),
        }
    ]


def _erase_user(user: User, at: datetime) -> None:
    # The row stays, since what was said and decided points to it; nothing in it says who it was.
    # A new password value ends all sessions, whose hashes are made of it.
    user.public_name, user.language = "", User._meta.get_field("language").default
    user.key = User._meta.get_field("key").default()
    user.set_unusable_password()
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    user.save()


def _export_contacts(user: User) -> list[dict]:
    return [
        {
            "kind": contact.kind,
            "value": contact.value,
            "verified_at": moment(contact.verified_at),
            "lost_at": moment(contact.lost_at),
        }
        for contact in user.contacts.order_by("pk")
    ]


def _erase_contacts(user: User, at: datetime) -> None:
    user.contacts.all().delete()


def _export_addresses(user: User) -> list[dict]:
    rows = EmailAddress.objects.filter(user=user).order_by("pk")
    return list(rows.values("email", "verified", "primary"))


def _erase_addresses(user: User, at: datetime) -> None:
    EmailAddress.objects.filter(user=user).delete()


def _export_holdings(user: User) -> list[dict]:
    return [
        {
            "post": str(holding.post),
            "agency": str(holding.post.agency),
            "capacity": holding.capacity,
            "letter": holding.letter,
            "official_name": holding.official_name,
            "rank": holding.rank,
            "civil_servant_number": holding.civil_servant_number,
            "starts_on": holding.starts_on.isoformat(),
            "ends_on": holding.ends_on.isoformat() if holding.ends_on else None,
        }
        for holding in user.holdings.select_related("post__agency").order_by("pk")
    ]


def _export_notices(user: User) -> list[dict]:
    return [
        {
            "kind": notice.kind,
            "data": notice.data,
            "created_at": moment(notice.created_at),
            "read_at": moment(notice.read_at),
        }
        for notice in Notice.objects.filter(user=user).order_by("pk")
    ]


def _erase_notices(user: User, at: datetime) -> None:
    Notice.objects.filter(user=user).delete()  # their deliveries go with them


personal_data.register(User.__name__)(
    PersonalData(
        _("To let you sign in and to show a name beside your comments. Erased whole."),
        _export_user,
        _erase_user,
    )
)
personal_data.register(Contact.__name__)(
    PersonalData(
        _("To tell you what became of your comments. Nobody else sees it. Erased whole."),
        _export_contacts,
        _erase_contacts,
    )
)
personal_data.register(EmailAddress.__name__)(
    PersonalData(
        _("To let you sign in with your e-mail address. Erased whole."),
        _export_addresses,
        _erase_addresses,
    )
)
# The law on personal data (UU 27/2022) leaves what another law orders to be kept, and that on
# archives (UU 43/2009) orders it: who held an office and decided in it is public record.
personal_data.register(PostHolding.__name__)(
    PersonalData(
        _(
            "To show in which office somebody decided or signed. Name, rank and number of an "
            "official stay by the law on archives; no way to reach the person stays with them."
        ),
        _export_holdings,
        keep,
    )
)
personal_data.register(Notice.__name__)(
    PersonalData(
        _("To tell you what became of your comments, by numbers only. Erased whole."),
        _export_notices,
        _erase_notices,
    )
)
