"""The running board: one screen for whoever runs a session, everything one key or one press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.kernel.errors import Missing, Refused
from consultations.kernel.forms import check
from consultations.meetings import actions
from consultations.meetings.enums import MeetingState
from consultations.meetings.forms import AgreementForm, AttendanceForm
from consultations.meetings.queries import attendance_by_unsur, get_meeting, room
from consultations.meetings.rules import check_run
from consultations.proceedings.queries import get_consultation


def _load(request, slug: str, number: int):
    consultation = get_consultation(slug, request.user)
    check_run(request.user, consultation, at=timezone.now())
    return get_meeting(consultation, number)


def _board(request, meeting, *, agreement_form=None, attendance_form=None, status=200):
    running = room(meeting)
    item = running.on_table
    agreement = getattr(item, "agreement", None)
    initial = {"sentence": agreement.sentence} if agreement else {}
    context = {
        "consultation": meeting.consultation,
        "room": running,
        "meeting": meeting,
        "is_open": meeting.state == MeetingState.OPEN,
        "agreement": agreement,
        "agreement_form": agreement_form or AgreementForm(initial=initial),
        "attendance_form": attendance_form or AttendanceForm(),
        "attendance": attendance_by_unsur(meeting),
        "live_config": {
            "slug": meeting.consultation.slug,
            "epoch": meeting.consultation.log.epoch,
            "after": meeting.consultation.log.head_seq,
        },
    }
    return render(request, "meetings/run.html", context, status=status)


@never_cache
@login_required
def run(request, slug, number):
    return _board(request, _load(request, slug, number))


def _back(slug: str, number: int) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("run_meeting", args=[slug, number]))


@login_required
@require_POST
def turn(request, slug, number):
    """Opens or closes the session. Closing asks on the page, by a box to tick."""
    meeting = _load(request, slug, number)
    if request.POST.get("state") == MeetingState.OPEN:
        actions.open_meeting(actor=request.user, meeting=meeting, at=timezone.now())
    elif request.POST.get("confirmed"):
        actions.close_meeting(actor=request.user, meeting=meeting, at=timezone.now())
        messages.success(request, _("The session has ended. The minutes are ready to be read."))
    else:
        messages.warning(request, _("Tick the box to end the session."))
    return _back(slug, number)


def _item(meeting, position: str):
    found = meeting.items.filter(position=position).first() if position.isdigit() else None
    if found is None:
        raise Missing(_("There is no such item on the agenda."))
    found.meeting = meeting
    return found


@login_required
@require_POST
def put_on_table(request, slug, number):
    meeting = _load(request, slug, number)
    item = _item(meeting, request.POST.get("position", ""))
    actions.put_on_table(actor=request.user, item=item, at=timezone.now())
    return _back(slug, number)


@login_required
@require_POST
def agree(request, slug, number):
    """Records what the room agreed on the item that the moderator had before them."""
    meeting = _load(request, slug, number)
    form = AgreementForm(request.POST)
    item = _item(meeting, request.POST.get("position", ""))
    try:
        agreed = check(form)
        actions.record_agreement(actor=request.user, item=item, at=timezone.now(), **agreed)
    except Refused as refusal:
        if refusal.status != 422:
            raise
        for field, sentences in refusal.errors.items():
            if field in form.fields and not form.has_error(field):
                form.add_error(field, sentences)
        return _board(request, meeting, agreement_form=form, status=422)
    return _back(slug, number)


@login_required
@require_POST
def attend(request, slug, number):
    meeting = _load(request, slug, number)
    form = AttendanceForm(request.POST)
    if not form.is_valid():
        return _board(request, meeting, attendance_form=form, status=422)
    actions.record_attendance(
        actor=request.user, meeting=meeting, at=timezone.now(), **form.cleaned_data
    )
    return _back(slug, number)
