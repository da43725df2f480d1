"""Decrees: recording one, and adopting by it as many revisions as it has annexes."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid
from consultations.kernel.forms import show_refusal
from consultations.people.models import Post
from consultations.standards import actions
from consultations.standards.actions import Adoption, NotAllReady
from consultations.standards.forms.decrees import AdoptForm, DecreeForm
from consultations.standards.models import Decree
from consultations.standards.queries.adopting import (
    adopted_by,
    decrees_of,
    get_decree,
    waiting_for_decree,
)
from consultations.standards.rules import check_adopt
from consultations.standards.views.desk.loading import Desk, load_desk


@never_cache
def decrees(request, agency: str):
    loaded = load_desk(request, agency)
    return loaded.page(
        "desk/decrees",
        decrees=decrees_of(loaded.agency),
        waiting=waiting_for_decree(loaded.agency).count(),
    )


@never_cache
def new_decree(request, agency: str):
    loaded = load_desk(request, agency)
    check_adopt(request.user, loaded.agency, on=loaded.on)
    posts = Post.objects.filter(agency=loaded.agency).order_by("pk")
    form = DecreeForm(request.POST or None, posts=posts)
    if request.method == "POST" and form.is_valid():
        try:
            decree = actions.record_decree(
                actor=request.user, agency=loaded.agency, at=loaded.at, **form.decree()
            )
        except Invalid as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The decree is recorded. Choose what it adopts."))
            return loaded.to("decree", decree.pk)
    return loaded.page("desk/new_decree", form=form, status=422 if form.errors else 200)


@never_cache
def decree(request, agency: str, decree_id: int):
    """What it adopts, and a form in two steps: first what would happen, then doing it."""
    loaded = load_desk(request, agency)
    found = get_decree(loaded.agency, decree_id)
    if request.method != "POST":
        return _page(loaded, found, _form(loaded))
    check_adopt(request.user, loaded.agency, on=loaded.on)
    form = _form(loaded)
    if not form.is_valid():
        return _page(loaded, found, form, status=422)
    try:
        if request.POST.get("step") != "adopt":
            preview = actions.check_together(
                found, form.annexes(), form.cleaned_data["effective_on"]
            )
            return _page(loaded, found, form, preview=preview)
        return _adopt(loaded, found, form)
    except NotAllReady as refusal:
        return _page(loaded, found, form, status=409, preview=refusal.adoption, refusal=refusal)
    except (Invalid, Conflict) as refusal:
        show_refusal(form, refusal)
        return _page(loaded, found, form, status=refusal.status)


def _form(loaded: Desk) -> AdoptForm:
    revisions = waiting_for_decree(loaded.agency)
    return AdoptForm(
        loaded.request.POST or None, revisions=revisions, initial={"effective_on": loaded.on}
    )


def _adopt(loaded: Desk, found: Decree, form: AdoptForm):
    adoption = actions.adopt_together(
        actor=loaded.user,
        decree=found,
        annexes=form.annexes(),
        effective_on=form.cleaned_data["effective_on"],
        all_or_none=form.all_or_none,
        at=loaded.at,
    )
    count = len(adoption.adopted)
    text = ngettext(
        "%(count)d standard is adopted by this decree.",
        "%(count)d standards are adopted by this decree.",
        count,
    )
    messages.success(loaded.request, text % {"count": count})
    return loaded.to("decree", found.pk)


def _page(loaded: Desk, found: Decree, form: AdoptForm, preview: Adoption | None = None, **context):
    may_pass = preview and preview.adopted and not (preview.left_out and form.all_or_none)
    return loaded.page(
        "desk/decree",
        decree=found,
        adopted=adopted_by(found, loaded.agency),
        form=form,
        preview=preview,
        may_pass=may_pass,
        **context,
    )
