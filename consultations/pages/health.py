"""For the machines that watch: is the process alive, do the parts that it needs answer?"""

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def alive(request):
    return HttpResponse("ok", content_type="text/plain")


@never_cache
def ready(request):
    """200 when the database and (where there is one) Redis answer, otherwise 503."""
    parts = {"database": _answers(_ask_database)}
    if settings.REDIS_URL:
        parts["redis"] = _answers(_ask_redis)
    status = 200 if all(parts.values()) else 503
    return JsonResponse({"ready": status == 200, "parts": parts}, status=status)


def _answers(ask) -> bool:
    try:
        ask()
    except Exception:  # whatever is wrong with it, it is not ready
        return False
    return True


def _ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis():
    async_to_sync(get_channel_layer().group_send)("health", {"type": "health.ping"})
