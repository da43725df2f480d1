"""One proved sign-in address belongs to one person, however it is written.

allauth keeps addresses in lower case and makes the proved ones unique, but by its own code alone:
an index by lower case holds also for rows that came in another way. It is put back after every
migrate, since SQLite drops it when allauth's table is altered.
"""

from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver

_INDEX = (
    "CREATE UNIQUE INDEX IF NOT EXISTS emailaddress_proved_once_in_lower_case"
    " ON account_emailaddress (LOWER(email)) WHERE verified"
)


@receiver(post_migrate, dispatch_uid="people.addresses")
def install(sender, using: str = "default", **kwargs) -> None:
    if sender.name == "consultations":
        with connections[using].cursor() as cursor:
            cursor.execute(_INDEX)
