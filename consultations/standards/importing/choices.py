"""What a person changed about a document that was read, and the document with it.

`ImportedDocument.choices` holds only what differs: names of `DocumentChoices`, and below "clauses"
by the clause's index those of `ClauseChoices`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.conf import settings

from consultations.standards.reading import ReadClause, ReadStandard

NEW = 0  # `was` of a clause that has no place in the revision before


class Becomes(StrEnum):
    """What a document is made into."""

    DRAFT = "draft"  # a working draft, to be gone over
    PUBLISHED = "published"  # adopted by its decree, as it was published


@dataclass(frozen=True)
class ClauseChoices:
    component_key: str | None = None
    heading: str = ""
    body: str = ""
    is_left_out: bool = False
    was: int | None = None  # id of the clause before; NEW for none; None: not decided
    keeps_figures: bool = False  # of the clause before, although its words are others now
    has_records: bool = True  # of the legal acts that it cites


@dataclass(frozen=True)
class DocumentChoices:
    service_name: str
    slug: str  # "" takes the one that follows from the name
    language: str
    becomes: Becomes
    decree_number: str
    decree_dated_on: date | None
    decree_title: str
    annex_number: str
    effective_on: date | None
    number: int | None  # of the revision, where it is not simply the next
    is_new: bool  # a service of its own, even where one has this name
    clauses: Mapping[int, ClauseChoices] = field(default_factory=dict)


_DAYS = ("decree_dated_on", "effective_on")


def chosen(read: ReadStandard, choices: dict) -> DocumentChoices:
    """What was read, with what the person changed."""
    found = as_read(read)
    changed = {name: value for name, value in choices.items() if name != "clauses"}
    for name in _DAYS:
        if changed.get(name):
            changed[name] = date.fromisoformat(changed[name])
    if "becomes" in changed:
        changed["becomes"] = Becomes(changed["becomes"])
    changed_clauses = choices.get("clauses", {})
    clauses = {
        index: replace(_clause_as_read(clause), **changed_clauses.get(str(index), {}))
        for index, clause in enumerate(read.clauses)
    }
    return replace(found, **changed, clauses=clauses)


def as_read(read: ReadStandard) -> DocumentChoices:
    decree = read.decree
    languages = dict(settings.LANGUAGES)
    return DocumentChoices(
        service_name=read.service_name,
        slug="",
        language=read.language if read.language in languages else settings.LANGUAGE_CODE,
        becomes=Becomes.DRAFT,
        decree_number=decree.number if decree else "",
        decree_dated_on=decree.dated_on if decree else None,
        decree_title=decree.title[:200] if decree else "",
        annex_number=read.annex_number[:20],
        effective_on=decree.dated_on if decree else None,
        number=None,
        is_new=False,
        clauses={index: _clause_as_read(clause) for index, clause in enumerate(read.clauses)},
    )


def _clause_as_read(clause: ReadClause) -> ClauseChoices:
    return ClauseChoices(clause.component_key, clause.heading, clause.body)


def differing(read: ReadStandard, wanted: DocumentChoices) -> dict:
    """The choices to be stored: what is not as it was read."""
    before = as_read(read)
    stored = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in _differing(before, wanted).items()
        if name != "clauses"
    }
    clauses = {
        str(index): changed
        for index, clause in wanted.clauses.items()
        if (changed := _differing(before.clauses[index], clause))
    }
    return stored | ({"clauses": clauses} if clauses else {})


def _differing(before, after) -> dict:
    return {
        name: getattr(after, name)
        for name in after.__dataclass_fields__
        if getattr(after, name) != getattr(before, name)
    }


def final_parent(read: ReadStandard, wanted: DocumentChoices, index: int) -> int | None:
    """The nearest clause above that stays, under the same component."""
    component = wanted.clauses[index].component_key
    parent = read.clauses[index].parent
    while parent is not None:
        above = wanted.clauses[parent]
        if not above.is_left_out:
            return parent if above.component_key == component else None
        parent = read.clauses[parent].parent
    return None


def without_unplaced(wanted: DocumentChoices) -> DocumentChoices:
    """What stands under no component is left out."""
    clauses = {
        index: clause if clause.component_key else replace(clause, is_left_out=True)
        for index, clause in wanted.clauses.items()
    }
    return replace(wanted, clauses=clauses)
