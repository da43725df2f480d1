"""What the staff log says of cases: the texts behind its digests."""

from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import data_of
from consultations.ledger.registries import contents
from consultations.moderation.models import HidingDecision

Texts = dict[int, dict[str, str | None]]


@contents.register("hiding.decided")
def notes(log: Log, entries: list[Entry]) -> Texts:
    return _texts(entries, "note", "note")


@contents.register("appeal.filed")
def reasons(log: Log, entries: list[Entry]) -> Texts:
    return _texts(entries, "reason", "appeal__reason")


@contents.register("appeal.decided")
def answers(log: Log, entries: list[Entry]) -> Texts:
    return _texts(entries, "answer", "appeal__answer")


def _texts(entries: list[Entry], name: str, column: str) -> Texts:
    """By entry the text of its decision; None once it was erased."""
    decisions = {entry.seq: data_of(entry)["decision"] for entry in entries}
    rows = HidingDecision.objects.filter(pk__in=decisions.values())
    found = dict(rows.values_list("pk", column))
    return {
        seq: {name: found[decision] or None}
        for seq, decision in decisions.items()
        if decision in found
    }
