from django.urls import path

from consultations.ledger import views

urlpatterns = [path("checkpoints.json", views.checkpoints, name="checkpoints")]
