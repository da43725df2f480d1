"""The service pledge: what an agency promises by a standard, signed in the name of a post."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.enums import Role
from consultations.people.models import Post, PostHolding
from consultations.people.queries import actor_name, current_holdings
from consultations.standards.actions.working import day_of
from consultations.standards.models import Pledge, Revision
from consultations.standards.queries import Standing, standing
from consultations.standards.queries.pledges import signing_posts, statements_of
from consultations.standards.rules import check_pledge

STATEMENT_LIMIT = 1_000


@transaction.atomic
def adopt_pledge(
    *,
    actor,
    revision: Revision,
    signed_by: Post,
    serve: LocalizedText,
    improve: LocalizedText,
    answer_for: LocalizedText,
    place: str,
    dated_on: date,
    number: str = "",
    at: datetime,
) -> Pledge:
    """The pledge to serve by a revision that is in force; the one before it ends on its day.

    Freezes who held the post on `dated_on`. Refuses a day to come, one before the pledge that it
    follows, and a post that nobody held."""
    standard = revision.standard
    ledger.lock(standard.log)
    on = day_of(standard, at)
    check_pledge(actor, standard.service.agency, on=on)
    _check_day(revision, dated_on, on)
    holding = _holding(revision, signed_by, dated_on)
    _end_earlier(revision, dated_on)
    pledge = Pledge(
        standard=standard,
        revision=revision,
        number=clean_text(number, limit=80, field="number"),
        place=_required(clean_text(place, limit=120, field="place"), "place"),
        dated_on=dated_on,
        signed_by=signed_by,
        signed_name=holding.official_name,
        signed_rank=holding.rank,
        civil_servant_number=holding.civil_servant_number,
        adopted_at=at,
        serve=_cleaned("serve", serve),
        improve=_cleaned("improve", improve),
        answer_for=_cleaned("answer_for", answer_for),
    )
    return _signed(actor, pledge, at, on)


def _signed(actor, pledge: Pledge, at: datetime, on: date) -> Pledge:
    standard = pledge.standard
    entry = ledger.append(
        standard.log,
        "pledge.adopted",
        actor=actor_name(actor, standard.service.agency, Role.SIGNATORY, on=on),
        subject=f"revision:{pledge.revision.number}",
        data={
            "number": pledge.revision.number,
            "dated_on": pledge.dated_on.isoformat(),
            "signed_by": pledge.signed_by_id,
        },
        contents=statements_of(pledge),
        at=at,
    )
    pledge.seq = entry.seq
    pledge.save()
    return pledge


def _check_day(revision: Revision, dated_on: date, on: date) -> None:
    standard = revision.standard
    revision.refresh_from_db()
    revision.standard = standard
    if standing(revision, on=on) != Standing.IN_FORCE:
        raise Conflict(
            _("Only what is in force can be pledged. Choose the revision that holds today."),
            code="not_in_force",
        )
    if dated_on > on:
        raise Invalid(_("A pledge cannot be signed on a day to come."), field="dated_on")


def _holding(revision: Revision, post: Post, dated_on: date) -> PostHolding:
    if post not in signing_posts(revision.standard.service.agency, on=dated_on):
        raise Invalid(
            _("Choose a post of this agency that signs for it on that day."), field="signed_by"
        )
    holding = current_holdings(post, on=dated_on).order_by("-starts_on", "-pk").first()
    if holding is None:
        raise Invalid(_("Nobody held this post on that day."), field="signed_by")
    return holding


def _end_earlier(revision: Revision, dated_on: date) -> None:
    earlier = Pledge.objects.filter(standard=revision.standard_id, ended_on=None).first()
    if earlier is None:
        return
    if earlier.dated_on > dated_on:
        raise Invalid(
            _("The pledge before this one was signed on %(day)s. This one must be later.")
            % {"day": earlier.dated_on.isoformat()},
            field="dated_on",
        )
    earlier.ended_on = dated_on
    earlier.save(update_fields=["ended_on"])


def _cleaned(name: str, given: LocalizedText) -> LocalizedText:
    """In the languages that are filled in; the site's first is."""
    return LocalizedText(_texts(name, given))


def _texts(name: str, given: LocalizedText) -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        field = f"{name}_{language}"
        text = clean_text(given.get(language, ""), limit=STATEMENT_LIMIT, field=field)
        if text or language == settings.LANGUAGE_CODE:
            yield language, _required(text, field)


def _required(text: str, field: str) -> str:
    if not text:
        raise Invalid(_("This is missing: a pledge has to say it."), field=field)
    return text
