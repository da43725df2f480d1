from django.urls import path

from consultations.pages.views import home, me, reading, record, room

_CONSULTATION = "consultations/<slug:slug>"

urlpatterns = [
    path("", home.home, name="home"),
    path("consultations/", home.consultation_list, name="consultation_list"),
    path(f"{_CONSULTATION}/", reading.consultation, name="consultation"),
    path(f"{_CONSULTATION}/clauses/<str:label>/", reading.clause, name="clause"),
    path(f"{_CONSULTATION}/general/", reading.general, name="general"),
    path(f"{_CONSULTATION}/comments/<int:number>/", reading.comment, name="comment"),
    path(f"{_CONSULTATION}/record/", record.record, name="record"),
    path(f"{_CONSULTATION}/record.jsonl", record.record_jsonl, name="record_jsonl"),
    path(f"{_CONSULTATION}/record/record.jsonl", record.record_jsonl),
    path(f"{_CONSULTATION}/meetings/<int:number>/", room.room, name="meeting"),
    path("me/", me.me, name="me"),
]
