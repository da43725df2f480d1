from django.urls import path

from consultations.standards.views import register
from consultations.standards.views.intake import batch, document, uploads

_IMPORT = "standards/<slug:agency>/desk/import"
_STANDARD = "standards/<slug:agency>/<slug:service>"

_intake = [
    path(f"{_IMPORT}/", uploads.imports, name="imports"),
    path(f"{_IMPORT}/<int:batch_id>/", batch.batch, name="import_batch"),
    path(f"{_IMPORT}/<int:batch_id>/<int:document_id>/", document.document, name="import_document"),
]

urlpatterns = [
    path("standards/", register.standard_list, name="standards"),
    *_intake,
    path(f"{_STANDARD}/", register.standard, name="standard"),
    path(f"{_STANDARD}/<int:number>/", register.revision, name="revision"),
]
