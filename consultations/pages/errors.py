"""Django's own refusals, answered like ours."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from consultations.kernel.errors import Denied, Missing, Refused
from consultations.kernel.middleware import answer


def bad_request(request, exception=None):
    return answer(request, Refused(_("We could not understand this request.")))


def permission_denied(request, exception=None):
    return answer(request, Denied(_("You may not do this.")))


def page_not_found(request, exception=None):
    return answer(request, Missing(_("There is no such page. It may have been moved.")))


def csrf_failure(request, reason=""):
    message = _(
        "This form has expired, or your browser did not send our cookie. Load the page again and "
        "send once more."
    )
    return answer(request, Denied(message, code="csrf"))


def server_error(request):
    return render(request, "500.html", status=500)
