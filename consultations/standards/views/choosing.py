"""The filters of the register as they are shown: what can be chosen, how many would be found."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from consultations.standards.enums import ServiceKind
from consultations.standards.forms.register import Asked
from consultations.standards.models import Component
from consultations.standards.queries import Facets, StandingFilter
from consultations.templatetags.rembuk import number

_INDENT = "\u2003"  # options of a select keep no other space
MOST_SECTORS = 200


def filters(asked: Asked, facets: Facets, components: dict[str, Component]) -> list[dict]:
    """Select fields, each with its choices."""
    criteria = asked.criteria
    agencies = [
        (node.slug, f"{_INDENT * node.depth}{node.name} ({number(node.count)})")
        for node in facets.agencies
    ]
    sectors = [
        (sector, f"{sector} ({number(count)})")
        for sector, count in sorted(facets.sectors.items())[:MOST_SECTORS]
        if sector
    ]
    kinds = [
        (kind.value, f"{kind.label} ({number(facets.kinds.get(kind.value, 0))})")
        for kind in ServiceKind
    ]
    parts = [(key, f"{part.number}. {part.name}") for key, part in components.items()]
    return [
        _select("agency", _("Agency"), _("All agencies"), agencies, criteria.agency),
        _select("sector", _("Sector"), _("All sectors"), sectors, criteria.sector),
        _select("kind", _("Kind of service"), _("All kinds"), kinds, criteria.kind),
        _select("component", _("Words of"), _("All components"), parts, asked.component),
    ]


def _select(name: str, label: str, nothing: str, choices: list, chosen: str) -> dict:
    if chosen and chosen not in dict(choices):
        choices = [*choices, (chosen, chosen)]  # nothing is found with it; it can be taken back
    return {"name": name, "label": label, "choices": [("", nothing), *choices], "chosen": chosen}


def standings(query: QueryDict, asked: Asked, facets: Facets) -> list[dict]:
    """Links that keep the other filters and begin at the first page."""
    choices = [("", _("All"), None)]
    for standing in StandingFilter:
        choices.append((standing.value, standing.label, facets.standings.get(standing.value, 0)))
    return [
        {
            "url": _address(query, value),
            "label": label,
            "count": count,
            "is_current": value == asked.criteria.standing,
        }
        for value, label, count in choices
    ]


def _address(query: QueryDict, standing: str) -> str:
    changed = query.copy()
    for name in ("page", "standing"):
        changed.pop(name, None)
    for name in [name for name, value in changed.items() if not value]:
        del changed[name]
    if standing:
        changed["standing"] = standing
    return f"?{changed.urlencode()}"
