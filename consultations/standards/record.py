"""What the record says of standards: the texts behind its digests, the rows that it published."""

from collections.abc import Iterator

from consultations.ledger.models import Entry, Log
from consultations.ledger.registries import contents, witnesses
from consultations.standards.models import Pledge, Review, Revision
from consultations.standards.queries.pledges import statements_of


@contents.register("standard.reviewed")
def notes(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    rows = Review.objects.filter(standard__log=log, seq__in=[entry.seq for entry in entries])
    return {seq: {"note": note} for seq, note in rows.values_list("seq", "note")}


@contents.register("revision.withdrawn")
def reasons(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    numbers = {int(entry.subject.removeprefix("revision:")): entry.seq for entry in entries}
    rows = Revision.objects.filter(standard__log=log, number__in=numbers)
    return {
        numbers[number]: {"reason": reason}
        for number, reason in rows.values_list("number", "withdrawn_reason")
    }


@witnesses.register("reviews")
def reviewed(log: Log) -> Iterator[tuple[int, str, str]]:
    rows = Review.objects.filter(standard__log=log).values_list("seq", "pk")
    for seq, pk in rows.iterator():
        yield seq, "standard.reviewed", f"review:{pk}"


@contents.register("pledge.adopted")
def statements(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    pledges = Pledge.objects.filter(standard__log=log, seq__in=[entry.seq for entry in entries])
    return {pledge.seq: statements_of(pledge) for pledge in pledges}


@witnesses.register("pledges")
def pledged(log: Log) -> Iterator[tuple[int, str, str]]:
    rows = Pledge.objects.filter(standard__log=log).values_list("seq", "revision__number")
    for seq, number in rows.iterator():
        yield seq, "pledge.adopted", f"revision:{number}"
