"""What the tests of the ledger share: logs with entries, their rows, what verifying finds."""

from datetime import UTC, datetime

from django.db import transaction

from consultations.ledger import actions as ledger
from consultations.ledger import canonical
from consultations.ledger.enums import Side
from consultations.ledger.models import Entry, Log
from consultations.ledger.verifying import verify

AT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


def a_log(key="ktp", **options) -> Log:
    return ledger.open_log(kind="test", key=key, at=AT, **options)


def a_pair(key="ktp") -> tuple[Log, Log]:
    public = a_log(key)
    return public, a_log(key, side=Side.STAFF, twin=public)


def add(log: Log, subject: str = "", type="comment.posted", **options) -> Entry:
    with transaction.atomic():
        ledger.lock(log)
        return ledger.append(log, type, actor="participant:1", subject=subject, at=AT, **options)


def rows(log: Log):
    return Entry.objects.filter(log=log)


def findings(log: Log, heads=()) -> list[tuple[int, str]]:
    log.refresh_from_db()
    return [(finding.seq, finding.kind) for finding in verify(log, heads=heads)]


def row(log: Log, seq: int) -> Entry:
    return rows(log).get(seq=seq)


def change_body(log):
    entry = row(log, 3)
    rows(log).filter(seq=3).update(body=entry.body.replace("participant:1", "participant:9"))


def cut_two(log):
    """Removes the last two entries and the staff's notes after them, and lowers both heads."""
    rows(log).filter(seq__gt=3).delete()
    Entry.objects.filter(log__twin=log).delete()
    staff = Log.objects.get(twin=log)
    genesis = canonical.genesis(staff, epoch=1)
    Log.objects.filter(pk=staff.pk).update(head_seq=0, head_hash=genesis)
    last = row(log, 3)
    Log.objects.filter(pk=log.pk).update(head_seq=3, head_hash=last.hash)
