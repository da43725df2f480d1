"""What changes for sockets when something changes for their person."""

from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.dispatch import receiver

from consultations.live.announcing import announce_person


def close_sockets(user_id: int) -> None:
    """Closes that person's sockets in all processes, after the commit. Their pages connect again,
    as whoever they are by then."""

    def announce() -> None:
        announce_person(user_id)

    transaction.on_commit(announce, robust=True)


@receiver(user_logged_out, dispatch_uid="live.close_sockets")
def on_sign_out(sender, request, user, **kwargs):
    if user is not None:
        close_sockets(user.pk)
