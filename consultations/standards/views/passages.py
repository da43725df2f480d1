"""Passages that standards share: the agency's list, one passage with who uses it, and the page on
which a clause takes its words or keeps its own."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid, Missing
from consultations.kernel.forms import show_refusal
from consultations.people.models import Agency
from consultations.people.queries import day_in
from consultations.standards import actions
from consultations.standards.actions import PassageChanged
from consultations.standards.forms.passages import (
    NewPassageForm,
    PassageVersionForm,
    TakeOverForm,
)
from consultations.standards.models import SharedPassage, SharedPassageVersion
from consultations.standards.queries.drafting import clause_in_draft, languages, last_reason
from consultations.standards.queries.passages import (
    components_of,
    get_agency,
    get_passage,
    offer_for,
    offered,
    passages_for,
    passages_of,
    users_of,
)
from consultations.standards.rules import can_edit, check_edit, check_see_drafts
from consultations.standards.views.drafting.loading import Desk, load_to_edit, the_clause


def _load(request, slug: str) -> tuple[Agency, bool, object]:
    at = timezone.now()
    agency = get_agency(slug)
    on = day_in(agency, at)
    check_see_drafts(request.user, agency, on=on)
    return agency, can_edit(request.user, agency, on=on), at


@never_cache
def passages(request, agency):
    found, may_edit, _at = _load(request, agency)
    context = {"agency": found, "may_edit": may_edit, "passages": passages_of(found)}
    return render(request, "standards/passages/list.html", context)


@never_cache
def add(request, agency):
    found, _may_edit, at = _load(request, agency)
    check_edit(request.user, found, on=day_in(found, at))
    form = NewPassageForm(request.POST or None, components=components_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_passage(
                actor=request.user,
                agency=found,
                component=form.component(),
                name=form.cleaned_data["name"],
                at=at,
                **form.texts(),
            )
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The passage is there. Clauses can use it now."))
            return redirect("passage", agency, made.pk)
    status = 422 if form.errors else 200
    context = {"agency": found, "form": form}
    return render(request, "standards/passages/new.html", context, status=status)


@never_cache
def passage(request, agency, passage_id):
    found, may_edit, at = _load(request, agency)
    shown = get_passage(found, passage_id)
    newest = actions.newest_version(shown)
    form = PassageVersionForm(request.POST or None, initial=_words_of(newest))
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            _revise(request, shown, form, at)
        except PassageChanged as changed:
            refusal, newest = changed, changed.newest
            form = PassageVersionForm(request.POST.dict() | {"number": newest.number})
        except (Conflict, Invalid) as invalid:
            show_refusal(form, invalid)
        else:
            messages.success(request, _("The new version is offered to every clause that uses it."))
            return redirect("passage", agency, passage_id)
    context = {
        "agency": found,
        "may_edit": may_edit,
        "passage": shown,
        "newest": newest,
        "versions": shown.versions.select_related("made_by").order_by("-number"),
        "users": users_of(shown, newest),
        "form": form,
        "refusal": refusal,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "standards/passages/passage.html", context, status=status)


def _words_of(version: SharedPassageVersion) -> dict:
    values = {f"heading_{code}": version.heading.get(code, "") for code in languages()}
    values |= {f"body_{code}": version.body.get(code, "") for code in languages()}
    return values | {"number": version.number}


def _revise(request, passage: SharedPassage, form: PassageVersionForm, at) -> None:
    actions.revise_passage(
        actor=request.user,
        passage=passage,
        reason=form.cleaned_data["reason"],
        expected_number=form.cleaned_data["number"],
        at=at,
        **form.texts(),
    )


@never_cache
def take(request, agency, service, clause_id):
    """A clause and the passage that it uses, or could use: take over, keep its own, or leave."""
    desk = load_to_edit(request, agency, service)
    found = clause_in_draft(desk.draft, clause_id, request.user)
    placement, offer = found.placement, offer_for(found.placement)
    if request.method == "POST" and offer and "keep" in request.POST:
        return _keep(desk, offer, clause_id)
    if request.method == "POST" and offer and "leave" in request.POST:
        actions.leave_passage(actor=request.user, use=offer.use, at=desk.at)
        messages.success(request, _("The clause has words of its own from now on."))
        return desk.to("draft_clause", clause_id)
    chosen = offer.use.passage if offer else _chosen(desk, placement)
    if chosen is None:
        possible = passages_for(placement, desk.standard.service.agency)
        return _page(desk, found, "passage_choose", possible=possible)
    newest = actions.newest_version(chosen)
    pieces = offered(placement, newest)
    form = TakeOverForm(
        request.POST or None,
        seen={piece.language: piece.digest for piece in pieces},
        initial=last_reason(desk.draft, request.user) | _reason_of(newest),
    )
    more = {"form": form, "passage": chosen, "newest": newest, "pieces": pieces, "offer": offer}
    if request.method == "POST" and form.is_valid():
        try:
            _take(desk, clause_id, chosen, form)
        except (Conflict, Invalid) as refusal:
            return _refused(desk, clause_id, form, refusal, more)
        messages.success(request, _("The clause has the words of the passage."))
        return desk.to("draft_clause", clause_id)
    return _page(desk, found, "passage_take", status=422 if form.errors else 200, **more)


def _reason_of(version: SharedPassageVersion) -> dict[str, str]:
    return {"reason": version.reason} if version.reason else {}


def _chosen(desk: Desk, placement) -> SharedPassage | None:
    wanted = desk.request.POST.get("passage") or desk.request.GET.get("passage") or ""
    if not wanted.isdecimal():
        return None
    possible = passages_for(placement, desk.standard.service.agency)
    found = possible.filter(pk=int(wanted)).select_related("agency__log").first()
    if found is None:
        raise Missing(_("This agency has no such passage for this component."))
    return found


def _take(desk: Desk, clause_id: int, passage: SharedPassage, form: TakeOverForm) -> None:
    actions.use_passage(
        actor=desk.user,
        revision=desk.draft,
        clause=the_clause(desk, clause_id),
        passage=passage,
        expected_digests=form.digests(),
        at=desk.at,
        **form.why(),
    )


def _keep(desk: Desk, offer, clause_id: int):
    actions.decline_version(actor=desk.user, use=offer.use, version=offer.newest, at=desk.at)
    messages.success(
        desk.request, _("The clause keeps its own words. The next version is offered again.")
    )
    return desk.to("draft_clause", clause_id)


def _refused(desk: Desk, clause_id: int, form: TakeOverForm, refusal, more: dict):
    """The page anew, with the words as they are now."""
    found = clause_in_draft(desk.draft, clause_id, desk.user)
    pieces = offered(found.placement, more["newest"])
    data = desk.request.POST.dict() | {f"seen_{p.language}": p.digest for p in pieces}
    anew = TakeOverForm(data, seen={p.language: p.digest for p in pieces})
    anew.is_valid()
    show_refusal(anew, refusal)
    return _page(
        desk,
        found,
        "passage_take",
        status=refusal.status,
        **more | {"form": anew, "pieces": pieces},
    )


def _page(desk: Desk, found, template: str, status: int = 200, **more):
    return desk.page(
        template,
        "document",
        status=status,
        found=found,
        label=found.placement.label,
        clause_id=found.placement.clause_id,
        words=found.first,
        **more,
    )
