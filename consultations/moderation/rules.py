"""Who may moderate, hear appeals and see the desk, and what the stage allows."""

from datetime import datetime

from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Denied
from consultations.moderation.models import Appeal, HidingDecision
from consultations.people.enums import Role
from consultations.people.queries import day_in
from consultations.people.rules import has_role
from consultations.proceedings.enums import Stage
from consultations.proceedings.models import Consultation
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment

DESK_ROLES = (Role.MODERATOR, Role.ANSWERING_OFFICER, Role.DRAFTER, Role.AUDITOR)
GATE_ROLES = (*DESK_ROLES, Role.APPROVER, Role.SIGNATORY)


def can_see_desk(user, consultation: Consultation, *, at: datetime) -> bool:
    """An auditor reads all of it and changes nothing."""
    return has_role(user, consultation.agency, *DESK_ROLES, on=day_in(consultation.agency, at))


def check_see_desk(user, consultation: Consultation, *, at: datetime) -> None:
    if not can_see_desk(user, consultation, at=at):
        raise Denied(
            _("The desk is for moderators, answering officers and drafters of this agency.")
        )


def can_see_gates(user, consultation: Consultation, *, at: datetime) -> bool:
    return has_role(user, consultation.agency, *GATE_ROLES, on=day_in(consultation.agency, at))


def check_see_gates(user, consultation: Consultation, *, at: datetime) -> None:
    if not can_see_gates(user, consultation, at=at):
        raise Denied(_("This page is for the staff of the agency that asks."))


def can_moderate(user, consultation: Consultation, *, at: datetime) -> bool:
    return has_role(user, consultation.agency, Role.MODERATOR, on=day_in(consultation.agency, at))


def check_moderate(user, consultation: Consultation, *, at: datetime) -> None:
    if not can_moderate(user, consultation, at=at):
        raise Denied(_("Only a moderator of this agency may do this."))
    if consultation.stage not in Stage.UNDER_WAY:
        raise Conflict(_("This consultation is not under way."), code="stage")


def check_hide(user, comment: Comment, *, at: datetime) -> None:
    check_moderate(user, comment.consultation, at=at)
    if comment.state == CommentState.HIDDEN:
        raise Conflict(_("This comment has been hidden already."), code="hidden_already")
    if comment.state != CommentState.PUBLISHED:
        raise Conflict(_("Only a comment that everybody can read can be hidden."), code="state")


def check_undo(user, comment: Comment, *, at: datetime) -> None:
    """A moderator whose own comment was hidden appeals as everybody does."""
    check_moderate(user, comment.consultation, at=at)
    if is_author(user, comment):
        raise Denied(
            _("Somebody else must decide this: it is your own comment."), code="own_comment"
        )


def is_author(user, comment: Comment) -> bool:
    return user.is_authenticated and comment.participant.user_id == user.pk


def is_appealed(decision: HidingDecision) -> bool:
    """Asks the database: an instance remembers that it had no appeal when it was looked at."""
    return Appeal.objects.filter(decision=decision).exists()


def can_appeal(user, decision: HidingDecision, *, at: datetime) -> bool:
    return (
        is_author(user, decision.comment)
        and decision.undone_at is None
        and at <= decision.appeal_until
        and not is_appealed(decision)
        and decision.comment.consultation.stage in Stage.UNDER_WAY
    )


def check_appeal(user, decision: HidingDecision, *, at: datetime) -> None:
    if not is_author(user, decision.comment):
        raise Denied(_("Only the author of a comment can appeal."))
    if decision.undone_at is not None:
        raise Conflict(_("The comment is shown again; there is nothing to appeal."), code="undone")
    if is_appealed(decision):
        raise Conflict(_("You have appealed already."), code="appealed_already")
    if at > decision.appeal_until or decision.comment.consultation.stage not in Stage.UNDER_WAY:
        raise Conflict(_("The time to appeal is over."), code="too_late")


def check_decide_appeal(user, appeal: Appeal, *, at: datetime) -> None:
    """Nobody judges their own decision; an office of two passes it to the agency above it, whose
    coordinators may moderate here, or to the operator."""
    check_moderate(user, appeal.decision.comment.consultation, at=at)
    if user.pk in {appeal.decision.decided_by_id, appeal.decision.comment.participant.user_id}:
        raise Denied(
            _("Somebody else must decide this appeal: it is against your own decision."),
            code="own_decision",
        )
    if appeal.result or appeal.decision.undone_at is not None:
        raise Conflict(_("This appeal has been decided already."), code="decided_already")
