"""The sheet for a register elsewhere: what it asks for, to be copied over, and its number there."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict, Invalid, Missing
from consultations.kernel.forms import show_refusal
from consultations.standards import actions, queries
from consultations.standards.forms.publicity import RegistrationForm
from consultations.standards.queries import publicity
from consultations.standards.registers import sheet
from consultations.standards.rules import check_keep
from consultations.standards.views.loading import language, visit


@never_cache
def registration(request, agency: str, service: str, key: str):
    visited = visit(agency, service)
    standard, owner = visited.standard, visited.standard.service.agency
    check_keep(request.user, owner, on=visited.on)
    register = publicity.get_register(key)
    revision = queries.revision_in_force(standard, on=visited.on)
    if revision is None:
        raise Missing(_("Nothing of this standard is in force, so no register has to know it."))
    revision.standard = standard
    registered = publicity.registered(standard, register, revision)
    form = RegistrationForm(request.POST or None, initial=registered.known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_registration(
                actor=request.user,
                standard=standard,
                register=register,
                revision=revision,
                at=visited.at,
                **form.cleaned_data,
            )
        except (Conflict, Invalid) as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Recorded: the register shows what is in force."))
            return redirect("registration", agency, service, key)
    context = {
        "standard": standard,
        "agency": owner,
        "revision": revision,
        "register": register,
        "registered": registered,
        "sheet": sheet(register, queries.revision_document(revision, language())),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "standards/registration.html", context, status=status)
