"""What a clause promises in figures: the kind is chosen first, then stated in fields of its own."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.forms import show_refusal
from consultations.standards import actions
from consultations.standards.actions import TargetChanged
from consultations.standards.digests import digest_target
from consultations.standards.forms.drafting import SeenForm
from consultations.standards.queries.drafting import clause_in_draft, last_reason
from consultations.standards.targets import kinds
from consultations.standards.targets.forms import FORMS, TargetForm, form_for
from consultations.standards.views.drafting.loading import Desk, load_to_edit, the_clause

# What the components of a service standard promise, where it can be told; by their keys.
_USUAL = {
    "requirements": "requirements",
    "processing-time": "time",
    "time": "time",
    "fee": "fee",
    "output": "product",
    "complaints": "channels",
    "legal-basis": "citations",
    "number-of-staff": "staff",
}


@never_cache
def figures(request, agency, service, clause_id):
    desk = load_to_edit(request, agency, service)
    found = clause_in_draft(desk.draft, clause_id, request.user)
    present = found.placement.target
    kind = _kind(request, present, found.placement.component.key)
    target = form_for(kind, request.POST or None, initial=present)
    seen = {"seen": digest_target(present)}
    why = SeenForm(request.POST or None, initial=last_reason(desk.draft, request.user) | seen)
    if request.method != "POST":
        return _page(desk, found, target, why)
    if target.asks_for_rows:
        return _page(desk, found, target, SeenForm(initial=request.POST.dict()))
    removes = "remove" in request.POST
    if not why.is_valid() or not (removes or target.is_valid()):
        return _page(desk, found, target, why, status=422)
    try:
        _state(desk, clause_id, None if removes else target.target, why)
    except TargetChanged as refusal:
        return _changed(desk, clause_id, target, refusal)
    except (Conflict, Invalid) as refusal:
        show_refusal(why, refusal)
        return _page(desk, found, target, why, status=refusal.status)
    messages.success(request, _("The figures are saved in the draft."))
    return desk.to("draft_clause", clause_id, anchor="figures")


def _kind(request, present: dict | None, component: str) -> str:
    asked = request.POST.get("kind") or request.GET.get("kind") or ""
    usual = (present or {}).get("kind") or _USUAL.get(component, "")
    return next((kind for kind in (asked, usual) if kind in FORMS), next(iter(FORMS)))


def _state(desk: Desk, clause_id: int, target: dict | None, why: SeenForm) -> None:
    actions.set_target(
        actor=desk.user,
        revision=desk.draft,
        clause=the_clause(desk, clause_id),
        target=target,
        expected_digest=why.cleaned_data["seen"],
        at=desk.at,
        **why.why(),
    )


def _changed(desk: Desk, clause_id: int, target: TargetForm, refusal: TargetChanged):
    """What was typed stays in its fields, beside the figures as they are now."""
    found = clause_in_draft(desk.draft, clause_id, desk.user)
    now = {"seen": digest_target(found.placement.target)}
    why = SeenForm(desk.request.POST.dict() | now)
    return _page(desk, found, target, why, status=refusal.status, refusal=refusal)


def _page(desk: Desk, found, target: TargetForm, why: SeenForm, status: int = 200, **more):
    return desk.page(
        "figures",
        "document",
        status=status,
        found=found,
        label=found.placement.label,
        clause_id=found.placement.clause_id,
        words=found.first,
        present=found.placement.target,
        target=target,
        form=why,
        kinds=[(kind, kinds[kind].label) for kind in FORMS],
        **more,
    )
