"""The three gates of DESIGN §7 and closing: what is missing, or what will happen and a form."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Invalid, Missing
from consultations.kernel.forms import show_refusal
from consultations.kernel.middleware import wants_json
from consultations.moderation import actions
from consultations.moderation.forms import InForceForm, NextRoundForm
from consultations.moderation.rules import can_see_desk, check_see_gates
from consultations.proceedings import actions as proceedings
from consultations.proceedings.enums import Stage
from consultations.proceedings.gates import conclusion
from consultations.proceedings.models import Consultation, ConsultationDraft
from consultations.proceedings.queries import current_drafts, get_consultation
from consultations.proceedings.rules import can_conclude, can_prepare
from consultations.standards.enums import RevisionState
from consultations.standards.gates import Lack, coming_into_force, lacks, publication
from consultations.standards.models import Revision
from consultations.standards.queries import ClauseKind, changes_between, working_draft
from consultations.standards.rules import can_adopt

# Named in the form itself, so not missing before it is filled in.
_ASKED_HERE = {"is_finalised", "has_decree"}


@dataclass(frozen=True)
class Gate:
    """How a gate's page names itself, and what follows from passing it."""

    name: str
    title: str
    action: str
    consequences: list[str]
    may_act: bool


def _load(request, slug: str):
    at = timezone.now()
    consultation = get_consultation(slug, request.user)
    check_see_gates(request.user, consultation, at=at)
    return consultation, at


def _draft(request, consultation: Consultation) -> ConsultationDraft:
    """The draft that the address names by its position; most consultations have one."""
    drafts = current_drafts(consultation)
    wanted = request.GET.get("draft", "")
    found = [d for d in drafts if str(d.position) == wanted] if wanted else drafts[:1]
    if not found:
        raise Missing(_("This consultation has no such draft."))
    return found[0]


@never_cache
def close(request, slug):
    consultation, at = _load(request, slug)
    if request.method == "POST":
        proceedings.close_consultation(actor=request.user, consultation=consultation, at=at)
        messages.success(request, _("The consultation is closed for comments."))
        return redirect("conclude", slug)
    gate = Gate(
        "close",
        _("Close for comments"),
        _("Close for comments"),
        [
            _("Nobody can comment any more; what was said in the hall can still be entered."),
            _("Everything that has no official answer yet is answered until it is concluded."),
            _("The record says so, with the time."),
        ],
        can_prepare(request.user, consultation.agency, at=at),
    )
    missing = []
    if consultation.stage != Stage.OPEN:
        missing = [Lack(_("The consultation is not open."), consultation.get_absolute_url())]
    return _page(request, consultation, gate, missing)


@never_cache
def conclude(request, slug):
    consultation, at = _load(request, slug)
    missing = lacks(conclusion, consultation)
    if _passes(request, missing):
        proceedings.conclude_consultation(actor=request.user, consultation=consultation, at=at)
        messages.success(request, _("The consultation is concluded: everybody has an answer."))
        return redirect("outcomes", slug)
    gate = Gate(
        "conclude",
        _("Conclude the consultation"),
        _("Conclude"),
        [
            _("Outcomes can no longer be recorded, revised or reverted."),
            _("The response matrix stays as it is, for everybody to read."),
            _("The words of the working draft can be finalised and brought into force."),
        ],
        can_conclude(request.user, consultation, at=at),
    )
    return _page(request, consultation, gate, missing)


@never_cache
def next_round(request, slug):
    """Publishes the working draft as what is discussed from now on."""
    consultation, at = _load(request, slug)
    draft = _draft(request, consultation)
    working = working_draft(draft.revision.standard)
    missing = _missing_for_round(consultation, draft, working)
    form = NextRoundForm(request.POST or None, initial=_summary(draft))
    if _passes(request, missing) and form.is_valid():
        proceedings.replace_draft(actor=request.user, draft=draft, summary=form.summary(), at=at)
        messages.success(request, _("The next round is open, with the new words."))
        return redirect(consultation.get_absolute_url())
    gate = Gate(
        "next_round",
        _("Open a further round"),
        _("Publish the new draft"),
        [
            _("The working draft is published as revision %(number)d; its words are then fixed.")
            % {"number": working.number if working else draft.revision.number + 1},
            _("Everybody comments on the new words from now on."),
            _("The words before, their comments and their answers stay as they are."),
        ],
        can_prepare(request.user, consultation.agency, at=at),
    )
    return _page(request, consultation, gate, missing, form)


@never_cache
def in_force(request, slug):
    """Finalises and adopts what came of the consultation."""
    consultation, at = _load(request, slug)
    draft = _draft(request, consultation)
    revision = _to_adopt(draft)
    missing = _missing_for_force(revision)
    form = InForceForm(request.POST or None, initial={"effective_on": consultation.effective_on})
    if _passes(request, missing) and form.is_valid():
        try:
            actions.bring_into_force(
                actor=request.user, revision=revision, at=at, **form.cleaned_data
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The standard is adopted."))
            return redirect(revision)
    gate = Gate(
        "in_force",
        _("Bring into force"),
        _("Adopt"),
        [
            _("Revision %(number)d is finalised and adopted by this decree.")
            % {"number": revision.number},
            _("On the day named it takes the place of the revision in force."),
            _("Its words never change again; a later change makes a new revision."),
        ],
        can_adopt(request.user, revision.standard.service.agency, on=timezone.localdate(at)),
    )
    return _page(request, consultation, gate, missing, form)


def _passes(request, missing: list[Lack]) -> bool:
    """Whether to try. The action asks the gate again, under its lock; what closed it in between is
    a plain conflict then."""
    return request.method == "POST" and (not missing or wants_json(request))


def _missing_for_round(
    consultation: Consultation, draft: ConsultationDraft, working: Revision | None
) -> list[Lack]:
    desk = reverse("desk", args=[consultation.slug])
    if consultation.stage not in Stage.UNDER_WAY:
        return [Lack(_("The consultation is not under way."), consultation.get_absolute_url())]
    if working is None:
        return [Lack(_("No words have changed yet: there is no working draft."), desk)]
    changed = changes_between(draft.revision, working, get_language())
    if all(clause.kind == ClauseKind.SAME for clause in changed):
        return [
            Lack(_("The working draft has the same words as the draft under discussion."), desk)
        ]
    return lacks(publication, working)


def _to_adopt(draft: ConsultationDraft) -> Revision:
    """What has followed the newest draft, or that draft where nothing had to change."""
    standard = draft.revision.standard
    later = standard.revisions.filter(number__gt=draft.revision.number)
    found = later.order_by("number").first() or draft.revision
    found.standard = standard
    return found


def _missing_for_force(revision: Revision) -> list[Lack]:
    if revision.state == RevisionState.ADOPTED:
        return [Lack(_("This revision is adopted already."), revision.get_absolute_url())]
    found = lacks(publication, revision) if revision.published_at is None else []
    for name, check in coming_into_force.items():
        if name not in _ASKED_HERE:
            found += [lack for lack in check(revision) if lack not in found]
    return found


def _summary(draft: ConsultationDraft) -> dict[str, str]:
    return {f"summary_{language}": text for language, text in draft.revision.summary.items()}


def _page(request, consultation, gate: Gate, missing: list[Lack], form=None):
    context = {
        "consultation": consultation,
        "gate": gate,
        "lacks": missing,
        "form": form,
        "may_see_desk": can_see_desk(request.user, consultation, at=timezone.now()),
    }
    status = 200
    if request.method == "POST":
        status = 409 if missing else 422
    return render(request, "moderation/gate.html", context, status=status)
