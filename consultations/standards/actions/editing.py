"""What the drafter's editor saves: a clause in all its languages at once, and words that are typed
and not part of the draft yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.people.models import User
from consultations.standards.actions.drafting import reword_clause
from consultations.standards.actions.working import (
    BODY_LIMIT,
    HEADING_LIMIT,
    FrozenRevision,
    WordsChanged,
    check_language,
    day_of,
    open_draft,
)
from consultations.standards.digests import digest_words
from consultations.standards.enums import RevisionState
from consultations.standards.models import Change, Clause, Revision, UnsavedWords, Wording
from consultations.standards.rules import check_edit


@dataclass(frozen=True)
class NewWords:
    """The words that a clause is to have in a language, and the digest of those that were seen."""

    language: str
    heading: str
    body: str
    expected_digest: str


class WordsClash(Conflict):
    """Words changed in these languages while they were edited; nothing has been saved."""

    code = "words_changed"

    def __init__(self, clashes: dict[str, WordsChanged]):
        first = next(iter(clashes.values()))
        super().__init__(first.message)
        self.clashes = clashes
        self.errors = {f"body_{language}": [each.message] for language, each in clashes.items()}


@transaction.atomic
def edit_clause(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    words: Sequence[NewWords],
    reason_kind: str,
    reason: str = "",
    at: datetime,
) -> list[Change]:
    """Rewords a clause in every language in which its words are new, with one reason.

    All languages are tried, so that all that clash are told at once (WordsClash); then none is
    saved. What the actor had typed in the languages that are saved is done with.
    """
    open_draft(actor, revision, reason_kind, at)
    made, clashes = [], {}
    for new in words:
        try:
            if _is_new(revision, clause, new):
                made.append(_reword(actor, revision, clause, new, (reason_kind, reason), at))
        except WordsChanged as clash:
            clashes[new.language] = clash
        except Invalid as refusal:
            raise _at_its_field(refusal, new.language)
    if clashes:
        raise WordsClash(clashes)
    if not made:
        raise Invalid(_("Nothing has changed: these are the words that stand there already."))
    saved = [change.language for change in made]
    kept = UnsavedWords.objects.filter(user=actor, revision=revision, clause=clause)
    kept.filter(language__in=saved).delete()
    return made


def _is_new(revision: Revision, clause: Clause, new: NewWords) -> bool:
    """Neither what was seen nor what stands there by now: a form sends all languages."""
    heading = clean_text(new.heading, limit=HEADING_LIMIT, field="heading")
    body = clean_text(new.body, limit=BODY_LIMIT, field="body")
    if not new.expected_digest and not body:
        return False
    if digest_words(heading, body) == new.expected_digest:
        return False
    present = Wording.objects.filter(
        placement__revision=revision, placement__clause=clause, language=new.language
    ).first()
    return present is None or (present.heading, present.body) != (heading, body)


def _reword(
    actor, revision: Revision, clause: Clause, new: NewWords, why: tuple[str, str], at: datetime
) -> Change:
    kind, reason = why
    return reword_clause(
        actor=actor,
        revision=revision,
        clause=clause,
        language=new.language,
        heading=new.heading,
        body=new.body,
        reason_kind=kind,
        reason=reason,
        expected_digest=new.expected_digest,
        at=at,
    )


def _at_its_field(refusal: Invalid, language: str) -> Invalid:
    """The form has a heading and a body for each language."""
    named = Invalid(refusal.message, code=refusal.code)
    named.errors = {
        f"{field}_{language}" if field in {"heading", "body"} else field: found
        for field, found in refusal.errors.items()
    }
    return named


@transaction.atomic
def keep_words(
    *,
    actor: User,
    revision: Revision,
    clause: Clause,
    language: str,
    heading: str,
    body: str,
    base_digest: str,
    at: datetime,
) -> UnsavedWords | None:
    """Keeps what the actor is typing, for them alone; words that were seen or stand there are not.

    No log is locked: the row is nobody's but the actor's, and nothing of the draft changes.
    """
    revision.refresh_from_db(fields=["state"])
    check_edit(actor, revision.standard.service.agency, on=day_of(revision.standard, at))
    if revision.state != RevisionState.WORKING:
        raise FrozenRevision(_("Revision %d is published; it is not edited.") % revision.number)
    check_language(language)
    if not revision.placements.filter(clause=clause).exists():
        raise Invalid(_("This clause does not stand in the draft."), field="clause")
    heading = clean_text(heading, limit=HEADING_LIMIT, field="heading")
    body = clean_text(body, limit=BODY_LIMIT, field="body")
    place = {"user": actor, "revision": revision, "clause": clause, "language": language}
    present = Wording.objects.filter(
        placement__revision=revision, placement__clause=clause, language=language
    ).values_list("digest", flat=True)
    # A late request must not bring back what has been saved meanwhile.
    if digest_words(heading, body) in {base_digest, *present} or not (heading or body):
        UnsavedWords.objects.filter(**place).delete()
        return None
    columns = {"heading": heading, "body": body, "base_digest": base_digest[:64], "saved_at": at}
    return UnsavedWords.objects.update_or_create(**place, defaults=columns)[0]


@transaction.atomic
def discard_words(*, actor: User, revision: Revision, clause: Clause, language: str = "") -> None:
    """Forgets what the actor has typed of a clause; without a language in all of them."""
    kept = UnsavedWords.objects.filter(user=actor, revision=revision, clause=clause)
    (kept.filter(language=language) if language else kept).delete()
