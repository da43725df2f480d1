"""What the agency owes an answer to: what the public said.

Remarks of the agency's own people stand in the threads and in the record like any other, and count
apart, as organisers do in attendance: nobody answers them, and no figure waits for them.
"""

from django.db.models import Q, QuerySet

from consultations.threads.enums import CommentState
from consultations.threads.models import Comment

FROM_PUBLIC = Q(is_official=False)
# What can be answered. A hidden comment is answered to its author alone.
ANSWERABLE = (CommentState.PUBLISHED, CommentState.HIDDEN)
# What needs an answer before the end: also what still waits to be published.
OWED = (*ANSWERABLE, CommentState.WAITING)


def is_answerable(comment: Comment) -> bool:
    return comment.state in ANSWERABLE and not comment.is_official


def answerable(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Those that can have an answer, whether they have one or not."""
    return comments.filter(FROM_PUBLIC, state__in=ANSWERABLE)


def unanswered(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """What keeps a consultation from being concluded."""
    return comments.filter(FROM_PUBLIC, state__in=OWED, answered_at=None)
