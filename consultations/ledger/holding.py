"""Which logs the current transaction has locked, and where their heads are by now.

The note lives among the transaction's own on-commit callbacks: Django drops those when the
transaction or the savepoint that made them is rolled back, which is also when the database
lets go of the locks. So the note cannot outlive the lock.
"""

import logging
from dataclasses import dataclass, field

from django.db import transaction

from consultations.ledger.models import Log
from consultations.ledger.registries import after_commit

logger = logging.getLogger(__name__)


class NotLocked(RuntimeError):
    """Somebody appends to a log, or asks for its head, without having locked it."""


class LockOrder(RuntimeError):
    """A log is locked after one with a higher id: two such transactions would wait for ever."""


@dataclass
class Holding:
    """The logs that one `atomic` block has locked, by id. The objects are the ledger's own."""

    logs: dict[int, Log] = field(default_factory=dict)
    # Shared by all blocks of a transaction: which head of a log has been announced already.
    announced: dict[int, int] = field(default_factory=dict)
    moved: set[int] = field(default_factory=set)

    def announce(self) -> None:
        for log_id in sorted(self.moved):
            log = self.logs[log_id]
            if self.announced.get(log_id, -1) < log.head_seq:
                self.announced[log_id] = log.head_seq
                _announce(log)


def _announce(log: Log) -> None:
    for name, listener in after_commit.items():
        try:
            listener(log)
        except Exception:  # the entry is committed; a listener's trouble is not the author's
            logger.exception("%s could not announce %s", name, log)


def held(log: Log) -> Log:
    """The ledger's own object for a log that this block has locked, with the head as it is now."""
    return held_id(log.pk, str(log))


def held_id(log_id: int, name: str = "") -> Log:
    for holding in reversed(_holdings()):
        if log_id in holding.logs:
            return holding.logs[log_id]
    raise NotLocked(f"{name or log_id}: lock it first, inside the same atomic block")


def is_held(log: Log) -> bool:
    is_inside = transaction.get_connection().in_atomic_block
    return is_inside and any(log.pk in one.logs for one in _holdings())


def mark_moved(log: Log) -> None:
    for holding in reversed(_holdings()):
        if log.pk in holding.logs:
            holding.moved.add(log.pk)
            return


def hold(rows: list[Log]) -> None:
    """Notes that this block has locked these rows."""
    known = _all_holdings()
    holding = Holding(announced=known[0].announced if known else {})
    for row in rows:
        holding.logs[row.pk] = _shared(row)
    transaction.on_commit(holding.announce, robust=True)


def check_order(ids: set[int]) -> None:
    held_ids = {log_id for holding in _holdings() for log_id in holding.logs}
    late = [log_id for log_id in ids - held_ids if held_ids and log_id < max(held_ids)]
    if late:
        raise LockOrder(f"lock logs {sorted(ids | held_ids)} together, at the action's beginning")


def _shared(row: Log) -> Log:
    """One object for a log in a transaction, however often it is locked; refreshed by each lock."""
    for holding in _all_holdings():
        if existing := holding.logs.get(row.pk):
            existing.epoch, existing.head_seq = row.epoch, row.head_seq
            existing.head_hash = row.head_hash
            return existing
    return row


def _all_holdings() -> list[Holding]:
    callbacks = (
        callback for _sids, callback, _robust in transaction.get_connection().run_on_commit
    )
    return [
        owner
        for callback in callbacks
        if isinstance(owner := getattr(callback, "__self__", None), Holding)
    ]


def _holdings() -> list[Holding]:
    """Those of the blocks that we are inside of, outermost first."""
    database = transaction.get_connection()  # once: the way there is long
    inside = set(database.savepoint_ids)
    return [
        callback.__self__
        for sids, callback, _robust in database.run_on_commit
        if sids <= inside and isinstance(getattr(callback, "__self__", None), Holding)
    ]
