"""The program for an ASGI server: pages through Django, sockets through the live hub.

Sockets prove origin and person themselves (consultations/live/consumers.py), so that none is let in
by a server that was put together differently.
"""

import os

import django
from channels.routing import ProtocolTypeRouter, URLRouter

from forum.handler import PageHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")


def _make_application() -> ProtocolTypeRouter:
    django.setup(set_prefix=False)
    # Consumers load models, which only works after setup.
    from consultations.routing import websocket_urlpatterns

    return ProtocolTypeRouter(
        {"http": PageHandler(), "websocket": URLRouter(websocket_urlpatterns)}
    )


application = _make_application()
