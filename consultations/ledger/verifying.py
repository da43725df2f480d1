"""Verifying a log: recomputes the chain and compares it with everything else that speaks of it.

Works through the log batch by batch, so that memory does not grow with it. Each finding names the
entry; one change is named once where that can be told, not again at all entries after it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from consultations.ledger import canonical, signing
from consultations.ledger.models import Checkpoint, ContentSalt, Entry, Log
from consultations.ledger.queries import stream_entries
from consultations.ledger.registries import contents, witnesses

_BATCH = 1000


@dataclass(frozen=True)
class Finding:
    """What is wrong at which entry (0: the log as a whole). `kind` is for programs."""

    log: str
    seq: int
    kind: str
    message: str

    def __str__(self):
        return f"{self.log} entry {self.seq}: {self.message}"


@dataclass
class _Walk:
    """Where we are in the chain, and what the rows so far have said."""

    log: Log
    name: str
    heads: "_Heads"
    previous: str | None = None  # the hash before the next entry; None: it is missing
    last_seq: int = 0
    last_epoch: int = 0
    suspect: bool = False  # the entry before was tampered with, so its hash proves nothing
    key: signing.Key | None = None  # the newest key that has signed so far
    found: list[Finding] = field(default_factory=list)

    def add(self, seq: int, kind: str, message: str) -> None:
        self.found.append(Finding(self.name, seq, kind, message))

    def has_signed(self, key: signing.Key) -> None:
        if self.key is None or key.rank > self.key.rank:
            self.key = key

    def take(self) -> list[Finding]:
        found, self.found = self.found, []
        return found


def verify(log: Log, *, heads: Iterable[dict[str, Any]] = ()) -> Iterator[Finding]:
    """Everything that is wrong with this log. `heads` are signed heads kept outside."""
    name = canonical.name_of(log)
    walk = _Walk(log, name, _Heads(log, name, heads))
    yield from walk.heads.forged
    for batch in stream_entries(log, batch_size=_BATCH):
        for entry in batch:
            _check_entry(walk, entry)
        _check_contents(walk, batch)
        yield from walk.take()
    _check_end(walk)
    _check_head_row(walk)
    yield from walk.take()
    for witness in witnesses:
        yield from _check_witness(walk, witness(log))


def _check_entry(walk: _Walk, entry: Entry) -> None:
    seq, known = entry.seq, len(walk.found)
    if seq != walk.last_seq + 1:
        _add_missing(walk, walk.last_seq + 1, seq - 1)
        walk.previous = None
    elif seq == 1:
        walk.previous = canonical.genesis(walk.log, epoch=entry.epoch)
    if _check_columns(walk, entry):
        _check_signature(walk, entry)
    _check_epoch(walk, entry)
    for head in walk.heads.at(seq):
        if (head.epoch, head.hash) != (entry.epoch, entry.hash):
            walk.add(seq, "rewritten", f"is not the entry that was signed here ({head.source})")
        walk.has_signed(head.key)
    walk.suspect = len(walk.found) > known
    walk.previous, walk.last_seq, walk.last_epoch = entry.hash, seq, entry.epoch


def _add_missing(walk: _Walk, first: int, last: int, kind: str = "missing") -> None:
    if first == last:
        walk.add(first, kind, "is missing")
    elif first < last:
        walk.add(first, kind, f"is missing, and all others up to entry {last}")


def _check_signature(walk: _Walk, entry: Entry) -> None:
    """Hash and signature together tell what was done to an entry."""
    statement = canonical.head_statement(
        walk.name, epoch=entry.epoch, seq=entry.seq, hash=entry.hash
    )
    signed = signing.signer(statement, entry.signature, likely=walk.key)
    if walk.previous is None:
        follows = None
    else:
        follows = canonical.chain(walk.previous, entry.body) == entry.hash
    if not signed and follows is False:
        walk.add(entry.seq, "replaced", "was written by somebody without the key")
    elif not signed:
        message = (
            "is signed with no key of ours: it was rewritten, or its signature was; if the key was"
            " changed, put the former public key into LEDGER_FORMER_KEYS"
        )
        walk.add(entry.seq, "signature", message)
    elif follows is False and walk.suspect:
        message = f"cannot be checked against entry {entry.seq - 1} as that stands now"
        walk.add(entry.seq, "unlinked", message)
    elif follows is False:
        walk.add(entry.seq, "body", "its body was changed after it was written")
    if signed:
        _check_key(walk, entry, signed)


def _check_key(walk: _Walk, entry: Entry, key: signing.Key) -> None:
    """A former key signs nothing new, or whoever got hold of it could go on writing."""
    if key.until is not None and entry.at > key.until:
        message = f"is signed with former key {key.id}, which ended before (LEDGER_FORMER_KEYS)"
        walk.add(entry.seq, "former_key", message)
    elif walk.key is not None and key.rank < walk.key.rank:
        message = f"is signed with former key {key.id}, after a newer key had signed"
        walk.add(entry.seq, "former_key", message)
    walk.has_signed(key)


def _check_columns(walk: _Walk, entry: Entry) -> bool:
    """Whether this entry stands where it was written, so that hash and signature can fit."""
    try:
        said = json.loads(entry.body)
        told = {name: said.get(name) for name in ("v", "alg", "log", "epoch", "seq")}
        told |= {name: said.get(name) for name in ("type", "subject", "at")}
    except (ValueError, AttributeError):
        walk.add(entry.seq, "unreadable", "its body cannot be read")
        return True
    stored = {
        "v": entry.format_version,
        "alg": entry.algorithm,
        "log": walk.name,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "type": entry.type,
        "subject": entry.subject,
        "at": canonical.write_moment(entry.at),
    }
    if told["seq"] != entry.seq:
        walk.add(entry.seq, "moved", f"was written as entry {told['seq']}: the order was changed")
    elif wrong := [name for name in stored if stored[name] != told[name]]:
        walk.add(entry.seq, "columns", f"its columns differ from its body: {', '.join(wrong)}")
    elif (stored["v"], stored["alg"]) != (canonical.FORMAT_VERSION, canonical.ALGORITHM):
        walk.add(entry.seq, "format", "is in a format that this program does not know")
    return told["seq"] == entry.seq


def _check_epoch(walk: _Walk, entry: Entry) -> None:
    if entry.epoch == walk.last_epoch or walk.last_seq == 0:
        return
    # Only the entry that tells of a restore begins a new epoch.
    if entry.epoch != walk.last_epoch + 1 or entry.type != "log.restored":
        message = f"is of epoch {entry.epoch}, the entry before of {walk.last_epoch}"
        walk.add(entry.seq, "epoch", message)


def _check_end(walk: _Walk) -> None:
    """Who knows of entries after the last one that is there?"""
    told = {
        walk.log.head_seq: "the head of the log",
        **{head.seq: head.source for head in walk.heads.beyond(walk.last_seq)},
    }
    for staff_log in Log.objects.filter(twin=walk.log):
        told.setdefault(_newest_after(staff_log), "the staff log")
    beyond = max(told)
    if beyond > walk.last_seq:
        _add_missing(walk, walk.last_seq + 1, beyond, kind="cut")
        last = walk.found.pop()
        message = f"{last.message} (known from {told[beyond]})"
        walk.add(last.seq, last.kind, message)


def _newest_after(staff_log: Log) -> int:
    """The last public entry that a staff entry stands after."""
    newest = Entry.objects.filter(log=staff_log).order_by("-seq").first()
    try:
        after = json.loads(newest.body).get("after", 0) if newest else 0
    except (ValueError, AttributeError):
        after = 0
    return after if isinstance(after, int) else 0


def _check_head_row(walk: _Walk) -> None:
    log = walk.log
    expected = walk.previous if walk.last_seq else canonical.genesis(log, epoch=log.epoch)
    if log.head_seq < walk.last_seq:
        message = f"the head stands at entry {log.head_seq}, the entries go on to {walk.last_seq}"
        walk.add(log.head_seq, "head", message)
    elif log.head_seq == walk.last_seq and log.head_hash != expected:
        walk.add(log.head_seq, "head", "the hash of the head is not that of the last entry")
    if walk.last_seq and log.epoch != walk.last_epoch:
        message = f"the head is of epoch {log.epoch}, the last entry of {walk.last_epoch}"
        walk.add(walk.last_seq, "head", message)


# --- heads that were signed before --------------------------------------------------------------


@dataclass(frozen=True)
class _Head:
    epoch: int
    seq: int
    hash: str
    source: str
    key: signing.Key


class _Heads:
    """Signed heads of one log: checkpoints, and what somebody kept outside."""

    def __init__(self, log: Log, name: str, outside: Iterable[dict[str, Any]]):
        self._by_seq: dict[int, list[_Head]] = defaultdict(list)
        self.forged: list[Finding] = []
        for kept in Checkpoint.objects.filter(log=log).iterator():
            place = {"epoch": kept.epoch, "seq": kept.seq, "hash": kept.hash}
            self._add(name, place, kept.signature, f"checkpoint of {kept.at:%Y-%m-%d}", kept.at)
        for head in outside:
            if head["log"] == name:
                place = {field: head[field] for field in ("epoch", "seq", "hash")}
                self._add(name, place, head["signature"], "head kept outside")

    def _add(
        self, name: str, place: dict, signature: str, source: str, at: datetime | None = None
    ) -> None:
        key = signing.signer(canonical.head_statement(name, **place), signature)
        if key is None:
            message = f"a head is signed with no key of ours ({source})"
        elif at and key.until and at > key.until:
            message = f"a head is signed with former key {key.id}, which ended before ({source})"
        else:
            self._by_seq[place["seq"]].append(_Head(**place, source=source, key=key))
            return
        self.forged.append(Finding(name, place["seq"], "forged_head", message))

    def at(self, seq: int) -> list[_Head]:
        return self._by_seq.get(seq, [])

    def beyond(self, seq: int) -> list[_Head]:
        return [head for heads in self._by_seq.values() for head in heads if head.seq > seq]


# --- rows elsewhere -----------------------------------------------------------------------------


def _check_contents(walk: _Walk, batch: list[Entry]) -> None:
    """The texts of today against the digests of then. What was erased cannot and need not agree."""
    by_type = defaultdict(list)
    for entry in batch:
        if entry.type in contents and '"digests":' in entry.body:
            by_type[entry.type].append(entry)
    for type, entries in by_type.items():
        texts = contents[type](walk.log, entries)
        salts = _salts(entries)
        for entry in entries:
            for name, digest in _digests(entry).items():
                text = texts.get(entry.seq, {}).get(name)
                _check_text(walk, entry.seq, name, text, salts.get((entry.pk, name)), digest)


def _check_text(
    walk: _Walk, seq: int, name: str, text: str | None, salt: str | None, digest: str
) -> None:
    if text is None and salt is None:
        return  # erased, as the law allows
    if text is None:
        walk.add(seq, "content", f"its {name} is gone, and was not erased by the program")
    elif salt is None:
        walk.add(seq, "content", f"its {name} cannot be checked: the salt is gone, the text is not")
    elif canonical.digest(salt, name, text) != digest:
        walk.add(seq, "content", f"its {name} was changed since")


def _digests(entry: Entry) -> dict[str, str]:
    try:
        return json.loads(entry.body)["data"]["digests"]
    except (ValueError, KeyError, TypeError):  # named already, where its body was checked
        return {}


def _salts(entries: list[Entry]) -> dict[tuple[int, str], str]:
    rows = ContentSalt.objects.filter(entry__in=entries)
    return {(row[0], row[1]): row[2] for row in rows.values_list("entry_id", "name", "salt")}


def _check_witness(walk: _Walk, claims: Iterable[tuple[int, str, str]]) -> Iterator[Finding]:
    batch: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for seq, type, subject in claims:
        batch[seq].append((type, subject))
        if len(batch) >= _BATCH:
            yield from _compare_claims(walk, batch)
            batch.clear()
    yield from _compare_claims(walk, batch)


def _compare_claims(walk: _Walk, batch: dict[int, list[tuple[str, str]]]) -> Iterator[Finding]:
    rows = Entry.objects.filter(log=walk.log, seq__in=list(batch))
    stored = {row[0]: row[1:] for row in rows.values_list("seq", "type", "subject")}
    for seq, claimed in sorted(batch.items()):
        for type, subject in claimed:
            if stored.get(seq) != (type, subject):
                message = f"{subject or type} says that this entry published it; it does not"
                yield Finding(walk.name, seq, "witness", message)


def newest_entry(log: Log) -> int:
    """How many entries there are to verify."""
    return Entry.objects.filter(log=log).aggregate(newest=Max("seq"))["newest"] or 0
