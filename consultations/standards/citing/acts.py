"""Reads a list of known acts: each stands there with the public source that speaks of it."""

import json
from pathlib import Path

from consultations.standards.citing.citations import Citation, LegalAct, LegalStatus
from consultations.standards.citing.kinds import Kinds, load_kinds

_FORMAT = "rembuk-legal-acts/1"


def load_acts(path: Path, kinds: Kinds | None = None) -> tuple[LegalAct, ...]:
    """In the order of the file, which is ours and not typed by anybody: a slip in it raises."""
    kinds = kinds or load_kinds()
    content = json.loads(path.read_text(encoding="utf-8"))
    if content.get("format") != _FORMAT or content.get("country") != kinds.country:
        raise ValueError(f"{path.name}: acts of {kinds.country} come as {_FORMAT}")
    return tuple(_act(entry, kinds) for entry in content["acts"])


def _act(entry: dict, kinds: Kinds) -> LegalAct:
    replaced_by = entry.get("replaced_by")
    return LegalAct(
        **_reference(entry, kinds),
        status=LegalStatus(entry.get("status", "")),
        replaced_by=Citation(**_reference(replaced_by, kinds)) if replaced_by else None,
        gazette=entry.get("gazette", ""),
        source=entry["source"],
    )


def _reference(entry: dict, kinds: Kinds) -> dict:
    return {
        "kind": kinds[entry["kind"]],
        "number": entry["number"],
        "year": entry["year"],
        "title": entry.get("title", ""),
        "place": entry.get("place", ""),
    }
