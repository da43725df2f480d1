"""A standard in Rembuk's own format, shown as the readers of documents show what they found."""

from django.conf import settings

from consultations.standards.importing.parsing import RevisionData, StandardData
from consultations.standards.reading import (
    DocumentKind,
    Place,
    ReadClause,
    ReadDecree,
    ReadStandard,
)


def as_read_standard(data: StandardData) -> ReadStandard:
    """Its newest revision, in the site's first language where it has words in that."""
    newest = data.revisions[-1]
    language = settings.LANGUAGE_CODE
    name = data.name.in_language(language)
    return ReadStandard(
        title=name,
        service_name=name,
        language=language,
        decree=_decree(newest, language),
        clauses=_clauses(newest, language),
        doubts=(),
        kind_of_document=DocumentKind.STANDARD,
        digest="",
        annex_number=newest.annex_number,
    )


def _decree(revision: RevisionData, language: str) -> ReadDecree | None:
    if revision.decree is None:
        return None
    decree = revision.decree
    return ReadDecree(decree.number, decree.dated_on, decree.title.in_language(language))


def _clauses(revision: RevisionData, language: str) -> tuple[ReadClause, ...]:
    index_of = {clause.key: index for index, clause in enumerate(revision.clauses)}
    return tuple(
        ReadClause(
            component_key=clause.component,
            heading=clause.headings.get(language, ""),
            body=clause.words.get(language) or next(iter(clause.words.values())),
            place=Place(),
            parent=index_of.get(clause.parent) if clause.parent else None,
        )
        for clause in revision.clauses
    )
