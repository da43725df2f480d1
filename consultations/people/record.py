"""What the record of an agency stands for: the current texts behind its digests."""

from consultations.ledger import registries
from consultations.ledger.models import Entry, Log
from consultations.people.models import PostHolding


@registries.contents.register("post.filled")
def official_names(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    holdings = {entry.seq: int(entry.subject.removeprefix("holding:")) for entry in entries}
    names = dict(
        PostHolding.objects.filter(pk__in=holdings.values()).values_list("pk", "official_name")
    )
    return {seq: {"official_name": names.get(pk)} for seq, pk in holdings.items()}
