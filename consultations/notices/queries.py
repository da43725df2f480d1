"""A person's own notices."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.paging import Page, page
from consultations.notices.kinds import kinds
from consultations.notices.models import Notice


@dataclass(frozen=True)
class Line:
    """A notice as it stands in the inbox, in the reader's language."""

    id: int
    title: str
    text: str
    url: str
    created_at: datetime
    is_read: bool


def unread_count(user) -> int:
    return _told(user).filter(read_at=None).count()


def inbox(user, *, after: int | None = None, size: int = 30) -> Page:
    """The newest notices first, one query; `after` is the `next_after` of the page before."""
    found = page(_told(user), key="-id", after=after, size=size)
    return Page([_line(notice) for notice in found.rows], found.next_after)


def get_notice(user, notice_id: int) -> Line:
    notice = _told(user).filter(pk=notice_id).first()
    if notice is None:
        raise Missing(_("There is no such notice."))
    return _line(notice)


def _told(user):
    # What nobody can word any more (its package is gone) is neither shown nor counted.
    known = [name for name, _kind in kinds.items()]
    return Notice.objects.filter(user=user, kind__in=known)


def _line(notice: Notice) -> Line:
    kind = kinds[notice.kind]
    return Line(
        id=notice.pk,
        title=str(kind.title(notice)),
        text=str(kind.text(notice)),
        url=kind.url(notice),
        created_at=notice.created_at,
        is_read=notice.read_at is not None,
    )
