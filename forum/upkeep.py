"""What has to be done now and then, in the web server's process so that no cron is needed."""

import asyncio
import logging
from collections.abc import Callable

from asgiref.sync import sync_to_async
from django.db import close_old_connections
from django.utils import timezone

logger = logging.getLogger(__name__)

FIRST_SECONDS = 60  # when the pages that came at once have been served
EVERY_SECONDS = 3600


async def keep_up() -> None:
    """Runs as long as the server. What fails is logged and tried again the next time."""
    await asyncio.sleep(FIRST_SECONDS)
    while True:
        await sync_to_async(_do_everything, thread_sensitive=False)()
        await asyncio.sleep(EVERY_SECONDS)


def _do_everything() -> None:
    """Each job is safe to repeat and to run in several processes at once; none waits for another
    that fails."""
    for trouble, job in _jobs():
        try:
            job(at=timezone.now())
        except Exception:
            logger.exception("%s, trying again in an hour", trouble)
        finally:
            close_old_connections()


def _jobs() -> list[tuple[str, Callable]]:
    """What to do, and what to say when it fails."""
    # Models can be loaded once Django is set up, which importing the program does.
    from consultations.ledger.actions import take_checkpoints
    from consultations.standards.actions import (
        announce_coming_into_force,
        index_what_turned,
        remind_of_reviews,
    )

    return [
        ("checkpoints could not be taken", take_checkpoints),
        ("what came into force could not be told", announce_coming_into_force),
        ("nobody could be reminded of reviews", remind_of_reviews),
        ("the register could not be indexed", index_what_turned),
    ]
