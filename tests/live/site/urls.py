from django.conf import settings
from django.contrib.auth import login, logout
from django.core.cache import cache
from django.http import JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from consultations.ledger.actions import start_epoch
from consultations.ledger.models import Log
from consultations.live.actions import close_sockets
from consultations.people.models import User
from tests.live.site import wall


@csrf_exempt
def open_wall(request, slug):
    wall.open_wall(slug)
    return JsonResponse({})


@csrf_exempt
def write(request, slug):
    texts = request.POST.getlist("text")
    repeat = int(request.POST.get("repeat", 1))
    return JsonResponse({"seq": wall.write(slug, *(texts * repeat))})


@csrf_exempt
def hide(request, slug):
    return JsonResponse({"seq": wall.hide(slug, int(request.POST["seq"]))})


@csrf_exempt
def restore(request, slug):
    log = Log.objects.get(kind="wall", key=slug)
    return JsonResponse({"seq": start_epoch(log, at=log.created_at).seq})


@csrf_exempt
def sign_in(request, pk):
    login(request, User.objects.get(pk=pk), settings.AUTHENTICATION_BACKENDS[0])
    return JsonResponse({})


@csrf_exempt
def sign_out(request):
    logout(request)
    return JsonResponse({})


@csrf_exempt
def suspend(request, pk):
    close_sockets(pk)
    return JsonResponse({})


@csrf_exempt
def slow_down(request):
    cache.set("slowness", float(request.POST["seconds"]))
    return JsonResponse({})


@csrf_exempt
def echo(request):
    return JsonResponse({"length": len(request.body)})


urlpatterns = [
    path("readyz", lambda request: JsonResponse({})),
    path("echo", echo),
    path("slow-down", slow_down),
    path("walls/<slug:slug>/open", open_wall),
    path("walls/<slug:slug>/write", write),
    path("walls/<slug:slug>/hide", hide),
    path("walls/<slug:slug>/restore", restore),
    path("people/<int:pk>/sign-in", sign_in),
    path("people/<int:pk>/suspend", suspend),
    path("people/sign-out", sign_out),
    path("", include("consultations.live.urls")),
    path("", include("consultations.ledger.urls")),
]
