from django.urls import path

from consultations.standards.views import register

_STANDARD = "standards/<slug:agency>/<slug:service>"

urlpatterns = [
    path("standards/", register.standard_list, name="standards"),
    path(f"{_STANDARD}/", register.standard, name="standard"),
    path(f"{_STANDARD}/<int:number>/", register.revision, name="revision"),
]
