from django.urls import path

from consultations.live import views

urlpatterns = [path("consultations/<slug:slug>/events", views.events, name="events")]
