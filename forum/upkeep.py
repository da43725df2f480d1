"""What has to be done now and then, in the web server's process so that no cron is needed."""

import asyncio
import logging

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
        await sync_to_async(_take_checkpoints, thread_sensitive=False)()
        await asyncio.sleep(EVERY_SECONDS)


def _take_checkpoints() -> None:
    # Models can be loaded once Django is set up, which importing the program does.
    from consultations.ledger.actions import take_checkpoints

    try:
        take_checkpoints(at=timezone.now())
    except Exception:
        logger.exception("checkpoints could not be taken, trying again in an hour")
    finally:
        close_old_connections()
