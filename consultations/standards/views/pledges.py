"""The service pledge: its page, and the form by which a signatory adopts it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.kernel.errors import Conflict, Invalid, Missing
from consultations.kernel.forms import show_refusal
from consultations.kernel.serving import serve
from consultations.standards import actions, queries
from consultations.standards.forms.pledges import PledgeForm
from consultations.standards.rules import check_pledge
from consultations.standards.views.loading import language, visit


@require_safe
def pledge(request, agency: str, service: str):
    visited = visit(agency, service)

    def build():
        page = queries.pledge_page(visited.standard, language(), on=visited.on)
        if page is None:
            raise Missing(_("The agency has not signed a pledge for this service yet."))
        context = {
            "standard": visited.standard,
            "agency": visited.standard.service.agency,
            "page": page,
            "pledge": page.pledge,
        }
        return render(request, "standards/pledge.html", context)

    return serve(request, visited.state(), build)


@never_cache
def adopt_pledge(request, agency: str, service: str):
    visited = visit(agency, service)
    owner = visited.standard.service.agency
    check_pledge(request.user, owner, on=visited.on)
    revision = queries.revision_in_force(visited.standard, on=visited.on)
    if revision is None:
        raise Missing(_("Nothing of this standard is in force, so nothing can be pledged."))
    revision.standard = visited.standard
    form = PledgeForm(
        request.POST or None,
        posts=queries.signing_posts(owner, on=visited.on),
        seat=owner.seat,
        today=visited.on,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt_pledge(
                actor=request.user, revision=revision, at=visited.at, **form.pledge()
            )
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("The pledge is signed and public."))
            return redirect("pledge", owner.slug, visited.standard.service.slug)
    context = {
        "standard": visited.standard,
        "agency": owner,
        "revision": revision,
        "form": form,
    }
    return render(
        request, "standards/adopt_pledge.html", context, status=422 if form.is_bound else 200
    )
