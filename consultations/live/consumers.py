"""A socket authenticates, joins a room of the hub, and leaves. All writing is done by HTTP."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.db import connection
from django.http import QueryDict
from django.http.request import split_domain_port, validate_host
from django.utils import translation

from consultations.kernel.errors import Denied, Missing, Refused
from consultations.live.events import VERSION, to_json
from consultations.live.forms import read_query
from consultations.live.frames import WIRE, Frame, SendWire, Wire
from consultations.live.hub import CLOSE_RESET, RESET_FRAME, Viewer, get_hub
from consultations.live.reading import Tail
from consultations.live.rooms import resolve, room_name
from consultations.live.rules import check_after, is_stale

logger = logging.getLogger(__name__)

CLOSE_INVALID, CLOSE_DENIED, CLOSE_MISSING, CLOSE_LATER, CLOSE_RUDE = 4400, 4403, 4404, 1013, 1008
MOST_MESSAGES = 50  # from a client, who has nothing to say here

# Whoever comes in is looked at by few at a time: a thousand who return at once must not take all
# connections of the database.
_door = ThreadPoolExecutor(2, thread_name_prefix="live-door")


async def consultation_socket(scope, receive, send):
    """WS /ws/consultations/<slug>/?after=&epoch=&lang="""
    await receive()  # websocket.connect
    if not is_own_origin(scope):
        await send({"type": "websocket.close"})  # before accepting: 403
        return
    await send({"type": "websocket.accept"})
    wire = scope.get("extensions", {}).get(WIRE) or SendWire(send)
    viewer = await _enter("consultation", scope, wire)
    _forget(scope)
    del scope, send, wire
    try:
        await _until_gone(receive, viewer)
    finally:
        if viewer is not None:
            get_hub().leave(viewer)


async def no_such_socket(scope, receive, send):
    await receive()
    await send({"type": "websocket.close"})


def is_own_origin(scope) -> bool:
    """Browsers say from which site a socket is opened; only ours may. Who says nothing may not."""
    origin = next((value for name, value in scope["headers"] if name == b"origin"), b"")
    parts = urlsplit(origin.decode("latin1").lower())
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return False
    allowed = settings.ALLOWED_HOSTS
    if "*" in allowed:
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        return parts.netloc == host.decode("latin1").lower()
    return validate_host(split_domain_port(parts.netloc)[0], allowed)


async def _enter(kind: str, scope, wire: Wire) -> Viewer | None:
    """The viewer who is in the room by now, or None when they were sent away."""
    try:
        look = asyncio.get_running_loop().run_in_executor(_door, _look, kind, scope)
        found = await look
    except Refused as refusal:
        _refuse(wire, refusal)
        return None
    except Exception:
        logger.exception("a socket could not be let in")
        wire.close(CLOSE_LATER)
        return None
    if found is None:
        wire.write(RESET_FRAME)
        wire.close(CLOSE_RESET)
        return None
    viewer = Viewer(wire, language=found.language, seq=found.after, user_id=found.user_id)
    await get_hub().join(viewer, found.tail)
    return viewer


@dataclass(frozen=True, slots=True)
class _Entrance:
    tail: Tail
    after: int
    language: str
    user_id: int | None


def _look(kind: str, scope) -> _Entrance | None:
    """Who it is, and what they may read; None: what they have is of another epoch."""
    query = QueryDict(scope["query_string"])
    wanted = query.get("lang", "")
    language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    try:
        with translation.override(language):
            asked = read_query(query)
            user = _user_of(scope)
            log = resolve(kind, scope["url_route"]["kwargs"]["slug"], user)
            if is_stale(asked["epoch"], log):
                return None
            check_after(asked["after"] or 0, log)
    except Refused:
        raise
    except Exception:
        connection.close()  # it may be broken
        raise
    tail = Tail(log.pk, room_name(log), log.epoch, log.head_seq)
    after = log.head_seq if asked["after"] is None else asked["after"]
    return _Entrance(tail, after, language, user.pk if user else None)


def _user_of(scope):
    """The user of the session, or None for a visitor, who costs no query."""
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    try:
        jar = SimpleCookie(cookies.decode("latin1"))
    except CookieError:
        return None
    if settings.SESSION_COOKIE_NAME not in jar:
        return None
    engine = import_module(settings.SESSION_ENGINE)
    session = engine.SessionStore(jar[settings.SESSION_COOKIE_NAME].value)
    user = get_user(SimpleNamespace(session=session))
    return user if user.is_authenticated else None


def _refuse(wire: Wire, refusal: Refused) -> None:
    wire.write(Frame(to_json({"v": VERSION, "error": refusal.errors})))
    if isinstance(refusal, Missing):
        wire.close(CLOSE_MISSING)
    elif isinstance(refusal, Denied):
        wire.close(CLOSE_DENIED)
    else:
        wire.close(CLOSE_INVALID)


async def _until_gone(receive, viewer: Viewer | None) -> None:
    said = 0
    while (await receive())["type"] != "websocket.disconnect":
        said += 1
        if said == MOST_MESSAGES and viewer is not None:
            viewer.wire.close(CLOSE_RUDE)


def _forget(scope) -> None:
    """A socket lives long, and thousands do: what opened it is not needed any more."""
    scope["headers"].clear()
    scope.clear()
