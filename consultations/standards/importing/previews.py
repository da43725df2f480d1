"""What would become of a document: everything that a person decides by, and that lists count."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.standards.importing import files, stored
from consultations.standards.importing.choices import Becomes, DocumentChoices, chosen
from consultations.standards.importing.matching import Matching, OldWords, match
from consultations.standards.importing.own_format import as_read_standard
from consultations.standards.importing.parsing import StandardData
from consultations.standards.importing.planning import PlannedClause, plan
from consultations.standards.importing.present import Present, Standards, present_of
from consultations.standards.models import Component, ImportedDocument, Standard
from consultations.standards.reading import DocumentKind, Doubt, DoubtCode, ReadStandard
from consultations.standards.reading.lineage import Kind

# Gaps are no doubts about the reading: many published standards lack components (DOMAIN §0.3).
_GAPS = {DoubtCode.MISSING}
_OF_SERVICE = {DoubtCode.SERVICE_GUESSED, DoubtCode.NO_SERVICE}
_OF_COMPONENT = {DoubtCode.OUTSIDE, DoubtCode.UNKNOWN_COMPONENT, DoubtCode.UNSURE_COMPONENT}


@dataclass(frozen=True)
class OpenDoubt:
    doubt: Doubt
    index: int | None  # of the clause that it is about; None: of the whole


@dataclass(frozen=True)
class Preview:
    read: ReadStandard
    wanted: DocumentChoices
    own: StandardData | None  # of a file in Rembuk's own format, which is taken over as it is
    components: Sequence[Component]
    standard: Standard | None  # None: a new service
    present: Present | None
    matching: Matching
    planned: Sequence[PlannedClause]

    @cached_property
    def unplaced(self) -> list[int]:
        """Clauses that stay and stand under no component yet."""
        placed = {clause.index for clause in self.planned}
        return [index for index in self.matching.of if index not in placed]

    @property
    def left_out(self) -> list[int]:
        return [index for index, clause in self.wanted.clauses.items() if clause.is_left_out]

    @cached_property
    def gaps(self) -> list[Component]:
        filled = {clause.component_key for clause in self.planned}
        return [component for component in self.components if component.key not in filled]

    @property
    def filled(self) -> int:
        return len(self.components) - len(self.gaps)

    @property
    def is_procedure(self) -> bool:
        return self.read.kind_of_document is DocumentKind.PROCEDURE

    @property
    def gone(self) -> tuple[OldWords, ...]:
        return self.matching.gone

    @cached_property
    def changed(self) -> list[int]:
        """Clauses that are not there word for word already."""
        return [
            index
            for index, found in self.matching.of.items()
            if not found.has_same_words or self._has_other_words(index)
        ]

    @property
    def is_unchanged(self) -> bool:
        has_words = self.present is not None and self.present.revision is not None
        moved = any(found.kind is Kind.MOVED for found in self.matching.of.values())
        return has_words and not (self.changed or self.gone or moved)

    @cached_property
    def open_doubts(self) -> list[OpenDoubt]:
        """What nobody has settled yet, by a choice or by leaving it out."""
        found = [OpenDoubt(doubt, None) for doubt in self.read.doubts if self._is_open(doubt)]
        for index, clause in enumerate(self.read.clauses):
            wanted = self.wanted.clauses[index]
            if wanted.is_left_out:
                continue
            for doubt in clause.doubts:
                settled = (
                    wanted.component_key != clause.component_key
                    if doubt.code in _OF_COMPONENT
                    else wanted.body != clause.body
                )
                if not settled:
                    found.append(OpenDoubt(doubt, index))
        return found

    @property
    def doubtful_matches(self) -> list[int]:
        return [index for index, found in self.matching.of.items() if found.is_doubtful]

    @cached_property
    def lacks(self) -> list[str]:
        """What stands in the way of taking it over, each as a sentence with the remedy."""
        if self.own:
            return []
        found = []
        if self.unplaced:
            message = ngettext(
                "%(count)d clause stands under no component. Choose one, or leave it out.",
                "%(count)d clauses stand under no component. Choose one for each, or leave them "
                "out.",
                len(self.unplaced),
            )
            found.append(message % {"count": len(self.unplaced)})
        elif not self.planned:
            found.append(_("No clause is left. Leave the document out instead."))
        if self.wanted.becomes is Becomes.PUBLISHED and not (
            self.wanted.decree_number and self.wanted.decree_dated_on and self.wanted.effective_on
        ):
            found.append(
                _(
                    "Name the decree, its date and the day from which the standard holds; or let "
                    "it become a working draft."
                )
            )
        if self.present and self.present.draft:
            found.append(
                _("The standard has a working draft (revision %(number)d). Publish that one first.")
                % {"number": self.present.draft.number}
            )
        return found

    def _is_open(self, doubt: Doubt) -> bool:
        if doubt.code in _OF_SERVICE:
            return self.wanted.service_name == self.read.service_name
        return doubt.code not in _GAPS

    def _has_other_words(self, index: int) -> bool:
        """Matching overlooks case and punctuation, which are words all the same."""
        old, clause = self.matching.of[index].old, self.wanted.clauses[index]
        return old is not None and (old.heading, old.body) != (clause.heading, clause.body)


def load_preview(document: ImportedDocument, standards: Standards) -> Preview:
    """Five queries at most, whatever the size. `document.batch.component_set` should be loaded."""
    own = files.own_format_of(document.content)
    read = as_read_standard(own) if own else stored.load(document.content)
    return preview(
        read,
        chosen(read, {} if own else document.choices),
        components=list(document.batch.component_set.components.all()),
        standard=standards.of(document),
        own=own,
    )


def preview(
    read: ReadStandard,
    wanted: DocumentChoices,
    *,
    components: Sequence[Component],
    standard: Standard | None,
    own: StandardData | None = None,
) -> Preview:
    keys = {component.pk: component.key for component in components}
    present = present_of(standard, keys, wanted.language) if standard else None
    matching = match(present.clauses if present else (), read, wanted)
    numbers = {component.key: component.number for component in components}
    planned = plan(read, wanted, matching, numbers)
    return Preview(read, wanted, own, components, standard, present, matching, planned)


def facts_of(found: Preview) -> dict:
    """What lists say about a document without loading it."""
    kinds = [match.kind for match in found.matching.of.values()]
    return {
        "title": found.read.title,
        "service": found.wanted.service_name,
        "slug": found.own.slug if found.own else "",
        "is_new": found.wanted.is_new,
        "kind": str(found.read.kind_of_document),
        "clauses": len(found.matching.of),
        "filled": found.filled,
        "components": len(found.components),
        "decree": found.wanted.decree_number,
        "becomes": str(found.wanted.becomes),
        "new": kinds.count(Kind.NEW),
        "changed": len(found.changed) - kinds.count(Kind.NEW),
        "gone": len(found.gone),
        "is_unchanged": found.is_unchanged,
        "lacks": len(found.lacks),
        "doubts": _count_doubts(found),
    }


def _count_doubts(found: Preview) -> int:
    counts = (len(found.open_doubts), len(found.doubtful_matches), len(found.lacks))
    return sum(counts) + found.is_unchanged
