"""What the packages above take part in."""

from collections.abc import Callable

from django.db import transaction

from consultations.kernel.registry import Registry

# Called with a user's id after somebody's rights have changed or ended: sockets must close.
access_changed: Registry[Callable[[int], None]] = Registry("people.access_changed")


def announce_access_change(user_id: int) -> None:
    """Tells everybody registered as soon as the change is committed; one that fails stops no
    other."""
    for listener in access_changed:
        transaction.on_commit(_telling(listener, user_id), robust=True)


def _telling(listener: Callable[[int], None], user_id: int) -> Callable[[], None]:
    def tell() -> None:
        listener(user_id)

    return tell
