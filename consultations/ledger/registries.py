"""What upper packages tell the ledger, which knows none of them."""

from collections.abc import Callable, Iterable

from consultations.kernel.registry import Registry
from consultations.ledger.models import Entry, Log

# By entry type: the texts that the entries digested, as they stand now, to compare. Gets a batch
# of entries of one log and returns {seq: {name: text}}; None is a text that was erased. A seq that
# is left out counts as a row that is gone.
contents: Registry[Callable[[Log, list[Entry]], dict[int, dict[str, str | None]]]] = Registry(
    "ledger.contents"
)

# By any name: rows elsewhere that claim to have been published by an entry of this log, as
# (seq, type, subject). They betray an end that was cut off.
witnesses: Registry[Callable[[Log], Iterable[tuple[int, str, str]]]] = Registry("ledger.witnesses")

# By any name: who wants to hear that a log has a new head. Called once for each log of a
# transaction, after its commit, in the thread that committed: it must not wait for anything.
after_commit: Registry[Callable[[Log], None]] = Registry("ledger.after_commit")
