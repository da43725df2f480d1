from uuid import uuid4

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations.kernel.serving import serve
from consultations.meetings.queries import get_meeting
from consultations.meetings.rules import can_run
from consultations.pages.queries.room import room_page
from consultations.pages.views.reading import fingerprint, live_config
from consultations.proceedings.queries import get_consultation
from consultations.proceedings.rules import can_comment
from consultations.threads.forms import CommentForm


@require_safe
def room(request, slug, number):
    """A live session for those who follow it: what is on the table, and what is said about it."""
    found, at = get_consultation(slug, request.user), timezone.now()
    meeting = get_meeting(found, number)

    def build():
        page = room_page(meeting)
        item = page.room.on_table
        may_write = bool(item and item.wording_id) and can_comment(request.user, found, at=at)
        initial = {"token": uuid4(), "wording": item.wording_id if item else None}
        context = {
            "consultation": found,
            "meeting": meeting,
            "room": page.room,
            "page": page,
            "wording": item.wording if item else None,
            "form": CommentForm(initial=initial) if may_write else None,
            "may_run": can_run(request.user, found, at=at),
            "live_config": live_config(request, found),
        }
        return render(request, "meetings/room.html", context)

    return serve(request, fingerprint(found, at), build)
