from django.urls import path

from consultations.notices import views

urlpatterns = [
    path("notices/read/", views.read_notices, name="read_notices"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
]
