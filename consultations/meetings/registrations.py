"""What the record knows of sessions: the sentences that its digests are of, and their rows."""

from collections.abc import Iterator

from consultations.ledger.models import Entry, Log
from consultations.ledger.registries import contents, witnesses
from consultations.meetings import privacy as privacy
from consultations.meetings.models import Agreement


@contents.register("agreement.recorded")
def sentences(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    """The newest sentence of each agreement; those that it corrected are gone with their salts."""
    seqs = [entry.seq for entry in entries]
    found = dict(
        Agreement.objects.filter(item__meeting__consultation__log=log, seq__in=seqs).values_list(
            "seq", "sentence"
        )
    )
    return {seq: {"sentence": found.get(seq)} for seq in seqs}


@witnesses.register("agreements")
def agreements(log: Log) -> Iterator[tuple[int, str, str]]:
    rows = Agreement.objects.filter(item__meeting__consultation__log=log)
    for seq, number in rows.values_list("seq", "item__meeting__number").iterator():
        yield seq, "agreement.recorded", f"meeting:{number}"
