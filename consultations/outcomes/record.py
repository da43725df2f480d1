"""What the record says of outcomes: the reasons behind its digests, the rows that it published."""

from collections.abc import Iterator

from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import data_of
from consultations.ledger.registries import contents, witnesses
from consultations.outcomes.models import Outcome


@contents.register("outcome.recorded")
def reasons(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    versions = {}
    for entry in entries:
        data = data_of(entry)
        versions[data["number"], data["version"]] = entry.seq
    rows = Outcome.objects.filter(
        consultation__log=log, number__in={number for number, _version in versions}
    ).values_list("number", "version", "reason")
    return {
        versions[number, version]: {"reason": reason}
        for number, version, reason in rows
        if (number, version) in versions
    }


@witnesses.register("outcomes")
def recorded(log: Log) -> Iterator[tuple[int, str, str]]:
    rows = Outcome.objects.filter(consultation__log=log).values_list("seq", "number")
    for seq, number in rows.iterator():
        yield seq, "outcome.recorded", f"outcome:{number}"
