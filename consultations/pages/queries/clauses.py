"""One clause with everything that was said on it, and one comment with its thread."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.paging import Page
from consultations.pages.marking import Passage, mark_passages
from consultations.pages.queries.conversations import add_answers
from consultations.pages.queries.reading import (
    ClauseBlock,
    ComponentBlock,
    add_marks,
    choose_draft,
    clause_url,
    drafts_of,
    read_draft,
)
from consultations.pages.queries.tallies import Tally
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.standards.models import Wording
from consultations.threads.enums import CommentState
from consultations.threads.models import Comment
from consultations.threads.queries import (
    Thread,
    counts_by_wording,
    get_comment,
    thread_of,
    thread_page,
)


@dataclass(frozen=True)
class ThreadsPage:
    """A page of threads: on a clause, or (without one) on the consultation as a whole."""

    threads: Page
    tally: Tally
    clause: ClauseBlock | None = None
    component: ComponentBlock | None = None
    draft: ConsultationDraft | None = None

    @property
    def key(self) -> str:
        return self.clause.key if self.clause else "whole"


def clause_page(
    consultation: Consultation, label: str, asked: str | None, language: str, after: int | None
) -> ThreadsPage:
    drafts = drafts_of(consultation)
    draft = choose_draft(drafts, asked)
    if draft is None:
        raise Missing(_("This consultation has no draft."))
    counts = counts_by_wording(consultation)
    reading = read_draft(draft, drafts, counts, language)
    found = (
        (component, clause)
        for component in reading.components
        for clause in component.clauses
        if clause.words.label == label
    )
    component, clause = next(found, (None, None))
    if clause is None:
        raise Missing(_("This draft has no such clause."))
    add_marks([clause])
    threads = thread_page(consultation, clause.wording_ids, after=after)
    add_answers(threads.rows)
    return ThreadsPage(threads, clause.tally, clause, component, draft)


def general_page(consultation: Consultation, after: int | None) -> ThreadsPage:
    threads = thread_page(consultation, after=after)
    add_answers(threads.rows)
    return ThreadsPage(threads, Tally.of(counts_by_wording(consultation), [None]))


@dataclass(frozen=True)
class CommentPage:
    comment: Comment
    thread: Thread
    words_seen: SafeString | str
    label: str
    thread_url: str


def comment_page(consultation: Consultation, number: int) -> CommentPage:
    """The comment in its thread, below the words that its author saw."""
    comment = get_comment(consultation, number)
    thread = thread_of(comment)
    add_answers([thread])
    if comment.wording_id is None:
        return CommentPage(comment, thread, "", "", _general_url(consultation))
    label = comment.wording.placement.label
    drafts = drafts_of(consultation)
    revision = comment.wording.placement.revision_id
    draft = next(one for one in drafts if one.revision_id == revision)
    url = clause_url(draft, label, is_default=draft == choose_draft(drafts, None))
    return CommentPage(comment, thread, _words_seen(comment), label, url)


def _words_seen(comment: Comment) -> SafeString:
    html = Wording.objects.values_list("html", flat=True).get(pk=comment.wording_id)
    anchor = getattr(comment, "anchor", None)
    passages = [Passage(anchor.start, anchor.end)] if anchor and is_readable(comment) else []
    return mark_passages(html, passages, href=f"#m-{comment.number}")


def is_readable(comment: Comment) -> bool:
    """Whether its words may be shown and quoted: a tombstone has none."""
    return comment.state == CommentState.PUBLISHED and comment.erased_at is None


def _general_url(consultation: Consultation) -> str:
    return reverse("general", args=[consultation.slug])
