"""Telling that a log has a new head, after the commit and off the request's path.

This process's hub is told directly, the others over the channel layer by a courier: a thread with
a loop of its own. What could not be delivered in time is dropped, since every hub also looks for
itself; so a stopped Redis delays nobody's POST, and nothing piles up.
"""

import asyncio
import logging
import threading
import time

from channels.layers import get_channel_layer

from consultations.ledger.models import Log
from consultations.ledger.registries import after_commit
from consultations.live.hub import call_hub, tell_head
from consultations.live.rooms import PEOPLE_GROUP, group_name
from consultations.live.subscribing import has_others

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.0
PAUSE_SECONDS = 0.03  # news that comes meanwhile of the same log is told once
MOST_WAITING = 1000
SILENCE_SECONDS = 60.0  # between two complaints about the same trouble


@after_commit.register("live")
def announce_head(log: Log) -> None:
    tell_head(log.pk, log.head_seq)
    message = {"type": "head.moved", "log": log.pk, "seq": log.head_seq}
    courier.send(group_name(log.pk), f"log:{log.pk}", message)


def announce_person(user_id: int) -> None:
    call_hub("close_person", user_id)
    message = {"type": "person.changed", "user": user_id}
    courier.send(PEOPLE_GROUP, f"user:{user_id}", message)


class Courier:
    """Sends the newest message of each key; started by the first."""

    def __init__(self):
        self._lock = threading.Lock()
        self._waiting: dict[str, tuple[str, dict]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._work: asyncio.Event | None = None
        self._complained_at = -SILENCE_SECONDS

    def send(self, group: str, key: str, message: dict) -> None:
        if not has_others():
            return
        with self._lock:
            is_first = not self._waiting
            if len(self._waiting) < MOST_WAITING:
                self._waiting[key] = (group, message)
            if self._loop is None:
                self._start()
        if is_first:  # the others go along with it
            self._loop.call_soon_threadsafe(self._work.set)

    def _start(self) -> None:
        self._loop, self._work = asyncio.new_event_loop(), asyncio.Event()
        self._loop.create_task(self._deliver())
        threading.Thread(target=self._loop.run_forever, name="courier", daemon=True).start()

    async def _deliver(self) -> None:
        layer = get_channel_layer()
        while True:
            await self._work.wait()
            self._work.clear()
            with self._lock:
                waiting, self._waiting = self._waiting, {}
            try:
                for group, message in waiting.values():
                    await asyncio.wait_for(layer.group_send(group, message), PATIENCE_SECONDS)
            except Exception as failure:
                self._complain(failure)
            await asyncio.sleep(PAUSE_SECONDS)

    def _complain(self, failure: Exception) -> None:
        if time.monotonic() - self._complained_at > SILENCE_SECONDS:
            self._complained_at = time.monotonic()
            logger.warning("the channel layer does not answer (%r): other processes wait", failure)


courier = Courier()
