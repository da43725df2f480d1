"""Comments and clauses as HTML, kept ready: a page shows a hundred of them, and hardly one has
changed since the last reader came.

What a part looks like depends on the values in its key and on nothing else, so what is kept is
never out of date; it only gives way to newer parts.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from threading import Lock

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from consultations.outcomes.queries.answers import AnswerView
from consultations.threads.models import Comment
from consultations.threads.queries import Thread

MOST = 5000

_kept: OrderedDict[tuple, SafeString] = OrderedDict()
_lock = Lock()


def keep(key: tuple, make: Callable[[], SafeString]) -> SafeString:
    """The part with this key, made when it is not there."""
    key = (get_language(), *key)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    html = make()
    with _lock:
        _kept[key] = html
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return html


def comment_html(comment: Comment, answer: AnswerView | None) -> SafeString:
    """The comment with its answer, as everybody sees it."""
    context = {"comment": comment, "answer": answer}
    return keep(
        ("comment", *_comment_key(comment), _answer_key(answer) if answer else None),
        lambda: render_to_string("threads/_comment.html", context),
    )


def _comment_key(comment: Comment) -> Iterator:
    voice = comment.participant
    # Together no two comments share these: what was said never changes.
    yield from (comment.token, comment.fingerprint)
    yield from (comment.state, comment.hidden_rule, comment.hidden_note, comment.erased_at)
    yield from (voice.public_name, voice.affiliation, str(voice.post.title) if voice.post else "")


def _answer_key(answer: AnswerView) -> tuple:
    """A version's disposition and reason never change; these do."""
    return (
        answer.outcome_id,
        answer.answered,
        str(answer.post_title),
        str(answer.agency),
        *((words.before, words.after) for words in answer.words),
    )


def threads_key(threads: list[Thread]) -> tuple:
    """All that is shown of threads: the kept HTML of each comment, and how they hang together."""
    return tuple((one.html, one.has_more, threads_key(one.replies)) for one in threads)
