"""The whole draft: its outline and words, its changes, how citizens will see it."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from consultations.kernel.errors import Conflict, Missing
from consultations.standards import actions
from consultations.standards.enums import ReasonKind
from consultations.standards.models import Change
from consultations.standards.queries import revision_document, revision_in_force
from consultations.standards.queries.drafting import (
    draft_changes,
    draft_document,
    labels_in,
    unsaved_by_others,
)
from consultations.standards.views.drafting.loading import (
    Desk,
    load_desk,
    load_draft,
    load_to_edit,
    reader_language,
)


@never_cache
def document(request, agency, service):
    desk = load_desk(request, agency, service)
    if desk.draft is None:
        return desk.page("start", base=_base(desk), published=desk.standard.published)
    page = draft_document(desk.draft, request.user, reader_language())
    return desk.page(
        "document",
        "document",
        page=page,
        colleagues=unsaved_by_others(desk.draft, request.user),
    )


def _base(desk: Desk):
    """What a new draft begins from: what is in force, otherwise the newest that is published."""
    newest = desk.standard.published[0] if desk.standard.published else None
    return revision_in_force(desk.standard, on=desk.on) or newest


@never_cache
@require_POST
def start(request, agency, service):
    desk = load_desk(request, agency, service)
    base = _base(desk)
    wanted = request.POST.get("based_on", "")
    base = next((r for r in desk.standard.published if str(r.number) == wanted), base)
    try:
        actions.start_working_draft(
            actor=request.user, standard=desk.standard, based_on=base, at=desk.at
        )
    except Conflict:  # a colleague was quicker: it is the same draft
        if desk.draft is None and not load_desk(request, agency, service).draft:
            raise
    return desk.to("draft")


@never_cache
def preview(request, agency, service):
    """As citizens will see it, with a band that says that they don't yet."""
    desk = load_draft(request, agency, service)
    return desk.page(
        "preview", "preview", document=revision_document(desk.draft, reader_language())
    )


@never_cache
def changes(request, agency, service):
    desk = load_draft(request, agency, service)
    labels = labels_in(desk.draft)
    rows = [(change, labels.get(change.clause_id, "")) for change in draft_changes(desk.draft)]
    standing = set(desk.draft.placements.values_list("clause_id", flat=True))
    return desk.page("changes", "changes", rows=rows, standing=standing)


@never_cache
def undo(request, agency, service, number):
    """Takes one change back, after it has shown what that puts back."""
    desk = load_to_edit(request, agency, service)
    change = _change(desk, number)
    refusal = None
    if request.method == "POST":
        try:
            actions.revert_change(actor=request.user, change=change, at=desk.at)
        except Conflict as found:
            refusal = found
        else:
            messages.success(request, _("The change is undone. It stays in the history."))
            return _back(desk, change)
    status = refusal.status if refusal else 200
    label = labels_in(desk.draft).get(change.clause_id, "")
    return desk.page("undo", "changes", status=status, change=change, label=label, refusal=refusal)


def _change(desk: Desk, number: int) -> Change:
    found = draft_changes(desk.draft).filter(pk=number).first()
    if found is None:
        raise Missing(_("There is no such change in this draft."))
    if found.reason_kind == ReasonKind.OUTCOME:
        raise Conflict(_("This change belongs to an official answer. Revert that at the desk."))
    found.revision = desk.draft
    return found


def _back(desk: Desk, change: Change):
    if desk.draft.placements.filter(clause=change.clause_id).exists():
        return desk.to("draft_clause", change.clause_id, anchor="history")
    return desk.to("draft")
