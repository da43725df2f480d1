"""Hiding a comment, taking that back, and appeals: each asks first, with the rule and a reason."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Missing
from consultations.kernel.rates import check_rate
from consultations.moderation import actions
from consultations.moderation.forms import AppealDecisionForm, AppealForm, HideForm
from consultations.moderation.queries.cases import newest_decision
from consultations.moderation.rules import (
    can_appeal,
    check_decide_appeal,
    check_hide,
    check_undo,
    is_author,
)
from consultations.moderation.views.loading import back_to_desk, load_comment, load_desk
from consultations.proceedings.queries import get_consultation


@never_cache
def hide(request, slug, number):
    consultation, at = load_desk(request, slug)
    comment = load_comment(consultation, number)
    check_hide(request.user, comment, at=at)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hide(actor=request.user, comment=comment, at=at, **form.cleaned_data)
        messages.success(
            request,
            _("%(comment)s is hidden. Its author has been told why, and how to appeal.")
            % {"comment": comment},
        )
        return back_to_desk(consultation, request.POST.get("back", ""))
    return _page(request, "moderation/hide.html", comment, form)


@never_cache
def undo_hiding(request, slug, number):
    consultation, at = load_desk(request, slug)
    comment = load_comment(consultation, number)
    check_undo(request.user, comment, at=at)
    if request.method == "POST":
        actions.undo_hiding(actor=request.user, comment=comment, at=at)
        messages.success(request, _("%(comment)s is shown again.") % {"comment": comment})
        return back_to_desk(consultation, request.POST.get("back", ""))
    return _page(request, "moderation/undo_hiding.html", comment, None)


@never_cache
def decide_appeal(request, slug, number):
    consultation, at = load_desk(request, slug)
    decision = newest_decision(consultation, number)
    appeal = getattr(decision, "appeal", None)
    if appeal is None:
        raise Missing(_("There is no appeal about this comment."))
    appeal.decision = decision
    check_decide_appeal(request.user, appeal, at=at)
    form = AppealDecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decide_appeal(actor=request.user, appeal=appeal, at=at, **form.cleaned_data)
        messages.success(request, _("The appeal is decided. Its author has been told."))
        return back_to_desk(consultation, request.POST.get("back", "state=appeals"))
    return _page(request, "moderation/decide_appeal.html", decision.comment, form, appeal=appeal)


@never_cache
@login_required
def appeal(request, slug, number):
    """The author's own page about a hidden comment: the reason, the appeal, how it ended."""
    at = timezone.now()
    consultation = get_consultation(slug, request.user)
    decision = newest_decision(consultation, number)
    if not is_author(request.user, decision.comment):
        raise Missing(_("This page is the author's alone."))
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        check_rate(request, "appeal")
        actions.file_appeal(actor=request.user, decision=decision, at=at, **form.cleaned_data)
        messages.success(
            request, _("Your appeal is filed. Somebody else than the first moderator decides it.")
        )
        return redirect("appeal", slug, number)
    return _page(
        request,
        "moderation/appeal.html",
        decision.comment,
        form,
        decision=decision,
        appeal=getattr(decision, "appeal", None),
        may_appeal=can_appeal(request.user, decision, at=at),
    )


def _page(request, template: str, comment, form, **more):
    context = {
        "consultation": comment.consultation,
        "comment": comment,
        "form": form,
        "back": request.POST.get("back") or request.GET.urlencode(),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, template, context | more, status=status)
