"""What viewers of a consultation are sent: rendered from the current state, the same for everybody.

A batch costs the same few queries, however long it is. The templates are the page's own.
"""

import json
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.html import format_html

from consultations.ledger.models import Entry
from consultations.ledger.queries import data_of
from consultations.live.registries import renderers, touches
from consultations.outcomes.queries.answers import answers_by_number, answers_for
from consultations.pages.queries.conversations import add_words
from consultations.pages.rendering import comment_html
from consultations.proceedings.models import Consultation
from consultations.threads.queries import comments_by_number, counts_by_wording


@renderers.register("comment.posted")
@renderers.register("comment.hidden")
@renderers.register("comment.shown")
@renderers.register("comment.erased")
def comment_fragments(entries: list[Entry], language: str) -> dict[int, str]:
    """The comment as it can be read now: one that was hidden since comes as its tombstone."""
    consultation = _consultation(entries)
    numbers = {entry.seq: data_of(entry)["number"] for entry in entries}
    comments = comments_by_number(consultation, set(numbers.values()))
    answers = answers_for(comments.values())
    add_words(comments.values())
    return {
        seq: comment_html(comments[number], answers.get(comments[number].pk))
        for seq, number in numbers.items()
        if number in comments
    }


@renderers.register("outcome.recorded")
@renderers.register("outcome.reverted")
def outcome_fragments(entries: list[Entry], language: str) -> dict[int, str]:
    """The answer once, for all the comments that the event's data names, and the figures of the
    clauses as they are now. An outcome that was taken back since has no answer to show."""
    consultation = _consultation(entries)
    numbers = {entry.seq: data_of(entry)["number"] for entry in entries}
    answers = answers_by_number(consultation, set(numbers.values()))
    counts = _counts(consultation)
    return {
        seq: (
            render_to_string("threads/_answer.html", {"answer": answers[number]})
            if number in answers
            else ""
        )
        + counts
        for seq, number in numbers.items()
    }


def _counts(consultation: Consultation) -> str:
    """{"12": [41, 20]}: by wording (empty: the whole) its comments, and the unanswered ones."""
    counts = {
        str(wording or ""): [count.total, count.unanswered]
        for wording, count in counts_by_wording(consultation).items()
    }
    return format_html('<data hidden data-new-counts="{}"></data>', json.dumps(counts))


@touches.register("outcome.recorded")
def what_it_answers(entry: Entry) -> Iterable[str]:
    """Its own earlier versions, and the comments, whose fragments hold the answer."""
    return (entry.subject, *(f"comment:{number}" for number in data_of(entry)["answers"]))


def _consultation(entries: list[Entry]) -> Consultation:
    """Entries of a batch are of one log."""
    return Consultation.objects.select_related("agency").get(log=entries[0].log_id)
