"""What moderation keeps about a person: who decided, and what an author wrote in an appeal.

Erasing an appeal needs to know whose it was: registered before the packages that erase authors.
"""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.ledger.actions import erase_salts
from consultations.ledger.models import Entry, Log
from consultations.moderation.models import Appeal, HidingDecision
from consultations.people.models import User
from consultations.people.privacy import PersonalData, keep, moment, personal_data
from consultations.proceedings.models import Consultation


def _export_decisions(user: User) -> list[dict]:
    rows = user.hiding_decisions.select_related("comment__consultation").order_by("pk")
    return [
        {
            "consultation": decision.comment.consultation.slug,
            "comment": decision.comment.number,
            "rule": decision.rule,
            "note": decision.note,
            "decided_at": moment(decision.decided_at),
        }
        for decision in rows
    ]


def _appeals_of(user: User) -> QuerySet[Appeal]:
    return Appeal.objects.filter(decision__comment__participant__user=user).order_by("pk")


def _export_appeals(user: User) -> list[dict]:
    return [
        {
            "consultation": appeal.decision.comment.consultation.slug,
            "comment": appeal.decision.comment.number,
            "reason": appeal.reason,
            "filed_at": moment(appeal.filed_at),
            "result": appeal.result,
            "answer": appeal.answer,
        }
        for appeal in _appeals_of(user).select_related("decision__comment__consultation")
    ]


def _staff_logs(user: User) -> list[Log]:
    appeals = _appeals_of(user).values("decision__comment__consultation")
    found = Consultation.objects.filter(pk__in=appeals).select_related("staff_log")
    return [consultation.staff_log for consultation in found]


def _erase_appeals(user: User, at: datetime) -> None:
    """The author's words go, with the salts of their digests; that there was an appeal, and how
    it ended, stays."""
    for appeal in _appeals_of(user).select_related("decision__comment__consultation__staff_log"):
        comment = appeal.decision.comment
        log = comment.consultation.staff_log
        filed = Entry.objects.filter(
            log=log, type="appeal.filed", subject=f"comment:{comment.number}"
        )
        erase_salts(log, seqs=list(filed.values_list("seq", flat=True)))
        appeal.reason = ""
        appeal.save(update_fields=["reason"])


personal_data.register(HidingDecision.__name__)(
    PersonalData(
        _(
            "To know which moderator decided, so that somebody else judges an appeal. Readers see"
            " rule and reason alone; that an official decided stays by the law on archives."
        ),
        _export_decisions,
        keep,
    )
)
personal_data.register(Appeal.__name__)(
    PersonalData(
        _("To judge an appeal. Its text is erased; that there was one, and its end, stay."),
        _export_appeals,
        _erase_appeals,
        _staff_logs,
    )
)
