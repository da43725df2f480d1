"""The preview of one document: what becomes which clause, and what is decided about it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Denied, Invalid
from consultations.kernel.forms import show_refusal
from consultations.standards.actions import intake
from consultations.standards.enums import ImportState
from consultations.standards.forms.intake import NEW_SERVICE, ClauseForm, DocumentForm
from consultations.standards.importing import batches, likenesses, pages
from consultations.standards.importing.present import Standards
from consultations.standards.importing.previews import Preview, load_preview
from consultations.standards.models import ImportedDocument
from consultations.standards.views.intake.loading import Desk, load_desk


@dataclass
class Pane:
    """A document with its preview and the forms that stand on this page."""

    desk: Desk
    document: ImportedDocument
    standards: Standards
    found: Preview
    page: pages.PreviewPage
    form: DocumentForm
    clause_forms: dict[int, ClauseForm]

    @property
    def is_valid(self) -> bool:
        return all([self.form.is_valid(), *(form.is_valid() for form in self._sent)])

    @property
    def _sent(self) -> list[ClauseForm]:
        return list(self.clause_forms.values())

    @property
    def choice(self) -> intake.Choice:
        clauses = {form.index: form.wanted() for form in self._sent}
        before = replace(self.found.wanted, clauses={**self.found.wanted.clauses, **clauses})
        wanted = self.form.wanted(before)
        if self.standard == self.found.standard:  # as it was proposed, which may change yet
            is_new = self.found.wanted.is_new
            return intake.Choice(replace(wanted, is_new=is_new), self.document.standard)
        return intake.Choice(wanted, self.standard)

    @property
    def standard(self):
        value = self.form.cleaned_data["standard"]
        return None if value == NEW_SERVICE else self.standards.by_id[int(value)]


@never_cache
def document(request, agency: str, batch_id: int, document_id: int):
    desk = load_desk(request, agency)
    batch = batches.get_batch(desk.agency, batch_id)
    found = batches.get_document(batch, document_id)
    if found.state == ImportState.REFUSED:
        return desk.page("refused", batch=batch, document=found)
    action = request.POST.get("action", "")
    if action in ("skip", "reopen"):
        return _leave_out(desk, found, action)
    pane = _pane(desk, found)
    if request.method == "POST":
        answer = _act(pane, action)
        if answer is not None:
            return answer
    return _show(pane, status=422 if request.method == "POST" else 200)


def _pane(desk: Desk, document: ImportedDocument) -> Pane:
    request = desk.request
    standards = Standards(desk.agency, document.batch.component_set)
    found = load_preview(document, standards)
    number = request.GET.get("page", "")
    page = pages.preview_page(
        found,
        int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        agency=desk.agency,
        today=desk.on,
    )
    data = request.POST if request.method == "POST" else None
    form = DocumentForm(
        data,
        standards=standards.all,
        initial=DocumentForm.initial_of(
            found, version=document.version, seen=standards.seen(document)
        ),
    )
    forms = {
        clause.index: ClauseForm(data, found=found, index=clause.index) for clause in page.clauses
    }
    return Pane(desk, document, standards, found, page, form, forms)


def _act(pane: Pane, action: str):
    """Keeps what was changed, and takes the document over where that is wanted; None to show the
    forms again with what is wrong."""
    seen, now = pane.desk.request.POST.get("seen", ""), pane.standards.seen(pane.document)
    if pane.found.own:
        return _try(pane, lambda: _confirm(pane, seen, None))
    if seen.partition("-")[0] != now.partition("-")[0]:
        return _look_again(pane)  # other clauses stand on this page now
    if not pane.is_valid:
        return None
    if seen != now:
        return _try(pane, lambda: _keep_for_later(pane))
    if action == "confirm" and pane.standard == pane.found.standard:
        return _try(pane, lambda: _confirm(pane, seen, pane.choice))
    return _try(pane, lambda: _keep(pane, action))


def _try(pane: Pane, act: Callable[[], HttpResponse]) -> HttpResponse | None:
    try:
        return act()
    except (intake.ChangedSince, intake.AlreadyDecided) as refusal:
        return _look_again(pane, refusal)
    except (Invalid, Conflict, Denied) as refusal:
        if pane.found.own:
            raise
        show_refusal(pane.form, refusal)
        return None


def _look_again(pane: Pane, refusal: Conflict | None = None) -> HttpResponse:
    """Tells it, and shows the document as it is now."""
    messages.warning(pane.desk.request, (refusal or intake.ChangedSince()).message)
    return pane.desk.to_document(pane.document, page=pane.page.number)


def _keep_for_later(pane: Pane) -> HttpResponse:
    """The standard has changed meanwhile. What was typed is kept, but of what it was compared
    with the person has not decided anything."""
    document = pane.document
    wanted = replace(pane.choice.wanted, is_new=pane.found.wanted.is_new)
    _choose(pane, intake.Choice(wanted, document.standard), is_looked_at=False)
    return _look_again(pane)


def _choose(pane: Pane, choice: intake.Choice, *, is_looked_at: bool) -> None:
    intake.choose(
        actor=pane.desk.user,
        document=pane.document,
        choice=choice,
        is_looked_at=is_looked_at,
        expected_version=pane.document.version,
        at=pane.desk.at,
    )


def _keep(pane: Pane, action: str) -> HttpResponse:
    desk, document = pane.desk, pane.document
    is_other_standard = pane.standard != pane.found.standard
    _choose(pane, pane.choice, is_looked_at=action == "next")
    if is_other_standard and action == "confirm":
        messages.info(
            desk.request,
            _("This is compared with another standard now. Look at it, and then take it over."),
        )
        return desk.to_document(document)
    messages.success(desk.request, _("Your changes are kept."))
    following = batches.next_doubtful(document.batch, after=document.position)
    if action == "next":
        return desk.to_document(following) if following else desk.to_batch(document.batch)
    return desk.to_document(document, page=pane.page.number)


def _confirm(pane: Pane, seen: str, choice: intake.Choice | None) -> HttpResponse:
    desk, document = pane.desk, pane.document
    revision = intake.confirm_document(
        actor=desk.user, document=document, seen=seen, choice=choice, at=desk.at
    )
    if revision:
        sentence = _("“%(service)s” is taken over as revision %(number)d.")
        words = {"service": revision.standard.service, "number": revision.number}
        messages.success(desk.request, sentence % words)
    else:
        messages.success(desk.request, _("All of its revisions are there already."))
    following = batches.next_doubtful(document.batch, after=document.position)
    return desk.to_document(following) if following else desk.to_batch(document.batch)


def _leave_out(desk: Desk, document: ImportedDocument, action: str):
    batch = document.batch
    if action == "reopen":
        intake.reopen_document(actor=desk.user, document=document, at=desk.at)
        return desk.to_document(document)
    if intake.skip_documents(actor=desk.user, batch=batch, documents=[document.pk], at=desk.at):
        messages.success(desk.request, _("“%(name)s” was left out.") % {"name": document.filename})
    following = batches.next_doubtful(batch, after=document.position)
    return desk.to_document(following) if following else desk.to_batch(batch)


def _show(pane: Pane, *, status: int):
    document, found = pane.document, pane.found
    groups = [
        (component, [(clause, pane.clause_forms[clause.index]) for clause in clauses])
        for component, clauses in pane.page.groups
    ]
    likes = likenesses.open_likes(document, found.standard)
    return pane.desk.page(
        "document",
        status=status,
        batch=document.batch,
        document=document,
        found=found,
        page=pane.page,
        form=pane.form,
        groups=groups,
        doubts=[
            (each, pages.page_of(found, each.index) if each.index is not None else 0)
            for each in found.open_doubts
        ],
        doubtful=[
            (clause, pages.page_of(found, clause.index))
            for clause in found.planned
            if clause.match.is_doubtful
        ],
        likes=batches.likes_of(document, likes),
        is_open=document.state in (ImportState.READ, ImportState.QUEUED),
        seen=pane.standards.seen(document),
        has_errors=any(form.errors for form in pane.clause_forms.values()),
    )
