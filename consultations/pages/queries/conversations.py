"""Threads made complete for showing: with the official answers, and the words that proposals are
compared with."""

from collections.abc import Iterable

from consultations.outcomes.queries.answers import answers_for
from consultations.pages.rendering import comment_html
from consultations.standards.models import Wording
from consultations.threads.models import Comment
from consultations.threads.queries import Thread
from consultations.threads.queries.threads import every


def add_answers(threads: Iterable[Thread]) -> None:
    """The same few queries, however many threads."""
    flat = every(threads)
    comments = [one.comment for one in flat]
    answers = answers_for(comments)
    for one in flat:
        one.answer = answers.get(one.comment.pk)
    add_words(comments)
    for one in flat:
        one.html = comment_html(one.comment, one.answer)


def add_words(comments: Iterable[Comment]) -> None:
    """Proposals on a whole clause are shown beside its words, which are not loaded otherwise."""
    proposals = [
        comment
        for comment in comments
        if comment.proposed_text and comment.wording_id and not hasattr(comment, "anchor")
    ]
    if not proposals:
        return
    wordings = {comment.wording_id for comment in proposals}
    plain = dict(Wording.objects.filter(pk__in=wordings).values_list("pk", "plain"))
    for comment in proposals:
        comment.wording.plain = plain[comment.wording_id]
