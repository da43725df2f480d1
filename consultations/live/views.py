from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.kernel.errors import Refused
from consultations.ledger.queries import entries_after
from consultations.live.events import MOST_EVENTS, RESET, envelope, in_frames, make_events
from consultations.live.forms import read_query
from consultations.live.rooms import resolve, room_name
from consultations.live.rules import check_after, is_stale


def _json_refusals(view):
    """Only programs come here, whatever they accept."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            found = {"errors": refusal.errors, "code": refusal.code}
            return JsonResponse(found, status=refusal.status)

    return answer


@require_safe
@never_cache
@_json_refusals
def events(request, slug):
    """The same as the socket sends, for whoever has none: what happened after `after`."""
    wanted = read_query(request.GET)
    with override(wanted["lang"] or request.LANGUAGE_CODE):
        return _answer(request, slug, wanted)


def _answer(request, slug, wanted):
    log = resolve("consultation", slug, request.user)
    after = wanted["after"] or 0
    if is_stale(wanted["epoch"], log):
        return _text(RESET)
    check_after(after, log)
    if log.head_seq - after > MOST_EVENTS:
        return _text(RESET)
    entries = entries_after(log, after, wanted["limit"] or MOST_EVENTS)
    made = make_events(entries, wanted["lang"] or request.LANGUAGE_CODE)
    part = next(in_frames(made), [])
    return _text(envelope(room_name(log), log.epoch, log.head_seq, part))


def _text(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/json")
