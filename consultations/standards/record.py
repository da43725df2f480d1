"""What the record of a standard digests, and which rows claim to stand in it."""

from collections.abc import Iterator

from consultations.ledger.models import Entry, Log
from consultations.ledger.registries import contents, witnesses
from consultations.standards.models import Pledge
from consultations.standards.queries.pledges import statements_of


@contents.register("pledge.adopted")
def statements(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    pledges = Pledge.objects.filter(standard__log=log, seq__in=[entry.seq for entry in entries])
    return {pledge.seq: statements_of(pledge) for pledge in pledges}


@witnesses.register("pledges")
def pledged(log: Log) -> Iterator[tuple[int, str, str]]:
    rows = Pledge.objects.filter(standard__log=log).values_list("seq", "revision__number")
    for seq, number in rows.iterator():
        yield seq, "pledge.adopted", f"revision:{number}"
