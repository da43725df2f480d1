"""The only writers of the record. Entries are added; nothing changes or removes one."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from consultations.kernel.prepared import Parameter, Prepared, PreparedInsert, PreparedUpdate
from consultations.ledger import canonical, heads, holding, signing
from consultations.ledger.enums import Side
from consultations.ledger.models import Checkpoint, ContentSalt, Entry, Log

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")

# What each entry costs, while its log is locked.
_PK, _SEQ, _HASH = (Log._meta.get_field(name) for name in ("id", "head_seq", "head_hash"))
_LOCK_ONE = Prepared(
    lambda: (
        Log.objects.select_for_update(no_key=True)
        .defer("created_at")
        .filter(pk=Parameter("pk", _PK))
    )
)
_MOVE_HEAD = PreparedUpdate(
    lambda: Log.objects.filter(
        pk=Parameter("pk", _PK),
        head_seq=Parameter("seq", _SEQ),
        head_hash=Parameter("hash", _HASH),
    ),
    head_seq=Parameter("new_seq", _SEQ),
    head_hash=Parameter("new_hash", _HASH),
)
_ADD_ENTRY, _ADD_SALT = PreparedInsert(Entry), PreparedInsert(ContentSalt)


def open_log(
    *, kind: str, key: str, side: str = Side.PUBLIC, twin: Log | None = None, at: datetime
) -> Log:
    """A new, empty log. A staff log stands beside its public `twin`, of the same kind and key."""
    if not _NAME.fullmatch(kind) or not _NAME.fullmatch(key):
        raise ValueError(f"{kind}:{key}: a log is named in letters, digits and _ . / -")
    if (side == Side.STAFF) != (twin is not None):
        raise ValueError("a staff log needs its public log as twin, a public log has none")
    if twin is not None and (twin.kind, twin.key, twin.side) != (kind, key, Side.PUBLIC):
        raise ValueError(f"{twin} cannot be the twin of {kind}:{key}")
    _require_zone(at)
    log = Log(kind=kind, key=key, side=side, twin=twin, created_at=at)
    log.head_hash = canonical.genesis(log, epoch=log.epoch)
    log.save(force_insert=True)
    return log


def lock(*logs: Log) -> None:
    """Takes the heads of these logs, sorted by id, and brings the given objects up to date.

    The first step of every action, inside its `atomic`. A staff log brings its public one along:
    two logs, one lock. Locking again what is held is harmless; LockOrder is raised where two
    transactions could wait for each other.
    """
    if not connection.in_atomic_block:
        raise holding.NotLocked("logs are locked inside an atomic block")
    ids = {log.pk for log in logs} | {log.twin_id for log in logs if log.twin_id}
    if not ids:
        return
    holding.check_order(ids)
    # "No key": rows elsewhere that refer to the log can be written meanwhile.
    if len(ids) == 1:
        rows = _LOCK_ONE.all(pk=ids.pop())
    else:
        rows = Log.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    holding.hold(list(rows))
    for log in logs:
        _refresh(log, holding.held(log))


def append(
    log: Log,
    type: str,
    *,
    actor: str,
    subject: str = "",
    data: Mapping[str, Any] | None = None,
    contents: Mapping[str, str] | None = None,
    at: datetime,
) -> Entry:
    """The next entry of a log that this `atomic` has locked; otherwise raises NotLocked.

    `contents` are texts that are never stored here: the entry holds their salted digests under
    `data["digests"]`; empty ones are left out. `at` informs; the order is `seq`.
    """
    _require_zone(at)
    head = holding.held(log)
    salts, digests = _digested(contents or {})
    written = _written(head, type, actor, subject, data or {}, at)
    if digests:
        written["data"]["digests"] = digests
    body = canonical.canonical_json(written)
    _move_head(head, written["seq"], canonical.chain(head.head_hash, body))
    entry = _ADD_ENTRY.new(
        log_id=log.pk,
        seq=head.head_seq,
        type=type,
        subject=subject,
        at=at,
        epoch=head.epoch,
        format_version=canonical.FORMAT_VERSION,
        algorithm=canonical.ALGORITHM,
        body=body,
        hash=head.head_hash,
        signature=signing.sign(heads.statement(head)),
    )
    _ADD_ENTRY.run(entry)
    _add_salts(entry, salts)
    _refresh(log, head)
    holding.mark_moved(log)
    return entry


def _digested(contents: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Salts and digests by name."""
    salts = {name: canonical.new_salt() for name, text in contents.items() if text}
    digests = {name: canonical.digest(salt, name, contents[name]) for name, salt in salts.items()}
    return salts, digests


def _add_salts(entry: Entry, salts: dict[str, str]) -> None:
    rows = [_ADD_SALT.new(entry_id=entry.pk, name=name, salt=salt) for name, salt in salts.items()]
    if len(rows) == 1:  # a comment's body, mostly
        _ADD_SALT.run(rows[0])
    elif rows:
        ContentSalt.objects.bulk_create(rows)


def erase_salts(log: Log, *, seqs: list[int]) -> None:
    """Takes the salts of erased texts out, so that nobody can test a guess against the digests."""
    ContentSalt.objects.filter(entry__log=log, entry__seq__in=seqs).delete()


def start_epoch(log: Log, *, at: datetime) -> Entry:
    """After a restore from backup: readers who are ahead of what was restored are told to reset.

    What was lost stays lost; the new epoch says so in public, signed and dated.
    """
    with transaction.atomic():
        lock(log)
        head = holding.held(log)
        head.epoch += 1
        if head.head_seq == 0:
            head.head_hash = canonical.genesis(head, epoch=head.epoch)
        Log.objects.filter(pk=log.pk).update(epoch=head.epoch, head_hash=head.head_hash)
        data = {"previous_epoch": head.epoch - 1}
        return append(log, "log.restored", actor="system", data=data, at=at)


def checkpoint(log: Log, *, at: datetime) -> Checkpoint:
    """Keeps the signed head for good. The same head is kept once by each key."""
    with transaction.atomic():
        lock(log)
        made, _is_new = Checkpoint.objects.get_or_create(
            log=log,
            epoch=log.epoch,
            seq=log.head_seq,
            key_id=signing.present_key().id,
            defaults={
                "hash": log.head_hash,
                "at": at,
                "signature": signing.sign(heads.statement(log)),
            },
        )
    return made


def take_checkpoints(*, at: datetime) -> int:
    """A checkpoint of every log that has moved since its last one; at most one a day each. When the
    key has changed, one of every log at once: from then on the former key adds nothing unseen.

    Safe to repeat and to run in several processes. Returns how many were taken.
    """
    midnight = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    newest = Checkpoint.objects.filter(log=OuterRef("pk")).order_by("-pk")
    has_moved = Q(head_seq__gt=Coalesce("kept_seq", 0))
    is_due = Q(kept_at=None) | Q(kept_at__lt=midnight)
    has_other_key = Q(kept_by__isnull=False) & ~Q(kept_by=signing.present_key().id)
    found = Log.objects.annotate(
        kept_at=Subquery(newest.values("at")[:1]),
        kept_seq=Subquery(newest.values("seq")[:1]),
        kept_by=Subquery(newest.values("key_id")[:1]),
    )
    logs = list(found.filter((has_moved & is_due) | has_other_key).order_by("pk"))
    for log in logs:
        checkpoint(log, at=at)
    return len(logs)


def _written(
    head: Log, type: str, actor: str, subject: str, data: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    """What the entry will say, its digests apart."""
    if not type or not actor:
        raise ValueError("an entry says what happened and who acted")
    if "digests" in data:
        raise ValueError("digests are made here, from `contents`")
    written = {
        "v": canonical.FORMAT_VERSION,
        "alg": canonical.ALGORITHM,
        "log": canonical.name_of(head),
        "epoch": head.epoch,
        "seq": head.head_seq + 1,
        "type": type,
        "actor": actor,
        "subject": subject,
        "at": canonical.write_moment(at),
        "data": dict(data),
    }
    if head.twin_id:  # locked together with this one, so it cannot move meanwhile
        written["after"] = holding.held_id(head.twin_id).head_seq
    return written


def _move_head(head: Log, seq: int, hash: str) -> None:
    moved = _MOVE_HEAD.run(
        pk=head.pk, seq=head.head_seq, hash=head.head_hash, new_seq=seq, new_hash=hash
    )
    if moved != 1:
        raise holding.NotLocked(f"{head}: a savepoint was rolled back; lock the log again")
    head.head_seq, head.head_hash = seq, hash


def _refresh(log: Log, head: Log) -> None:
    log.epoch, log.head_seq, log.head_hash = head.epoch, head.head_seq, head.head_hash


def _require_zone(at: datetime) -> None:
    if at.tzinfo is None:
        raise ValueError("a time needs its zone")
