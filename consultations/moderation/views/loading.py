"""What every page of the desk begins with: the consultation, and the right to be here."""

from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.moderation.rules import check_see_desk
from consultations.proceedings.models import Consultation
from consultations.proceedings.queries import get_consultation
from consultations.threads.models import Comment

# The parts of the desk's address that a page carries along and comes back to.
_KEPT = {"clause", "stance", "state", "q"}


def load_desk(request: HttpRequest, slug: str) -> tuple[Consultation, datetime]:
    at = timezone.now()
    consultation = get_consultation(slug, request.user)
    check_see_desk(request.user, consultation, at=at)
    return consultation, at


def load_comment(consultation: Consultation, number: int) -> Comment:
    comment = (
        consultation.comments.filter(number=number)
        .select_related("participant", "wording__placement", "anchor")
        .first()
    )
    if comment is None:
        raise Missing(_("There is no such comment."))
    comment.consultation = consultation
    return comment


def kept_filters(text: str) -> str:
    """The filters in a query string, and nothing else that somebody put there."""
    return urlencode([(k, v) for k, v in parse_qsl(text[:2000]) if k in _KEPT])


def back_to_desk(
    consultation: Consultation, query: str = "", *, recorded: str = ""
) -> HttpResponseRedirect:
    """`recorded` names the comments whose draft answer the browser may forget now."""
    url = reverse("desk", args=[consultation.slug])
    done = urlencode({"recorded": recorded}) if recorded else ""
    kept = "&".join(filter(None, [kept_filters(query), done]))
    return HttpResponseRedirect(f"{url}?{kept}" if kept else url)
