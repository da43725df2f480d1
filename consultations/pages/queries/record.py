"""The record of a consultation, for people and for machines."""

import json
from dataclasses import dataclass
from datetime import datetime

from consultations.kernel.paging import page
from consultations.ledger.canonical import genesis, name_of
from consultations.ledger.heads import signers_of
from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import document_of, entries_after, newest_entries
from consultations.pages.record_words import Sentence, actor_in_words, in_words
from consultations.people.models import Post
from consultations.proceedings.models import Consultation

LINES_AT_ONCE = 500


@dataclass(frozen=True)
class RecordLine:
    """An entry as it is read: what happened, when, by whom, and what to check it with."""

    seq: int
    at: datetime
    sentence: Sentence
    actor: str
    type: str
    body: str
    hash: str
    previous: str
    signature: str
    epoch: int


@dataclass(frozen=True)
class RecordPage:
    rows: list[RecordLine]
    next_after: int | None


def record_page(consultation: Consultation, after: int | None, *, size: int = 50) -> RecordPage:
    """Newest first. Three queries: the entries, the one before them, the posts that acted."""
    log = consultation.log
    found = page(newest_entries(log), key="-seq", after=after, size=size)
    documents = {entry.seq: document_of(entry) for entry in found.rows}
    posts = _posts([document["actor"] for document in documents.values()])
    before = _hashes_before(log, found.rows)
    rows = [
        RecordLine(
            seq=entry.seq,
            at=entry.at,
            sentence=in_words(consultation.slug, entry.type, documents[entry.seq]["data"]),
            actor=actor_in_words(documents[entry.seq]["actor"], posts),
            type=entry.type,
            body=entry.body,
            hash=entry.hash,
            previous=before[entry.seq],
            signature=entry.signature,
            epoch=entry.epoch,
        )
        for entry in found.rows
    ]
    return RecordPage(rows, found.next_after)


def _hashes_before(log: Log, entries: list[Entry]) -> dict[int, str]:
    """The hash that each entry is chained to."""
    hashes = {entry.seq: entry.hash for entry in entries}
    if entries:
        first = min(entries, key=lambda entry: entry.seq)
        kept = Entry.objects.filter(log=log, seq=first.seq - 1).values_list("hash", flat=True)
        hashes[first.seq - 1] = next(iter(kept), None) or genesis(log, epoch=first.epoch)
    return {entry.seq: hashes.get(entry.seq - 1, "") for entry in entries}


def _posts(actors: list[str]) -> dict[int, str]:
    ids = {int(actor.removeprefix("post:")) for actor in actors if actor.startswith("post:")}
    return {post.pk: str(post.title) for post in Post.objects.filter(pk__in=ids)} if ids else {}


def record_lines(log: Log, after: int) -> list[dict]:
    """The next lines of record.jsonl: each entry's bytes, and what proves them."""
    entries = entries_after(log, after, LINES_AT_ONCE)
    before = _hashes_before(log, entries)
    keys = signers_of(log, entries)
    return [
        {
            "seq": entry.seq,
            "body": entry.body,
            "prev": before[entry.seq],
            "hash": entry.hash,
            "signature": entry.signature,
            "epoch": entry.epoch,
            "log": name_of(log),
            "public_key": keys[entry.seq],
        }
        for entry in entries
    ]


def write_lines(lines: list[dict]) -> str:
    return "".join(
        json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines
    )
