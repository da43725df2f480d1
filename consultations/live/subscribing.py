"""What other processes tell this one, over the channel layer: one channel for the whole process.

Nothing here is needed for being right, only for being quick: the hub looks at the heads of its
rooms by itself. So a stopped Redis is waited for, in the background, and nobody else waits.
"""

import asyncio
import logging
from collections.abc import Callable

from channels.layers import InMemoryChannelLayer, get_channel_layer

from consultations.live.rooms import PEOPLE_GROUP, group_name

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
RETRY_SECONDS = 3.0


def has_others() -> bool:
    """In memory there is nobody else to tell or to hear."""
    layer = get_channel_layer()
    return layer is not None and not isinstance(layer, InMemoryChannelLayer)


class Subscriber:
    """Keeps one channel in the groups of all rooms that are wanted."""

    def __init__(self, on_message: Callable[[dict], None]):
        self._on_message = on_message
        self._wanted: set[str] = {PEOPLE_GROUP}
        self._joined: set[str] = set()
        self._changed = asyncio.Event()
        self._task = asyncio.ensure_future(self._run()) if has_others() else None

    def want(self, log_id: int) -> None:
        self._wanted.add(group_name(log_id))
        self._changed.set()

    def unwant(self, log_id: int) -> None:
        self._wanted.discard(group_name(log_id))
        self._changed.set()

    async def _run(self) -> None:
        layer = get_channel_layer()
        channel = await self._until_it_answers(layer.new_channel)
        listening = asyncio.ensure_future(self._listen(layer, channel))
        try:
            while True:
                await self._until_it_answers(self._agree, layer, channel)
                await self._changed.wait()
        finally:
            listening.cancel()

    async def _agree(self, layer, channel: str) -> None:
        self._changed.clear()
        for group in self._wanted - self._joined:
            await layer.group_add(group, channel)
            self._joined.add(group)
        for group in self._joined - self._wanted:
            await layer.group_discard(group, channel)
            self._joined.discard(group)

    async def _listen(self, layer, channel: str) -> None:
        while True:
            try:
                self._on_message(await layer.receive(channel))
            except Exception:
                logger.exception("a message of another process could not be understood")
                await asyncio.sleep(RETRY_SECONDS)

    async def _until_it_answers(self, call, *arguments):
        while True:
            try:
                return await asyncio.wait_for(call(*arguments), PATIENCE_SECONDS)
            except Exception as failure:
                logger.warning("the channel layer does not answer (%r), waiting", failure)
                await asyncio.sleep(RETRY_SECONDS)
