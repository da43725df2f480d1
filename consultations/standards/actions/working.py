"""What all edits of a working draft share: opening it under the lock, words, the written reason."""

from datetime import date, datetime
from itertools import product

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.queries import day_in
from consultations.richtext.rendering import RENDERER_VERSION, render_words
from consultations.standards.actions.outlines import Outline
from consultations.standards.digests import digest_words
from consultations.standards.enums import Operation, ReasonKind, RevisionState
from consultations.standards.models import (
    Change,
    Clause,
    Component,
    Placement,
    Revision,
    Standard,
    Wording,
)
from consultations.standards.rules import check_draft

BODY_LIMIT = 20_000
HEADING_LIMIT = 200
REASON_LIMIT = 10_000


class FrozenRevision(Conflict):
    """The words of a published revision never change."""

    code = "frozen_revision"


class WordsChanged(Conflict):
    """The words changed while they were being edited.

    `base` are the words that the editor saw (None if nobody knows them any more), `theirs` the
    words as they are now, with `theirs_digest` to write over them, `mine` what the editor wants.
    The headings stand beside them; `mine_heading` is None for an editor who leaves it as it is.
    """

    code = "words_changed"

    def __init__(
        self,
        *,
        label: str,
        base: tuple[str, str] | None,
        theirs: Wording | None,
        mine: tuple[str | None, str],
    ):
        super().__init__(
            _("The words of clause %s have been changed meanwhile by somebody else.") % label,
            field="expected_digest",
        )
        self.label = label
        self.base_heading, self.base = base or (None, None)
        self.mine_heading, self.mine = mine
        self.theirs_heading = theirs.heading if theirs else ""
        self.theirs = theirs.body if theirs else ""
        self.theirs_digest = theirs.digest if theirs else ""


def day_of(standard: Standard, at: datetime) -> date:
    return day_in(standard.service.agency, at)


def open_draft(actor, revision: Revision, reason_kind: str, at: datetime) -> None:
    """Lock, then the state as it is now, then the rule. `revision` is refreshed in place."""
    standard = revision.standard
    ledger.lock(standard.log)
    revision.refresh_from_db(fields=["state", "version", "published_at"])
    check_draft(actor, standard.service.agency, reason_kind, on=day_of(standard, at))
    if revision.state != RevisionState.WORKING:
        raise FrozenRevision(
            _("Revision %d is published; its words never change. Start a new working draft.")
            % revision.number
        )


def clean_reason(reason_kind: str, reason: str) -> str:
    """A sentence, except where the outcome behind the change holds it."""
    if reason_kind not in ReasonKind.values:
        raise Invalid(_("Choose why the words change."), field="reason_kind")
    text = clean_text(reason or "", limit=REASON_LIMIT, field="reason")
    if not text and reason_kind != ReasonKind.OUTCOME:
        raise Invalid(_("Say in a sentence why the words change."), field="reason")
    return text


def words(body: str, *, heading: str = "", field: str = "body") -> dict:
    """The columns of a wording, or Invalid."""
    body = clean_text(body or "", limit=BODY_LIMIT, field=field)
    heading = clean_text(heading or "", limit=HEADING_LIMIT, field="heading")
    rendered = render_words(body)
    if not rendered.plain:
        raise Invalid(_("Write the words of the clause."), field=field)
    return {
        "heading": heading,
        "body": body,
        "plain": rendered.plain,
        "html": rendered.html,
        "renderer_version": RENDERER_VERSION,
        "digest": digest_words(heading, body),
    }


def check_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("This site has no such language."), field="language")


def placed(outline: Outline, clause: Clause) -> Placement:
    placement = outline.of_clause(clause.pk)
    if placement is None:
        raise Invalid(_("This clause does not stand in the draft."), field="clause")
    return placement


def check_component(revision: Revision, component: Component) -> None:
    if component.component_set_id != revision.standard.component_set_id:
        raise Invalid(_("The standard has no such component."), field="component")


def current_wording(placement: Placement, language: str) -> Wording | None:
    return Wording.objects.filter(placement=placement, language=language).first()


def check_unchanged(
    placement: Placement,
    language: str,
    expected_digest: str,
    mine: str,
    *,
    heading: str | None = None,
) -> Wording | None:
    """The present words, if they are those that the editor saw ("" for none yet)."""
    if refusal := words_changed(placement, language, expected_digest, mine, heading=heading):
        raise refusal
    return current_wording(placement, language)


def words_changed(
    placement: Placement,
    language: str,
    expected_digest: str,
    mine: str,
    *,
    heading: str | None = None,
) -> WordsChanged | None:
    """The refusal with all versions, if the present words are others than those that were seen."""
    wording = current_wording(placement, language)
    if (wording.digest if wording else "") == expected_digest:
        return None
    base = _words_of_digest(placement, language, expected_digest)
    return WordsChanged(label=placement.label, base=base, theirs=wording, mine=(heading, mine))


def _words_of_digest(placement: Placement, language: str, digest: str) -> tuple[str, str] | None:
    """Heading and body of that digest, among all that this clause ever had in this language."""
    history = Wording.objects.filter(placement__clause=placement.clause_id, language=language)
    known = list(history.values_list("heading", "body"))
    headings = {heading for heading, _body in known} | {""}
    changes = Change.objects.filter(clause=placement.clause_id, language=language)
    bodies = {body for _heading, body in known}
    for edit in changes:
        bodies |= {edit.before, edit.after}
        headings |= {edit.heading_before, edit.heading_after}
    words = product(headings, bodies)
    return next((pair for pair in words if digest_words(*pair) == digest), None)


def set_words(placement: Placement, language: str, columns: dict) -> None:
    Wording.objects.update_or_create(placement=placement, language=language, defaults=columns)


def record_change(
    actor,
    revision: Revision,
    clause: Clause,
    operation: Operation,
    *,
    reason: tuple[str, str],
    at: datetime,
    language: str = "",
    before: str = "",
    after: str = "",
    headings: tuple[str, str] = ("", ""),
) -> Change:
    """The row that says why, and one more edit counted."""
    count_edit(revision)
    kind, sentence = reason
    return Change.objects.create(
        revision=revision,
        clause=clause,
        operation=operation,
        language=language,
        before=before,
        after=after,
        heading_before=headings[0],
        heading_after=headings[1],
        reason_kind=kind,
        reason=sentence,
        made_by=actor,
        made_at=at,
    )


def new_placement(
    revision: Revision, component: Component, *, target: dict | None = None
) -> Placement:
    """Of a new clause; its place and number are the outline's business."""
    return Placement.objects.create(
        revision=revision,
        clause=Clause.objects.create(standard=revision.standard),
        component=component,
        position=0,
        label="",
        target=target,
    )


def count_edit(revision: Revision) -> None:
    Revision.objects.filter(pk=revision.pk).update(version=F("version") + 1)
    revision.version += 1
