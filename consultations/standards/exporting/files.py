"""The format of docs/standard-format.md, written: the other way of `importing.parsing`."""

import json
from collections.abc import Collection
from dataclasses import asdict

from django.conf import settings

from consultations.standards.exporting.collecting import standard_data
from consultations.standards.importing.parsing import (
    COMPONENT_SET_FORMAT,
    STANDARD_FORMAT,
    AgencyData,
    ClauseData,
    DecreeData,
    Reason,
    RevisionData,
    StandardData,
)
from consultations.standards.models import ComponentSet, Standard


def standard_content(standard: Standard, numbers: Collection[int] | None = None) -> dict:
    """A standard with all its published revisions, or those of `numbers`, ready for `file_bytes`.

    Loaded elsewhere and written again it is the same, but for `source`, which says whence it is.
    """
    service = standard.service
    source = f"{settings.SITE_URL}/standards/{service.agency.slug}/{service.slug}/"
    return content_of(standard_data(standard, numbers), source=source)


def component_set_content(component_set: ComponentSet) -> dict:
    components = component_set.components.order_by("number")
    return {
        "format": COMPONENT_SET_FORMAT,
        "key": component_set.key,
        "name": dict(component_set.name),
        "source": component_set.source,
        "components": [
            {"key": part.key, "group": part.group, "name": dict(part.name)} for part in components
        ],
    }


def file_bytes(content: dict) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def content_of(data: StandardData, *, source: str = "") -> dict:
    """What `parse_standard` reads the same data from. What is empty is left out."""
    service = {"slug": data.slug, "name": dict(data.name), "sector": data.sector, "kind": data.kind}
    return _filled(
        {
            "format": STANDARD_FORMAT,
            "source": source,
            "agency": _agency(data.agency),
            "component_set": data.component_set,
            "service": _filled(service),
            "revisions": [_revision(revision) for revision in data.revisions],
        }
    )


def _filled(content: dict) -> dict:
    return {key: value for key, value in content.items() if value not in (None, "", {}, ())}


def _agency(data: AgencyData | None) -> dict | str | None:
    if data is None or data.columns is None:
        return data and data.slug
    return _filled({"slug": data.slug, **data.columns, "parent": _agency(data.parent)})


def _revision(data: RevisionData) -> dict:
    content = {
        "number": data.number,
        "state": str(data.state),
        "effective_on": data.effective_on and data.effective_on.isoformat(),
        "superseded_on": data.superseded_on and data.superseded_on.isoformat(),
        "annex_number": data.annex_number,
        "decree": data.decree and _decree(data.decree),
        "reason": _reason(data.reason),
        "removed": {key: _reason(reason) for key, reason in data.removed.items()},
    }
    return _filled(content) | {"clauses": [_clause(clause) for clause in data.clauses]}


def _decree(data: DecreeData) -> dict:
    return _filled(asdict(data) | {"dated_on": data.dated_on.isoformat()})


def _reason(data: Reason | None) -> dict | None:
    return data and {"kind": str(data.kind), "text": data.text}


def _clause(data: ClauseData) -> dict:
    return _filled(
        {
            "key": data.key,
            "component": data.component,
            "parent": data.parent,
            "heading": dict(data.headings),
            "words": dict(data.words),
            "target": data.target,
            "reason": _reason(data.reason),
            "origins": tuple(asdict(origin) for origin in data.origins),
        }
    )
