"""Why the words of a standard are as they are: any two revisions compared, one clause's history."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from consultations.kernel.errors import Missing
from consultations.outcomes.forms import CompareForm
from consultations.outcomes.queries.comparison import Step, compare_revisions
from consultations.outcomes.queries.history import history_of
from consultations.people.queries import day_in
from consultations.standards.models import Clause, Revision, Standard
from consultations.standards.queries import get_standard, working_draft
from consultations.standards.rules import can_see_drafts


def compare(request, agency: str, service: str):
    """Two revisions of a standard; the older one is always the first of them."""
    standard = get_standard(agency, service)
    revisions, sees_drafts = _readable(request, standard)
    form = CompareForm(request.GET, revisions=revisions)
    step = _chosen(form, revisions)
    context = {
        "standard": standard,
        "form": form.showing(step) if step else form,
        "step": step,
        "comparison": compare_revisions(step, get_language()) if step else None,
        "is_staff": sees_drafts,
        "side_by_side": form.side_by_side,
        "zone": standard.service.agency.time_zone,
    }
    return render(request, "outcomes/compare.html", context)


def clause_history(request, agency: str, service: str, clause: int):
    """Every wording that a clause had, and what brought each passage of the present one."""
    standard = get_standard(agency, service)
    _revisions, sees_drafts = _readable(request, standard)
    found = Clause.objects.filter(standard=standard, pk=clause).first()
    history = history_of(found, get_language(), with_drafts=sees_drafts) if found else None
    if history is None:
        raise Missing(_("This standard has no such clause."))
    context = {
        "standard": standard,
        "history": history,
        "is_staff": sees_drafts,
        "zone": standard.service.agency.time_zone,
    }
    return render(request, "outcomes/clause_history.html", context)


def _readable(request, standard: Standard) -> tuple[list[Revision], bool]:
    """The revisions that this reader may see, the newest first; a working draft is its agency's."""
    agency = standard.service.agency
    sees_drafts = can_see_drafts(request.user, agency, on=day_in(agency, timezone.now()))
    draft = working_draft(standard) if sees_drafts else None
    revisions = [*filter(None, [draft]), *standard.published]
    if not revisions:
        raise Missing(_("Nothing of this standard has been published yet."))
    for revision in revisions:
        revision.standard = standard
    return revisions, sees_drafts


def _chosen(form: CompareForm, revisions: list[Revision]) -> Step | None:
    """As asked; else the newest beside the one that it was made from."""
    by_number = {revision.number: revision for revision in revisions}
    if len(form.numbers) == 2:
        old, new = sorted(form.numbers)
        return Step(by_number[old], by_number[new])
    if len(revisions) < 2:
        return None
    newest = revisions[0]
    base = next((each for each in revisions if each.pk == newest.based_on_id), revisions[1])
    return Step(base, newest)
