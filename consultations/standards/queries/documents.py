"""A revision as a document that is read from top to bottom."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString

from consultations.standards.digests import label_key
from consultations.standards.enums import ComponentGroup
from consultations.standards.models import Component, Placement, Revision, Wording


@dataclass(frozen=True)
class DocumentClause:
    """One clause in the reader's language, or in another where it has no words in that one."""

    clause_id: int
    wording_id: int
    label: str
    depth: int  # 0 for a clause directly under its component
    language: str
    heading: str
    body: str
    html: SafeString
    plain: str
    digest: str
    target: dict | None  # what it promises in figures, as stored

    @property
    def dom_id(self) -> str:
        return "c-" + self.label.replace(".", "-")


@dataclass(frozen=True)
class DocumentComponent:
    number: int
    key: str
    name: str
    group: str
    clauses: tuple[DocumentClause, ...]
    question: str = ""  # that citizens have and it answers; empty: its name says enough

    @property
    def dom_id(self) -> str:
        return f"k-{self.number}"


@dataclass(frozen=True)
class Document:
    revision: Revision
    language: str
    components: tuple[DocumentComponent, ...]  # all of the set, the empty ones too

    @property
    def clauses(self) -> list[DocumentClause]:
        return [clause for component in self.components for clause in component.clauses]

    @property
    def delivery(self) -> list[DocumentComponent]:
        """What citizens need: the components that must be published (DOMAIN §1.3)."""
        return [part for part in self.components if part.group == ComponentGroup.DELIVERY]

    @property
    def management(self) -> list[DocumentComponent]:
        return [part for part in self.components if part.group != ComponentGroup.DELIVERY]

    @property
    def filled(self) -> int:
        """How many components have a clause."""
        return sum(1 for component in self.components if component.clauses)


def revision_document(revision: Revision, language: str) -> Document:
    """Three queries, whatever the size. `revision.standard` should be loaded."""
    by_component: dict[int, list[DocumentClause]] = {}
    for placement in placements_of(revision):
        if clause := document_clause(placement, language):
            by_component.setdefault(placement.component_id, []).append(clause)
    components = Component.objects.filter(component_set=revision.standard.component_set_id)
    return Document(
        revision,
        language,
        tuple(
            DocumentComponent(
                component.number,
                component.key,
                component.name.in_language(language),
                component.group,
                tuple(by_component.get(component.pk, ())),
                component.question.in_language(language),
            )
            for component in components
        ),
    )


def placements_of(*revisions: Revision) -> list[Placement]:
    """In reading order, with their wordings. Two queries."""
    found = Placement.objects.filter(revision__in=revisions).prefetch_related("wordings")
    return sorted(found, key=lambda placement: label_key(placement.label))


def document_clause(placement: Placement, language: str) -> DocumentClause | None:
    """None for a clause without any words yet, which only a working draft can have."""
    wording = wording_in(placement.wordings.all(), language)
    if wording is None:
        return None
    return DocumentClause(
        clause_id=placement.clause_id,
        wording_id=wording.pk,
        label=placement.label,
        depth=placement.label.count(".") - 1,
        language=wording.language,
        heading=wording.heading,
        body=wording.body,
        # Written by richtext alone, which cleans it.
        html=wording.html,
        plain=wording.plain,
        digest=wording.digest,
        target=placement.target,
    )


def wording_in(wordings: Iterable[Wording], language: str) -> Wording | None:
    """In that language, otherwise in the first of the site, otherwise in any."""
    by_language = {wording.language: wording for wording in wordings}
    for wanted in (language, settings.LANGUAGE_CODE):
        if wanted in by_language:
            return by_language[wanted]
    return by_language[min(by_language)] if by_language else None
