"""What becomes of a comment. Low level: who may do it, and why, is decided further up.

Each expects that its caller holds the lock of the consultation's log (the ledger refuses
otherwise) and has read the comment under it.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Invalid
from consultations.ledger import actions as ledger
from consultations.threads.enums import CommentState, ConductRule
from consultations.threads.models import Comment

# Databases bound the number of values in one statement.
_BATCH = 5000


def hide_comment(*, comment: Comment, rule: str, note: str, actor: str, at: datetime) -> None:
    """Leaves a tombstone with rule and note in the comment's place; its words stay in the row."""
    if comment.state != CommentState.PUBLISHED:
        raise Conflict(_("Only a comment that everybody can read can be hidden."), code="state")
    if rule not in ConductRule.values:
        raise Invalid(_("Choose the rule that the comment breaks."), field="rule")
    comment.state, comment.hidden_at = CommentState.HIDDEN, at
    comment.hidden_rule, comment.hidden_note = rule, note
    comment.save(update_fields=["state", "hidden_at", "hidden_rule", "hidden_note"])
    _append(comment, "comment.hidden", {"rule": str(rule)}, actor, at)


def show_comment(*, comment: Comment, actor: str, at: datetime) -> None:
    """Puts a hidden comment back in its place."""
    if comment.state != CommentState.HIDDEN:
        raise Conflict(_("This comment is not hidden."), code="state")
    comment.state, comment.hidden_at = CommentState.PUBLISHED, None
    comment.hidden_rule = comment.hidden_note = ""
    comment.save(update_fields=["state", "hidden_at", "hidden_rule", "hidden_note"])
    _append(comment, "comment.shown", {}, actor, at)


def mark_answered(*, comments: Iterable[Comment], at: datetime) -> None:
    """They have an official answer from now on; the outcome is the record's entry."""
    _set_answered(comments, at)


def unmark_answered(*, comments: Iterable[Comment], at: datetime) -> None:
    """They wait for an answer again."""
    _set_answered(comments, None)


def _set_answered(comments: Iterable[Comment], moment: datetime | None) -> None:
    rest = iter(comments)
    while batch := list(islice(rest, _BATCH)):
        for comment in batch:
            comment.answered_at = moment
        ids = [comment.pk for comment in batch]
        Comment.objects.filter(pk__in=ids).update(answered_at=moment)


def _append(comment: Comment, type: str, data: dict, actor: str, at: datetime) -> None:
    ledger.append(
        comment.consultation.log,
        type,
        actor=actor,
        subject=f"comment:{comment.number}",
        data={"number": comment.number} | data,
        at=at,
    )
