from django.urls import path

from consultations.standards import views

urlpatterns = [
    path("standards/", views.standard_list, name="standards"),
    path("standards/<slug:agency>/<slug:service>/", views.standard, name="standard"),
    path("standards/<slug:agency>/<slug:service>/<int:number>/", views.revision, name="revision"),
]
