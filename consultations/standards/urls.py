from django.urls import path

from consultations.standards.views import calendar, keeping, register
from consultations.standards.views.desk import acts, decrees, services

_DESK = "standards/<slug:agency>/desk"
_STANDARD = "standards/<slug:agency>/<slug:service>"

_desk = [
    path(f"{_DESK}/", services.desk, name="standards_desk"),
    path(f"{_DESK}/new/", services.new_service, name="new_service"),
    path(f"{_DESK}/reviews/", services.review_settings, name="review_settings"),
    path(f"{_DESK}/acts/", acts.acts, name="acts"),
    path(f"{_DESK}/decrees/", decrees.decrees, name="decrees"),
    path(f"{_DESK}/decrees/new/", decrees.new_decree, name="new_decree"),
    path(f"{_DESK}/decrees/<int:decree_id>/", decrees.decree, name="decree"),
]

_keeping = [
    path(f"{_STANDARD}/keeping/review/", keeping.review, name="review_standard"),
    path(f"{_STANDARD}/keeping/<int:number>/withdraw/", keeping.withdraw, name="withdraw_revision"),
]

urlpatterns = [
    path("standards/", register.standard_list, name="standards"),
    path("standards/calendar/", calendar.review_calendar_page, name="review_calendar"),
    *_desk,
    path(f"{_STANDARD}/", register.standard, name="standard"),
    path(f"{_STANDARD}/<int:number>/", register.revision, name="revision"),
    *_keeping,
]
