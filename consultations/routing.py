"""All sockets."""

from django.urls import path, re_path

from consultations.live.consumers import consultation_socket, no_such_socket

websocket_urlpatterns = [
    path("ws/consultations/<slug:slug>/", consultation_socket),
    re_path("", no_such_socket),
]
