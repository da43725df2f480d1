"""What reading a file gives: plain values that know nothing of the database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consultations.kernel.errors import Invalid
from consultations.standards.enums import ComponentGroup
from consultations.standards.reading.doubts import Doubt, Place

# As long as the words of a clause may be (`standards.actions.working` has the last word).
BODY_LIMIT = 20_000
HEADING_LIMIT = 200


class UnreadableFile(Invalid):
    """The file is refused as a whole; the sentence says what to do."""

    code = "unreadable_file"

    def __init__(self, message: str, *, code: str | None = None):
        super().__init__(message, code=code, field="file")


class DocumentKind(StrEnum):
    STANDARD = "standard"
    PROCEDURE = "procedure"  # an SOP: how staff work, no promise to citizens
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class ComponentNames:
    """A component of the set that the words are sorted into, with its name by language."""

    key: str
    number: int
    group: ComponentGroup | str
    name: dict[str, str]


@dataclass(frozen=True)
class ReadDecree:
    number: str  # as it is printed; "" where only a date or a title was found
    dated_on: date | None
    title: str
    issuer: str = ""  # “KEPUTUSAN KEPALA DINAS …”


@dataclass(frozen=True)
class ReadClause:
    component_key: str | None  # None: it stands under no component that is known
    heading: str
    body: str  # small Markdown (`richtext`), never empty
    place: Place
    doubts: tuple[Doubt, ...] = ()
    parent: int | None = None  # index of the clause that it stands below, of the same component


@dataclass(frozen=True)
class ReadStandard:
    title: str
    service_name: str
    language: str
    decree: ReadDecree | None
    clauses: tuple[ReadClause, ...]
    doubts: tuple[Doubt, ...]  # of the whole; those of one clause stand at the clause
    kind_of_document: DocumentKind
    digest: str  # of the words that were read: the same words in another file have the same
    annex_number: str = ""

    @property
    def all_doubts(self) -> Iterator[Doubt]:
        yield from self.doubts
        for clause in self.clauses:
            yield from clause.doubts
