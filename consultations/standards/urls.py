from django.urls import path, register_converter

from consultations.standards.views import pledges, publications, register, registers, services


class Label:
    """The number of a clause as it is cited: 3.1, 3.1.2."""

    regex = r"[0-9]{1,3}(?:\.[0-9]{1,3}){1,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Label, "label")

_AGENCY = "standards/<slug:agency>"
_STANDARD = f"{_AGENCY}/<slug:service>"
_KEEPING = f"{_STANDARD}/keeping"

urlpatterns = [
    path("standards/", register.standard_list, name="standards"),
    path(f"{_AGENCY}/", register.agency, name="agency"),
    path(f"{_STANDARD}/", services.service, name="standard"),
    path(f"{_STANDARD}/pledge/", pledges.pledge, name="pledge"),
    path(f"{_KEEPING}/pledge/", pledges.adopt_pledge, name="adopt_pledge"),
    path(f"{_KEEPING}/publications/", publications.publications, name="publications"),
    path(
        f"{_KEEPING}/publications/<int:pk>/end/",
        publications.end_publication,
        name="end_publication",
    ),
    path(f"{_STANDARD}/photographs/<int:pk>.jpg", publications.photo, name="publication_photo"),
    path(f"{_KEEPING}/registers/<slug:key>/", registers.registration, name="registration"),
    path(f"{_STANDARD}/<int:number>/", services.revision, name="revision"),
    path(f"{_STANDARD}/<int:number>/<label:label>/", services.clause, name="standard_clause"),
]
