from django.urls import path

from consultations.meetings import views

_MEETING = "consultations/<slug:slug>/meetings/<int:number>"

urlpatterns = [
    path(f"{_MEETING}/run/", views.run, name="run_meeting"),
    path(f"{_MEETING}/run/turn/", views.turn, name="turn_meeting"),
    path(f"{_MEETING}/run/table/", views.put_on_table, name="put_on_table"),
    path(f"{_MEETING}/run/agreement/", views.agree, name="record_agreement"),
    path(f"{_MEETING}/run/attendance/", views.attend, name="record_attendance"),
]
