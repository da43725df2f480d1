"""Threads as pages show them.

However many comments there are, the statements are the same ones and read only what is shown:
places in an index first, then the few rows. Nothing here sorts or counts a whole thread.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    BigAutoField,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.paging import Page, page
from consultations.kernel.prepared import Parameter, Prepared
from consultations.proceedings.models import Consultation
from consultations.standards.models import Revision, Wording
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment

REPLIES = 20  # to one comment, where a page shows many threads
REPLIES_OF_ONE = 500  # where a page shows one thread


@dataclass
class Thread:
    """A comment with the replies to it, which are threads themselves (two levels).

    `answer` is the official answer to the comment, `html` the two as everybody sees them: the
    packages above put them in.
    """

    comment: Comment
    replies: list["Thread"] = field(default_factory=list)
    has_more: bool = False  # there are more replies than these
    answer: Any = None
    html: str = ""

    def __iter__(self) -> Iterator["Thread"]:
        """This thread and all below it, in reading order."""
        yield self
        for reply in self.replies:
            yield from reply


@dataclass(frozen=True)
class Counts:
    """What the public said on one wording; hidden comments count, since they are answered too. What
    the agency's own people said stands apart, in `official`."""

    total: int = 0
    unanswered: int = 0
    stances: dict[str, int] = field(default_factory=dict)
    official: int = 0


def every(threads: Iterable[Thread]) -> list[Thread]:
    """These threads and all replies in them, flat: to put answers in."""
    return [one for thread in threads for one in thread]


def threads_of_wordings(
    wording_ids: Collection[int],
    per_wording: int = 3,
    *,
    replies: int = REPLIES,
    whole_of: Consultation | None = None,
) -> dict[int | None, list[Thread]]:
    """The newest threads of each wording, newest first; a wording without any is left out.

    With `whole_of` also those on that consultation as a whole, as None.
    """
    roots = (
        _standing()
        .filter(wording=OuterRef("pk"), parent=None)
        # In the order of the index `comment_by_wording`, also for PostgreSQL, which does not see
        # that a column which is null has no say in the order.
        .order_by("-parent_id", "-number")
        .values("pk")
    )
    places = {f"newest{n}": Subquery(roots[n : n + 1]) for n in range(per_wording)}
    rows = Wording.objects.filter(pk__in=wording_ids).annotate(**places).values_list(*places)
    newest = [pk for row in rows for pk in row if pk is not None]
    if whole_of is not None:
        roots = _standing().filter(consultation=whole_of, parent=None, wording=None)
        newest += roots.order_by("-number").values_list("pk", flat=True)[:per_wording]
    found: dict[int | None, list[Thread]] = {}
    for thread in _threads(_standing().filter(pk__in=newest).order_by("-number"), replies):
        found.setdefault(thread.comment.wording_id, []).append(thread)
    return found


def thread_page(
    consultation: Consultation,
    wording_ids: Collection[int] = (),
    *,
    after: int | None = None,
    size: int = 20,
    replies: int = REPLIES,
) -> Page:
    """A page of threads, newest first: of these wordings, or without any of the consultation as a
    whole. New comments meanwhile neither repeat nor hide one on the next page."""
    roots = _standing().filter(consultation=consultation, parent=None)
    if wording_ids:
        roots = roots.filter(wording__in=wording_ids)
    else:
        roots = roots.filter(wording=None)
    found = page(
        roots.values_list("pk", "number", named=True), key="-number", after=after, size=size
    )
    rows = _standing().filter(pk__in=[row.pk for row in found.rows]).order_by("-number")
    return Page(_threads(rows, replies, consultation), found.next_after)


def get_comment(consultation: Consultation, number: int) -> Comment:
    """A comment that has a place in the thread; a hidden one as its tombstone."""
    found = _shown(_standing()).filter(consultation=consultation, number=number).first()
    if found is None:
        raise Missing(_("There is no such comment."))
    found.consultation = consultation
    return found


def thread_of(comment: Comment) -> Thread:
    """The whole thread that a comment stands in, from its root; the comment itself is never among
    those that are left out of a very long one."""
    path = [comment.pk]
    while comment.parent_id is not None:
        comment = comment.parent
        path.append(comment.pk)
    roots = _standing().filter(pk=comment.pk)
    return _threads(roots, REPLIES_OF_ONE, comment.consultation, keep=path)[0]


def comments_by_number(consultation: Consultation, numbers: Collection[int]) -> dict[int, Comment]:
    """Several comments as they can be shown, by number; for rendering a batch of entries."""
    if len(numbers) == 1:  # as most batches are
        found = _BY_NUMBER.all(consultation=consultation.pk, number=next(iter(numbers)))
    else:
        found = list(
            _shown(_standing()).filter(consultation=consultation, number__in=list(numbers))
        )
    for comment in found:
        comment.consultation = consultation
    return {comment.number: comment for comment in found}


def counts_by_wording(
    consultation: Consultation, revision: Revision | None = None
) -> dict[int | None, Counts]:
    """What stands on each wording (None: on the consultation as a whole), replies included.

    One statement over the index `comment_counts`, which holds all that it asks for. Its time
    grows with the comments.
    """
    rows = _standing().filter(consultation=consultation)
    if revision is not None:
        rows = rows.filter(wording__placement__revision=revision)
    counted: dict[int | None, list] = {}
    for wording, *row in _counted(rows, "wording_id"):
        counted.setdefault(wording, []).append(row)
    return {wording: _sums(rows) for wording, rows in counted.items()}


def counts_on(consultation: Consultation, wordings: Iterable[int | None]) -> dict:
    """The same of a few wordings, one short statement for each."""
    found = {}
    for wording in wordings:
        if wording is None:
            rows = _COUNTS_ON_WHOLE.all(consultation=consultation.pk)
        else:
            rows = _COUNTS_ON.all(consultation=consultation.pk, wording=wording)
        found[wording] = _sums(rows)
    return found


def _counted(comments: QuerySet[Comment], *by: str) -> QuerySet:
    """Rows of what they are counted by, stance, whether official, how many there are, and how many
    wait for an answer."""
    waiting = Q(answered_at=None) & ~Q(state=CommentState.WITHDRAWN)
    return (
        comments.order_by()
        .values_list(*by, "stance", "is_official")
        # A column of the index that is never null: PostgreSQL keeps no id in it.
        .annotate(all=Count("consultation"), waiting=Count("consultation", filter=waiting))
    )


def _sums(rows: Iterable[tuple[str, bool, int, int]]) -> Counts:
    total = unanswered = official = 0
    stances: dict[str, int] = {}
    for stance, is_official, count, waiting in rows:
        if is_official:
            official += count
        else:
            total, unanswered = total + count, unanswered + waiting
            stances[stance] = count
    return Counts(total, unanswered, stances, official)


def _standing() -> QuerySet[Comment]:
    return Comment.objects.filter(state__in=CommentState.STANDING)


def _shown(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """With all that the partial shows. The words of a clause are long, and shown once beside it;
    only a proposal needs them."""
    return comments.select_related(
        "anchor", "participant__post", "parent", "wording__placement__revision"
    ).defer("wording__html", "wording__plain", "parent__body", "parent__proposed_text")


def _threads(
    roots: QuerySet[Comment],
    most: int,
    consultation: Consultation | None = None,
    keep: Collection[int] = (),
) -> list[Thread]:
    """These comments with at most so many replies to each, and those of `keep` in any case."""
    threads = level = [Thread(comment) for comment in _with_limit(roots, most)]
    for _level in range(2):
        level = _add_replies(level, most, keep)
    flat = every(threads)
    _set_consultations(flat, consultation)
    _set_wordings(flat)
    return threads


def _add_replies(parents: list[Thread], most: int, keep: Collection[int]) -> list[Thread]:
    by_id = {thread.comment.pk: thread for thread in parents}
    short = [thread.comment.pk for thread in parents if thread.comment.beyond is None]
    wanted = Q(parent__in=short) | Q(parent__in=by_id, pk__in=keep)
    for thread in parents:
        if thread.comment.beyond is not None:
            thread.has_more = True
            wanted |= Q(parent=thread.comment.pk, pk__lt=thread.comment.beyond)
    if not parents:
        return []
    replies = [Thread(c) for c in _with_limit(_standing().filter(wanted), most).order_by("number")]
    for reply in replies:
        parent = by_id[reply.comment.parent_id]
        reply.comment.parent = parent.comment
        parent.replies.append(reply)
    return replies


def _with_limit(comments: QuerySet[Comment], most: int) -> QuerySet[Comment]:
    """Each with the id of the first reply to it that is too many. Ids rise as numbers do.

    What many comments of a page share is not read with each of them.
    """
    replies = _standing().filter(parent=OuterRef("pk")).order_by("pk").values("pk")
    said = comments.select_related("anchor", "participant__post")
    return said.annotate(beyond=Subquery(replies[most : most + 1]))


def _set_consultations(threads: list[Thread], consultation: Consultation | None) -> None:
    if consultation is not None:
        known = {consultation.pk: consultation}
    else:
        ids = {thread.comment.consultation_id for thread in threads}
        known = Consultation.objects.select_related("agency").in_bulk(ids)
    for thread in threads:
        thread.comment.consultation = known[thread.comment.consultation_id]


def _set_wordings(threads: list[Thread]) -> None:
    """Each once, however many comments stand on it; without its texts, as in `_shown`."""
    ids = {thread.comment.wording_id for thread in threads} - {None}
    if not ids:
        return
    wordings = Wording.objects.select_related("placement__revision")
    found = wordings.defer("html", "plain", "body").in_bulk(ids)
    for thread in threads:
        thread.comment.wording = found.get(thread.comment.wording_id)


_ID = BigAutoField()
_BY_NUMBER = Prepared(
    lambda: _shown(_standing()).filter(
        consultation=Parameter("consultation", _ID), number=Parameter("number", IntegerField())
    )
)
_COUNTS_ON = Prepared(
    lambda: _counted(
        _standing().filter(
            consultation=Parameter("consultation", _ID), wording=Parameter("wording", _ID)
        )
    )
)
_COUNTS_ON_WHOLE = Prepared(
    lambda: _counted(_standing().filter(consultation=Parameter("consultation", _ID), wording=None))
)
