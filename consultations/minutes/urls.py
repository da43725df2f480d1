from django.urls import path

from consultations.minutes import views

urlpatterns = [
    path("consultations/<slug:slug>/meetings/<int:number>/minutes/", views.minutes, name="minutes"),
]
