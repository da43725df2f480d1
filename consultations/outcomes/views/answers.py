"""Public pages: the response matrix, one outcome with all it answers, what changed and why."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.kernel.paging import after_of, page
from consultations.outcomes.forms import MatrixForm
from consultations.outcomes.models import Outcome
from consultations.outcomes.queries.answers import get_outcome, views_of
from consultations.outcomes.queries.comparison import Step, compare, steps_of
from consultations.outcomes.queries.matrix import UNANSWERED, Matrix, choices, matrix
from consultations.outcomes.queries.progress import topics_by_wording
from consultations.outcomes.rules import can_answer, can_record, can_view_outcome
from consultations.people.queries import day_in
from consultations.proceedings.queries import get_consultation
from consultations.proceedings.rules import is_staff
from consultations.threads.enums import CommentState


def outcomes(request, slug):
    """The response matrix, public while it fills."""
    consultation = get_consultation(slug, request.user)
    asked = MatrixForm(request.GET).asked()
    found = matrix(consultation, get_language(), after=after_of(request.GET.get("after")), **asked)
    context = {
        "consultation": consultation,
        "matrix": found,
        "filters": _filters(found, asked),
        "clause": asked["clause"],
        "disposition": asked["disposition"],
        "may_answer": can_answer(request.user, consultation, at=timezone.now()),
    }
    return render(request, "outcomes/matrix.html", context)


def _filters(found: Matrix, asked: dict[str, str]) -> list[dict]:
    names = {"": _("All"), UNANSWERED: _("Unanswered")}
    kept = f"&clause={asked['clause']}" if asked["clause"] else ""
    return [
        {
            "url": f"?disposition={choice.value}{kept}",
            "label": names.get(choice.value, choice.label),
            "is_current": choice.value == asked["disposition"],
            "count": choice.count,
        }
        for choice in choices(found)
    ]


def outcome(request, slug, number):
    """One answer with every comment behind it, and its earlier versions."""
    consultation, at = get_consultation(slug, request.user), timezone.now()
    newest = get_outcome(consultation, number)
    if not can_view_outcome(request.user, newest, at=at):
        raise Missing(_("There is no such outcome."))
    versions = list(consultation.outcomes.filter(number=number).order_by("-version"))
    comments = consultation.comments.filter(
        answers__outcome=newest, state=CommentState.PUBLISHED
    ).select_related("participant")
    [answer] = views_of(Outcome.objects.filter(pk=newest.pk))
    context = {
        "consultation": consultation,
        "outcome": newest,
        "answer": answer,
        "earlier": versions[1:],
        "comments": page(comments, after=after_of(request.GET.get("after")), size=50),
        "topics": topics_by_wording(consultation, get_language()),
        "may_record": can_record(request.user, consultation, at=at) and newest.is_current,
    }
    return render(request, "outcomes/outcome.html", context)


def changes(request, slug):
    """From revision to revision: every changed passage answers "why?"."""
    consultation, at = get_consultation(slug, request.user), timezone.now()
    on = day_in(consultation.agency, at)
    sees_drafts = is_staff(request.user, consultation, on=on)
    steps = steps_of(consultation, on=on)
    step = _chosen(request, steps)
    found = compare(consultation, step, get_language(), sees_drafts=sees_drafts) if step else None
    side_by_side = request.GET.get("view") == "side"
    context = {
        "consultation": consultation,
        "steps": [_step_choice(each, each is step, side_by_side) for each in steps],
        "step": step,
        "comparison": found,
        "is_staff": sees_drafts,
        "side_by_side": side_by_side,
        "matrix_url": reverse("outcomes", args=[slug]),
    }
    return render(request, "outcomes/changes.html", context)


def _chosen(request, steps: list[Step]) -> Step | None:
    """The step that the address names by its later revision; else the newest."""
    wanted = request.GET.get("to", "")
    named = [step for step in steps if str(step.new.pk) == wanted]
    return (named or steps[-1:] or [None])[0]


def _step_choice(step: Step, is_current: bool, side_by_side: bool) -> dict:
    names = {"old": step.old.number, "new": step.new.number}
    label = _("Revision %(old)d to the working draft") if step.is_working else None
    return {
        "url": f"?to={step.new.pk}" + ("&view=side" if side_by_side else ""),
        "label": (label or _("Revision %(old)d to %(new)d")) % names,
        "is_current": is_current,
    }
