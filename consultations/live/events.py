"""Events as viewers get them: read from the record, rendered from the current state, encoded.

{"v":1,"room":"…","epoch":1,"events":[{"seq","type","at","data","html"}],"head":7}
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import Error
from django.utils import translation

from consultations.ledger.models import Entry
from consultations.ledger.queries import document_of
from consultations.live.registries import renderers

logger = logging.getLogger(__name__)

VERSION = 1
MOST_FRAME_BYTES = 256 * 1024
MOST_EVENTS = 500  # of an answer; whoever is further behind loads the page anew


@dataclass(frozen=True, slots=True)
class Event:
    """One event, encoded: `text` is JSON. The subject says whose change makes it stale."""

    seq: int
    subject: str
    text: str


def make_events(entries: list[Entry], language: str) -> list[Event]:
    """Events of one log's entries, with a constant number of queries for each type."""
    html = _render(entries, language)
    return [
        Event(entry.seq, entry.subject, _encode(entry, html.get(entry.seq, "")))
        for entry in entries
    ]


def _render(entries: list[Entry], language: str) -> dict[int, str]:
    by_type = defaultdict(list)
    for entry in entries:
        if entry.type in renderers:
            by_type[entry.type].append(entry)
    html: dict[int, str] = {}
    with translation.override(language):
        for type, batch in by_type.items():
            try:
                html |= renderers[type](batch, language)
            except Error:
                raise  # the database: whoever asked tries again
            except Exception:  # one type's mistake must not stop the room
                logger.exception("%s could not be rendered", type)
    return html


def _encode(entry: Entry, html: str) -> str:
    document = document_of(entry)
    data = {name: value for name, value in document["data"].items() if name != "digests"}
    event = {
        "seq": entry.seq,
        "type": entry.type,
        "at": document["at"],
        "data": data,
        "html": html,
    }
    return to_json(event)


def to_json(value) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def envelope(room: str, epoch: int, head: int, events: Iterable[Event]) -> str:
    """One frame's text; the events are put in as they are encoded."""
    start = to_json({"v": VERSION, "room": room, "epoch": epoch})[:-1]
    return f'{start},"events":[{",".join(event.text for event in events)}],"head":{head}}}'


RESET = to_json({"reset": True})


def in_frames(events: list[Event], most_bytes: int = MOST_FRAME_BYTES) -> Iterator[list[Event]]:
    """The events in their order, in parts that fit into a frame. A single one is never cut."""
    part: list[Event] = []
    size = 512  # the envelope
    for event in events:
        event_bytes = len(event.text.encode()) + 1
        if part and size + event_bytes > most_bytes:
            yield part
            part, size = [], 512
        part.append(event)
        size += event_bytes
    if part:
        yield part
