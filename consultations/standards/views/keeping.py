"""A standard that is in force: looking at it again, and withdrawing it."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.forms import show_refusal
from consultations.standards import actions, queries
from consultations.standards.enums import ReviewResult, RevisionState
from consultations.standards.forms.keeping import ReviewForm, WithdrawForm
from consultations.standards.gates import Gate, GateClosed, Lack, lacks, withdrawal
from consultations.standards.models import Revision, Standard
from consultations.standards.queries.keeping import review_state
from consultations.standards.queries.legal import legal_advice
from consultations.standards.queries.reviewing import figures_since
from consultations.standards.rules import can_review, can_withdraw
from consultations.standards.views.desk.loading import Desk, load_desk, url_if_there

# What is withdrawn is published and not over; the last word has the action.
_WITHDRAWABLE = {RevisionState.CONSULTED, RevisionState.FINALISED, RevisionState.ADOPTED}


@never_cache
def review(request, agency: str, service: str):
    """Three minutes: what holds, what happened since, a note, and one of two buttons."""
    loaded = load_desk(request, agency)
    standard = queries.get_standard(agency, service)
    holds = queries.revision_in_force(standard, on=loaded.on)
    if holds is None:
        raise Conflict(_("Nothing of this standard is in force, so there is nothing to review."))
    holds.standard = standard
    form = ReviewForm(request.POST or None, initial={"reviewed_on": loaded.on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_review(
                actor=request.user, standard=standard, at=loaded.at, **form.cleaned_data
            )
        except (Invalid, Conflict) as refusal:
            show_refusal(form, refusal)
        else:
            return _reviewed(loaded, standard, form.cleaned_data["result"])
    return _review_page(loaded, standard, holds, form)


def _reviewed(loaded: Desk, standard: Standard, result: str):
    slugs = [loaded.agency.slug, standard.service.slug]
    messages.success(loaded.request, _("The review is recorded, and the next one has its day."))
    if result == ReviewResult.CHANGE:
        name = "draft" if queries.working_draft(standard) else "draft_start"
        if url := url_if_there(name, *slugs):
            return redirect(url)
    return redirect(reverse("review_standard", args=slugs))


def _review_page(loaded: Desk, standard: Standard, holds: Revision, form: ReviewForm):
    state = review_state(standard, loaded.on)
    since = max(filter(None, [holds.effective_on, state.last and state.last.reviewed_on]))
    return loaded.page(
        "keeping/review",
        standard=standard,
        revision=holds,
        document=queries.revision_document(holds, get_language()),
        state=state,
        since=since,
        figures=figures_since(standard, since),
        advice=legal_advice(holds, today=loaded.on),
        reviews=standard.reviews.select_related("post", "revision"),
        may_review=can_review(loaded.user, loaded.agency, on=loaded.on),
        form=form,
        status=422 if form.errors else 200,
    )


@never_cache
def withdraw(request, agency: str, service: str, number: int):
    loaded = load_desk(request, agency)
    standard = queries.get_standard(agency, service)
    revision = queries.get_revision(standard, number, with_drafts=False)
    missing = _missing(revision)
    form = WithdrawForm(request.POST or None, initial={"withdrawn_on": loaded.on})
    if request.method == "POST" and not missing and form.is_valid():
        try:
            actions.withdraw_revision(
                actor=request.user, revision=revision, at=loaded.at, **form.cleaned_data
            )
        except GateClosed as refusal:
            missing = refusal.lacks
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The revision is withdrawn."))
            return redirect(revision)
    gate = Gate(
        "withdraw",
        _("Withdraw revision %(number)d") % {"number": revision.number},
        _("Withdraw"),
        _consequences(revision, loaded.on),
        can_withdraw(request.user, revision, on=loaded.on),
    )
    status = 409 if missing and request.method == "POST" else 422 if form.errors else 200
    context = {"standard": standard, "revision": revision, "gate": gate, "lacks": missing}
    return loaded.page("keeping/withdraw", form=form, status=status, **context)


def _missing(revision: Revision) -> list[Lack]:
    if revision.state in _WITHDRAWABLE:
        return lacks(withdrawal, revision)
    state = {"state": revision.get_state_display()}
    message = _("It cannot be withdrawn any more; it is: %(state)s.") % state
    return [Lack(message, revision.get_absolute_url())]


def _consequences(revision: Revision, on: date) -> list[str]:
    always = [
        _("Its words and its comments stay where they are, marked as withdrawn, with the reason."),
        _("The record says so, with the day."),
    ]
    if revision.state != RevisionState.ADOPTED:
        return [_("It will not come into force. It is withdrawn today."), *always]
    ending = _("From the day that you name nobody can rely on it any more.")
    before = queries.held_before(revision)
    if before is None or revision.effective_on <= on:
        after = _("Nothing is in force afterwards, until another revision is adopted.")
        return [ending, after, *always]
    words = {"day": dateformat.format(revision.effective_on, "j F Y"), "number": before.number}
    upheld = _(
        "Withdrawn by %(day)s at the latest, it never comes into force, and revision %(number)d "
        "goes on holding."
    )
    return [ending, upheld % words, *always]
