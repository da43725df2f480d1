"""The hub with lines that fill up, and a record that is read from memory."""

import asyncio
import json

import pytest

from consultations.live import hub as hub_module
from consultations.live.events import Event
from consultations.live.hub import Hub, Viewer
from consultations.live.reading import News, Tail

LOG = 7


class FakeWire:
    def __init__(self):
        self.is_open, self.is_full, self.code = True, False, None
        self.frames: list[dict] = []
        self._empty = asyncio.Event()

    def write(self, frame) -> None:
        self.frames.append(json.loads(frame.text))

    def close(self, code: int) -> None:
        self.is_open, self.code = False, code
        self._empty.set()

    async def drained(self) -> None:
        while self.is_full and self.is_open:
            self._empty.clear()
            await self._empty.wait()

    def fill(self) -> None:
        self.is_full = True

    def empty(self) -> None:
        self.is_full = False
        self._empty.set()

    @property
    def seqs(self) -> list[int]:
        return [event["seq"] for frame in self.frames for event in frame.get("events", [])]


class FakeReader:
    """A record of `head` entries. Counts what it is asked."""

    def __init__(self):
        self.head, self.epoch, self.size = 0, 1, 10
        self.renderings: list[tuple[str, int]] = []
        self.failures = 0
        self.hold: asyncio.Event | None = None

    async def read_news(self, tail, languages):
        if self.hold:
            await self.hold.wait()
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        if self.head <= tail.seq:
            return None
        up_to = min(self.head, tail.seq + 200)
        self.renderings += [(language, tail.seq + 1) for language in languages]
        events = {language: self._events(tail.seq, up_to, language) for language in languages}
        return News(self.epoch, up_to, events)

    async def read_past(self, tail, after, up_to, language):
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise ConnectionError("the database is away")
        return self._events(after, up_to, language)

    async def read_heads(self, log_ids):
        return [(log_id, self.epoch, self.head) for log_id in log_ids]

    def forget(self, log_id):
        pass

    def _events(self, after, up_to, language):
        return [
            Event(seq, "", json.dumps({"seq": seq, "html": language + "x" * self.size}))
            for seq in range(after + 1, up_to + 1)
        ]


class FakeSubscriber:
    def __init__(self, on_message):
        pass

    def want(self, log_id):
        pass

    unwant = want


@pytest.fixture
async def hub(monkeypatch):
    monkeypatch.setattr(hub_module, "POLL_SECONDS", 60)
    monkeypatch.setattr(hub_module, "RETRY_SECONDS", 0.01)
    monkeypatch.setattr(hub_module, "WINDOW_SECONDS", 0.01)
    monkeypatch.setattr(hub_module, "MOST_WINDOW_SECONDS", 0.02)
    monkeypatch.setattr(hub_module, "Subscriber", FakeSubscriber)
    made = Hub()
    made.reader = FakeReader()
    yield made
    for task in list(made._tasks):
        task.cancel()
    await asyncio.gather(*made._tasks, return_exceptions=True)


async def enter(hub, *, after=0, language="id", user_id=None, full=False) -> Viewer:
    wire = FakeWire()
    wire.is_full = full
    viewer = Viewer(wire, language=language, seq=after, user_id=user_id)
    tail = Tail(LOG, "wall:one", hub.reader.epoch, hub.reader.head)
    joining = asyncio.ensure_future(hub.join(viewer, tail))
    if not full:
        await joining
    return viewer


async def happen(hub, count=1) -> None:
    hub.reader.head += count
    hub.heard(LOG, hub.reader.head)
    await settle()


async def settle() -> None:
    await asyncio.sleep(0.08)


async def test_news_is_rendered_once_for_each_language_that_is_there(hub):
    viewers = [await enter(hub) for _ in range(120)]
    english = await enter(hub, language="en")

    await happen(hub)

    assert sorted(hub.reader.renderings) == [("en", 1), ("id", 1)]
    assert all(viewer.wire.seqs == [1] for viewer in [*viewers, english])
    assert english.wire.frames[-1]["events"][0]["html"].startswith("en")


async def test_entries_that_come_together_go_out_in_one_frame(hub):
    viewer = await enter(hub)
    await happen(hub)

    for _ in range(5):
        hub.reader.head += 1
        hub.heard(LOG, hub.reader.head)
    await settle()

    assert viewer.wire.seqs == [1, 2, 3, 4, 5, 6]
    assert len([frame for frame in viewer.wire.frames if frame["events"]]) <= 3


async def test_a_full_line_is_passed_by_and_caught_up_when_it_is_empty(hub):
    slow, quick = await enter(hub), await enter(hub)
    await happen(hub)
    slow.wire.fill()
    await happen(hub, 3)
    await happen(hub, 2)

    assert slow.wire.seqs == [1]
    assert quick.wire.seqs == [1, 2, 3, 4, 5, 6]
    slow.wire.empty()
    await settle()
    await happen(hub)

    assert slow.wire.seqs == quick.wire.seqs == [1, 2, 3, 4, 5, 6, 7]


async def test_whoever_stays_full_for_long_begins_anew(hub):
    slow = await enter(hub)
    slow.wire.fill()
    await happen(hub, 600)
    async with asyncio.timeout(5):
        while hub.rooms[LOG].tail.seq < 600:
            await asyncio.sleep(0.01)
    slow.wire.empty()
    await settle()

    assert slow.wire.frames[-1] == {"reset": True}
    assert slow.wire.code == 4409


async def test_a_line_that_fills_between_two_frames_goes_on_after_the_first(hub):
    viewer = await enter(hub)
    hub.reader.size = 40_000  # one event, one frame
    written = viewer.wire.write

    def write_and_fill(frame):
        written(frame)
        if len(viewer.wire.seqs) == 2:
            viewer.wire.fill()

    viewer.wire.write = write_and_fill
    await happen(hub, 5)
    assert viewer.wire.seqs == [1, 2]

    viewer.wire.write = written
    viewer.wire.empty()
    await settle()

    assert viewer.wire.seqs == [1, 2, 3, 4, 5]


async def test_who_comes_while_news_is_read_misses_nothing_and_gets_nothing_twice(hub):
    first = await enter(hub)
    hub.reader.hold = asyncio.Event()
    hub.reader.head = 3
    hub.heard(LOG, 3)
    await asyncio.sleep(0.02)
    others = [
        asyncio.ensure_future(enter(hub, after=after, language=language))
        for after in range(4)
        for language in ("id", "en")
    ]
    await asyncio.sleep(0.02)
    hub.reader.hold.set()
    joined = await asyncio.gather(*others)
    await settle()
    await happen(hub)

    assert first.wire.seqs == [1, 2, 3, 4]
    assert [viewer.wire.seqs for viewer in joined] == [
        list(range(after + 1, 5)) for after in range(4) for _ in range(2)
    ]


async def test_a_database_that_is_away_for_a_moment_costs_time_only(hub):
    viewer = await enter(hub)
    hub.reader.failures = 3
    await happen(hub, 2)
    await settle()

    hub.reader.failures = 2
    late = await enter(hub)

    assert viewer.wire.seqs == late.wire.seqs == [1, 2]


async def test_hearing_late_twice_or_in_another_order_changes_nothing(hub):
    viewer = await enter(hub)
    hub.reader.head = 3
    for seq in (3, 1, 3, 2, 3):
        hub.heard(LOG, seq)
        await settle()

    assert viewer.wire.seqs == [1, 2, 3]


async def test_a_new_epoch_sends_everybody_back(hub):
    viewers = [await enter(hub), await enter(hub, language="en")]
    hub.reader.epoch, hub.reader.head = 2, 1
    hub.heard(LOG, 1)
    await settle()

    assert [viewer.wire.code for viewer in viewers] == [4409, 4409]
    assert LOG not in hub.rooms
    again = await enter(hub, after=1)
    assert again.wire.frames[0]["epoch"] == 2


async def test_a_lower_head_of_a_new_epoch_is_noticed_by_looking(hub):
    await happen(hub, 5)
    viewer = await enter(hub, after=5)
    hub.reader.epoch, hub.reader.head = 2, 3

    await hub._look_at_heads()

    assert viewer.wire.code == 4409


async def test_looking_finds_what_nobody_announced(hub):
    viewer = await enter(hub)
    hub.reader.head = 2

    await hub._look_at_heads()
    await settle()

    assert viewer.wire.seqs == [1, 2]


async def test_who_leaves_is_forgotten_and_so_is_an_empty_room(hub):
    viewer = await enter(hub, user_id=1)
    assert hub.people == {1: {viewer}}

    hub.leave(viewer)
    await hub._look_at_heads()

    assert hub.people == {}
    assert hub.rooms == {}


async def test_who_leaves_while_behind_is_written_to_no_more(hub):
    slow = await enter(hub)
    slow.wire.fill()
    await happen(hub)
    hub.leave(slow)
    slow.wire.empty()
    await settle()

    assert slow.wire.seqs == []


async def test_close_person_closes_theirs_only(hub):
    mine, also_mine = await enter(hub, user_id=1), await enter(hub, user_id=1)
    other, visitor = await enter(hub, user_id=2), await enter(hub)

    hub.close_person(1)

    codes = [viewer.wire.code for viewer in (mine, also_mine, other, visitor)]
    assert codes == [4401, 4401, None, None]


async def test_the_loop_has_its_turn_during_a_fan_out(hub):
    viewers = [await enter(hub) for _ in range(500)]
    turns = []

    async def page():
        while True:
            turns.append(sum(1 for viewer in viewers if viewer.wire.seqs))
            await asyncio.sleep(0)

    serving = asyncio.ensure_future(page())
    await happen(hub)
    serving.cancel()

    assert len({turn for turn in turns if 0 < turn < 500}) >= 5
