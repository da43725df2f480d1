"""Acts to cite: a search page, and the same as JSON for whoever picks one in a form."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from consultations.kernel.middleware import wants_json
from consultations.kernel.rates import check_rate
from consultations.standards import citing
from consultations.standards.enums import LegalStatus
from consultations.standards.forms.desk import ActSearchForm
from consultations.standards.queries.legal import search_acts
from consultations.standards.views.desk.loading import load_desk


@never_cache
@require_safe
def acts(request, agency: str):
    loaded = load_desk(request, agency)
    form = ActSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    if text:
        check_rate(request, "search")
    found = search_acts(text) if text else []
    if wants_json(request):
        return JsonResponse({"acts": [_as_json(act) for act in found]})
    rows = [(act, _status(act)) for act in found]
    return loaded.page("desk/acts", form=form, text=text, rows=rows)


def _as_json(act: citing.LegalAct) -> dict:
    """The first five as a row of a target of citations has them."""
    return {
        "kind": act.kind.name,
        "number": act.number,
        "year": act.year or None,
        "title": act.title,
        "place": act.place,
        "text": str(act.citation),
        "status": str(act.status),
        "status_text": _status(act),
        "replaced_by": str(act.replaced_by) if act.replaced_by else "",
        "source": act.source,
    }


def _status(act: citing.LegalAct) -> str:
    return str(LegalStatus(act.status).label) if act.status else ""
