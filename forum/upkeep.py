"""What has to be done now and then, in the web server's process so that no cron is needed."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

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
        for chore, failure in _CHORES:
            await sync_to_async(_do, thread_sensitive=False)(chore, failure)
        await asyncio.sleep(EVERY_SECONDS)


def _do(chore: Callable[[datetime], object], failure: str) -> None:
    try:
        chore(timezone.now())
    except Exception:
        logger.exception("%s, trying again in an hour", failure)
    finally:
        close_old_connections()


# Models can be loaded once Django is set up, which importing the program does.


def _take_checkpoints(at: datetime) -> None:
    from consultations.ledger.actions import take_checkpoints

    take_checkpoints(at=at)


def _index_what_turned(at: datetime) -> None:
    from consultations.standards.actions import index_what_turned

    index_what_turned(at=at)


_CHORES = (
    (_take_checkpoints, "checkpoints could not be taken"),
    (_index_what_turned, "the register could not be indexed"),
)
