"""Rooms: what the public part of a log is called on the way to its viewers."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.registry import Registry
from consultations.ledger.models import Log

# By kind ("consultation"): the public log behind an address, for this user (None: a visitor), with
# its head as it is now. Raises Missing or Denied.
resolvers: Registry[Callable[[str, Any], Log]] = Registry("live.rooms")

# Each process of the site listens here for what concerns a person's sockets.
PEOPLE_GROUP = "people"


def resolve(kind: str, address: str, user) -> Log:
    if kind not in resolvers:
        raise Missing(_("There is nothing live at this address."))
    return resolvers[kind](address, user)


def room_name(log: Log) -> str:
    """How frames name a room."""
    return f"{log.kind}:{log.key}"


def group_name(log_id: int) -> str:
    """The channel layer's group of a log (letters, digits and a point, under 100)."""
    return f"log.{log_id}"
