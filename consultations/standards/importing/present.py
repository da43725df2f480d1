"""What an agency has already: the service that a document is about, and its words as they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from consultations.people.models import Agency
from consultations.standards.enums import RevisionState
from consultations.standards.importing.matching import OldWords
from consultations.standards.models import ComponentSet, ImportedDocument, Revision, Standard
from consultations.standards.queries.documents import placements_of, wording_in
from consultations.standards.queries.register import published
from consultations.standards.reading.names import plain_name

_ALIKE_FROM = 90.0  # of 100: the same name with a slip in it


class Standards:
    """The agency's standards with these components, loaded once for many documents."""

    def __init__(self, agency: Agency, component_set: ComponentSet):
        found = Standard.objects.filter(service__agency=agency, component_set=component_set)
        self.all = list(found.select_related("service", "log").order_by("service__slug"))
        for standard in self.all:
            standard.service.agency = agency
        self.by_id = {standard.pk: standard for standard in self.all}

    @cached_property
    def _names(self) -> dict[str, Standard]:
        return {
            plain_name(name): standard
            for standard in self.all
            for name in standard.service.name.values()
        }

    @cached_property
    def newest(self) -> dict[int, int]:
        """The newest published revision's id by standard. One query."""
        rows = published(Revision.objects.filter(standard__in=self.by_id)).order_by("number")
        return dict(rows.values_list("standard_id", "pk"))

    def named(self, name: str) -> Standard | None:
        """The one whose service has this name, or nearly this one."""
        wanted = plain_name(name)
        if wanted in self._names or not wanted:
            return self._names.get(wanted)
        score, best = max(
            ((fuzz.ratio(wanted, known), known) for known in self._names), default=(0, "")
        )
        return self._names[best] if score >= _ALIKE_FROM else None

    def of(self, document: ImportedDocument) -> Standard | None:
        """Chosen by somebody, else by its name; None makes a new service. Asks `facts` alone."""
        if document.standard_id:
            return self.by_id.get(document.standard_id)
        if slug := document.facts.get("slug"):  # its own format says which
            return next((each for each in self.all if each.service.slug == slug), None)
        if document.facts.get("is_new"):
            return None
        return self.named(document.facts.get("service", ""))

    def seen(self, document: ImportedDocument) -> str:
        """What a preview rests on, as short as can be: another one means, look at it again."""
        standard = self.of(document)
        if standard is None:
            return f"{document.version}-new"
        return f"{document.version}-{standard.pk}-{self.newest.get(standard.pk, 0)}"


@dataclass(frozen=True)
class Present:
    """A standard as it is there. `revision` is the newest published one: what is compared with and
    what the next one is made from."""

    standard: Standard
    revision: Revision | None
    draft: Revision | None
    clauses: tuple[OldWords, ...]


def present_of(standard: Standard, component_keys: dict[int, str], language: str) -> Present:
    """Three queries, whatever the size. `component_keys` by id."""
    revisions = list(
        Revision.objects.filter(standard=standard).select_related("decree").order_by("-number")
    )
    draft = next((each for each in revisions if each.state == RevisionState.WORKING), None)
    newest = next((each for each in revisions if each.state != RevisionState.WORKING), None)
    for revision in revisions:
        revision.standard = standard
    placements = placements_of(newest) if newest else []
    return Present(standard, newest, draft, tuple(_old_words(placements, component_keys, language)))


def _old_words(
    placements: Iterable, component_keys: dict[int, str], language: str
) -> Iterable[OldWords]:
    for placement in placements:
        wording = wording_in(placement.wordings.all(), language)
        if wording:
            yield OldWords(
                placement.clause_id,
                placement.label,
                component_keys[placement.component_id],
                wording.heading,
                wording.body,
                text_of(wording.heading, wording.plain),
                placement.target,
            )


def text_of(heading: str, plain: str) -> str:
    return f"{heading}\n{plain}" if heading else plain
