"""The service pledge as it is read: the promises, the three statements, and who signed."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.text import Truncator

from consultations.people.enums import Role
from consultations.people.models import Agency, Post, PostHolding, RoleGrant
from consultations.people.queries import in_effect
from consultations.standards import targets
from consultations.standards.models import Pledge, Revision, Standard
from consultations.standards.queries.documents import Document, DocumentComponent, revision_document
from consultations.standards.queries.register import revision_in_force

STATEMENTS = ("serve", "improve", "answer_for")  # what a pledge must say, in this order
_PROMISE_CHARACTERS = 280


@dataclass(frozen=True)
class PledgePage:
    """Each field stands on the poster too."""

    pledge: Pledge
    statements: tuple[str, str, str]
    promises: tuple[tuple[str, str], ...]  # component, and what it promises in a sentence
    newer: Revision | None  # in force today, where the pledge is of another revision


def pledge_page(standard: Standard, language: str, *, on: date) -> PledgePage | None:
    """None where there is no current pledge. Six queries."""
    pledge = current_pledge(standard)
    if pledge is None:
        return None
    pledge.revision.standard = standard
    in_force = revision_in_force(standard, on=on)
    return PledgePage(
        pledge,
        statements=tuple(getattr(pledge, name).in_language(language) for name in STATEMENTS),
        promises=promises(revision_document(pledge.revision, language)),
        newer=in_force if in_force and in_force.pk != pledge.revision_id else None,
    )


def current_pledge(standard: Standard) -> Pledge | None:
    found = Pledge.objects.filter(standard=standard, ended_on=None)
    return found.select_related("revision", "signed_by").first()


def promises(document: Document) -> tuple[tuple[str, str], ...]:
    """Of each component that must be published: its figures where there are any, otherwise its
    words as far as they fit."""
    return tuple((part.name, _promise(part)) for part in document.delivery if part.clauses)


def _promise(part: DocumentComponent) -> str:
    found = [targets.read(clause.target) for clause in part.clauses]
    stated = [str(target) for target in found if target is not None]
    words = "; ".join(stated) or " ".join(clause.plain for clause in part.clauses)
    return Truncator(" ".join(words.split())).chars(_PROMISE_CHARACTERS)


def signing_posts(agency: Agency, *, on: date) -> list[Post]:
    """Posts of the agency that sign for it on a day and have a holder then. One query."""
    signs = RoleGrant.objects.filter(
        in_effect(on), post=OuterRef("pk"), role=Role.SIGNATORY, agency=agency
    )
    held = PostHolding.objects.filter(in_effect(on), post=OuterRef("pk"))
    return list(Post.objects.filter(Exists(signs), Exists(held)).order_by("pk"))


def statements_of(pledge: Pledge) -> dict[str, str]:
    """Its texts by name and language, as the record digests them."""
    return {
        f"{name}.{language}": text
        for name in STATEMENTS
        for language, text in getattr(pledge, name).items()
    }
