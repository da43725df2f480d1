"""What the hub reads of the record, in threads of its own: Django's are for people's requests."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

from consultations.ledger.models import Entry, Log
from consultations.live.events import MOST_EVENTS, Event, make_events
from consultations.live.registries import touches

T = TypeVar("T")

NEWS_AT_ONCE = 200


@dataclass(slots=True)
class Tail:
    """Where a room is in its log."""

    log_id: int
    name: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class News:
    epoch: int
    seq: int
    events: dict[str, list[Event]]  # by language


class Fragments:
    """Rendered events of one room by language, as long as nothing has touched their subject."""

    def __init__(self):
        self._events: dict[tuple[str, int], Event] = {}

    def find(self, language: str, after: int, up_to: int) -> list[Event] | None:
        """All of them, or None."""
        found = [self._events.get((language, seq)) for seq in range(after + 1, up_to + 1)]
        return found if all(found) else None

    def keep(self, language: str, events: list[Event]) -> None:
        for event in events:
            self._events[language, event.seq] = event
        while len(self._events) > 2 * MOST_EVENTS:
            del self._events[next(iter(self._events))]

    def touch(self, entries: list[Entry]) -> None:
        """Forgets what these entries have made stale: a comment hidden now replays as hidden."""
        if any(entry.type not in touches for entry in entries):
            self._events.clear()
            return
        stale = {subject for entry in entries for subject in touches[entry.type](entry)}
        for key in [key for key, event in self._events.items() if event.subject in stale]:
            del self._events[key]


class Reader:
    """One at a time for each room, so that what is kept is never older than what was touched."""

    def __init__(self):
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="live")
        self._fragments: dict[int, Fragments] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    async def read_news(self, tail: Tail, languages: list[str]) -> News | None:
        """What came after the room's tail, rendered in these languages; None: nothing."""
        async with self._lock(tail):
            fragments = self._fragments.setdefault(tail.log_id, Fragments())
            entries, events = await self.run(_read_news, tail.log_id, tail.seq, languages)
            if not entries:
                return None
            fragments.touch(entries)
            for language, made in events.items():
                fragments.keep(language, made)
        return News(entries[-1].epoch, entries[-1].seq, events)

    async def read_past(self, tail: Tail, after: int, up_to: int, language: str) -> list[Event]:
        fragments = self._fragments.setdefault(tail.log_id, Fragments())
        if (found := fragments.find(language, after, up_to)) is not None:
            return found
        async with self._lock(tail):
            if (found := fragments.find(language, after, up_to)) is not None:
                return found
            made = await self.run(_read_past, tail.log_id, after, up_to, language)
            fragments.keep(language, made)
        return made

    async def read_heads(self, log_ids: list[int]) -> list[tuple[int, int, int]]:
        return await self.run(_read_heads, log_ids)

    def forget(self, log_id: int) -> None:
        self._fragments.pop(log_id, None)
        self._locks.pop(log_id, None)

    async def run(self, function: Callable[..., T], *arguments) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, _with_database, function, *arguments)

    def _lock(self, tail: Tail) -> asyncio.Lock:
        return self._locks.setdefault(tail.log_id, asyncio.Lock())


def _with_database(function: Callable[..., T], *arguments) -> T:
    """The thread keeps its connection; one that has failed is not used again."""
    try:
        return function(*arguments)
    except Exception:
        connection.close()
        raise


def _read_news(
    log_id: int, seq: int, languages: list[str]
) -> tuple[list[Entry], dict[str, list[Event]]]:
    entries = list(Entry.objects.filter(log_id=log_id, seq__gt=seq).order_by("seq")[:NEWS_AT_ONCE])
    return entries, {language: make_events(entries, language) for language in languages}


def _read_past(log_id: int, after: int, up_to: int, language: str) -> list[Event]:
    entries = Entry.objects.filter(log_id=log_id, seq__gt=after, seq__lte=up_to).order_by("seq")
    return make_events(list(entries), language)


def _read_heads(log_ids: list[int]) -> list[tuple[int, int, int]]:
    return list(Log.objects.filter(pk__in=log_ids).values_list("pk", "epoch", "head_seq"))
