from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from consultations.kernel.paging import after_of, page
from consultations.kernel.serving import serve
from consultations.ledger.queries import public_state
from consultations.pages.forms import ListForm
from consultations.pages.queries import lists
from consultations.pages.timetable import remaining
from consultations.proceedings.enums import Stage


@require_safe
def home(request):
    at = timezone.now()
    today = timezone.localdate(at)

    def build():
        found = lists.home(at, today)
        rows = [(one, remaining(one, at)) for one in found.open]
        return render(request, "pages/home.html", {"home": found, "open": rows})

    return serve(request, _state(at), build)


@require_safe
def consultation_list(request):
    at = timezone.now()
    chosen = ListForm(request.GET).chosen()

    def build():
        found = page(
            lists.consultations(at, **chosen), key="-id", after=after_of(request.GET.get("after"))
        )
        context = {
            "page": found,
            "rows": [(one, remaining(one, at)) for one in found.rows],
            "chosen": chosen,
            "is_filtered": any(chosen.values()),
            "agencies": lists.asking_agencies(),
            "stages": _stages(request, chosen["stage"]),
        }
        return render(request, "pages/consultation_list.html", context)

    return serve(request, _state(at), build)


def _state(at):
    """What lists depend on: the records, the day, and which deadlines have passed."""
    return (*public_state(), timezone.localdate(at), lists.count_open(at))


def _stages(request, chosen: str) -> list[dict]:
    """The filter by stage; it keeps the other filters and begins at the first page."""
    choices = [
        ("", _("All")),
        (Stage.OPEN, _("Open for comments")),
        (Stage.CLOSED, _("Being answered")),
        (Stage.CONCLUDED, _("Concluded")),
    ]
    found = []
    for value, label in choices:
        query = request.GET.copy()
        query.pop("after", None)
        query.pop("stage", None)
        if value:
            query["stage"] = value
        url = f"?{query.urlencode()}" if query else request.path
        found.append({"url": url, "label": label, "is_current": value == chosen})
    return found
