"""A batch as a list: what has doubts, what has none, and what became of the rest."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Invalid
from consultations.kernel.paging import after_of
from consultations.standards.actions import intake
from consultations.standards.forms.intake import BatchFilterForm
from consultations.standards.importing import batches
from consultations.standards.importing.batches import Counts, Show
from consultations.standards.models import ImportBatch
from consultations.standards.views.intake.loading import Desk, load_desk


@never_cache
def batch(request, agency: str, batch_id: int):
    desk = load_desk(request, agency)
    found = batches.get_batch(desk.agency, batch_id)
    show = BatchFilterForm(request.GET).chosen()
    if request.method == "POST":
        _act(desk, found)
        return desk.to_batch(found, show=show)
    counts = batches.count(found)
    rows = batches.rows_of(found, show, after=after_of(request.GET.get("after")))
    return desk.page(
        "batch",
        batch=found,
        counts=counts,
        show=show,
        page=rows,
        filters=_filters(desk, found, counts, show),
        next_doubtful=batches.next_doubtful(found) if counts.doubtful else None,
        has_open_rows=any(row.is_open for row in rows.rows),
    )


def _act(desk: Desk, batch: ImportBatch) -> None:
    """Takes over or leaves out what is ticked, or takes over all without doubts."""
    action = desk.request.POST.get("action")
    if action == "confirm_clean":
        return _queue(desk, batch, batches.seen_of(batch))
    ticked = _ticked(desk.request.POST.getlist("document"))
    if not ticked:
        raise Invalid(_("Tick at least one document first."))
    if action == "confirm":
        return _queue(desk, batch, ticked)
    if action != "skip":
        raise Invalid(_("Choose what to do with the documents."))
    count = intake.skip_documents(actor=desk.user, batch=batch, documents=ticked, at=desk.at)
    sentence = ngettext(
        "%(count)d document was left out.", "%(count)d documents were left out.", count
    )
    messages.success(desk.request, sentence % {"count": count})


def _queue(desk: Desk, batch: ImportBatch, seen: dict[int, str]) -> None:
    count = intake.queue_documents(actor=desk.user, batch=batch, seen=seen, at=desk.at)
    if not count:
        messages.info(desk.request, _("Nothing was left to be taken over."))
        return
    sentence = ngettext(
        "%(count)d document is being taken over.",
        "%(count)d documents are being taken over, one by one.",
        count,
    )
    messages.success(desk.request, sentence % {"count": count})


def _ticked(values: list[str]) -> dict[int, str]:
    """A box's value is the document with what its row rested on: "12:3-new"."""
    ticked = {}
    for value in values[:1000]:
        number, _colon, seen = value.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 16:
            ticked[int(number)] = seen
    return ticked


def _filters(desk: Desk, batch: ImportBatch, counts: Counts, show: Show) -> list[dict]:
    here = reverse("import_batch", args=[desk.agency.slug, batch.pk])
    return [
        {
            "url": f"{here}?show={each.value}" if each.value else here,
            "label": each.label,
            "count": counts.by_filter[each],
            "is_current": each == show,
        }
        for each in Show
    ]
