"""Who may act for an agency, appoint in it, and see or end what belongs to a person.

Predicates take the day (`on`): posts and roles are dated. The operator of the site may do
everything an agency's people may, since somebody must be able to help the first of them.
"""

from datetime import date

from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Denied
from consultations.people.enums import Role
from consultations.people.models import Agency, User
from consultations.people.queries import office_in

# Granted by the operator alone: they reach beyond the agency that grants them.
ACROSS_AGENCIES = frozenset({Role.COORDINATOR, Role.AUDITOR})


def is_operator(user) -> bool:
    return bool(getattr(user, "is_authenticated", False) and user.is_active and user.is_superuser)


def has_role(user, agency: Agency, *roles: Role, on: date) -> bool:
    """Whether this person may act as one of `roles` in the agency on that day.

    No roles: as anything but auditor. A coordinator helps in all agencies below, an auditor is
    found only by asking for Role.AUDITOR.
    """
    return is_operator(user) or office_in(user, agency, roles, on=on) is not None


def can_see_inside(user, agency: Agency, *, on: date) -> bool:
    """Drafts and desk of an agency are its own, its coordinator's, and its auditor's to read."""
    return has_role(user, agency, on=on) or has_role(user, agency, Role.AUDITOR, on=on)


def can_administer(user, agency: Agency, *, on: date) -> bool:
    """Make posts, appoint people, grant roles within the agency."""
    return has_role(user, agency, Role.ADMINISTRATOR, on=on)


def can_grant(user, agency: Agency, role: Role, *, on: date) -> bool:
    return is_operator(user) or (
        role not in ACROSS_AGENCIES and can_administer(user, agency, on=on)
    )


def can_reach(user, person: User) -> bool:
    """Contacts are seen and changed by their owner alone, not even by the operator."""
    return bool(getattr(user, "is_authenticated", False) and user.pk == person.pk)


def can_erase(user, person: User) -> bool:
    """Erasing is everybody's own right; the operator does it for who asks at the counter."""
    return can_reach(user, person) or is_operator(user)


# The program itself acts without a user: commands that load data, signing up.


def check_operate(actor) -> None:
    if actor is not None and not is_operator(actor):
        raise Denied(_("Only the operator of this site may do this."))


def check_administer(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_administer(actor, agency, on=on):
        raise Denied(_("Only an administrator of this agency may do this."))


def check_grant(actor, agency: Agency, role: Role, *, on: date) -> None:
    check_administer(actor, agency, on=on)
    if actor is not None and not can_grant(actor, agency, role, on=on):
        raise Denied(_("Roles across agencies are granted by the operator of this site."))


def check_reach(actor, person: User) -> None:
    if actor is not None and not can_reach(actor, person):
        raise Denied(_("Only the person concerned may see or change their contacts."))


def check_erase(actor, person: User, *, on: date) -> None:
    """Refuses strangers, and whoever holds a post: it would be left without anybody."""
    if actor is not None and not can_erase(actor, person):
        raise Denied(_("You may only erase your own account."))
    if person.holdings.exclude(ends_on__lt=on).exists():
        raise Conflict(
            _("This person holds a post. End that first, so that its work is handed over."),
            code="holds_post",
        )
