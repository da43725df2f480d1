"""One clause of the draft: its words in all languages, what they were, what was typed and not
saved, and what to do when a colleague was quicker."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.kernel.errors import Invalid
from consultations.kernel.forms import check, show_refusal
from consultations.kernel.middleware import wants_json
from consultations.kernel.rates import check_rate
from consultations.richtext.rendering import Rendered, render_words
from consultations.standards import actions
from consultations.standards.actions import WordsChanged, WordsClash
from consultations.standards.assisting import Advice, Adviser
from consultations.standards.diffing import Merge, merge_three_ways
from consultations.standards.forms.drafting import ClauseForm, KeepForm
from consultations.standards.queries.drafting import (
    ClauseInDraft,
    LanguageWords,
    clause_in_draft,
    draft_document,
    last_reason,
)
from consultations.standards.queries.passages import offer_for
from consultations.standards.views.drafting.loading import (
    Desk,
    keeping_typed,
    load_draft,
    load_to_edit,
    reader_language,
    the_clause,
)


@dataclass(frozen=True)
class WordsBox:
    """The fields of one language, with all that stands beside them."""

    words: LanguageWords
    label: str
    form: ClauseForm
    adviser: Adviser
    clash: WordsChanged | None = None

    @property
    def language(self) -> str:
        return self.words.language

    @property
    def heading(self):
        return self.form[f"heading_{self.language}"]

    @property
    def body(self):
        return self.form[f"body_{self.language}"]

    @property
    def seen(self):
        return self.form[f"seen_{self.language}"]

    @property
    def typed(self) -> Rendered:
        """What stands in the box, as it will read."""
        return render_words((self.body.value() or "").replace("\r\n", "\n"))

    @property
    def typed_text(self) -> str:
        return _text(self.heading.value() or "", self.typed.plain)

    @property
    def base_text(self) -> str:
        base = self.words.base
        return _text(base.heading, base.plain) if base else ""

    @property
    def merge(self) -> Merge | None:
        if self.clash is None:
            return None
        return merge_three_ways(self.clash.base or "", self.clash.theirs, self.clash.mine)

    @property
    def advice(self) -> list[Advice]:
        return self.adviser.advice_for(self.typed.plain, self.language)


def _text(heading: str, plain: str) -> str:
    return f"{heading}\n{plain}" if heading else plain


@never_cache
def clause(request, agency, service, clause_id):
    if request.method == "POST":
        desk = load_to_edit(request, agency, service)
        return _submit(desk, clause_in_draft(desk.draft, clause_id, request.user))
    desk = load_draft(request, agency, service)
    found = clause_in_draft(desk.draft, clause_id, request.user)
    if "use" in request.GET:
        return _use_unsaved(desk, found)
    form = ClauseForm(words=found.languages, initial=last_reason(desk.draft, request.user))
    return _page(desk, found, form)


def _submit(desk: Desk, found: ClauseInDraft):
    form = ClauseForm(desk.request.POST, words=found.languages)
    if "preview" in desk.request.POST:
        form.is_valid()
        return _page(desk, found, form)
    if not form.is_valid():
        return _page(desk, found, form, status=422)
    try:
        with keeping_typed(desk.request):
            actions.edit_clause(
                actor=desk.user,
                revision=desk.draft,
                clause=the_clause(desk, found.placement.clause_id),
                words=form.new_words(),
                at=desk.at,
                **form.why(),
            )
    except WordsClash as refusal:
        return _clash(desk, found, form, refusal)
    except Invalid as refusal:
        show_refusal(form, refusal)
        return _page(desk, found, form, status=refusal.status)
    messages.success(desk.request, _("Clause %s is saved in the draft.") % found.placement.label)
    if "next" in desk.request.POST and found.next:
        return desk.to("draft_clause", found.next.clause_id)
    return desk.to("draft_clause", found.placement.clause_id)


def _clash(desk: Desk, found: ClauseInDraft, form: ClauseForm, refusal: WordsClash):
    """The form again, with both changes in the box, to be looked at and sent once more."""
    found = clause_in_draft(desk.draft, found.placement.clause_id, desk.user)
    data = form.data.copy()
    for language, clash in refusal.clashes.items():
        merge = merge_three_ways(clash.base or "", clash.theirs, clash.mine)
        data[f"heading_{language}"] = _heading(clash)
        data[f"body_{language}"] = merge.with_mine
        data[f"seen_{language}"] = clash.theirs_digest
    anew = ClauseForm(data, words=found.languages)
    return _page(desk, found, anew, status=refusal.status, clashes=refusal.clashes, refusal=refusal)


def _heading(clash: WordsChanged) -> str:
    """Mine where I changed it, otherwise theirs."""
    mine = clash.mine_heading or ""
    return clash.theirs_heading if mine == clash.base_heading else mine


def _use_unsaved(desk: Desk, found: ClauseInDraft):
    """What was typed comes back into its boxes. If the words changed since, that is the same
    conflict as if it were sent now."""
    initial = last_reason(desk.draft, desk.user)
    clashes = {}
    for words in found.unsaved:
        typed, code = words.unsaved, words.language
        initial |= {f"heading_{code}": typed.heading, f"body_{code}": typed.body}
        if words.is_stale:
            clash = actions.words_changed(
                found.placement, code, typed.base_digest, typed.body, heading=typed.heading
            )
            merge = merge_three_ways(clash.base or "", clash.theirs, clash.mine)
            initial |= {f"heading_{code}": _heading(clash), f"body_{code}": merge.with_mine}
            clashes[code] = clash
    form = ClauseForm(words=found.languages, initial=initial)
    return _page(desk, found, form, clashes=clashes, using=True)


def _boxes(desk: Desk, found: ClauseInDraft, form: ClauseForm, clashes=None) -> list[WordsBox]:
    adviser = Adviser(desk.draft, found.placement.clause_id, on=desk.on)
    label, clashes = found.placement.label, clashes or {}
    return [
        WordsBox(words, label, form, adviser, clashes.get(words.language))
        for words in found.languages
    ]


def _page(desk: Desk, found: ClauseInDraft, form: ClauseForm, status: int = 200, **more):
    return desk.page(
        "clause",
        "document",
        status=status,
        page=draft_document(desk.draft, desk.user, reader_language()),
        found=found,
        form=form,
        boxes=_boxes(desk, found, form, more.pop("clashes", {})),
        label=found.placement.label,
        clause_id=found.placement.clause_id,
        offer=offer_for(found.placement),
        **more,
    )


@never_cache
@require_POST
def preview(request, agency, service, clause_id):
    """How what is typed will read, as a piece of the page for each language."""
    desk = load_to_edit(request, agency, service)
    found = clause_in_draft(desk.draft, clause_id, request.user)
    form = ClauseForm(request.POST, words=found.languages)
    context = {"boxes": _boxes(desk, found, form), "draft": desk.draft}
    return render(request, "standards/draft/_previews.html", context)


@never_cache
@require_POST
def keep(request, agency, service, clause_id):
    """Keeps what is being typed; the page says since when."""
    desk = load_to_edit(request, agency, service)
    check_rate(request, "typing")
    given = check(KeepForm(request.POST))
    kept = actions.keep_words(
        actor=request.user,
        revision=desk.draft,
        clause=the_clause(desk, clause_id),
        at=desk.at,
        **given,
    )
    context = {"kept": kept, "zone": desk.standard.service.agency.time_zone}
    html = render_to_string("standards/draft/_kept.html", context)
    return JsonResponse({"kept": kept is not None, "html": html})


@never_cache
@require_POST
def discard(request, agency, service, clause_id):
    desk = load_to_edit(request, agency, service)
    actions.discard_words(
        actor=request.user, revision=desk.draft, clause=the_clause(desk, clause_id)
    )
    if wants_json(request):
        return JsonResponse({"kept": None})
    messages.success(request, _("What you had typed is discarded. The draft is as it was."))
    return desk.to("draft_clause", clause_id)
