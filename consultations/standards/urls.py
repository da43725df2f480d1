from django.urls import path, register_converter

from consultations.standards.views import (
    calendar,
    files,
    keeping,
    passages,
    pledges,
    publications,
    register,
    registers,
)
from consultations.standards.views import services as pages
from consultations.standards.views.desk import acts, decrees, services
from consultations.standards.views.drafting import (
    clause,
    document,
    explaining,
    figures,
    finalising,
    structure,
)
from consultations.standards.views.intake import batch, uploads
from consultations.standards.views.intake import document as intake_document


class Label:
    """The number of a clause as it is cited: 3.1, 3.1.2."""

    regex = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Label, "label")

_AGENCY = "standards/<slug:agency>"
_DESK = f"{_AGENCY}/desk"
_IMPORT = f"{_DESK}/import"
_STANDARD = f"{_AGENCY}/<slug:service>"
_KEEPING = f"{_STANDARD}/keeping"
_DRAFT = f"{_STANDARD}/draft"
_CLAUSE = f"{_DRAFT}/<int:clause_id>"

_drafting = [
    path(f"{_DRAFT}/", document.document, name="draft"),
    path(f"{_DRAFT}/start/", document.start, name="draft_start"),
    path(f"{_DRAFT}/preview/", document.preview, name="draft_preview"),
    path(f"{_DRAFT}/changes/", document.changes, name="draft_changes"),
    path(f"{_DRAFT}/changes/<int:number>/undo/", document.undo, name="draft_undo"),
    path(f"{_DRAFT}/explanation/", explaining.explanation, name="draft_explanation"),
    path(f"{_DRAFT}/publish/", finalising.publish, name="draft_publish"),
    path(f"{_DRAFT}/add/", structure.add, name="draft_add"),
    path(f"{_CLAUSE}/", clause.clause, name="draft_clause"),
    path(f"{_CLAUSE}/preview/", clause.preview, name="draft_clause_preview"),
    path(f"{_CLAUSE}/keep/", clause.keep, name="draft_keep"),
    path(f"{_CLAUSE}/discard/", clause.discard, name="draft_discard"),
    path(f"{_CLAUSE}/move/", structure.move, name="draft_move"),
    path(f"{_CLAUSE}/split/", structure.split, name="draft_split"),
    path(f"{_CLAUSE}/merge/", structure.merge, name="draft_merge"),
    path(f"{_CLAUSE}/figures/", figures.figures, name="draft_figures"),
    path(f"{_CLAUSE}/delete/", structure.delete, name="draft_delete"),
    path(f"{_CLAUSE}/passage/", passages.take, name="draft_passage"),
]

_passages = [
    path(f"{_DESK}/passages/", passages.passages, name="passages"),
    path(f"{_DESK}/passages/new/", passages.add, name="passage_new"),
    path(f"{_DESK}/passages/<int:passage_id>/", passages.passage, name="passage"),
]

_desk = [
    path(f"{_DESK}/", services.desk, name="standards_desk"),
    path(f"{_DESK}/new/", services.new_service, name="new_service"),
    path(f"{_DESK}/reviews/", services.review_settings, name="review_settings"),
    path(f"{_DESK}/acts/", acts.acts, name="acts"),
    path(f"{_DESK}/decrees/", decrees.decrees, name="decrees"),
    path(f"{_DESK}/decrees/new/", decrees.new_decree, name="new_decree"),
    path(f"{_DESK}/decrees/<int:decree_id>/", decrees.decree, name="decree"),
]

_keeping = [
    path(f"{_KEEPING}/review/", keeping.review, name="review_standard"),
    path(f"{_KEEPING}/<int:number>/withdraw/", keeping.withdraw, name="withdraw_revision"),
    path(f"{_KEEPING}/pledge/", pledges.adopt_pledge, name="adopt_pledge"),
    path(f"{_KEEPING}/publications/", publications.publications, name="publications"),
    path(
        f"{_KEEPING}/publications/<int:pk>/end/",
        publications.end_publication,
        name="end_publication",
    ),
    path(f"{_KEEPING}/registers/<slug:key>/", registers.registration, name="registration"),
]

_intake = [
    path(f"{_IMPORT}/", uploads.imports, name="imports"),
    path(f"{_IMPORT}/<int:batch_id>/", batch.batch, name="import_batch"),
    path(
        f"{_IMPORT}/<int:batch_id>/<int:document_id>/",
        intake_document.document,
        name="import_document",
    ),
]

_public = [
    path(f"{_STANDARD}/", pages.service, name="standard"),
    path(f"{_STANDARD}/pledge/", pledges.pledge, name="pledge"),
    path(f"{_STANDARD}/pledge/pledge.pdf", files.pledge_file, name="pledge_file"),
    path(f"{_STANDARD}/photographs/<int:pk>.jpg", publications.photo, name="publication_photo"),
    path(f"{_STANDARD}/<int:number>/", pages.revision, name="revision"),
    path(
        f"{_STANDARD}/<int:number>/standard.<slug:form>", files.standard_file, name="standard_file"
    ),
    path(f"{_STANDARD}/<int:number>/<label:label>/", pages.clause, name="standard_clause"),
]

urlpatterns = [
    path("standards/", register.standard_list, name="standards"),
    path("standards/calendar/", calendar.review_calendar_page, name="review_calendar"),
    path(f"{_AGENCY}/", register.agency, name="agency"),
    *_desk,
    *_passages,
    *_intake,
    *_public,
    *_keeping,
    *_drafting,
]
