"""The desk: one screen with the queue, the comments and the form of an outcome."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.paging import after_of
from consultations.moderation.forms import FilterForm
from consultations.moderation.queries.desk import STATES, Desk, Filters, desk, matching
from consultations.moderation.rules import can_moderate, can_see_gates
from consultations.moderation.views.loading import load_desk
from consultations.moderation.views.outcome import new_pane
from consultations.outcomes.queries.editing import answerable_numbers
from consultations.outcomes.rules import can_record
from consultations.outcomes.selection import MOST, read_numbers
from consultations.threads.enums import Stance


@never_cache
def show_desk(request, slug):
    consultation, at = load_desk(request, slug)
    filters = FilterForm(request.GET).filters()
    language = get_language()
    found = desk(consultation, filters, language, after=after_of(request.GET.get("after")))
    may_answer = can_record(request.user, consultation, at=at)
    numbers = _selected(request, consultation, filters, found) if may_answer else []
    pane = new_pane(request, consultation, numbers) if numbers else None
    context = {
        "consultation": consultation,
        "desk": found,
        "filters": filters,
        "queue": [(line, "?" + filters.urlencode(clause=line.topic.key)) for line in found.queue],
        "all_clauses": "?" + filters.urlencode(clause=""),
        "states": _states(filters, found),
        "stances": [("", _("Any stance")), *Stance.choices],
        "selected": set(numbers),
        "may_answer": may_answer,
        "may_moderate": can_moderate(request.user, consultation, at=at),
        "may_see_gates": can_see_gates(request.user, consultation, at=at),
        "back": filters.urlencode(),
    }
    return render(request, "moderation/desk.html", context | (pane.context if pane else {}))


def _selected(request, consultation, filters: Filters, found: Desk) -> list[int]:
    """What is ticked, or everything that the filters let through."""
    if request.GET.get("all"):
        return answerable_numbers(matching(consultation, filters, found.topics))[:MOST]
    ticked = [*request.GET.getlist("select"), request.GET.get("comments", "")]
    return read_numbers(",".join(ticked))


def _states(filters: Filters, found: Desk) -> list[dict]:
    counts = {
        "unanswered": found.figures.unanswered,
        "answered": found.figures.answered,
        "appeals": found.appeals,
        "all": found.figures.total,
    }
    return [
        {
            "url": "?" + filters.urlencode(state=state),
            "label": label,
            "is_current": state == filters.state,
            "count": counts.get(state),
        }
        for state, label in STATES.items()
    ]
