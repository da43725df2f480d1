from django.urls import path

from consultations.moderation.views import desk, gates, hiding, outcome

_DESK = "consultations/<slug:slug>/desk"

urlpatterns = [
    path(f"{_DESK}/", desk.show_desk, name="desk"),
    path(f"{_DESK}/outcome/", outcome.record, name="record_outcome"),
    path(f"{_DESK}/outcome/preview/", outcome.preview, name="preview_outcome"),
    path(f"{_DESK}/outcomes/<int:number>/revise/", outcome.revise, name="revise_outcome"),
    path(f"{_DESK}/outcomes/<int:number>/revert/", outcome.revert, name="revert_outcome"),
    path(f"{_DESK}/comments/<int:number>/hide/", hiding.hide, name="hide_comment"),
    path(f"{_DESK}/comments/<int:number>/show/", hiding.undo_hiding, name="undo_hiding"),
    path(f"{_DESK}/comments/<int:number>/appeal/", hiding.decide_appeal, name="decide_appeal"),
    path(f"{_DESK}/close/", gates.close, name="close_consultation"),
    path(f"{_DESK}/next-round/", gates.next_round, name="next_round"),
    path(f"{_DESK}/conclude/", gates.conclude, name="conclude"),
    path(f"{_DESK}/in-force/", gates.in_force, name="in_force"),
    path("consultations/<slug:slug>/comments/<int:number>/appeal/", hiding.appeal, name="appeal"),
]
