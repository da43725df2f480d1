"""What this package tells the packages below it; loaded when the app starts."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from consultations.ledger.models import Entry, Log
from consultations.ledger.queries import data_of
from consultations.ledger.registries import contents, witnesses
from consultations.people.models import User
from consultations.people.privacy import PersonalData, moment, personal_data
from consultations.proceedings.models import Consultation
from consultations.threads import following as following
from consultations.threads.actions.erasing import erase_locked
from consultations.threads.actions.posting import texts_of
from consultations.threads.models import Comment


@contents.register("comment.posted")
def texts(log: Log, entries: list[Entry]) -> dict[int, dict[str, str | None]]:
    """The texts of these comments as they stand now, hidden ones too."""
    seqs = {data_of(entry)["number"]: entry.seq for entry in entries}
    comments = Comment.objects.filter(consultation__log=log, number__in=seqs)
    found = {}
    for comment in comments.select_related("anchor"):
        current = texts_of(comment, comment.anchor.exact if hasattr(comment, "anchor") else "")
        if comment.erased_at is not None:
            current = dict.fromkeys(current)
        found[seqs[comment.number]] = current
    return found


@witnesses.register("comments")
def published(log: Log) -> Iterator[tuple[int, str, str]]:
    rows = Comment.objects.filter(consultation__log=log, seq__isnull=False)
    for seq, number in rows.values_list("seq", "number").iterator():
        yield seq, "comment.posted", f"comment:{number}"


def _comments_of(user: User) -> QuerySet[Comment]:
    return Comment.objects.filter(participant__user=user).order_by("pk")


def _export_comments(user: User) -> list[dict]:
    return [
        {
            "consultation": comment.consultation.slug,
            "number": comment.number,
            "stance": comment.stance,
            "body": comment.body,
            "proposed_text": comment.proposed_text,
            "state": comment.state,
            "source": comment.source,
            "occurred_at": moment(comment.occurred_at),
            "entered_at": moment(comment.entered_at),
        }
        for comment in _comments_of(user).select_related("consultation")
    ]


def _erase_comments(user: User, at: datetime) -> None:
    by_consultation: dict[Consultation, list[Comment]] = {}
    for comment in _comments_of(user).select_related("consultation__log"):
        by_consultation.setdefault(comment.consultation, []).append(comment)
    for consultation, comments in by_consultation.items():
        erase_locked(consultation, comments, at=at)


def _logs(user: User) -> list[Log]:
    found = Consultation.objects.filter(pk__in=_comments_of(user).values("consultation"))
    return [consultation.log for consultation in found.select_related("log")]


personal_data.register(Comment.__name__)(
    PersonalData(
        _(
            "To put what you say before the agency and the public. The words are erased; that "
            "there was a comment, on which words and how it was answered, stays in the record."
        ),
        _export_comments,
        _erase_comments,
        _logs,
    )
)
