"""Answers for visitors: no cookie, an ETag that costs next to nothing, and the page kept ready.

What a visitor sees depends on the public record and the date alone, so a fingerprint of these
names the page before it is made. Whoever is signed in gets a page of their own each time.
"""

import hashlib
from collections.abc import Callable
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import get_language

from consultations.kernel.turns import Turns

# Long enough for a rush, short enough that nothing which left the database stays readable here.
KEPT_SECONDS = 60

_turns = Turns()


def serve(
    request: HttpRequest, fingerprint: tuple, build: Callable[[], HttpResponse]
) -> HttpResponse:
    """The page that `build` makes, or 304, or a copy made for another visitor just now.

    `fingerprint` holds whatever the page depends on besides its address, language and release.
    """
    if request.user.is_authenticated or settings.DEBUG:
        response = build()
        response["Cache-Control"] = "private, no-cache"
        return response
    etag = _etag(request, fingerprint)
    response = get_conditional_response(request, etag=etag) or _kept(request, etag, build)
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    patch_vary_headers(response, ["Cookie"])
    return response


def _etag(request: HttpRequest, fingerprint: tuple) -> str:
    parts = (release(), request.get_full_path(), get_language(), *fingerprint)
    return quote_etag(hashlib.sha256(repr(parts).encode()).hexdigest()[:32])


def _kept(request: HttpRequest, etag: str, build: Callable[[], HttpResponse]) -> HttpResponse:
    """Of each address the newest copy is kept, and one visitor at a time makes it. Pages with
    a query are made each time: anybody can invent any number of those."""
    if request.META.get("QUERY_STRING"):
        return build()
    key = f"page:{hashlib.sha256(request.path.encode()).hexdigest()}"
    with _turns.at(key):
        if (found := cache.get(key)) and found[0] == etag:
            return HttpResponse(found[1])
        response = build()
        if response.status_code == 200:
            cache.set(key, (etag, response.content), KEPT_SECONDS)
    return response


@once
def release() -> str:
    """A digest of what makes pages beside the data, so that a new release changes every ETag."""
    digest = hashlib.sha256()
    folders = {
        "consultations": "*.py",
        "templates": "*.html",
        "locale": "*.mo",
        "static": "*.[cj]s",
    }
    for folder, pattern in folders.items():
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
