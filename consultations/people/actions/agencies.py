"""Agencies, their posts, who holds them and what they may do.

Each change is appended to the agency's log by ids; of a name the record holds a digest only.
"""

from datetime import date, datetime
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.fields import LocalizedText
from consultations.ledger import actions as ledger
from consultations.people.enums import Capacity, Role
from consultations.people.models import Agency, Post, PostHolding, RoleGrant, User
from consultations.people.names import clean_line
from consultations.people.queries import actor_name, current_holdings, day_in, overlapping
from consultations.people.registries import announce_access_change
from consultations.people.rules import check_administer, check_grant, check_operate

# What stands among the addresses of agencies and is none.
RESERVED_SLUGS = frozenset({"calendar"})
# PP 96/2012, art. 33, asks for reviews; the assessment counts anything rarer as hardly any.
MOST_REVIEW_MONTHS = 36


def create_agency(
    *,
    actor=None,
    slug: str,
    name: LocalizedText,
    parent: Agency | None = None,
    short_name: str = "",
    region: str = "",
    seat: str = "",
    address: str = "",
    time_zone: str = "Asia/Jakarta",
    complaints_url: str = "",
    at: datetime,
) -> Agency:
    """Makes an agency with its log: a government by the operator, a unit by those above it."""
    with transaction.atomic():
        if parent is None:
            check_operate(actor)
        else:
            ledger.lock(parent.log)
            check_administer(actor, parent, on=day_in(parent, at))
        _check_agency(slug, time_zone)
        agency = Agency.objects.create(
            slug=slug,
            name=name,
            parent=parent,
            short_name=short_name,
            region=region,
            seat=seat,
            address=address,
            time_zone=time_zone,
            complaints_url=complaints_url,
            log=ledger.open_log(kind="agency", key=slug, at=at),
        )
        ledger.lock(agency.log)
        data = {"agency": agency.pk, "parent": parent.pk if parent else None}
        name, subject = _name(actor, parent or agency, at), f"agency:{agency.pk}"
        ledger.append(agency.log, "agency.created", actor=name, subject=subject, data=data, at=at)
    return agency


def change_review_months(*, actor=None, agency: Agency, months: int, at: datetime) -> None:
    """How many months may pass until a standard is looked at again."""
    with transaction.atomic():
        ledger.lock(agency.log)
        check_administer(actor, agency, on=day_in(agency, at))
        if not 1 <= months <= MOST_REVIEW_MONTHS:
            message = _("Choose from 1 to %(most)d months.") % {"most": MOST_REVIEW_MONTHS}
            raise Invalid(message, field="months")
        agency.review_months = months
        agency.save(update_fields=["review_months"])
        subject, data = f"agency:{agency.pk}", {"months": months}
        _append(actor, agency, "agency.review_months_changed", subject, data, at)


def create_post(
    *, actor=None, agency: Agency, title: LocalizedText, unit: LocalizedText | None = None, at
) -> Post:
    with transaction.atomic():
        ledger.lock(agency.log)
        check_administer(actor, agency, on=day_in(agency, at))
        if not any(title.values()):
            raise Invalid(_("Write the title of the post."), field="title")
        post = Post.objects.create(agency=agency, title=title, unit=unit or LocalizedText())
        _append(actor, agency, "post.created", f"post:{post.pk}", {"post": post.pk}, at)
    return post


def appoint(
    *,
    actor=None,
    post: Post,
    user: User,
    official_name: str,
    starts_on: date,
    ends_on: date | None = None,
    capacity: Capacity = Capacity.DEFINITIVE,
    letter: str = "",
    rank: str = "",
    civil_servant_number: str = "",
    at: datetime,
) -> PostHolding:
    """Puts somebody into a post. Who holds it in another capacity than the definitive one needs
    the letter that says so; nobody holds the same post twice at a time."""
    agency = post.agency
    holding = PostHolding(
        post=post,
        user=user,
        capacity=capacity,
        letter=clean_line(letter, limit=120, field="letter"),
        official_name=clean_line(official_name, limit=120, field="official_name"),
        rank=clean_line(rank, limit=60, field="rank"),
        civil_servant_number=civil_servant_number.replace(" ", ""),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    with transaction.atomic():
        ledger.lock(agency.log)
        check_administer(actor, agency, on=day_in(agency, at))
        _check_holding(holding)
        holding.save(force_insert=True)
        data = {"post": post.pk, "capacity": str(capacity)} | _dates(holding)
        names = {"official_name": holding.official_name}
        _append(actor, agency, "post.filled", f"holding:{holding.pk}", data, at, contents=names)
        announce_access_change(user.pk)
    return holding


def end_holding(*, actor=None, holding: PostHolding, ends_on: date, at: datetime) -> None:
    """`ends_on` is the last day in the post. An end can be brought forward, not put off: for
    more time appoint anew, by a letter of its own."""
    agency = holding.post.agency
    with transaction.atomic():
        ledger.lock(agency.log)
        check_administer(actor, agency, on=day_in(agency, at))
        _end(holding, ends_on)
        _append(actor, agency, "post.vacated", f"holding:{holding.pk}", _dates(holding), at)
        announce_access_change(holding.user_id)


def grant_role(
    *,
    actor=None,
    post: Post,
    role: Role,
    agency: Agency | None = None,
    starts_on: date,
    ends_on: date | None = None,
    at: datetime,
) -> RoleGrant:
    """Lets whoever holds the post act in this role, in its own agency or in the one named.

    Roles across agencies come from the operator; an auditor's ends on a day named at the start.
    """
    agency, role = agency or post.agency, Role(role)
    with transaction.atomic():
        ledger.lock(agency.log)
        check_grant(actor, agency, role, on=day_in(agency, at))
        _check_dates(starts_on, ends_on)
        if role == Role.AUDITOR and ends_on is None:
            raise Invalid(_("Say until when the auditor may read."), field="ends_on")
        same = RoleGrant.objects.filter(post=post, role=role, agency=agency)
        if same.filter(overlapping(starts_on, ends_on)).exists():
            raise Conflict(_("This post has this role at that time already."), field="starts_on")
        grant = RoleGrant.objects.create(
            post=post, role=role, agency=agency, starts_on=starts_on, ends_on=ends_on
        )
        data = {"post": post.pk, "role": str(role)} | _dates(grant)
        _append(actor, agency, "role.granted", f"grant:{grant.pk}", data, at)
    return grant


def end_grant(*, actor=None, grant: RoleGrant, ends_on: date, at: datetime) -> None:
    """`ends_on` is the last day on which the role may be used."""
    agency = grant.agency
    with transaction.atomic():
        ledger.lock(agency.log)
        today = day_in(agency, at)
        check_grant(actor, agency, Role(grant.role), on=today)
        _end(grant, ends_on)
        data = {"post": grant.post_id, "role": grant.role} | _dates(grant)
        _append(actor, agency, "role.ended", f"grant:{grant.pk}", data, at)
        for holding in current_holdings(grant.post, on=today):
            announce_access_change(holding.user_id)


def _check_agency(slug: str, time_zone: str) -> None:
    if time_zone not in available_timezones():
        raise Invalid(_("Choose a time zone such as Asia/Jakarta."), field="time_zone")
    if slug in RESERVED_SLUGS:
        raise Invalid(_("This short address is needed for other pages."), field="slug")
    if Agency.objects.filter(slug=slug).exists():
        raise Conflict(_("There is an agency with this short address."), field="slug")


def _check_holding(holding: PostHolding) -> None:
    _check_dates(holding.starts_on, holding.ends_on)
    if not holding.official_name:
        raise Invalid(_("Write the name as it is signed."), field="official_name")
    if holding.capacity != Capacity.DEFINITIVE and not holding.letter:
        raise Invalid(_("Write the letter that says so."), field="letter")
    number = holding.civil_servant_number
    if number and not (len(number) == 18 and number.isascii() and number.isdigit()):
        raise Invalid(_("A civil-servant number has 18 digits."), field="civil_servant_number")
    same = PostHolding.objects.filter(post=holding.post, user=holding.user)
    if same.filter(overlapping(holding.starts_on, holding.ends_on)).exists():
        raise Conflict(_("This person holds this post at that time already."), field="starts_on")


def _end(row: PostHolding | RoleGrant, ends_on: date) -> None:
    row.refresh_from_db(fields=["starts_on", "ends_on"])
    _check_dates(row.starts_on, ends_on)
    if row.ends_on is not None and row.ends_on <= ends_on:
        raise Conflict(
            _("This ends on %(day)s already.") % {"day": row.ends_on.isoformat()}, field="ends_on"
        )
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])


def _check_dates(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(_("The last day must not come before the first."), field="ends_on")


def _dates(row: PostHolding | RoleGrant) -> dict[str, str | None]:
    last = row.ends_on.isoformat() if row.ends_on else None
    return {"starts_on": row.starts_on.isoformat(), "ends_on": last}


def _append(
    actor, agency: Agency, type: str, subject: str, data: dict, at: datetime, contents=None
) -> None:
    ledger.append(
        agency.log,
        type,
        actor=_name(actor, agency, at),
        subject=subject,
        data=data,
        contents=contents,
        at=at,
    )


def _name(actor, agency: Agency, at: datetime) -> str:
    return actor_name(actor, agency, Role.ADMINISTRATOR, on=day_in(agency, at))
