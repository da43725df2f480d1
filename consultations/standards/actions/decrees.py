"""Decrees as they were signed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Invalid
from consultations.kernel.fields import LocalizedText
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.people.models import Agency, Post
from consultations.people.queries import actor_name, current_holdings, day_in
from consultations.standards.models import Decree
from consultations.standards.rules import ADOPTING, check_adopt

NUMBER_LIMIT = 80
TITLE_LIMIT = 500
NAME_LIMIT = 120


@transaction.atomic
def record_decree(
    *,
    actor,
    agency: Agency,
    number: str,
    dated_on: date,
    title: LocalizedText | None = None,
    signed_by: Post | None = None,
    signed_name: str = "",
    at: datetime,
) -> Decree:
    """A decree as it was signed; the same one twice is the same row.

    With the post that signed, the name of whoever held it on that day is kept as it was, for the
    post's holder changes.
    """
    ledger.lock(agency.log)
    on = day_in(agency, at)
    check_adopt(actor, agency, on=on)
    number = clean_text(number, limit=NUMBER_LIMIT, field="number")
    if not number:
        raise Invalid(_("Write the decree's number as it is printed."), field="number")
    found = Decree.objects.filter(agency=agency, number=number, dated_on=dated_on).first()
    if found:
        return found
    decree = Decree.objects.create(
        agency=agency,
        number=number,
        dated_on=dated_on,
        title=title or LocalizedText(),
        signed_by=signed_by,
        signed_name=_signed_name(
            agency, signed_by, signed_name, dated_on, is_history=actor is None
        ),
    )
    data = {"number": number, "dated_on": dated_on.isoformat(), "signed_by": decree.signed_by_id}
    who, subject = actor_name(actor, agency, *ADOPTING, on=on), f"decree:{decree.pk}"
    ledger.append(agency.log, "decree.recorded", actor=who, subject=subject, data=data, at=at)
    return decree


def _signed_name(
    agency: Agency, post: Post | None, name: str, dated_on: date, *, is_history: bool
) -> str:
    """As given, or of the post's holder that day. Of history only the post may be known."""
    name = clean_text(name, limit=NAME_LIMIT, field="signed_name")
    if post is None:
        return name
    if post.agency_id != agency.pk:
        raise Invalid(_("This post is of another agency."), field="signed_by")
    if name:
        return name
    holding = current_holdings(post, on=dated_on).order_by("-starts_on").first()
    if holding is None and is_history:
        return ""
    if holding is None:
        message = _("Nobody held this post on that day. Write the name as it was signed.")
        raise Invalid(message, field="signed_name")
    return holding.official_name
