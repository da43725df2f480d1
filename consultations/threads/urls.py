from django.urls import path

from consultations.threads import views

urlpatterns = [
    path("consultations/<slug:slug>/comments/", views.comments, name="comments"),
    path("consultations/<slug:slug>/comments/new/", views.compose, name="compose"),
]
