"""Django's handler: one thread for all of a request, streams that wait for their reader."""

import asyncio
import threading

import pytest
from asgiref.testing import ApplicationCommunicator
from django.core.signals import request_finished, request_started
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import path
from django.utils.translation import get_language

from forum.handler import SMALL_FILE_BYTES, PageHandler

seen: list[tuple[str, str]] = []


def note(what: str) -> None:
    seen.append((what, threading.current_thread().name))


class Middleware:
    async_capable = sync_capable = True

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        note("middleware")
        return self.get_response(request)


def page(request):
    note("view")
    return HttpResponse(f"{len(request.body)} {get_language()}", status=201)


def lines(request):
    def make():
        try:
            for number in range(1000):
                note("line")
                yield f"{number} {get_language()} {'x' * 1000}\n"
        finally:
            note("closed")

    return StreamingHttpResponse(make())


def broken(request):
    def make():
        yield "x"
        raise ValueError("in the middle")

    return StreamingHttpResponse(make())


async def asynchronous(request):
    return HttpResponse("late")


def file(request, size):
    name = request.GET["name"]
    return FileResponse(open(name, "rb"))  # Django closes it


urlpatterns = [
    path("page", page),
    path("lines", lines),
    path("broken", broken),
    path("asynchronous", asynchronous),
    path("file/<int:size>", file),
]


@pytest.fixture
def handler(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = [
        f"{__name__}.Middleware",
        "django.middleware.locale.LocaleMiddleware",
        f"{__name__}.Middleware",
    ]
    seen.clear()

    def started(**kwargs):
        note("started")

    def finished(**kwargs):
        note("finished")

    request_started.connect(started)
    request_finished.connect(finished)
    yield PageHandler()
    request_started.disconnect(started)
    request_finished.disconnect(finished)


def ask(handler, path, *, query=b"", headers=()):
    scope = {"type": "http", "method": "POST", "path": path, "query_string": query}
    return ApplicationCommunicator(handler, scope | {"headers": list(headers)})


async def receive_all(asked, body: bytes = b""):
    await asked.send_input({"type": "http.request", "body": body})
    start, parts = await asked.receive_output(5), []
    while True:
        message = await asked.receive_output(5)
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            await asked.wait()
            return start["status"], parts


async def test_everything_of_a_request_happens_in_one_thread(handler):
    asked = ask(handler, "/page", headers=[(b"accept-language", b"en")])

    answer = await receive_all(asked, b"abc")

    assert answer == (201, [b"3 en"])
    whats, threads = zip(*seen, strict=True)
    assert whats == ("started", "middleware", "middleware", "view", "finished")
    assert len(set(threads)) == 1
    assert threads[0].startswith("page")


async def test_requests_run_beside_each_other(handler):
    answers = await asyncio.gather(
        *(receive_all(ask(handler, "/page"), b"x" * n) for n in range(20))
    )

    assert answers == [(201, [f"{n} id".encode()]) for n in range(20)]


async def test_asynchronous_view_is_served(handler):
    assert await receive_all(ask(handler, "/asynchronous")) == (200, [b"late"])


async def test_stream_comes_in_parts_from_one_thread_of_its_own(handler):
    status, parts = await receive_all(ask(handler, "/lines", headers=[(b"accept-language", b"en")]))

    text = b"".join(parts).decode()
    assert status == 200
    assert [line[:-1001].strip() for line in text.splitlines()] == [f"{n} en" for n in range(1000)]
    assert 10 < len(parts) < 30
    threads = {thread for what, thread in seen if what in {"line", "closed", "finished"}}
    assert [thread[:6] for thread in threads] == ["stream"]
    assert [what for what, _ in seen[-2:]] == ["closed", "finished"]


async def test_stream_is_made_no_faster_than_it_is_sent(handler):
    sent, gate = [], asyncio.Event()

    async def send(message):
        sent.append(message)
        if len(sent) == 3:
            await gate.wait()

    asked = ask(handler, "/lines")
    messages = asyncio.Queue()
    messages.put_nowait({"type": "http.request"})
    running = asyncio.ensure_future(handler(asked.scope, messages.get, send))
    while len(sent) < 3:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.3)
    made = sum(what == "line" for what, _ in seen)

    gate.set()
    await running
    assert made < 200
    assert sum(what == "line" for what, _ in seen) == 1000


async def test_stream_ends_when_its_reader_has_gone(handler):
    asked = ask(handler, "/lines")
    await asked.send_input({"type": "http.request"})
    await asked.receive_output(5)

    await asked.send_input({"type": "http.disconnect"})
    await asked.wait(5)

    assert sum(what == "line" for what, _ in seen) < 1000
    assert [what for what, _ in seen[-2:]] == ["closed", "finished"]


async def test_stream_that_breaks_is_an_error(handler):
    asked = ask(handler, "/broken")
    await asked.send_input({"type": "http.request"})

    with pytest.raises(ValueError, match="in the middle"):
        await asked.wait(5)

    assert seen[-1][0] == "finished"


@pytest.mark.parametrize("size", [0, 10, SMALL_FILE_BYTES, SMALL_FILE_BYTES + 1])
async def test_file_is_sent_whole(handler, tmp_path, size):
    path = tmp_path / "file.bin"
    path.write_bytes(b"x" * size)

    status, parts = await receive_all(ask(handler, f"/file/{size}", query=f"name={path}".encode()))

    assert (status, b"".join(parts)) == (200, b"x" * size)
    thread = next(thread for what, thread in seen if what == "finished")
    assert thread.startswith("page" if size <= SMALL_FILE_BYTES else "stream")
