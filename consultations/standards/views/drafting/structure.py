"""Adding, moving, splitting, merging and removing clauses: a page for each, with its reason."""

from dataclasses import dataclass, field

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid, Refused
from consultations.kernel.forms import show_refusal
from consultations.standards import actions
from consultations.standards.actions import WordsChanged
from consultations.standards.actions.outlines import Outline
from consultations.standards.cutting import cut_at_paragraphs, cut_at_sentences, parts_of
from consultations.standards.diffing import merge_three_ways
from consultations.standards.forms.drafting import (
    AddForm,
    MergeForm,
    MoveForm,
    SeenForm,
    SplitForm,
)
from consultations.standards.models import Clause
from consultations.standards.queries.drafting import (
    ClauseInDraft,
    SiblingClause,
    clause_in_draft,
    clauses_to_merge,
    last_reason,
    spots,
)
from consultations.standards.views.drafting.loading import (
    Desk,
    keeping_typed,
    load_to_edit,
    the_clause,
)


@dataclass
class Page:
    """A page about one clause: what the form needs, and how it is answered."""

    desk: Desk
    found: ClauseInDraft
    template: str
    clash: WordsChanged | None = None
    refusal: Refused | None = None
    more: dict = field(default_factory=dict)

    @property
    def clause(self) -> Clause:
        return the_clause(self.desk, self.found.placement.clause_id)

    @property
    def initial(self) -> dict[str, str]:
        """The reason of the last edit, and what the words are now."""
        return last_reason(self.desk.draft, self.desk.user) | {"seen": self.found.first.digest}

    def edit(self, form) -> dict:
        """What all edits of a whole clause are called with."""
        return {
            "actor": self.desk.user,
            "revision": self.desk.draft,
            "at": self.desk.at,
            **form.why(),
        }

    def answer(self, form):
        status = self.refusal.status if self.refusal else 422 if form.errors else 200
        return self.desk.page(
            self.template,
            "document",
            status=status,
            form=form,
            found=self.found,
            label=self.found.placement.label,
            clause_id=self.found.placement.clause_id,
            words=self.found.first,
            clash=self.clash,
            refusal=self.refusal,
            **self.more,
        )

    def refused(self, form, refusal: Refused):
        """The form again with what was typed. Words that changed are shown, and their digest is
        the one that the form knows from now on."""
        if isinstance(refusal, WordsChanged):
            self.found = clause_in_draft(
                self.desk.draft, self.found.placement.clause_id, self.desk.user
            )
            self.clash, self.refusal = refusal, refusal
            data = form.data.copy()
            data["seen"] = refusal.theirs_digest
            form.data = data
        else:
            show_refusal(form, refusal)
        return self.answer(form)


def _open(request, agency, service, clause_id, template: str) -> Page:
    desk = load_to_edit(request, agency, service)
    return Page(desk, clause_in_draft(desk.draft, clause_id, request.user), template)


@never_cache
def add(request, agency, service):
    desk = load_to_edit(request, agency, service)
    initial = last_reason(desk.draft, request.user) | {"spot": request.GET.get("spot", "")}
    form = AddForm(request.POST or None, places=spots(desk.draft), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with keeping_typed(request):
                added = actions.insert_clause(
                    actor=request.user,
                    revision=desk.draft,
                    heading=form.cleaned_data["heading"],
                    body=form.cleaned_data["body"],
                    language=settings.LANGUAGE_CODE,
                    at=desk.at,
                    **_spot(desk, form.cleaned_data["spot"]),
                    **form.why(),
                )
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The clause is added to the draft."))
            return redirect(desk.url("draft_clause", added.clause_id) + "?added=1")
    status = 422 if form.errors else 200
    return desk.page("add", "document", status=status, form=form)


def _spot(desk: Desk, key: str) -> dict:
    """A place of the draft as the actions take it."""
    kind, number = key.split(":")
    components = desk.standard.component_set.components
    if kind == "start":
        return {"component": components.get(number=number), "position": 1}
    clause = the_clause(desk, int(number))
    placement = desk.draft.placements.filter(clause=clause).select_related("component").first()
    if placement is None:
        raise Invalid(_("That clause was removed meanwhile. Choose another place."), field="spot")
    where = "behind" if kind == "after" else "parent"
    return {"component": placement.component, where: clause}


@never_cache
def move(request, agency, service, clause_id):
    page = _open(request, agency, service, clause_id, "move")
    outline = Outline(page.desk.draft)
    here = outline.of_clause(clause_id)
    siblings, place = outline.siblings(here), outline.place_of(here)
    page.more = {"is_first": place == 1, "is_last": place == len(siblings)}
    places = spots(page.desk.draft, moving=page.clause)
    form = MoveForm(request.POST or None, places=places, initial=page.initial)
    if request.method != "POST" or not form.is_valid():
        return page.answer(form)
    try:
        spot = _step(form, here, place) or _spot(page.desk, form.cleaned_data["spot"])
        change = actions.move_clause(
            clause=page.clause,
            expected_digest=form.cleaned_data["seen"],
            **spot,
            **page.edit(form),
        )
    except (Conflict, Invalid) as refusal:
        return page.refused(form, refusal)
    messages.success(request, _("The clause is %s now.") % change.after)
    if form.cleaned_data["to"]:  # one more step may follow
        return page.desk.to("draft_move", clause_id)
    return page.desk.to("draft", anchor="c-" + change.after.replace(".", "-"))


def _step(form: MoveForm, here, place: int) -> dict | None:
    step = {"up": -1, "down": 1}.get(form.cleaned_data["to"])
    if step is None:
        return None
    parent = here.parent.clause if here.parent else None
    return {"component": here.component, "parent": parent, "position": max(1, place + step)}


@never_cache
def delete(request, agency, service, clause_id):
    page = _open(request, agency, service, clause_id, "delete")
    form = SeenForm(request.POST or None, initial=page.initial)
    if request.method != "POST" or not form.is_valid():
        return page.answer(form)
    label = page.found.placement.label
    try:
        actions.delete_clause(
            clause=page.clause, expected_digest=form.cleaned_data["seen"], **page.edit(form)
        )
    except (Conflict, Invalid) as refusal:
        return page.refused(form, refusal)
    messages.success(request, _("Clause %s is removed. It can be put back in the changes.") % label)
    return page.desk.to("draft")


@never_cache
def split(request, agency, service, clause_id):
    page = _open(request, agency, service, clause_id, "split")
    body = page.found.first.now.body if page.found.first.now else ""
    form = SplitForm(request.POST or None, initial=page.initial | {"text": body})
    if request.method != "POST":
        return page.answer(form)
    valid = form.is_valid()
    if cut := request.POST.get("cut"):
        text = request.POST.get("text", "")
        cutter = cut_at_sentences if cut == "sentences" else cut_at_paragraphs
        given = request.POST.dict() | {"text": cutter(text)}
        return page.answer(SplitForm(initial=given))
    if not valid:
        return page.answer(form)
    parts = parts_of(form.cleaned_data["text"])
    try:
        with keeping_typed(request):
            actions.split_clause(
                clause=page.clause,
                parts=parts,
                expected_digest=form.cleaned_data["seen"],
                **page.edit(form),
            )
    except WordsChanged as refusal:
        merge = merge_three_ways(refusal.base or "", refusal.theirs, form.cleaned_data["text"])
        form = SplitForm(request.POST.dict() | {"text": merge.with_mine})
        return page.refused(form, refusal)
    except (Conflict, Invalid) as refusal:
        return page.refused(form, refusal)
    messages.success(request, _("The clause is split into %d.") % len(parts))
    return page.desk.to("draft", anchor="c-" + page.found.placement.label.replace(".", "-"))


@never_cache
def merge(request, agency, service, clause_id):
    """Which clauses is chosen first, by the address; then their words are put together."""
    page = _open(request, agency, service, clause_id, "merge")
    siblings = clauses_to_merge(page.desk.draft, page.found.placement)
    wanted = {str(clause_id), *request.GET.getlist("with")}
    chosen = [each for each in siblings if str(each.clause_id) in wanted]
    page.more = {"siblings": siblings, "chosen": [each.clause_id for each in chosen]}
    form = _merge_form(page, chosen, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page.answer(form)
    try:
        with keeping_typed(request):
            change = actions.merge_clauses(
                clauses=[the_clause(page.desk, each.clause_id) for each in chosen],
                body=form.cleaned_data["body"],
                expected_digests=form.digests(),
                **page.edit(form),
            )
    except WordsChanged as refusal:
        page.refusal, page.clash = refusal, refusal
        return page.answer(_merged_anew(page, form, chosen, refusal))
    except (Conflict, Invalid) as refusal:
        show_refusal(form, refusal)
        return page.answer(form)
    messages.success(request, _("The clauses are merged into one."))
    return page.desk.to("draft_clause", change.clause_id)


def _merge_form(page: Page, chosen: list[SiblingClause], data=None) -> MergeForm:
    words = "\n\n".join(each.body for each in chosen if each.body)
    seen = {each.clause_id: each.digest for each in chosen}
    return MergeForm(data, seen=seen, initial=page.initial | {"body": words})


def _merged_anew(page: Page, form, chosen: list[SiblingClause], refusal: WordsChanged) -> MergeForm:
    """What the colleague changed in one of the clauses, put into the words of the merged one."""
    now = "\n\n".join(each.body for each in chosen if each.body)
    base = "\n\n".join(
        (refusal.base or "") if each.label == refusal.label else each.body for each in chosen
    )
    data = form.data.copy()
    data["body"] = merge_three_ways(base, now, form.cleaned_data["body"]).with_mine
    for each in chosen:
        data[f"seen_{each.clause_id}"] = each.digest
    return _merge_form(page, chosen, data)
