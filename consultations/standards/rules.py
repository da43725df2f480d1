"""Who may write, publish and adopt standards, and who may read what is not published.

Where an actor is None the program itself acts: a command that loads what is published already.
"""

from datetime import date

from django.utils.translation import gettext as _

from consultations.kernel.errors import Denied
from consultations.people.enums import Role
from consultations.people.models import Agency
from consultations.people.rules import can_see_inside, has_role
from consultations.standards.enums import ReasonKind, RevisionState
from consultations.standards.models import Revision

DRAFTING = (Role.DRAFTER, Role.APPROVER, Role.ADMINISTRATOR)
ADOPTING = (Role.SIGNATORY, Role.APPROVER, Role.ADMINISTRATOR)
KEEPING = tuple(dict.fromkeys(DRAFTING + ADOPTING))


def can_see_drafts(user, agency: Agency, *, on: date) -> bool:
    """What is published is public; a working draft is its agency's own."""
    return can_see_inside(user, agency, on=on)


def can_draft(user, agency: Agency, reason_kind: str = "", *, on: date) -> bool:
    """Start a working draft and change its words. Who answers comments changes them by outcomes."""
    if has_role(user, agency, *DRAFTING, on=on):
        return True
    answers = reason_kind in ("", ReasonKind.OUTCOME)
    return answers and has_role(user, agency, Role.ANSWERING_OFFICER, on=on)


def can_edit(user, agency: Agency, *, on: date) -> bool:
    """Change words of the agency in the editor, by a reason of one's own and no outcome's."""
    return has_role(user, agency, *DRAFTING, on=on)


def can_publish(user, agency: Agency, *, on: date) -> bool:
    return has_role(user, agency, *DRAFTING, on=on)


def can_adopt(user, agency: Agency, *, on: date) -> bool:
    """Record decrees, bring into force, supersede."""
    return has_role(user, agency, *ADOPTING, on=on)


def check_see_drafts(user, agency: Agency, *, on: date) -> None:
    if not can_see_drafts(user, agency, on=on):
        raise Denied(_("A working draft is read by the people of its agency alone."))


def check_edit(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_edit(actor, agency, on=on):
        raise Denied(_("Only drafters of this agency change the working draft."))


def can_see_agency_desk(user, agency: Agency, *, on: date) -> bool:
    """The agency's list of what its standards wait for."""
    return has_role(user, agency, *KEEPING, on=on)


def can_review(user, agency: Agency, *, on: date) -> bool:
    """Record that a standard in force was looked at again."""
    return has_role(user, agency, *DRAFTING, on=on)


def can_withdraw(user, revision: Revision, *, on: date) -> bool:
    """A draft by those who publish, what is final or adopted by those who adopt."""
    agency = revision.standard.service.agency
    if revision.state == RevisionState.CONSULTED:
        return can_publish(user, agency, on=on)
    return can_adopt(user, agency, on=on)


def can_import(user, agency: Agency, *, on: date) -> bool:
    """Upload files and make working drafts of them; adopting what they hold is `can_adopt`."""
    return has_role(user, agency, *DRAFTING, on=on)


def can_pledge(user, agency: Agency, *, on: date) -> bool:
    """Sign what the agency promises, in the name of a post."""
    return has_role(user, agency, Role.SIGNATORY, on=on)


def can_keep(user, agency: Agency, *, on: date) -> bool:
    """Record where standards are published, and what registers elsewhere know of them."""
    return has_role(user, agency, *DRAFTING, on=on)


def check_draft(actor, agency: Agency, reason_kind: str = "", *, on: date) -> None:
    if actor is not None and not can_draft(actor, agency, reason_kind, on=on):
        raise Denied(_("Only drafters of this agency change the working draft."))


def check_publish(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_publish(actor, agency, on=on):
        raise Denied(_("Only drafters and approvers of this agency publish a revision."))


def check_adopt(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_adopt(actor, agency, on=on):
        raise Denied(
            _("Only approvers and signatories of this agency bring a standard into force.")
        )


def check_see_agency_desk(user, agency: Agency, *, on: date) -> None:
    if not can_see_agency_desk(user, agency, on=on):
        raise Denied(_("The desk is for those who draft, adopt and keep this agency's standards."))


def check_review(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_review(actor, agency, on=on):
        raise Denied(_("Only drafters and approvers of this agency record a review."))


def check_withdraw(actor, revision: Revision, *, on: date) -> None:
    if actor is not None and not can_withdraw(actor, revision, on=on):
        raise Denied(
            _(
                "What is final is withdrawn by approvers and signatories of this agency, a draft "
                "by its drafters."
            )
        )


def check_import(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_import(actor, agency, on=on):
        raise Denied(_("Only drafters and approvers of this agency import standards."))


def check_pledge(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_pledge(actor, agency, on=on):
        raise Denied(_("Only signatories of this agency sign its pledges."))


def check_keep(actor, agency: Agency, *, on: date) -> None:
    if actor is not None and not can_keep(actor, agency, on=on):
        raise Denied(
            _("Only drafters and approvers of this agency record where its standards are kept.")
        )
