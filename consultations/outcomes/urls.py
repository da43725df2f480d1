from django.urls import path

from consultations.outcomes.views import answers, words

_CONSULTATION = "consultations/<slug:slug>"
_STANDARD = "standards/<slug:agency>/<slug:service>"

urlpatterns = [
    path(f"{_CONSULTATION}/outcomes/", answers.outcomes, name="outcomes"),
    path(f"{_CONSULTATION}/outcomes/<int:number>/", answers.outcome, name="outcome"),
    path(f"{_CONSULTATION}/changes/", answers.changes, name="changes"),
    path(f"{_STANDARD}/compare/", words.compare, name="compare"),
    path(f"{_STANDARD}/history/<int:clause>/", words.clause_history, name="clause_history"),
]
