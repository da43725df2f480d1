"""Who is woken when a log has a new head, and who need not be."""

import asyncio
from types import SimpleNamespace

import pytest

from consultations.live import announcing, hub
from consultations.live.announcing import Courier
from consultations.live.hub import Room
from consultations.live.reading import Tail

LOG = 7


class Loop:
    """One that notes what is called on it."""

    def __init__(self):
        self.calls = []

    def call_soon_threadsafe(self, function, *arguments):
        self.calls.append((function, *arguments))

    def is_closed(self):
        return False


@pytest.fixture
def watched(monkeypatch):
    """The hub of a process, with one room."""
    made = SimpleNamespace(
        loop=Loop(), rooms={LOG: Room(Tail(LOG, "wall", 1, 3))}, heard="heard it"
    )
    monkeypatch.setattr(hub, "_hub", made)
    return made


def test_a_room_that_knows_of_news_is_not_woken_again(watched):
    hub.tell_head(LOG, 4)
    watched.rooms[LOG].news.set()
    hub.tell_head(LOG, 5)
    watched.rooms[LOG].news.clear()  # it reads now, perhaps without the next
    hub.tell_head(LOG, 6)

    assert watched.loop.calls == [("heard it", LOG, 4), ("heard it", LOG, 6)]


def test_a_room_that_may_just_be_opening_is_told(watched):
    hub.tell_head(LOG + 1, 4)

    assert watched.loop.calls == [("heard it", LOG + 1, 4)]


def test_without_a_hub_nobody_is_told(monkeypatch):
    monkeypatch.setattr(hub, "_hub", None)

    hub.tell_head(LOG, 4)


def test_the_courier_is_woken_once_and_takes_the_newest_along(monkeypatch):
    sent = []

    async def group_send(group, message):
        sent.append((group, message["seq"]))

    monkeypatch.setattr(announcing, "has_others", lambda: True)
    monkeypatch.setattr(announcing, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(
        announcing, "get_channel_layer", lambda: SimpleNamespace(group_send=group_send)
    )

    async def deliver() -> None:
        courier = Courier()
        courier._loop, courier._work = Loop(), asyncio.Event()
        delivering = asyncio.ensure_future(courier._deliver())
        for first in (1, 11):
            for seq in range(first, first + 5):
                courier.send("log.7", "log:7", {"seq": seq})
            courier.send("log.8", "log:8", {"seq": first})
            [(wake,)] = courier._loop.calls
            courier._loop.calls.clear()
            wake()
            async with asyncio.timeout(5):
                while len(sent) < first // 10 * 2 + 2:
                    await asyncio.sleep(0)
        delivering.cancel()

    asyncio.run(deliver())

    assert sent == [("log.7", 5), ("log.8", 1), ("log.7", 15), ("log.8", 11)]
