"""From preparing a consultation to concluding it."""

import re
from contextlib import contextmanager
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.ledger import actions as ledger
from consultations.ledger.enums import Side
from consultations.people.models import Agency, Post
from consultations.people.queries import actor_name, day_in
from consultations.proceedings import gates
from consultations.proceedings.enums import Scope, Stage
from consultations.proceedings.models import Consultation
from consultations.proceedings.rules import check_conclude, check_prepare, check_stage
from consultations.standards.gates import check_gate

SLUG_LIMIT = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def create_consultation(
    *,
    actor,
    agency: Agency,
    slug: str,
    title: LocalizedText,
    purpose: LocalizedText,
    asked_by: Post,
    opens_at: datetime,
    closes_at: datetime,
    answer_by: date,
    at: datetime,
    **others,
) -> Consultation:
    """A consultation in preparation, with its public and its staff log.

    `others` are the columns that may stay empty: scope, fixed, legal_basis, effective_on,
    pseudonyms_allowed, pseudonyms_reason, appeal_days.
    """
    with transaction.atomic():
        ledger.lock(agency.log)
        check_prepare(actor, agency, at=at)
        _check_new(agency, slug, title, purpose, others)
        _check_times(agency, opens_at, closes_at, answer_by)
        log = ledger.open_log(kind="consultation", key=slug, at=at)
        return Consultation.objects.create(
            agency=agency,
            slug=slug,
            title=title,
            purpose=purpose,
            asked_by=asked_by,
            opens_at=opens_at,
            closes_at=closes_at,
            answer_by=answer_by,
            log=log,
            staff_log=ledger.open_log(
                kind="consultation", key=slug, side=Side.STAFF, twin=log, at=at
            ),
            **others,
        )


def open_consultation(*, actor, consultation: Consultation, at: datetime) -> None:
    """Puts it before the public. Opened early, it says so: `opens_at` is the true moment then."""
    with _turn(consultation):
        check_prepare(actor, consultation.agency, at=at)
        check_stage(consultation, Stage.OPEN)
        if at > consultation.closes_at:
            raise Invalid(_("The last day for comments is over. Set a later one."))
        consultation.opens_at = min(consultation.opens_at, at)
        _move(actor, consultation, Stage.OPEN, "consultation.opened", ["opens_at"], at)


def close_consultation(*, actor, consultation: Consultation, at: datetime) -> None:
    """No more comments. Closed before the announced day, it says so in the record, and
    `closes_at` is the true moment then."""
    with _turn(consultation):
        check_prepare(actor, consultation.agency, at=at)
        check_stage(consultation, Stage.CLOSED)
        data = {}
        if consultation.opens_at < at < consultation.closes_at:
            data = {"announced": consultation.closes_at.isoformat()}
            consultation.closes_at = at
        _move(actor, consultation, Stage.CLOSED, "consultation.closed", ["closes_at"], at, data)


def conclude_consultation(*, actor, consultation: Consultation, at: datetime) -> None:
    """Ends it, through the gate: GateClosed carries a list of all that is missing."""
    with _turn(consultation):
        check_conclude(actor, consultation, at=at)
        check_gate(gates.conclusion, consultation)
        check_stage(consultation, Stage.CONCLUDED)
        consultation.concluded_at = at
        _move(actor, consultation, Stage.CONCLUDED, "consultation.concluded", ["concluded_at"], at)


@contextmanager
def _turn(consultation: Consultation):
    """One at a time: the log is locked, and stage and times are read after that."""
    with transaction.atomic():
        ledger.lock(consultation.log)
        consultation.refresh_from_db(fields=["stage", "opens_at", "closes_at"])
        yield


def _move(
    actor,
    consultation: Consultation,
    stage: Stage,
    type: str,
    fields: list[str],
    at: datetime,
    data: dict | None = None,
) -> None:
    consultation.stage = stage
    consultation.save(update_fields=["stage", *fields])
    agency = consultation.agency
    ledger.append(
        consultation.log,
        type,
        actor=actor_name(actor, agency, on=day_in(agency, at)),
        subject=f"consultation:{consultation.slug}",
        data=data,
        at=at,
    )


def _check_new(
    agency: Agency, slug: str, title: LocalizedText, purpose: LocalizedText, others: dict
) -> None:
    if not _SLUG.fullmatch(slug) or len(slug) > SLUG_LIMIT:
        raise Invalid(_("Write the short address in small letters, digits and -."), field="slug")
    if Consultation.objects.filter(slug=slug).exists():
        raise Conflict(_("There is a consultation with this short address."), field="slug")
    if not any(title.values()):
        raise Invalid(_("Write what the consultation is about."), field="title")
    if not any(purpose.values()):
        raise Invalid(_("Write why the agency asks."), field="purpose")
    if others.get("scope", Scope.DRAFT_POLICY) not in Scope.values:
        raise Invalid(_("Choose what the consultation is about."), field="scope")
    is_named = others.get("pseudonyms_allowed", True)
    if not is_named and not any(others.get("pseudonyms_reason", {}).values()):
        raise Invalid(_("Say why people must give their name."), field="pseudonyms_reason")


def _check_times(agency: Agency, opens_at: datetime, closes_at: datetime, answer_by: date) -> None:
    if closes_at <= opens_at:
        raise Invalid(_("It must close after it opens."), field="closes_at")
    if answer_by < day_in(agency, closes_at):
        raise Invalid(
            _("Answers come after the last day for comments, not before it."), field="answer_by"
        )
