from django.urls import path

from consultations.outcomes import views

_CONSULTATION = "consultations/<slug:slug>"

urlpatterns = [
    path(f"{_CONSULTATION}/outcomes/", views.outcomes, name="outcomes"),
    path(f"{_CONSULTATION}/outcomes/<int:number>/", views.outcome, name="outcome"),
    path(f"{_CONSULTATION}/changes/", views.changes, name="changes"),
]
