"""A consultation page brought up to date with the comments that were posted since it was read.

What is read is as much as was said since, not as much as stands on the page. Comments that were
only posted add something and take nothing away; after anything else a page is read anew.
"""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace

from consultations.meetings.models import AgendaItem
from consultations.pages.queries.conversations import add_words
from consultations.pages.queries.reading import (
    NEWEST,
    ClauseBlock,
    ConsultationPage,
    Reading,
    Voices,
    add_marks,
    choose_clause,
    gone_clauses,
    voices_in,
)
from consultations.pages.queries.tallies import Tally
from consultations.pages.rendering import comment_html
from consultations.threads.models import Comment
from consultations.threads.queries import Counts, Thread, counts_on
from consultations.threads.queries.threads import REPLIES, every

_UNTOUCHED = frozenset({"asked", "sessions"})  # parts that say nothing about comments


def follow(page: ConsultationPage, posted: Iterable[Comment]) -> ConsultationPage:
    """The page with these comments in their places, without the HTML of what they change. The page
    that is given stays as it is, since somebody may still be reading it.

    Threads are extended, figures and marks are read anew: both come out right when the page was
    read while one of the comments was being posted.
    """
    by_wording: dict[int | None, list[Comment]] = {}
    for comment in sorted(posted, key=lambda comment: comment.number):
        by_wording.setdefault(comment.wording_id, []).append(comment)
    counts = page.counts | counts_on(page.consultation, by_wording)
    reading = page.reading
    if reading is not None:
        reading = _follow_reading(reading, by_wording, counts)
        _choose_anew(reading, page.item)
    stay = set(_UNTOUCHED)
    if None not in by_wording:
        stay.add("whole")
    folded = reading.management if reading else []
    if all(clause.has_html for component in folded for clause in component.clauses):
        stay.add("management")
    return replace(
        page,
        reading=reading,
        counts=counts,
        whole=Tally.of(counts, [None]),
        whole_threads=with_posted(page.whole_threads, by_wording.get(None, [])),
        total=Tally.of(counts, counts),
        voices=_follow_voices(page, by_wording.values()),
        html={name: part for name, part in page.html.items() if name in stay},
    )


def _follow_voices(page: ConsultationPage, posted: Iterable[list[Comment]]) -> Voices:
    """Counted anew when somebody spoke who had not joined by then."""
    numbers = (comment.participant.number for comments in posted for comment in comments)
    newest = max(numbers, default=0)
    return voices_in(page.consultation) if newest > page.voices.newest else page.voices


def _follow_reading(
    reading: Reading,
    by_wording: dict[int | None, list[Comment]],
    counts: dict[int | None, Counts],
) -> Reading:
    components = [
        replace(component, clauses=[copy(clause) for clause in component.clauses])
        for component in reading.components
    ]
    followed = replace(reading, components=components, gone=gone_clauses(reading.rounds, counts))
    quoted: list[ClauseBlock] = []
    for clause in followed.clauses:
        posted = [c for wording in clause.wording_ids for c in by_wording.get(wording, ())]
        if not posted:
            continue
        clause.tally = Tally.of(counts, clause.wording_ids)
        clause.threads = with_posted(clause.threads, posted)
        clause.clause_html = clause.thread_html = ""
        if any(hasattr(comment, "anchor") for comment in posted):
            quoted.append(clause)
    if quoted:
        add_marks(quoted)
    return followed


def _choose_anew(reading: Reading, item: AgendaItem | None) -> None:
    before = [clause.is_chosen for clause in reading.clauses]
    choose_clause(reading.clauses, item)
    for clause, was_chosen in zip(reading.clauses, before, strict=True):
        if clause.is_chosen != was_chosen:
            clause.thread_html = ""


def with_posted(threads: list[Thread], posted: list[Comment]) -> list[Thread]:
    """The newest threads when these comments have come to them."""
    if not posted:
        return threads
    threads = [_copied(thread) for thread in threads]
    known = {one.comment.pk: one for one in every(threads)}
    add_words(posted)
    for comment in sorted(posted, key=lambda comment: comment.number):
        if comment.pk in known:
            continue
        parent = known.get(comment.parent_id)
        if comment.parent_id is not None and (parent is None or _is_full(parent)):
            continue  # its thread or its place in it is not shown here
        thread = Thread(comment, html=comment_html(comment, None))
        known[comment.pk] = thread
        (parent.replies if parent else threads).append(thread)
    threads.sort(key=lambda thread: -thread.comment.number)
    return threads[:NEWEST]


def _is_full(parent: Thread) -> bool:
    """Whether it has all the replies that are shown; then it has more from now on."""
    parent.has_more = len(parent.replies) >= REPLIES
    return parent.has_more


def _copied(thread: Thread) -> Thread:
    return replace(thread, replies=[_copied(reply) for reply in thread.replies])
