"""What every page of the editor begins with: the standard, its working draft, the right to be
here; and how a page of it is answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.kernel.errors import Conflict, Refused
from consultations.people.queries import day_in
from consultations.standards.models import Clause, Revision, Standard
from consultations.standards.queries import get_standard, working_draft
from consultations.standards.queries.drafting import get_draft
from consultations.standards.rules import can_edit, check_edit, check_see_drafts

# Longer texts that a form of the editor sends, by the beginnings of their fields' names.
_TYPED = ("body", "text", "summary", "question")


class DraftGone(Conflict):
    """The draft was published while somebody was typing; `kept` is what they typed."""

    code = "draft_gone"

    def __init__(self, message: str, kept: str):
        super().__init__(message)
        self.kept = kept


@dataclass(frozen=True)
class Desk:
    """A standard and its working draft, as this person sees them now."""

    request: HttpRequest
    standard: Standard
    draft: Revision | None
    may_edit: bool
    at: datetime

    @property
    def on(self) -> date:
        """Which day it is in the agency."""
        return day_in(self.standard.service.agency, self.at)

    @property
    def slugs(self) -> list[str]:
        service = self.standard.service
        return [service.agency.slug, service.slug]

    @property
    def user(self):
        return self.request.user

    def url(self, name: str, *args) -> str:
        return reverse(name, args=[*self.slugs, *args])

    def to(self, name: str, *args, anchor: str = "") -> HttpResponseRedirect:
        return HttpResponseRedirect(self.url(name, *args) + (f"#{anchor}" if anchor else ""))

    def page(self, template: str, tab: str = "", status: int = 200, **more) -> HttpResponse:
        agency, service = self.slugs
        context = {
            "standard": self.standard,
            "draft": self.draft,
            "may_edit": self.may_edit,
            "agency": agency,
            "service": service,
            "tab": tab,
            "change_count": self.draft and self.draft.changes.filter(reverted_at=None).count(),
        }
        return render(
            self.request, f"standards/draft/{template}.html", context | more, status=status
        )


def load_desk(request: HttpRequest, agency: str, service: str) -> Desk:
    """With or without a working draft; who may not see drafts is refused."""
    at = timezone.now()
    standard = get_standard(agency, service)
    on = day_in(standard.service.agency, at)
    check_see_drafts(request.user, standard.service.agency, on=on)
    draft = working_draft(standard)
    if draft:
        draft.standard = standard
    may_edit = can_edit(request.user, standard.service.agency, on=on)
    return Desk(request, standard, draft, may_edit, at)


def load_draft(request: HttpRequest, agency: str, service: str) -> Desk:
    """With a working draft. Where it is gone, what was typed comes back with the refusal."""
    desk = load_desk(request, agency, service)
    if desk.draft is None:
        if typed := typed_texts(request):
            raise DraftGone(_("The draft was published meanwhile. Start a new one."), typed)
        get_draft(desk.standard)
    return desk


def load_to_edit(request: HttpRequest, agency: str, service: str) -> Desk:
    desk = load_draft(request, agency, service)
    check_edit(request.user, desk.standard.service.agency, on=desk.on)
    return desk


@contextmanager
def keeping_typed(request: HttpRequest) -> Iterator[None]:
    """Whatever is refused inside, and shown on a page of its own, brings back what was typed."""
    try:
        yield
    except Refused as refusal:
        refusal.kept = typed_texts(request)
        raise


def typed_texts(request: HttpRequest) -> str:
    texts = [
        value for name, value in request.POST.items() if name.startswith(_TYPED) and value.strip()
    ]
    return "\n\n".join(texts)


def the_clause(desk: Desk, clause_id: int) -> Clause:
    """For actions; whether it stands in the draft they find out under their lock."""
    return Clause(pk=clause_id, standard=desk.standard)


def reader_language() -> str:
    return get_language() or ""
