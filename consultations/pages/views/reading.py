from uuid import uuid4

from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.kernel.paging import after_of
from consultations.kernel.serving import serve
from consultations.moderation.rules import can_see_desk
from consultations.pages.current import current_page
from consultations.pages.queries.clauses import clause_page, comment_page, general_page, is_readable
from consultations.pages.script_words import page_words
from consultations.pages.timetable import deadline_in_words, local_day, remaining, timetable
from consultations.proceedings.models import Consultation
from consultations.proceedings.queries import get_consultation
from consultations.proceedings.rules import can_comment
from consultations.threads.forms import CommentForm


@require_safe
def consultation(request, slug):
    found, at = get_consultation(slug, request.user), timezone.now()

    def build():
        takes_comments = remaining(found, at).is_open
        page = current_page(found, request.GET.get("draft"), takes_comments=takes_comments)
        draft = page.reading.draft if page.reading else None
        context = _context(request, found, at) | {
            "page": page,
            "summary": str(draft.revision.summary if draft else found.purpose),
            "remaining": remaining(found, at),
            "steps": timetable(found, page.meetings, at),
        }
        return render(request, "pages/consultation.html", context)

    return serve(request, fingerprint(found, at), build)


@require_safe
def clause(request, slug, label):
    """All threads of one clause, page by page."""
    found, at = get_consultation(slug, request.user), timezone.now()

    def build():
        after = after_of(request.GET.get("after"))
        page = clause_page(found, label, request.GET.get("draft"), get_language(), after)
        title = _("Clause %(label)s") % {"label": label}
        context = _context(request, found, at, wording=page.clause.words.wording_id)
        return _threads(request, page, title, context)

    return serve(request, fingerprint(found, at), build)


@require_safe
def general(request, slug):
    """All threads on the consultation as a whole."""
    found, at = get_consultation(slug, request.user), timezone.now()

    def build():
        page = general_page(found, after_of(request.GET.get("after")))
        title = _("On the consultation as a whole")
        return _threads(request, page, title, _context(request, found, at))

    return serve(request, fingerprint(found, at), build)


def _threads(request, page, title, context):
    draft_url = reverse("consultation", args=[context["consultation"].slug])
    context |= {
        "page_title": title,
        "threads": page.threads,
        "tally": page.tally,
        "clause": page.clause,
        "component": page.component,
        "draft": page.draft,
        "draft_url": draft_url,
        "key": page.key,
    }
    return render(request, "pages/clause.html", context)


@require_safe
def comment(request, slug, number):
    """The permanent address of a comment."""
    found, at = get_consultation(slug, request.user), timezone.now()

    def build():
        page = comment_page(found, number)
        readable = is_readable(page.comment)
        sentence = Truncator(page.comment.body).words(40) if readable else str(page.comment)
        context = {
            "consultation": found,
            "comment": page.comment,
            "thread": page.thread,
            "words_seen": page.words_seen,
            "label": page.label,
            "thread_url": page.thread_url,
            "og_sentence": sentence,
            "og_deadline": deadline_in_words(found, at),
        }
        return render(request, "pages/comment.html", context)

    return serve(request, fingerprint(found, at), build)


def fingerprint(found: Consultation, at) -> tuple:
    """The record says all that can be seen but the day and whether the deadline has passed."""
    log, is_over = found.log, at > found.closes_at
    return log.pk, log.epoch, log.head_seq, log.head_hash, local_day(found, at), is_over


def _context(request: HttpRequest, found: Consultation, at, wording: int | None = None) -> dict:
    """What the reading pages share: the form for who may write, the address of the live room."""
    takes_comments = remaining(found, at).is_open
    may_write = can_comment(request.user, found, at=at)
    initial = {"token": uuid4(), "wording": wording}
    return {
        "consultation": found,
        "takes_comments": takes_comments,
        "form": CommentForm(initial=initial) if may_write else None,
        "may_see_desk": can_see_desk(request.user, found, at=at),
        "live_config": live_config(request, found),
        "page_words": page_words(),
        # The script puts the number of the session in.
        "session_url": reverse("meeting", args=[found.slug, 0]),
    }


def live_config(request: HttpRequest, found: Consultation) -> dict:
    """Data for the script. Only for who is signed in does it say anything about the reader."""
    voice = None
    if request.user.is_authenticated:
        voices = found.participants.filter(user=request.user).values_list("number", flat=True)
        voice = voices.first()
    return {
        "slug": found.slug,
        "epoch": found.log.epoch,
        "after": found.log.head_seq,
        "lang": get_language(),
        "voice": voice,
        "compose": reverse("compose", args=[found.slug]),
    }
