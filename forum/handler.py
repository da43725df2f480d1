"""Django's handler for ASGI with one visit to a worker thread per request."""

import asyncio
import contextvars
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO

from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

THREADS = 4
STREAMS = 6  # beside the threads; together they stay below the database's pool of 12
SMALL_FILE_BYTES = 512 * 1024
STREAM_PART_BYTES = 60_000
STREAM_PART_SECONDS = 0.2


class PageHandler(ASGIHandler):
    """Serves pages.

    Django's own handler goes back and forth between threads for each signal and middleware, and
    makes a thread for each request. Here everything from request_started to request_finished
    happens in one of a few lasting threads, so that what belongs to a thread (a connection to the
    database) is opened, used and given back in the same one.
    """

    def __init__(self):
        super().__init__()
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        self._streams = asyncio.Semaphore(STREAMS)

    def load_middleware(self, is_async=False):
        super().load_middleware(is_async=False)

    async def __call__(self, scope, receive, send):
        if scope["type"] != "http":
            raise ValueError(f"Only pages are served here, not {scope['type']}.")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()
        context = contextvars.copy_context()  # nothing of one request is left for the next
        run = partial(context.run, self.respond, scope, body)
        response = await loop.run_in_executor(self._threads, run)
        if response.streaming:
            await loop.create_task(self.stream(response, receive, send), context=context)
        else:
            await self.send_response(response, send)

    async def read_body(self, receive) -> BytesIO:
        """In memory: the server takes no longer ones."""
        body = BytesIO()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RequestAborted()
            body.write(message.get("body", b""))
            if not message.get("more_body", False):
                body.seek(0)
                return body

    def respond(self, scope, body) -> HttpResponseBase:
        """The answer, closed already unless it is a stream. What has begun is finished, even when
        the client has gone: they may ask with the same token whether it was."""
        with body:
            set_script_prefix(get_script_prefix(scope))
            request_started.send(sender=self.__class__, scope=scope)
            request, response = self.create_request(scope, body)
            if request is not None:
                response = self.get_response(request)
            response._handler_class = self.__class__
            if response.streaming and _is_small(response):
                response = _read_whole(response)
            if response.streaming:
                close_old_connections()  # it will be read, and closed, in another thread
            else:
                response.close()
        return response

    # --- streams ------------------------------------------------------------------------------

    async def stream(self, response, receive, send) -> None:
        """Sends part by part, no faster than `send` takes them, until the client goes."""
        async with self._streams:
            executor = ThreadPoolExecutor(1, thread_name_prefix="stream")
            in_thread = partial(sync_to_async, thread_sensitive=False, executor=executor)
            if not response.is_async:
                response.streaming_content = _in_parts(response.streaming_content, in_thread)
            sending = asyncio.ensure_future(self.send_response(response, send))
            leaving = asyncio.ensure_future(self.listen_for_disconnect(receive))
            try:
                await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                sending.cancel(), leaving.cancel()
                results = await asyncio.gather(sending, leaving, return_exceptions=True)
                await in_thread(response.close)()
                executor.shutdown(wait=False)
            if isinstance(results[0], Exception) and not isinstance(results[0], OSError):
                raise results[0]


def _is_small(response) -> bool:
    """A file like most static ones: not worth a thread of its own."""
    size = response.get("Content-Length", "")
    return isinstance(response, FileResponse) and size.isdigit() and int(size) <= SMALL_FILE_BYTES


def _read_whole(response) -> HttpResponse:
    whole = HttpResponse(b"".join(response), status=response.status_code, headers=response.headers)
    whole.cookies = response.cookies
    whole._resource_closers, response._resource_closers = response._resource_closers, []
    return whole


async def _in_parts(content: Iterator[bytes], in_thread) -> AsyncIterator[bytes]:
    while part := await in_thread(_take)(content):
        yield part


def _take(content: Iterator[bytes]) -> bytes:
    """The next lines of `content` in one piece; empty at the end."""
    taken, size, until = [], 0, time.monotonic() + STREAM_PART_SECONDS
    for piece in content:
        taken.append(piece)
        size += len(piece)
        if size >= STREAM_PART_BYTES or (size and time.monotonic() > until):
            break
    return b"".join(taken)
