"""The consultation page as it is now, kept from one reader to the next.

What is kept names the entry of the record that it was read at. The entries since say what is to be
done: nothing, put the comments in that were posted, or, after anything else, read all anew. So
a comment that was hidden is gone with the next reader, whichever process hid it.
"""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.utils.translation import get_language

from consultations.kernel.turns import Turns
from consultations.ledger.models import Entry
from consultations.ledger.queries import NEWS, data_of, entries_from
from consultations.pages.blocks import add_html
from consultations.pages.queries.following import follow
from consultations.pages.queries.reading import ConsultationPage, consultation_page
from consultations.proceedings.models import Consultation
from consultations.threads.queries import comments_by_number

# For what no entry tells: a name that was corrected, somebody who joined and has not spoken.
KEPT_SECONDS = 300
MOST_PAGES = 20


@dataclass(frozen=True)
class _Kept:
    page: ConsultationPage
    seq: int
    hash: str  # of that entry: a database that was put back has another
    until: float


_pages: OrderedDict[tuple, _Kept] = OrderedDict()
_lock = Lock()
_turns = Turns()


def current_page(
    consultation: Consultation, asked: str | None, *, takes_comments: bool
) -> ConsultationPage:
    """The page with its clauses rendered, at least as new as the head that `consultation` holds.

    It is shared: nobody may change it. Without entries since the last reader it costs no query.
    """
    log = consultation.log
    key = (log.pk, log.epoch, get_language(), asked, takes_comments)
    with _turns.at(key):
        kept = _pages.get(key)
        if kept and kept.until < time.monotonic():
            kept = None
        if kept is None or (kept.seq, kept.hash) != (log.head_seq, log.head_hash):
            kept = (kept and _followed(kept, consultation)) or _read(consultation, asked)
            add_html(kept.page, takes_comments=takes_comments)
            _keep(key, kept)
    return kept.page


def forget() -> None:
    """As after a start."""
    with _lock:
        _pages.clear()


def _keep(key: tuple, kept: _Kept) -> None:
    if not kept.hash:
        return  # nothing has been recorded yet, so nothing would tell of a change
    with _lock:
        _pages[key] = kept
        _pages.move_to_end(key)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)


def _read(consultation: Consultation, asked: str | None) -> _Kept:
    log = consultation.log
    page = consultation_page(consultation, asked, get_language())
    return _Kept(page, log.head_seq, log.head_hash, time.monotonic() + KEPT_SECONDS)


def _followed(kept: _Kept, consultation: Consultation) -> _Kept | None:
    """None where the page has to be read anew."""
    entries = entries_from(consultation.log, kept.seq)
    if not entries or entries[0].hash != kept.hash or len(entries) > NEWS:
        return None
    *_, newest = entries
    since = entries[1:]
    if any(entry.type != "comment.posted" for entry in since):
        return None
    page = follow(kept.page, _posted(kept.page.consultation, since)) if since else kept.page
    return _Kept(page, newest.seq, newest.hash, kept.until)


def _posted(consultation: Consultation, entries: list[Entry]):
    numbers = {data_of(entry)["number"] for entry in entries}
    return comments_by_number(consultation, numbers).values()
