"""Loads a parsed file through the same actions that people use. Safe to repeat."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.ledger import actions as ledger
from consultations.people import actions as people
from consultations.people.models import Agency
from consultations.standards import actions
from consultations.standards.enums import RevisionState
from consultations.standards.fields import refused
from consultations.standards.gates import has_all_components
from consultations.standards.importing import endings
from consultations.standards.importing.parsing import (
    COMPONENT_SET_FORMAT,
    AgencyData,
    ClauseData,
    Reason,
    RevisionData,
    StandardData,
    digest_of,
    labels_of,
    parse_component_set,
    parse_standard,
)
from consultations.standards.models import (
    Clause,
    Component,
    ComponentSet,
    Placement,
    Revision,
    Service,
    Standard,
)


@dataclass
class Imported:
    """What a file brought: new revisions, and what a reader should mend although it is in force."""

    standard: Standard | None = None  # None for a component set
    added: list[Revision] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def import_file(path: Path, *, actor=None, at: datetime) -> Imported:
    """A standard or a component set, all of it or nothing. What is there already stays as it is;
    a published revision with other words than the file's is refused."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise Invalid(_("%(file)s is not JSON: %(error)s") % {"file": path.name, "error": error})
    with transaction.atomic():
        if isinstance(content, dict) and content.get("format") == COMPONENT_SET_FORMAT:
            _component_set(actor, content)
            return Imported()
        return load_standard(actor, parse_standard(content), path=path, at=at)


@transaction.atomic
def load_standard(actor, data: StandardData, *, path: Path | None = None, at: datetime) -> Imported:
    """As `import_file`. `path` is that of the file, beside which component sets may lie."""
    agency = _agency(actor, data.agency, at)
    ledger.lock(*endings.logs_of(agency))
    imported = Imported(standard := _standard(actor, data, agency, path, at))
    keys: dict[str, Clause] = {}  # of the revision before, by the file's keys
    for revision in data.revisions:
        components = {part.key: part for part in standard.component_set.components.all()}
        labels = labels_of(revision, {key: part.number for key, part in components.items()})
        found = standard.revisions.filter(number=revision.number).first()
        if found is None:
            found = _Draft(actor, standard, revision, components, at).load(keys)
            _publish(actor, found, revision, imported, at)
            imported.added.append(found)
        elif found.digest and found.digest != digest_of(revision, labels):
            raise Conflict(
                _("Revision %d is published with other words. A new revision is needed.")
                % revision.number,
                code="other_words",
            )
        keys = _clauses_by_key(found, labels)
    return imported


def _agency(actor, data: AgencyData, at: datetime) -> Agency:
    found = Agency.objects.filter(slug=data.slug).select_related("log").first()
    if found:
        return found
    if data.columns is None:
        raise refused("agency", _("there is no agency %s; describe it here") % data.slug)
    parent = _agency(actor, data.parent, at) if data.parent else None
    return people.create_agency(actor=actor, slug=data.slug, parent=parent, at=at, **data.columns)


def _standard(
    actor, data: StandardData, agency: Agency, path: Path | None, at: datetime
) -> Standard:
    service = Service.objects.filter(agency=agency, slug=data.slug).first()
    if service is None:
        service = actions.create_service(
            actor=actor,
            agency=agency,
            slug=data.slug,
            name=data.name,
            sector=data.sector,
            kind=data.kind,
            at=at,
        )
    found = Standard.objects.filter(service=service).select_related("component_set", "log").first()
    if found is None:
        component_set = ComponentSet.objects.filter(key=data.component_set).first()
        found = actions.create_standard(
            actor=actor,
            service=service,
            component_set=component_set or _component_set_beside(actor, data.component_set, path),
            at=at,
        )
    elif found.component_set.key != data.component_set:
        raise Conflict(_("The standard has another component set."), field="component_set")
    return found


def _component_set_beside(actor, key: str, path: Path | None) -> ComponentSet:
    """From the folder of component sets that stands beside the folder of standards."""
    folder = path.resolve().parent.parent if path else None
    beside = folder / "component-sets" / f"{key}.json" if folder else None
    if beside is None or not beside.is_file():
        raise refused("component_set", _("there is no component set %s; import it first") % key)
    return _component_set(actor, json.loads(beside.read_text(encoding="utf-8")))


def _component_set(actor, content: dict) -> ComponentSet:
    data = parse_component_set(content)
    found = ComponentSet.objects.filter(key=data.key).first()
    return found or actions.create_component_set(
        actor=actor,
        key=data.key,
        name=data.name,
        source=data.source,
        components=data.components,
    )


def _publish(
    actor, revision: Revision, data: RevisionData, imported: Imported, at: datetime
) -> None:
    if data.state == RevisionState.WORKING:
        return
    is_draft = data.state in {RevisionState.CONSULTED, RevisionState.SUPERSEDED}
    state = RevisionState.CONSULTED if is_draft else RevisionState.FINALISED
    actions.publish_revision(actor=actor, revision=revision, state=state, at=at)
    if data.state == RevisionState.SUPERSEDED:
        actions.supersede_revision(actor=actor, revision=revision, at=at)
    if data.state != RevisionState.ADOPTED:
        return
    endings.adopt(actor, revision, data, at)
    imported.warnings += [lack.message for lack in has_all_components(revision)]


def _clauses_by_key(revision: Revision, labels: dict[str, str]) -> dict[str, Clause]:
    placements = Placement.objects.filter(revision=revision).select_related("clause")
    by_label = {placement.label: placement.clause for placement in placements}
    return {key: by_label[label] for key, label in labels.items() if label in by_label}


class _Draft:
    """One revision of the file, edited out of the one before it."""

    def __init__(
        self,
        actor,
        standard: Standard,
        data: RevisionData,
        components: dict[str, Component],
        at: datetime,
    ):
        self._standard, self._data, self._components = standard, data, components
        self._labels = labels_of(data, {key: part.number for key, part in components.items()})
        self._actor, self._at = actor, at

    def load(self, keys: dict[str, Clause]) -> Revision:
        before = self._standard.revisions.exclude(state=RevisionState.WORKING)
        self.revision = actions.start_working_draft(
            actor=self._actor,
            standard=self._standard,
            based_on=before.order_by("-number").first(),
            number=self._data.number,
            at=self._at,
        )
        self.revision.standard = self._standard
        self._clauses = dict(keys)
        kept = {clause.key for clause in self._data.clauses}
        gone = [key for key in reversed(keys) if key not in kept]
        held = self._bearing({keys[key].pk for key in keys if key in kept})
        self._delete([key for key in gone if keys[key].pk not in held])
        for clause in self._data.clauses:
            self._write(clause)
        self._delete([key for key in gone if keys[key].pk in held])
        self._trace()
        return self.revision

    def _bearing(self, kept: set[int]) -> set[int]:
        """The clauses above those: what is gone of them can go only when those have moved away."""
        above = dict(
            Placement.objects.filter(revision=self.revision).values_list(
                "clause_id", "parent__clause_id"
            )
        )
        found: set[int] = set()
        for clause_id in kept:
            while (clause_id := above.get(clause_id)) and clause_id not in found:
                found.add(clause_id)
        return found

    def _delete(self, keys: list[str]) -> None:
        for key in keys:
            clause, reason = self._clauses[key], self._data.removed.get(key)
            actions.delete_clause(
                clause=clause, expected_digest=self._digest(clause), **self._edit(reason)
            )

    def _trace(self) -> None:
        """Which clauses came from others, by the keys of this revision and the one before."""
        for clause in self._data.clauses:
            for origin in clause.origins:
                if origin.key not in self._clauses:
                    raise refused(clause.key, _("there is no clause %s to come from") % origin.key)
                actions.record_ancestry(
                    actor=self._actor,
                    revision=self.revision,
                    clause=self._clauses[clause.key],
                    ancestor=self._clauses[origin.key],
                    operation=origin.operation,
                    at=self._at,
                )

    def _edit(self, reason: Reason | None) -> dict:
        reason = reason or self._data.reason
        return {
            "actor": self._actor,
            "revision": self.revision,
            "reason_kind": reason.kind,
            "reason": reason.text,
            "at": self._at,
        }

    def _write(self, data: ClauseData) -> None:
        label = self._labels[data.key]
        place = {
            "component": self._components[data.component],
            "parent": self._clauses.get(data.parent),
            "position": int(label.rsplit(".", 1)[1]),
        }
        languages = list(data.words)
        if data.key not in self._clauses:
            first = languages.pop(0)
            self._clauses[data.key] = actions.insert_clause(
                language=first,
                body=data.words[first],
                heading=data.headings.get(first, ""),
                target=data.target,
                **place,
                **self._edit(data.reason),
            ).clause
        clause = self._clauses[data.key]
        placement = Placement.objects.get(revision=self.revision, clause=clause)
        if placement.label != label:
            actions.move_clause(
                clause=clause,
                expected_digest=self._digest(clause),
                **place,
                **self._edit(data.reason),
            )
        self._reword(data, clause, placement, languages)

    def _reword(
        self, data: ClauseData, clause: Clause, placement: Placement, languages: list[str]
    ) -> None:
        present = {wording.language: wording for wording in placement.wordings.all()}
        for language in languages:
            wording = present.get(language)
            heading = data.headings.get(language, "")
            if wording and (wording.heading, wording.body) == (heading, data.words[language]):
                continue
            actions.reword_clause(
                clause=clause,
                language=language,
                body=data.words[language],
                expected_digest=wording.digest if wording else "",
                heading=heading,
                **self._edit(data.reason),
            )
        if data.target != placement.target:
            actions.set_target(
                actor=self._actor,
                revision=self.revision,
                clause=clause,
                target=data.target,
                at=self._at,
            )

    def _digest(self, clause: Clause) -> str:
        """Of the clause's words in the site's first language, which every clause has."""
        placement = Placement.objects.get(revision=self.revision, clause=clause)
        wording = placement.wordings.filter(language=settings.LANGUAGE_CODE).first()
        return wording.digest if wording else ""
