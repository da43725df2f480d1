"""The hub: one per process, on the server's event loop. It reads what is new in a room once,
renders it once for each language, encodes it once, and writes it to all who are there.

A viewer who is up to date costs nothing but the write. Who joins, or could not take a frame
because the line was full, is *behind* and is brought up to date from the record at their own pace;
until then fan-outs pass them by. So what a viewer gets is always the next entry after what they
have, whatever was lost on the way.
"""

import asyncio
import logging
import time

from consultations.live.events import MOST_EVENTS, RESET, Event, envelope, in_frames
from consultations.live.frames import Frame, Wire
from consultations.live.reading import NEWS_AT_ONCE, Reader, Tail
from consultations.live.subscribing import Subscriber

logger = logging.getLogger(__name__)

WINDOW_SECONDS = 0.05  # entries that come within it go out together
MOST_WINDOW_SECONDS = 0.25
POLL_SECONDS = 2.0  # how long a lost "head moved" delays an entry
RETRY_SECONDS = 1.0
VIEWERS_AT_ONCE = 50  # then the event loop has its turn
REST_SHARE = 0.3  # of the time that the writing took
# Behind, a viewer gets small frames, each when the one before is through: whoever has a slow line
# makes progress and is not taken for one who does not read.
CATCH_UP_BYTES = 32 * 1024
NEWS_BYTES = 64 * 1024
CATCH_UP_EVENTS = 50

CLOSE_RESET = 4409
CLOSE_PERSON = 4401
RESET_FRAME = Frame(RESET)


class Viewer:
    """One socket in a room, and the last entry that it has. Many: no dict."""

    __slots__ = ("language", "room", "seq", "user_id", "wire")

    def __init__(self, wire: Wire, *, language: str, seq: int, user_id: int | None):
        self.wire, self.language, self.seq, self.user_id = wire, language, seq, user_id
        self.room: Room | None = None


class Room:
    """A log with viewers. All in `viewers` have everything up to `seq`."""

    def __init__(self, tail: Tail):
        self.tail = tail
        self.viewers: dict[str, set[Viewer]] = {}
        self.behind: set[Viewer] = set()
        self.news = asyncio.Event()
        self.pump: asyncio.Task | None = None

    @property
    def is_empty(self) -> bool:
        return not self.behind and not any(self.viewers.values())

    def all_viewers(self) -> list[Viewer]:
        return [viewer for group in self.viewers.values() for viewer in group] + [*self.behind]

    def put(self, viewer: Viewer) -> None:
        self.behind.discard(viewer)
        self.viewers.setdefault(viewer.language, set()).add(viewer)

    def drop(self, viewer: Viewer) -> None:
        self.behind.discard(viewer)
        self.viewers.get(viewer.language, set()).discard(viewer)


class Hub:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.reader = Reader()
        self.rooms: dict[int, Room] = {}
        self.people: dict[int, set[Viewer]] = {}
        self.subscriber = Subscriber(self._on_message)
        self._tasks: set[asyncio.Task] = set()
        self._start(self._poll())

    # --- called by consumers ------------------------------------------------------------------

    async def join(self, viewer: Viewer, tail: Tail) -> None:
        """Adds a viewer to the room of `tail` (as just read) and brings them up to date."""
        room = self.rooms.get(tail.log_id)
        if room is None or room.tail.epoch != tail.epoch:
            room = self._open(tail)
        viewer.room = room
        room.behind.add(viewer)
        if viewer.user_id is not None:
            self.people.setdefault(viewer.user_id, set()).add(viewer)
        self.heard(tail.log_id, tail.seq)
        if viewer.seq >= tail.seq:
            viewer.wire.write(_frame(tail, []))  # that they are in
        await self._catch_up(viewer)

    def leave(self, viewer: Viewer) -> None:
        if viewer.room is not None:
            viewer.room.drop(viewer)
        theirs = self.people.get(viewer.user_id, set())
        theirs.discard(viewer)
        if not theirs:
            self.people.pop(viewer.user_id, None)

    # --- called by announcements, on the loop ---------------------------------------------------

    def heard(self, log_id: int, seq: int) -> None:
        room = self.rooms.get(log_id)
        if room is not None and seq > room.tail.seq:
            room.news.set()

    def close_person(self, user_id: int) -> None:
        for viewer in self.people.get(user_id, set()).copy():
            viewer.wire.close(CLOSE_PERSON)

    def _on_message(self, message: dict) -> None:
        if message["type"] == "head.moved":
            self.heard(message["log"], message["seq"])
        elif message["type"] == "person.changed":
            self.close_person(message["user"])

    # --- a room's life ------------------------------------------------------------------------

    def _open(self, tail: Tail) -> Room:
        if (old := self.rooms.get(tail.log_id)) is not None:
            self._reset(old)
        room = self.rooms[tail.log_id] = Room(tail)
        room.pump = self._start(self._pump(room))
        self.subscriber.want(tail.log_id)
        return room

    def _close(self, room: Room) -> None:
        room.pump.cancel()
        self.rooms.pop(room.tail.log_id, None)
        self.subscriber.unwant(room.tail.log_id)
        self.reader.forget(room.tail.log_id)

    def _reset(self, room: Room) -> None:
        """What its viewers have is no longer what the log says: they begin anew."""
        self._close(room)
        for viewer in room.all_viewers():
            viewer.wire.write(RESET_FRAME)
            viewer.wire.close(CLOSE_RESET)

    async def _pump(self, room: Room) -> None:
        while True:
            await room.news.wait()
            room.news.clear()
            count = 1
            try:
                count = await self._bring_news(room)
            except Exception:
                logger.exception("%s: the news could not be read, trying again", room.tail.name)
                room.news.set()
                await asyncio.sleep(RETRY_SECONDS)
            # The more there is to say, the longer it is gathered: a round costs the same for one
            # entry and for fifty.
            await asyncio.sleep(min(WINDOW_SECONDS * max(count, 1), MOST_WINDOW_SECONDS))

    async def _bring_news(self, room: Room) -> int:
        """One round; how many entries it brought."""
        languages = [language for language, group in room.viewers.items() if group]
        news = await self.reader.read_news(room.tail, languages)
        if news is None:
            return 0
        if news.epoch != room.tail.epoch:
            self._reset(room)
            return 0
        # Nothing waits between these two lines: who has the old seq is in a group, and who
        # comes later starts from the new one.
        before, room.tail.seq = room.tail.seq, news.seq
        groups = {language: list(group) for language, group in room.viewers.items()}
        if news.seq - before >= NEWS_AT_ONCE:
            room.news.set()  # there may be more
        for language, group in groups.items():
            if language in news.events:
                parts = _parts(room.tail, news.events[language])
                await self._fan_out(room, group, parts, before)
            else:  # the first of their language came while the news was read
                for viewer in group:
                    self._fall_behind(room, viewer, before)
        return news.seq - before

    async def _fan_out(
        self, room: Room, viewers: list[Viewer], parts: list[tuple[Frame, int]], before: int
    ) -> None:
        """Writes to all, letting the loop have its turn: pages are served in between."""
        for start in range(0, len(viewers), VIEWERS_AT_ONCE):
            began = time.perf_counter()
            for viewer in viewers[start : start + VIEWERS_AT_ONCE]:
                last_seq = before
                for frame, seq in parts:
                    if viewer.wire.is_full:
                        self._fall_behind(room, viewer, last_seq)
                        break
                    viewer.wire.write(frame)
                    last_seq = seq
            await asyncio.sleep(0)  # what others have waited for
            await asyncio.sleep((time.perf_counter() - began) * REST_SHARE)

    def _fall_behind(self, room: Room, viewer: Viewer, seq: int) -> None:
        if viewer in room.viewers.get(viewer.language, ()):
            room.viewers[viewer.language].discard(viewer)
            room.behind.add(viewer)
            viewer.seq = seq
            self._start(self._catch_up(viewer))

    async def _catch_up(self, viewer: Viewer) -> None:
        """From the record, frame by frame, until they have what the room has."""
        room, wire = viewer.room, viewer.wire
        await wire.drained()
        while wire.is_open and viewer in room.behind:
            if viewer.seq >= room.tail.seq:
                if viewer.seq == room.tail.seq:
                    room.put(viewer)
                    return
                await asyncio.sleep(WINDOW_SECONDS)  # the page was newer than what we know yet
            elif room.tail.seq - viewer.seq > MOST_EVENTS:
                wire.write(RESET_FRAME)
                wire.close(CLOSE_RESET)
            else:
                up_to = min(viewer.seq + CATCH_UP_EVENTS, room.tail.seq)
                await self._send_past(viewer, up_to)

    async def _send_past(self, viewer: Viewer, up_to: int) -> None:
        tail = viewer.room.tail
        try:
            events = await self.reader.read_past(tail, viewer.seq, up_to, viewer.language)
        except Exception:
            logger.exception("%s: the past could not be read, trying again", tail.name)
            await asyncio.sleep(RETRY_SECONDS)
            return
        for part in in_frames(events, CATCH_UP_BYTES):
            viewer.wire.write(_frame(tail, part))
            viewer.seq = part[-1].seq
            await viewer.wire.drained()

    # --- by itself ------------------------------------------------------------------------------

    async def _poll(self) -> None:
        """Finds what no message told, and closes rooms that everybody has left."""
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                await self._look_at_heads()
            except Exception:
                logger.exception("the heads could not be read, trying again")

    async def _look_at_heads(self) -> None:
        for room in [room for room in self.rooms.values() if room.is_empty]:
            self._close(room)
        if not self.rooms:
            return
        for log_id, epoch, seq in await self.reader.read_heads(list(self.rooms)):
            room = self.rooms.get(log_id)
            if room is not None and room.tail.epoch != epoch:
                self._reset(room)
            else:
                self.heard(log_id, seq)

    def _start(self, coroutine) -> asyncio.Task:
        task = self.loop.create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _frame(tail: Tail, events: list[Event]) -> Frame:
    return Frame(envelope(tail.name, tail.epoch, tail.seq, events))


def _parts(tail: Tail, events: list[Event]) -> list[tuple[Frame, int]]:
    """Frames, each with the last entry in it."""
    return [(_frame(tail, part), part[-1].seq) for part in in_frames(events, NEWS_BYTES)]


_hub: Hub | None = None


def get_hub() -> Hub:
    """The hub of this process; made by the first who comes, on their loop."""
    global _hub
    if _hub is None or _hub.loop is not asyncio.get_running_loop():
        _hub = Hub()
    return _hub


def tell_head(log_id: int, seq: int) -> None:
    """Tells the hub of a head that has just been committed, from any thread.

    A room that knows already that there is news will read after now, so nobody is woken for it.
    """
    if _hub is not None:
        room = _hub.rooms.get(log_id)
        if room is None or not room.news.is_set():
            call_hub("heard", log_id, seq)


def call_hub(method: str, *arguments) -> None:
    """Calls the hub's method on its loop, from any thread; without a hub nobody watches here."""
    if _hub is not None and not _hub.loop.is_closed():
        _hub.loop.call_soon_threadsafe(getattr(_hub, method), *arguments)
