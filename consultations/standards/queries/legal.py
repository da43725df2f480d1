"""The acts that citations are checked against."""

from consultations.standards import citing
from consultations.standards.models import LegalAct


def known_acts(kinds: citing.Kinds | None = None) -> tuple[citing.LegalAct, ...]:
    """The acts of a country's list, as `citing.check` takes them. One query."""
    kinds = kinds or citing.load_kinds()
    rows = LegalAct.objects.filter(jurisdiction=kinds.country).select_related("replaced_by")
    keys = {kind.key for kind in kinds}
    return tuple(_act(row, kinds) for row in rows.order_by("pk") if row.kind in keys)


def _act(row: LegalAct, kinds: citing.Kinds) -> citing.LegalAct:
    newer = row.replaced_by
    status = citing.LegalStatus.UNSTATED
    if row.is_repealed:
        status = citing.LegalStatus.REPEALED
    return citing.LegalAct(
        **_reference(row, kinds),
        status=status,
        replaced_by=citing.Citation(**_reference(newer, kinds)) if newer else None,
        source=row.source,
    )


def _reference(row: LegalAct, kinds: citing.Kinds) -> dict:
    texts = {name: getattr(row, name) for name in ("number", "year", "title", "place")}
    return {"kind": kinds[row.kind], **texts}
