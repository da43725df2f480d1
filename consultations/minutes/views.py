from django.shortcuts import render

from consultations.ledger.heads import sign_head
from consultations.meetings.queries import get_meeting
from consultations.minutes.compose import compose
from consultations.proceedings.queries import get_consultation


def minutes(request, slug, number):
    """The official record of one session, composed afresh from the record."""
    consultation = get_consultation(slug, request.user)
    meeting = get_meeting(consultation, number)
    context = {
        "consultation": consultation,
        "meeting": meeting,
        "minutes": compose(meeting),
        "head": sign_head(consultation.log),
    }
    return render(request, "minutes/minutes.html", context)
