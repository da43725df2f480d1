"""An ASGI application that is served by Daphne as it comes, with the consumers of the textbook.

daphne benchmarks.textbook:application
"""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
django_application = get_asgi_application()  # before anything that imports models

from benchmarks.consumers import Viewer  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": AuthMiddlewareStack(
            URLRouter([path("ws/consultations/<slug:slug>/", Viewer.as_asgi())])
        ),
    }
)
