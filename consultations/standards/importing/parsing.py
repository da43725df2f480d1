"""The format of standard files (docs/standard-format.md), read into plain objects."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from consultations.kernel.fields import LocalizedText
from consultations.standards import targets
from consultations.standards.actions.working import BODY_LIMIT, HEADING_LIMIT, REASON_LIMIT
from consultations.standards.digests import digest_clauses
from consultations.standards.enums import (
    ComponentGroup,
    Operation,
    ReasonKind,
    RevisionState,
    ServiceKind,
)
from consultations.standards.fields import Fields, refused

STANDARD_FORMAT = "rembuk-standard/1"
COMPONENT_SET_FORMAT = "rembuk-component-set/1"
STATES = (
    RevisionState.ADOPTED,
    RevisionState.CONSULTED,
    RevisionState.FINALISED,
    RevisionState.SUPERSEDED,
    RevisionState.WORKING,
)


@dataclass(frozen=True)
class AgencyData:
    slug: str
    columns: dict | None  # None: only its slug is given, so it must be there
    parent: "AgencyData | None" = None


@dataclass(frozen=True)
class Reason:
    kind: str
    text: str


@dataclass(frozen=True)
class Origin:
    """Another clause that one came from, by its key."""

    key: str
    operation: str


@dataclass(frozen=True)
class ClauseData:
    key: str  # its identity within the file: the same clause has it in all revisions
    component: str
    parent: str
    words: dict[str, str]
    headings: dict[str, str]
    target: dict | None
    reason: Reason | None
    origins: tuple[Origin, ...] = ()


@dataclass(frozen=True)
class DecreeData:
    number: str
    dated_on: date
    title: LocalizedText
    signed_name: str
    agency: str = ""  # slug of the one above that made it; empty for the standard's own
    post: LocalizedText | None = None


@dataclass(frozen=True)
class RevisionData:
    number: int
    state: str
    decree: DecreeData | None
    annex_number: str
    effective_on: date | None
    superseded_on: date | None  # where it ended before the next one begins
    reason: Reason
    removed: dict[str, Reason]
    clauses: tuple[ClauseData, ...]


@dataclass(frozen=True)
class StandardData:
    agency: AgencyData
    component_set: str
    slug: str
    name: LocalizedText
    sector: str
    kind: str
    revisions: tuple[RevisionData, ...]


@dataclass(frozen=True)
class ComponentSetData:
    key: str
    name: LocalizedText
    source: str
    components: tuple[dict, ...]


def parse_component_set(content: dict) -> ComponentSetData:
    fields = Fields(content, "")
    fields.choice("format", {COMPONENT_SET_FORMAT})
    components = []
    for part in fields.objects("components"):
        components.append(
            {
                "key": part.text("key", limit=40),
                "group": part.choice("group", ComponentGroup.values),
                "name": part.localized("name"),
                "question": part.localized("question", required=False),
            }
        )
        part.end()
    data = ComponentSetData(
        fields.text("key", limit=40),
        fields.localized("name"),
        fields.text("source"),
        tuple(components),
    )
    fields.end()
    return data


def parse_standard(content: dict) -> StandardData:
    fields = Fields(content, "")
    fields.choice("format", {STANDARD_FORMAT})
    fields.text("source", limit=2_000, required=False)  # where its shape was taken from
    service = fields.object("service", required=True)
    data = StandardData(
        agency=_agency(fields, "agency"),
        component_set=fields.text("component_set", limit=40),
        slug=service.text("slug", limit=80),
        name=service.localized("name"),
        sector=service.text("sector", limit=80, required=False),
        kind=service.choice("kind", ServiceKind.values, ServiceKind.ADMINISTRATIVE),
        revisions=tuple(_revision(part) for part in fields.objects("revisions")),
    )
    service.end()
    fields.end()
    _check_revisions(data.revisions)
    return data


def _agency(fields: Fields, name: str) -> AgencyData | None:
    given = fields.take(name, str, dict)
    if given is None or isinstance(given, str):
        return AgencyData(given, None) if given else None
    agency = fields.object(name)
    slug, parent = agency.text("slug", limit=80), _agency(agency, "parent")
    columns = {
        "name": agency.localized("name"),
        "short_name": agency.text("short_name", limit=40, required=False),
        "region": agency.text("region", limit=120, required=False),
        "seat": agency.text("seat", limit=120, required=False),
        "address": agency.text("address", limit=240, required=False),
        "time_zone": agency.text("time_zone", limit=40, required=False) or "Asia/Jakarta",
        "complaints_url": agency.text("complaints_url", limit=200, required=False),
    }
    agency.end()
    return AgencyData(slug, columns, parent)


def _revision(fields: Fields) -> RevisionData:
    state = fields.choice("state", STATES)
    is_adopted = state == RevisionState.ADOPTED
    decree = fields.object("decree", required=is_adopted)
    removed = fields.take("removed", dict) or {}
    where = f"{fields.where}.removed"
    data = RevisionData(
        number=fields.take("number", int, required=True),
        state=state,
        decree=_decree(decree) if decree else None,
        annex_number=fields.text("annex_number", limit=20, required=False),
        effective_on=fields.day("effective_on", required=is_adopted),
        superseded_on=fields.day("superseded_on"),
        reason=_reason(fields.object("reason"))
        or Reason(ReasonKind.AS_PUBLISHED, _("As published.")),
        removed={key: _reason(Fields(why, f"{where}.{key}")) for key, why in removed.items()},
        clauses=tuple(_clause(part) for part in fields.objects("clauses")),
    )
    fields.end()
    if data.superseded_on and not (is_adopted and data.effective_on < data.superseded_on):
        raise refused(f"{fields.where}.superseded_on", _("a day after effective_on is expected"))
    _check_clauses(data, fields.where)
    return data


def _decree(fields: Fields) -> DecreeData:
    data = DecreeData(
        number=fields.text("number", limit=80),
        dated_on=fields.day("dated_on", required=True),
        title=fields.localized("title", required=False),
        signed_name=fields.text("signed_name", limit=120, required=False),
        agency=fields.text("agency", limit=80, required=False),
        post=fields.localized("post", required=False) or None,
    )
    fields.end()
    return data


def _reason(fields: Fields | None) -> Reason | None:
    """Files know no outcomes: those come from consultations that were held here."""
    if fields is None:
        return None
    kinds = set(ReasonKind.values) - {ReasonKind.OUTCOME.value}
    reason = Reason(fields.choice("kind", kinds), fields.text("text", limit=REASON_LIMIT))
    fields.end()
    return reason


def _clause(fields: Fields) -> ClauseData:
    target = fields.object("target")
    data = ClauseData(
        key=fields.text("key", limit=80),
        component=fields.text("component", limit=40),
        parent=fields.text("parent", limit=80, required=False),
        words=dict(fields.localized("words", limit=BODY_LIMIT)),
        headings=dict(fields.localized("heading", limit=HEADING_LIMIT, required=False)),
        target=targets.parse_fields(target).dump() if target else None,
        reason=_reason(fields.object("reason")),
        origins=tuple(_origin(part) for part in fields.objects("origins", required=False)),
    )
    fields.end()
    return data


def _origin(fields: Fields) -> Origin:
    made_by = {Operation.SPLIT.value, Operation.MERGE.value}
    origin = Origin(fields.text("key", limit=80), fields.choice("operation", made_by))
    fields.end()
    return origin


def _check_revisions(revisions: tuple[RevisionData, ...]) -> None:
    numbers = [revision.number for revision in revisions]
    if not numbers or numbers != sorted(set(numbers)) or numbers[0] < 1:
        raise refused("revisions", _("revisions with rising numbers are expected"))


def _check_clauses(revision: RevisionData, where: str) -> None:
    components: dict[str, str] = {}
    for number, clause in enumerate(revision.clauses):
        place = f"{where}.clauses[{number}]"
        if clause.key in components:
            raise refused(f"{place}.key", _("this key stands there twice"))
        if clause.parent and components.get(clause.parent) != clause.component:
            raise refused(f"{place}.parent", _("an earlier clause of its component is expected"))
        components[clause.key] = clause.component


def labels_of(revision: RevisionData, component_numbers: dict[str, int]) -> dict[str, str]:
    """The labels that the clauses get, by key. A component that the set lacks is refused."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for number, clause in enumerate(revision.clauses):
        if clause.component not in component_numbers:
            place = f"revision {revision.number}, clauses[{number}].component"
            raise refused(place, _("the component set has no %s") % clause.component)
        above = labels.get(clause.parent) or str(component_numbers[clause.component])
        counts[above] = counts.get(above, 0) + 1
        labels[clause.key] = f"{above}.{counts[above]}"
    return labels


def digest_of(revision: RevisionData, labels: dict[str, str]) -> str:
    """The digest that the revision has, or would have, once it is published."""
    return digest_clauses(
        {
            "label": labels[clause.key],
            "component": clause.component,
            "parent": labels.get(clause.parent),
            "target": clause.target,
            "words": {
                language: [clause.headings.get(language, ""), body]
                for language, body in clause.words.items()
            },
        }
        for clause in revision.clauses
    )
