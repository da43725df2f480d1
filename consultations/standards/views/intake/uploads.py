"""The page where files are uploaded, with the uploads before."""

from django.contrib import messages
from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from consultations.kernel.errors import Conflict
from consultations.kernel.paging import after_of, page
from consultations.kernel.rates import check_rate
from consultations.people.models import Agency
from consultations.standards.actions import intake
from consultations.standards.enums import ImportState
from consultations.standards.forms.intake import UploadForm
from consultations.standards.importing import batches
from consultations.standards.importing.folders import Upload, is_folder
from consultations.standards.models import ComponentSet, ImportBatch, Standard
from consultations.standards.views.intake.loading import Desk, load_desk

# A single small file is read at once: its uploader would wait for the worker just as long.
_READ_AT_ONCE_BYTES = 2**19


@never_cache
def imports(request, agency: str):
    desk = load_desk(request, agency)
    form = UploadForm(
        request.POST or None, request.FILES or None, component_sets=_component_sets(desk.agency)
    )
    if request.method == "POST" and form.is_valid():
        check_rate(request, "upload")
        files = form.cleaned_data.pop("files")
        batch = intake.upload_files(
            actor=request.user, agency=desk.agency, files=files, at=desk.at, **form.cleaned_data
        )
        return _after_upload(desk, batch, files)
    found = page(
        batches.batches_of(desk.agency), key="-id", after=after_of(request.GET.get("after"))
    )
    status = 422 if form.is_bound else 200
    return desk.page("imports", status=status, form=form, page=found)


def _after_upload(desk: Desk, batch: ImportBatch, files: list[Upload]):
    if len(files) == 1 and _is_small(files[0]):
        intake.read_batch.call(batch.pk)
        only = list(batch.documents.defer("content")[:2])
        if len(only) == 1 and only[0].state == ImportState.READ:
            return desk.to_document(only[0])
    messages.success(desk.request, _("The files have arrived."))
    return desk.to_batch(batch)


def _is_small(file: Upload) -> bool:
    return len(file.content) <= _READ_AT_ONCE_BYTES and not is_folder(file.content)


def _component_sets(agency: Agency) -> QuerySet[ComponentSet]:
    """That of the agency's newest standard first: the next ones are mostly of the same rule."""
    standards = Standard.objects.filter(service__agency=agency).order_by("-pk")
    own = standards.values_list("component_set", flat=True).first()
    found = ComponentSet.objects.order_by("-pk")
    if not found.exists():
        raise Conflict(
            _("No components are known yet. The operator of the site loads them first."),
            code="no_component_set",
        )
    is_own = Case(When(pk=own or 0, then=1), default=0)
    return found.order_by(is_own.desc(), "-pk")
