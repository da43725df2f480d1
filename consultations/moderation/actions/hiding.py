"""Moderators' decisions: each with the published rule and a reason, and open to an appeal.

What everybody may know (a comment is hidden, by which rule) goes to the public log by
`threads.actions`; the case itself to the staff log beside it. The two are locked together, first.
"""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.text import clean_text
from consultations.ledger import actions as ledger
from consultations.moderation.enums import AppealResult
from consultations.moderation.models import Appeal, HidingDecision
from consultations.moderation.rules import (
    check_appeal,
    check_decide_appeal,
    check_hide,
    check_undo,
)
from consultations.notices.actions import notify
from consultations.people.enums import Role
from consultations.people.queries import actor_name, colleagues, day_in
from consultations.proceedings.models import Consultation
from consultations.threads import actions as threads
from consultations.threads.enums import ConductRule
from consultations.threads.models import Comment

NOTE_LIMIT = 500
APPEAL_LIMIT = 3000


def hide(*, actor, comment: Comment, rule: str, note: str, at: datetime) -> HidingDecision:
    """Hides a comment by a rule of conduct, with the reason that its author and every reader see.

    The words stay in the comment's row. The author is told rule, reason, and until when another
    person can be asked to judge.
    """
    consultation = comment.consultation
    with _both_logs(consultation):
        comment.refresh_from_db(fields=["state"])
        check_hide(actor, comment, at=at)
        if rule not in ConductRule.values:
            raise Invalid(_("Choose the rule that the comment breaks."), field="rule")
        note = _required(
            note, NOTE_LIMIT, "note", _("Write the reason. Its author and all readers see it.")
        )
        decision = HidingDecision.objects.create(
            comment=comment,
            rule=rule,
            note=note,
            decided_by=actor,
            decided_at=at,
            appeal_until=at + timedelta(days=consultation.appeal_days),
        )
        who = _post(actor, consultation, at)
        threads.hide_comment(comment=comment, rule=rule, note=note, actor=who, at=at)
        data = {"decision": decision.pk, "comment": comment.number, "rule": str(rule)}
        _note_case(decision, "hiding.decided", who, data, at, contents={"note": note})
        until = decision.appeal_until.astimezone(ZoneInfo(consultation.time_zone)).date()
        told = {"rule": str(rule), "appeal_until": until.isoformat()}
        _tell_author(decision, "comment_hidden", told, at)
    return decision


def undo_hiding(*, actor, comment: Comment, at: datetime) -> HidingDecision:
    """Takes a hiding back; an open appeal against it is settled by that."""
    consultation = comment.consultation
    with _both_logs(consultation):
        comment.refresh_from_db(fields=["state"])
        check_undo(actor, comment, at=at)
        decision = comment.hiding_decisions.filter(undone_at=None).first()
        if decision is None:
            raise Conflict(_("This comment is not hidden."), code="not_hidden")
        decision.comment = comment
        _show_again(decision, _post(actor, consultation, at), at)
    return decision


def file_appeal(*, actor, decision: HidingDecision, reason: str, at: datetime) -> Appeal:
    """The author asks for another person's judgement, once per decision and within its time."""
    consultation = decision.comment.consultation
    with _both_logs(consultation):
        decision.refresh_from_db(fields=["undone_at"])
        check_appeal(actor, decision, at=at)
        reason = _required(
            reason, APPEAL_LIMIT, "reason", _("Write why the comment should be shown.")
        )
        appeal = Appeal.objects.create(decision=decision, reason=reason, filed_at=at)
        _note_case(
            decision,
            "appeal.filed",
            f"participant:{decision.comment.participant.number}",
            {"decision": decision.pk, "comment": decision.comment.number},
            at,
            contents={"reason": reason},
        )
        _tell_moderators(decision, at)
    return appeal


def decide_appeal(*, actor, appeal: Appeal, result: str, answer: str, at: datetime) -> Appeal:
    """Somebody else than the first decider judges; overturned means that the comment is shown."""
    decision = appeal.decision
    consultation = decision.comment.consultation
    with _both_logs(consultation):
        appeal.refresh_from_db(fields=["result"])
        decision.refresh_from_db(fields=["undone_at"])
        check_decide_appeal(actor, appeal, at=at)
        if result not in AppealResult.values:
            raise Invalid(_("Choose how the appeal ends."), field="result")
        answer = _required(
            answer,
            APPEAL_LIMIT,
            "answer",
            _("Write the answer. The author of the comment sees it."),
        )
        appeal.result, appeal.answer = result, answer
        appeal.decided_by, appeal.decided_at = actor, at
        appeal.save(update_fields=["result", "answer", "decided_by", "decided_at"])
        who = _post(actor, consultation, at)
        data = {
            "decision": decision.pk,
            "comment": decision.comment.number,
            "result": str(result),
        }
        _note_case(decision, "appeal.decided", who, data, at, contents={"answer": answer})
        if result == AppealResult.OVERTURNED:
            _show_again(decision, who, at, tell=False)
        _tell_author(decision, "appeal_decided", {"result": str(result)}, at)
    return appeal


@contextmanager
def _both_logs(consultation: Consultation):
    """One decision at a time: both logs are locked, and the stage is read after that."""
    with transaction.atomic():
        ledger.lock(consultation.log, consultation.staff_log)
        consultation.refresh_from_db(fields=["stage"])
        yield


def _show_again(decision: HidingDecision, who: str, at: datetime, *, tell: bool = True) -> None:
    decision.undone_at = at
    decision.save(update_fields=["undone_at"])
    threads.show_comment(comment=decision.comment, actor=who, at=at)
    data = {"decision": decision.pk, "comment": decision.comment.number}
    _note_case(decision, "hiding.undone", who, data, at)
    if tell:
        _tell_author(decision, "hiding_undone", {}, at)


def _note_case(decision, type: str, who: str, data: dict, at: datetime, contents=None) -> None:
    ledger.append(
        decision.comment.consultation.staff_log,
        type,
        actor=who,
        subject=f"comment:{decision.comment.number}",
        data=data,
        contents=contents,
        at=at,
    )


def _tell_author(decision: HidingDecision, kind: str, told: dict, at: datetime) -> None:
    author = decision.comment.participant.user_id
    if author is not None:
        _tell([author], decision, kind, told, at)


def _tell_moderators(decision: HidingDecision, at: datetime) -> None:
    """Those who may decide the appeal: not who decided first."""
    agency = decision.comment.consultation.agency
    moderators = colleagues(agency, Role.MODERATOR, on=day_in(agency, at))
    others = moderators.exclude(pk=decision.decided_by_id).values_list("pk", flat=True)
    _tell(others, decision, "appeal_filed", {}, at)


def _tell(
    users: Iterable[int], decision: HidingDecision, kind: str, told: dict, at: datetime
) -> None:
    comment = decision.comment
    data = {"consultation": comment.consultation.slug, "comment": comment.number} | told
    notify(users=users, kind=kind, key=f"decision:{decision.pk}", data=data, at=at)


def _post(actor, consultation: Consultation, at: datetime) -> str:
    agency = consultation.agency
    return actor_name(actor, agency, Role.MODERATOR, on=day_in(agency, at))


def _required(text: str, limit: int, field: str, remedy: str) -> str:
    text = clean_text(text or "", limit=limit, field=field)
    if not text:
        raise Invalid(remedy, field=field)
    return text
