"""Reads about people: through which post somebody acts in an agency, and on which day."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from consultations.kernel.errors import Denied
from consultations.people.enums import Role
from consultations.people.models import Agency, Post, PostHolding, RoleGrant, User

# What a coordinator of a government may do in all agencies below: help with the work, but neither
# approve, sign nor appoint in their name.
HELPED_BY_COORDINATOR = frozenset(
    {Role.DRAFTER, Role.NOTE_TAKER, Role.MODERATOR, Role.ANSWERING_OFFICER}
)
# Roles that reach down the tree, and which asked-for roles each of them answers.
_REACHING_DOWN = {
    Role.COORDINATOR: HELPED_BY_COORDINATOR | {Role.COORDINATOR},
    Role.AUDITOR: frozenset({Role.AUDITOR}),
}


@dataclass(frozen=True)
class Office:
    """A role that somebody has in an agency on a day, and the post through which."""

    role: Role
    agency_id: int
    post_id: int
    holding_id: int


def in_effect(on: date, prefix: str = "") -> Q:
    """Condition for holdings and grants: begun and not ended. The last day counts."""
    is_not_over = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": on})
    return Q(**{f"{prefix}starts_on__lte": on}) & is_not_over


def overlapping(starts_on: date, ends_on: date | None) -> Q:
    """Condition for holdings and grants that share a day with this time."""
    condition = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    return condition & Q(starts_on__lte=ends_on) if ends_on else condition


def day_in(agency: Agency, at: datetime) -> date:
    """Which day it is in the agency's time zone: posts and roles begin and end at its midnight."""
    return at.astimezone(ZoneInfo(agency.time_zone)).date()


def offices_of(user, *, on: date) -> tuple[Office, ...]:
    """Everything that this person may act as on that day, in one query.

    Outside of transactions the answer is kept on the user object, which lives for one request.
    Inside of one it is read afresh: what an action checks must not be older than its lock.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return ()
    if connection.in_atomic_block:
        return _read_offices(user, on)
    kept = user.__dict__.setdefault("_offices", {})
    if on not in kept:
        kept[on] = _read_offices(user, on)
    return kept[on]


def office_in(user, agency: Agency, roles, *, on: date) -> Office | None:
    """The office through which this person has one of `roles` in the agency, or None.

    No roles means any but the auditor's, who only reads. Own posts come before those of a
    coordinator above. At most two queries, whatever the size of the tree.
    """
    wanted = set(roles) or set(Role) - {Role.AUDITOR}
    offices = offices_of(user, on=on)
    own = (office for office in offices if office.agency_id == agency.pk)
    if found := next((office for office in own if office.role in wanted), None):
        return found
    reaching = [office for office in offices if wanted & _REACHING_DOWN.get(office.role, set())]
    if not reaching:
        return None
    above = _with_ancestors(agency)
    return next((office for office in reaching if office.agency_id in above), None)


def acting_post(user, agency: Agency, *roles: Role, on: date) -> PostHolding | None:
    """The holding through which this person has one of `roles` (none named: any) in the agency."""
    office = office_in(user, agency, roles, on=on)
    if office is None:
        return None
    return PostHolding.objects.select_related("post__agency").get(pk=office.holding_id)


def actor_name(user, agency: Agency, *roles: Role, on: date) -> str:
    """How the record names an official who acts: by post; an operator without one "operator";
    the program itself (no user) "system". Refuses anybody else."""
    if user is None:
        return "system"
    office = office_in(user, agency, roles, on=on) or office_in(user, agency, (), on=on)
    if office is None and not user.is_superuser:
        raise Denied(_("You hold no post in this agency."))
    return f"post:{office.post_id}" if office else "operator"


def current_holdings(post: Post, *, on: date) -> QuerySet[PostHolding]:
    return post.holdings.filter(in_effect(on)).select_related("user")


def colleagues(agency: Agency, *roles: Role, on: date) -> QuerySet[User]:
    """The active people with one of `roles` in this very agency: whom to tell about its work."""
    posts = RoleGrant.objects.filter(in_effect(on), agency=agency, role__in=roles).values("post")
    holdings = PostHolding.objects.filter(in_effect(on), post__in=posts)
    return User.objects.filter(is_active=True, pk__in=holdings.values("user"))


def _read_offices(user, on: date) -> tuple[Office, ...]:
    rows = (
        RoleGrant.objects.filter(
            in_effect(on), in_effect(on, "post__holdings__"), post__holdings__user=user
        )
        .order_by("pk", "post__holdings__pk")
        .values_list("role", "agency_id", "post_id", "post__holdings__pk")
    )
    return tuple(Office(Role(role), *ids) for role, *ids in rows)


def line_of(agency: Agency) -> list[Agency]:
    """The agency and all above it, from below. Two queries; none for one that stands alone."""
    if agency.parent_id is None:
        return [agency]
    found = Agency.objects.in_bulk(_with_ancestors(agency))
    line = [agency]
    while (above := found.pop(line[-1].parent_id, None)) is not None:  # ends in a ring, too
        line.append(above)
    return line


def _with_ancestors(agency: Agency) -> set[int]:
    if agency.parent_id is None:
        return {agency.pk}
    # UNION without ALL ends also where somebody has tied the tree into a ring.
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE above(id, parent_id) AS ("
            " SELECT id, parent_id FROM consultations_agency WHERE id = %s"
            " UNION SELECT agency.id, agency.parent_id FROM consultations_agency agency"
            " JOIN above ON agency.id = above.parent_id"
            ") SELECT id FROM above",
            [agency.pk],
        )
        return {row[0] for row in cursor.fetchall()}
