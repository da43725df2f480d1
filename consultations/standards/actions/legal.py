"""The list of legal acts that standards are checked against."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from consultations.people.rules import check_operate
from consultations.standards import citing
from consultations.standards.models import LegalAct


@dataclass
class RecordedActs:
    added: int = 0
    changed: int = 0


@transaction.atomic
def record_legal_acts(
    *, actor, acts: Iterable[citing.LegalAct], country: str = "id"
) -> RecordedActs:
    """Adds what is new and mends what is known by kind, number, year and place. Nothing is taken
    out: an act stays known when a later list leaves it out."""
    check_operate(actor)
    acts = list(acts)
    recorded = RecordedActs()
    for act in acts:
        columns = {
            "title": act.title,
            "status": str(act.status),
            "gazette": act.gazette,
            "source": act.source,
        }
        _record(act, country, columns, recorded)
    for act in acts:
        _tie(act, country, recorded)
    return recorded


def _record(
    act: citing.LegalAct | citing.Citation, country: str, columns: dict, recorded: RecordedActs
) -> LegalAct:
    row, is_new = LegalAct.objects.get_or_create(**_key(act, country), defaults=columns)
    if is_new:
        recorded.added += 1
    elif any(getattr(row, name) != value for name, value in columns.items()):
        LegalAct.objects.filter(pk=row.pk).update(**columns)
        recorded.changed += 1
    return row


def _tie(act: citing.LegalAct, country: str, recorded: RecordedActs) -> None:
    """Names what took its place, which the list may not hold itself."""
    newer = act.replaced_by
    if newer is None:
        return
    row = LegalAct.objects.filter(**_key(newer, country)).first()
    if row is None:
        row = _record(newer, country, {"title": newer.title, "source": act.source}, recorded)
    LegalAct.objects.filter(**_key(act, country)).update(replaced_by=row)


def _key(act: citing.LegalAct | citing.Citation, country: str) -> dict:
    return {
        "jurisdiction": country,
        "kind": act.kind.key,
        "number": act.number,
        "year": act.year,
        "place": act.place,
    }
