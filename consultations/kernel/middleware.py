"""Middleware: the peer behind a proxy, and refusals turned into answers."""

from functools import lru_cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from consultations.kernel.errors import Refused

_PAGES = {400, 403, 404, 409, 413, 422, 429}


class TooLarge(Refused):
    status, code = 413, "too_large"


class ProxyMiddleware:
    """Takes the client's address and scheme from the proxies that are named, and from nobody
    else."""

    sync_capable, async_capable = True, False

    def __init__(self, get_response):
        self.get_response = get_response
        self.trusted = [ip_network(text, strict=False) for text in settings.TRUSTED_PROXIES]

    def __call__(self, request):
        forwarded = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
        if not self._is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        else:
            strangers = [hop for hop in forwarded if hop and not self._is_trusted(hop)]
            if strangers:
                request.META["REMOTE_ADDR"] = strangers[-1]
        return self.get_response(request)

    def _is_trusted(self, address: str) -> bool:
        try:
            peer = ip_address(address)
        except ValueError:
            return False
        return any(peer in network for network in self.trusted)


class RefusalMiddleware:
    """Answers a refusal with its page, or with JSON for whoever asks for that.

    Innermost and synchronous: so Django runs the whole chain in one thread, without a hop for
    each middleware.
    """

    sync_capable, async_capable = True, False

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, RequestDataTooBig):
            exception = TooLarge(_("That is larger than this page takes. Shorten it."))
        return answer(request, exception) if isinstance(exception, Refused) else None


def wants_json(request: HttpRequest) -> bool:
    """Whether the client prefers JSON to a page."""
    return _prefers_json(request.META.get("HTTP_ACCEPT", "*/*"))


@lru_cache(maxsize=256)  # there are few browsers, and each says the same every time
def _prefers_json(accept: str) -> bool:
    request = HttpRequest()
    request.META["HTTP_ACCEPT"] = accept
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def answer(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The answer to a refused request, in the form that was asked for."""
    if wants_json(request):
        response = JsonResponse(
            {"errors": refusal.errors, "code": refusal.code}, status=refusal.status
        )
    else:
        page = refusal.status if refusal.status in _PAGES else 400
        context = {"message": refusal.message, "errors": refusal.errors, "refusal": refusal}
        response = render(request, f"{page}.html", context, status=refusal.status)
    if seconds := getattr(refusal, "retry_after_seconds", None):
        response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    patch_vary_headers(response, ["Accept"])
    return response
