"""A frame that many sockets get, and the wire to one of them.

A server that can do better than ASGI's `send` puts a wire of its own under `WIRE` into the scope's
extensions (forum/server.py does): it knows how full the line is and writes the bytes of a frame
that were made once. Without one (tests, Django's runserver) everything goes through `send`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

WIRE = "rembuk.wire"


class Frame:
    """One text message. `prepared` is the server's: the bytes on the line, made once."""

    __slots__ = ("prepared", "text")

    def __init__(self, text: str):
        self.text = text
        self.prepared: Any = None


class Wire(Protocol):
    """What the hub needs of a socket. Writing never waits; who writes looks at `is_full` first."""

    is_open: bool
    is_full: bool

    def write(self, frame: Frame) -> None: ...

    def close(self, code: int) -> None: ...

    async def drained(self) -> None:
        """Returns when the line is no longer full, or closed."""


class SendWire:
    """A wire over ASGI's `send`, for servers without one: never full, in order."""

    is_full = False

    def __init__(self, send: Callable[[dict], Awaitable[None]]):
        self.is_open = True
        self._send = send
        self._last: asyncio.Task | None = None

    def write(self, frame: Frame) -> None:
        self._then({"type": "websocket.send", "text": frame.text})

    def close(self, code: int) -> None:
        if self.is_open:
            self.is_open = False
            self._then({"type": "websocket.close", "code": code})

    async def drained(self) -> None:
        if self._last is not None:
            await asyncio.wait({self._last})

    def _then(self, message: dict) -> None:
        self._last = asyncio.ensure_future(self._after(self._last, message))

    async def _after(self, previous: asyncio.Task | None, message: dict) -> None:
        if previous is not None:
            await asyncio.wait({previous})
        await self._send(message)
