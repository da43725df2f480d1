"""Passages that several standards of an agency share: edited once, offered to each.

A standard's words change by an ordinary edit of its working draft, with its reason; a passage
itself is working material of the agency.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.standards.actions.drafting import reword_clause
from consultations.standards.actions.working import (
    BODY_LIMIT,
    HEADING_LIMIT,
    clean_reason,
    current_wording,
    open_draft,
    words,
)
from consultations.standards.models import (
    Clause,
    Component,
    Placement,
    Revision,
    SharedPassage,
    SharedPassageUse,
    SharedPassageVersion,
)
from consultations.standards.rules import check_edit

NAME_LIMIT = 120
REASON_LIMIT = 500


class PassageChanged(Conflict):
    """Somebody else made a newer version while this one was edited."""

    code = "passage_changed"

    def __init__(self, newest: SharedPassageVersion):
        super().__init__(
            _("Somebody else has made version %d meanwhile. Look at it, then save again.")
            % newest.number
        )
        self.newest = newest


@transaction.atomic
def create_passage(
    *,
    actor,
    agency: Agency,
    component: Component,
    name: str,
    heading: LocalizedText | None = None,
    body: LocalizedText,
    reason: str = "",
    at: datetime,
) -> SharedPassage:
    """A passage with its first version; no clause uses it yet."""
    _lock(actor, agency, at)
    name = clean_text(name, limit=NAME_LIMIT, field="name")
    if not name:
        raise Invalid(_("Give the passage a name by which drafters find it."), field="name")
    if SharedPassage.objects.filter(agency=agency, name=name).exists():
        raise Conflict(_("The agency has a passage of this name."), field="name")
    passage = SharedPassage.objects.create(agency=agency, component=component, name=name)
    _add_version(actor, passage, 1, heading, body, reason, at)
    return passage


@transaction.atomic
def revise_passage(
    *,
    actor,
    passage: SharedPassage,
    heading: LocalizedText | None = None,
    body: LocalizedText,
    reason: str,
    expected_number: int,
    at: datetime,
) -> SharedPassageVersion:
    """The next version, which is offered to every clause that uses the passage.

    `expected_number` is the version that was edited; where there is a newer one by now, nothing is
    written (PassageChanged).
    """
    _lock(actor, passage.agency, at)
    newest = newest_version(passage)
    if newest.number != expected_number:
        raise PassageChanged(newest)
    if not clean_text(reason, limit=REASON_LIMIT, field="reason"):
        raise Invalid(_("Say in a sentence why the words change."), field="reason")
    if (newest.body, newest.heading) == (body, heading or LocalizedText()):
        raise Invalid(_("These are the words that stand there already."), field="body_id")
    return _add_version(actor, passage, newest.number + 1, heading, body, reason, at)


def newest_version(passage: SharedPassage) -> SharedPassageVersion:
    return passage.versions.order_by("-number").first()


def _lock(actor, agency: Agency, at: datetime, *standards) -> None:
    ledger.lock(agency.log, *(standard.log for standard in standards))
    check_edit(actor, agency, on=day_in(agency, at))


def _add_version(
    actor,
    passage: SharedPassage,
    number: int,
    heading: LocalizedText | None,
    body: LocalizedText,
    reason: str,
    at: datetime,
) -> SharedPassageVersion:
    made = SharedPassageVersion(passage=passage, number=number, made_by=actor, made_at=at)
    made.reason = clean_text(reason, limit=REASON_LIMIT, field="reason")
    made.heading = _cleaned(heading or {}, HEADING_LIMIT, "heading")
    made.body = _cleaned(body, BODY_LIMIT, "body")
    if not made.body:
        raise Invalid(_("Write the words of the passage."), field="body_id")
    for language, text in made.body.items():
        words(text, heading=made.heading.get(language, ""), field=f"body_{language}")
    made.save()
    return made


def _cleaned(text: Mapping[str, str], limit: int, field: str) -> LocalizedText:
    given = {
        language: clean_text(words, limit=limit, field=f"{field}_{language}")
        for language, words in text.items()
    }
    return LocalizedText({language: words for language, words in given.items() if words})


@transaction.atomic
def use_passage(
    *,
    actor,
    revision: Revision,
    clause: Clause,
    passage: SharedPassage,
    reason_kind: str,
    reason: str = "",
    expected_digests: Mapping[str, str],
    at: datetime,
) -> SharedPassageUse:
    """Gives a clause the newest words of a passage, for the first time or in place of earlier ones.

    In each language that the passage has that is an ordinary edit with its reason; words that are
    the same already stay. `expected_digests` are those that were seen, by language.
    """
    _lock(actor, passage.agency, at, revision.standard)
    open_draft(actor, revision, reason_kind, at)
    placement = _placement(revision, clause, passage)
    clean_reason(reason_kind, reason)
    newest = newest_version(passage)
    for language, body in newest.body.items():
        present = current_wording(placement, language)
        heading = newest.heading.get(language, "")
        if present and (present.heading, present.body) == (heading or present.heading, body):
            continue
        reword_clause(
            actor=actor,
            revision=revision,
            clause=clause,
            language=language,
            body=body,
            heading=heading or (present.heading if present else ""),
            reason_kind=reason_kind,
            reason=reason,
            expected_digest=expected_digests.get(language, ""),
            at=at,
        )
    return _settle(clause, passage, newest, is_declined=False)


def _placement(revision: Revision, clause: Clause, passage: SharedPassage) -> Placement:
    placement = revision.placements.filter(clause=clause).first()
    if placement is None:
        raise Invalid(_("This clause does not stand in the draft."), field="clause")
    if placement.component_id != passage.component_id:
        raise Invalid(_("This passage belongs to another component."), field="passage")
    if passage.agency_id != revision.standard.service.agency_id:
        raise Invalid(_("This passage is of another agency."), field="passage")
    return placement


def _settle(
    clause: Clause, passage: SharedPassage, version: SharedPassageVersion, *, is_declined: bool
) -> SharedPassageUse:
    settled = {"passage": passage, "version": version, "is_declined": is_declined}
    return SharedPassageUse.objects.update_or_create(clause=clause, defaults=settled)[0]


@transaction.atomic
def decline_version(
    *, actor, use: SharedPassageUse, version: SharedPassageVersion, at: datetime
) -> SharedPassageUse:
    """The clause keeps its own words; it is asked again when there is a newer version than this."""
    _lock(actor, use.passage.agency, at)
    use.refresh_from_db(fields=["version", "is_declined"])
    if version.passage_id != use.passage_id or version.number < use.version.number:
        raise Conflict(_("There is a newer version of this passage by now. Look at that one."))
    return _settle(use.clause, use.passage, version, is_declined=True)


@transaction.atomic
def leave_passage(*, actor, use: SharedPassageUse, at: datetime) -> None:
    """The clause goes its own way: its words stay, and nothing is offered to it any more."""
    _lock(actor, use.passage.agency, at)
    use.delete()
