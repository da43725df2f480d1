"""The form of an outcome: recording, revising, reverting; previews; what to do about conflicts."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.forms import show_refusal
from consultations.kernel.middleware import wants_json
from consultations.moderation.views.loading import back_to_desk, load_desk
from consultations.outcomes import actions
from consultations.outcomes.actions import Clash, WordsClash
from consultations.outcomes.forms import OutcomeForm, seen_field
from consultations.outcomes.models import Outcome
from consultations.outcomes.queries.answers import get_outcome
from consultations.outcomes.queries.editing import (
    Proposal,
    Selection,
    opened_words,
    posted_words,
    proposals,
    select_comments,
)
from consultations.outcomes.queries.words import ClauseWords
from consultations.outcomes.rules import AnsweredMeanwhile, check_current, check_record
from consultations.proceedings.models import Consultation
from consultations.standards.diffing import Merge, merge_three_ways


@dataclass(frozen=True)
class WordsBox:
    """The box for the words of one clause in one language, with what stands beside it."""

    words: ClauseWords
    form: OutcomeForm
    proposals: list[Proposal]
    clash: Clash | None = None
    merge: Merge | None = None

    @property
    def bound(self):
        return self.form[self.words.field]

    @property
    def seen(self):
        return self.form[seen_field(self.words)]

    @property
    def value(self) -> str:
        return (self.bound.value() or "").replace("\r\n", "\n")


@dataclass
class Pane:
    """The form with all that is shown around it."""

    form: OutcomeForm
    selection: Selection
    clashes: dict[str, Clash] = field(default_factory=dict)
    outcome: Outcome | None = None  # the version that is revised

    @property
    def boxes(self) -> list[WordsBox]:
        offered = proposals(self.selection.proposing, self.form.words)
        boxes = []
        for words in self.form.words:
            clash = self.clashes.get(words.field)
            merge = merge_three_ways(clash.base or "", clash.theirs, clash.mine) if clash else None
            mine = [each for each in offered if each.words.field == words.field]
            boxes.append(WordsBox(words, self.form, mine, clash, merge))
        return boxes

    @property
    def context(self) -> dict:
        return {
            "form": self.form,
            "boxes": self.boxes,
            "answering": self.selection.shown,
            "answering_count": len(self.selection),
            "answering_more": len(self.selection) - len(self.selection.shown),
            "outcome": self.outcome,
        }


def new_pane(request, consultation: Consultation, numbers: list[int]) -> Pane:
    """An empty form for these comments. The address may open more clauses (`words`), and name a
    comment whose proposal is taken over (`take`)."""
    selection = select_comments(consultation, numbers)
    words = opened_words(consultation, selection.clauses, fields=request.GET.getlist("words"))
    initial = {"comments": selection.text}
    for offered in proposals(selection.proposing, words):
        if str(offered.comment.number) == request.GET.get("take"):
            initial[offered.words.field] = offered.text
    return Pane(OutcomeForm(initial=initial, words=words), selection)


@never_cache
@require_POST
def record(request, slug):
    consultation, at = load_desk(request, slug)
    check_record(request.user, consultation, at=at)
    return _submit(request, consultation, None, at)


@never_cache
def revise(request, slug, number):
    consultation, at = load_desk(request, slug)
    check_record(request.user, consultation, at=at)
    outcome = get_outcome(consultation, number)
    check_current(outcome)
    if request.method == "POST":
        return _submit(request, consultation, outcome, at)
    answers = outcome.answers.filter(is_current=True)
    numbers = list(answers.values_list("comment__number", flat=True))
    selection = select_comments(consultation, numbers)
    initial = {
        "comments": selection.text,
        "disposition": outcome.disposition,
        "reason": outcome.reason,
    }
    words = opened_words(consultation, selection.clauses, fields=request.GET.getlist("words"))
    pane = Pane(OutcomeForm(initial=initial, words=words), selection, outcome=outcome)
    return _page(request, consultation, pane)


@never_cache
def revert(request, slug, number):
    consultation, at = load_desk(request, slug)
    check_record(request.user, consultation, at=at)
    outcome = get_outcome(consultation, number)
    check_current(outcome)
    if request.method == "POST":
        actions.revert_outcome(actor=request.user, outcome=outcome, at=at)
        messages.success(
            request, _("%(outcome)s is reverted. Its authors are told.") % {"outcome": outcome}
        )
        return back_to_desk(consultation, request.POST.get("back", ""))
    context = {
        "consultation": consultation,
        "outcome": outcome,
        "answered": outcome.answers.filter(is_current=True).count(),
    }
    return render(request, "moderation/revert.html", context)


@never_cache
@require_POST
def preview(request, slug):
    """The word diff of each box that was sent, as a piece of the page."""
    consultation, _at = load_desk(request, slug)
    words, _unknown = posted_words(consultation, request.POST)
    form = OutcomeForm(request.POST, words=words)
    boxes = [WordsBox(each, form, []) for each in words]
    return render(request, "moderation/_previews.html", {"boxes": boxes})


def _submit(request, consultation: Consultation, outcome: Outcome | None, at):
    words, unknown = posted_words(consultation, request.POST)
    form = OutcomeForm(request.POST, words=words)
    valid = form.is_valid()
    selection = select_comments(consultation, form.cleaned_data.get("comments", []))
    pane = Pane(form, selection, outcome=outcome)
    if "preview" in request.POST:
        return _page(request, consultation, pane)
    if unknown and not wants_json(request):
        message = _("These clauses do not stand in the draft any more: %s. Copy their words.")
        form.add_error(None, message % ", ".join(unknown))
        valid = False
    if not valid and not wants_json(request):
        return _page(request, consultation, pane, status=422)
    try:
        recorded = _act(request, consultation, pane, unknown, at)
    except (Conflict, Invalid) as refusal:
        if wants_json(request):
            raise
        return _refused(request, consultation, pane, refusal)
    messages.success(request, _recorded(recorded, len(selection)))
    # A long selection would make a long address; its draft is forgotten after its time instead.
    done = selection.text if len(selection.text) < 500 else ""
    return back_to_desk(consultation, request.POST.get("back", ""), recorded=done)


def _act(request, consultation: Consultation, pane: Pane, unknown: list[str], at) -> Outcome:
    if unknown:
        raise Invalid(_("This clause does not stand in the draft."), field=unknown[0])
    if not pane.form.is_valid():
        raise Invalid.of_form(pane.form)
    given = pane.form.cleaned_data
    if len(pane.selection) < len(given["comments"]):
        raise Invalid(_("Some of these comments are not of this consultation."), field="comments")
    decided = {
        "actor": request.user,
        "comments": pane.selection.comments,
        "disposition": given["disposition"],
        "reason": given["reason"],
        "changes": pane.form.changes(),
        "at": at,
    }
    if pane.outcome:
        return actions.revise_outcome(outcome=pane.outcome, **decided)
    return actions.record_outcome(consultation=consultation, **decided)


def _refused(request, consultation: Consultation, pane: Pane, refusal):
    """The form again, with what was typed: without the comments that somebody else has answered,
    or with the words of both, merged where they do not meet."""
    if isinstance(refusal, AnsweredMeanwhile):
        pane.selection = pane.selection.without(refusal.numbers)
        pane.form = _bound_anew(pane.form, {"comments": pane.selection.text})
    elif isinstance(refusal, WordsClash):
        pane.clashes = {clash.words.field: clash for clash in refusal.clashes}
        changed = {}
        for clash in refusal.clashes:
            changed[clash.words.field] = _both(clash)
            changed[seen_field(clash.words)] = clash.theirs_digest
        pane.form = _bound_anew(pane.form, changed)
    else:
        show_refusal(pane.form, refusal)
    context = {"refusal": refusal}
    return _page(request, consultation, pane, status=refusal.status, **context)


def _both(clash: Clash) -> str:
    """Everything that does not overlap from both; where it does, what the officer wrote. The page
    shows these places with all three versions, before anything is recorded."""
    merge = merge_three_ways(clash.base or "", clash.theirs, clash.mine)
    return "".join(
        region.mine if region.kind == "conflict" else region.text for region in merge.regions
    )


def _bound_anew(form: OutcomeForm, changed: dict[str, str]) -> OutcomeForm:
    data = form.data.copy()
    for name, value in changed.items():
        data[name] = value
    return OutcomeForm(data, words=form.words)


def _page(request, consultation: Consultation, pane: Pane, status: int = 200, **more):
    context = {
        "consultation": consultation,
        "back": request.POST.get("back", ""),
        "may_answer": True,
    }
    template = "moderation/outcome.html"
    return render(request, template, context | pane.context | more, status=status)


def _recorded(outcome: Outcome, answered: int) -> str:
    message = ngettext(
        "%(outcome)s is recorded. The author of %(count)d comment is told.",
        "%(outcome)s is recorded. The authors of %(count)d comments are told.",
        answered,
    )
    return message % {"outcome": outcome, "count": answered}
