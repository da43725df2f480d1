"""Reading the record."""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import BigAutoField, BigIntegerField, Count, QuerySet, Sum

from consultations.kernel.prepared import Parameter, Prepared
from consultations.ledger.enums import Side
from consultations.ledger.models import Checkpoint, Entry, Log

NEWS = 200
_FROM = Prepared(
    lambda: Entry.objects.filter(
        log=Parameter("log", BigAutoField()), seq__gte=Parameter("seq", BigIntegerField())
    ).order_by("seq")[: NEWS + 1]
)


def entries_after(log: Log, seq: int, limit: int) -> list[Entry]:
    """The entries that follow `seq`, in order, at most `limit`."""
    return list(Entry.objects.filter(log=log, seq__gt=seq).order_by("seq")[:limit])


def entries_from(log: Log, seq: int) -> list[Entry]:
    """The entry `seq` and those that follow it, in order, at most `NEWS` + 1."""
    return _FROM.all(log=log.pk, seq=seq)


def newest_entries(log: Log) -> QuerySet[Entry]:
    return Entry.objects.filter(log=log).order_by("-seq")


def stream_entries(log: Log, *, after: int = 0, batch_size: int = 1000) -> Iterator[list[Entry]]:
    """All entries in order, batch by batch, in the memory of one batch."""
    while batch := entries_after(log, after, batch_size):
        yield batch
        after = batch[-1].seq


def document_of(entry: Entry) -> dict[str, Any]:
    """All that the entry says, read from its canonical body."""
    return json.loads(entry.body)


def data_of(entry: Entry) -> dict[str, Any]:
    """What its type says about it, the digests of its contents included."""
    return document_of(entry)["data"]


def public_checkpoints(limit: int) -> list[Checkpoint]:
    """The newest first. A staff log's head is nobody else's business."""
    found = Checkpoint.objects.filter(log__side=Side.PUBLIC).select_related("log")
    return list(found.order_by("-pk")[:limit])


def public_state() -> tuple[int, ...]:
    """Everything public that happened anywhere, as a few numbers: one query."""
    sums = Log.objects.filter(side=Side.PUBLIC).aggregate(
        Count("id"), Sum("head_seq"), Sum("epoch")
    )
    return tuple(sums[name] or 0 for name in sorted(sums))
