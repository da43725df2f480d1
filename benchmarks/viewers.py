"""A crowd of viewers on raw sockets, light enough that the server is what is measured.

They speak just as much of RFC 6455 as a viewer needs. A frame that several viewers get with the
same bytes is parsed once; that each of them got each event once and in order is checked for all.
"""

import asyncio
import base64
import json
import os
import select
import socket
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

_READ_BYTES = 1 << 18
_DEAF_BUFFER = 4096
_JOIN_SECONDS = 60.0
_TEXT, _CLOSE, _PING = 0x1, 0x8, 0x9


@dataclass(slots=True)
class Frame:
    """What one frame announced, and who has it."""

    payload: bytes
    events: list[dict]
    is_reset: bool
    receivers: int = 0
    last_at: float = 0.0


@dataclass(slots=True)
class Arrival:
    """One event: how many viewers have it, and when the last of them got it."""

    event: dict
    receivers: int = 0
    last_at: float = 0.0


class Viewer:
    """One open page. `after` is the newest entry that it has."""

    __slots__ = ("after", "closed_at", "crowd", "is_in", "pending", "sock")

    def __init__(self, crowd: "Crowd", sock: socket.socket, after: int, pending: bytes):
        self.crowd, self.sock, self.after, self.pending = crowd, sock, after, b""
        self.closed_at, self.is_in = 0.0, False
        if pending:
            self.take(pending, time.perf_counter())

    def on_readable(self) -> None:
        try:
            data = self.sock.recv(_READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        now = time.perf_counter()
        if data:
            self.take(data, now)
        else:
            self.close(now)

    def take(self, data: bytes, now: float) -> None:
        if self.pending:
            data = self.pending + data
        at, size = 0, len(data)
        while size - at >= 2:
            length, start = data[at + 1] & 0x7F, at + 2
            if length == 126:
                if size < at + 4:
                    break
                length, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                if size < at + 10:
                    break
                length, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if size < start + length:
                break
            self.take_frame(data[at] & 0x0F, data[start : start + length], now)
            at = start + length
        self.pending = data[at:]

    def take_frame(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == _TEXT:
            self.is_in = True  # the first one says so
            self.crowd.take(self, payload, now)
        elif opcode == _PING:
            self.sock.send(bytes([0x8A, 0x80 | len(payload), 0, 0, 0, 0]) + payload)
        elif opcode == _CLOSE:
            self.close(now)

    def close(self, now: float = 0.0) -> None:
        if not self.closed_at:
            self.closed_at = now or time.perf_counter()
            asyncio.get_running_loop().remove_reader(self.sock.fileno())
            self.sock.close()


@dataclass
class Crowd:
    """All viewers of one room. Needs a running event loop."""

    host: str
    port: int
    path: str
    viewers: list[Viewer] = field(default_factory=list)
    frames: dict[bytes, Frame] = field(default_factory=dict)
    newest: Frame | None = None
    problems: list[str] = field(default_factory=list)
    bytes_received: int = 0

    async def join(self, cookies: Sequence[str], *, after: int, at_once: int = 50) -> None:
        """Opens one viewer for each cookie header; an empty one is a visitor."""
        gate = asyncio.Semaphore(at_once)

        async def enter(cookie: str) -> None:
            async with gate:
                self.viewers.append(await self._open(cookie, after))

        await asyncio.gather(*(enter(cookie) for cookie in cookies))
        if not await until(lambda: all(viewer.is_in for viewer in self.viewers), _JOIN_SECONDS):
            raise RuntimeError("the server did not let everybody in")

    async def _open(self, cookie: str, after: int) -> Viewer:
        sock = await connect(self.host, self.port)
        rest = await shake_hands(sock, self.host, self.port, f"{self.path}?after={after}", cookie)
        viewer = Viewer(self, sock, after, rest)
        asyncio.get_running_loop().add_reader(sock.fileno(), viewer.on_readable)
        return viewer

    def take(self, viewer: Viewer, payload: bytes, now: float) -> None:
        frame = self.newest
        # Comparing is quicker than hashing, and mostly it is the frame that others just got.
        if frame is None or frame.payload != payload:
            frame = self.newest = self.frames.get(payload) or self._parse(payload)
        self.bytes_received += len(payload)
        frame.receivers += 1
        frame.last_at = now
        if frame.is_reset:
            self.problems.append("reset")
        elif frame.events:
            first, last = frame.events[0]["seq"], frame.events[-1]["seq"]
            if first != viewer.after + 1:
                self.problems.append(f"{first} came after {viewer.after}")
            viewer.after = last

    def _parse(self, payload: bytes) -> Frame:
        document = json.loads(payload)
        events = document.get("events", [])
        seqs = [event["seq"] for event in events]
        if seqs != list(range(seqs[0], seqs[0] + len(seqs)) if seqs else []):
            self.problems.append(f"a frame with a gap: {seqs}")
        frame = Frame(payload, events, bool(document.get("reset")))
        self.frames[payload] = frame
        return frame

    def arrivals(self) -> dict[int, Arrival]:
        """By seq."""
        found: dict[int, Arrival] = {}
        for frame in self.frames.values():
            for event in frame.events:
                arrival = found.setdefault(event["seq"], Arrival(event))
                arrival.receivers += frame.receivers
                arrival.last_at = max(arrival.last_at, frame.last_at)
        return found

    def forget(self) -> None:
        """Begin a new measurement with the same viewers."""
        self.frames.clear()
        self.problems.clear()
        self.newest, self.bytes_received = None, 0

    async def until(self, seq: int, timeout: float) -> bool:
        """True once every viewer who is still there has the entry `seq`."""
        return await until(lambda: all(v.after >= seq for v in self.open_viewers), timeout)

    @property
    def open_viewers(self) -> list[Viewer]:
        return [viewer for viewer in self.viewers if not viewer.closed_at]

    def leave(self) -> None:
        for viewer in self.viewers:
            viewer.close()
        self.viewers.clear()


class DeafCrowd:
    """Viewers who never read a byte after the handshake, with as little room as they can have."""

    def __init__(self):
        self.socks: list[socket.socket] = []
        self.cut_at: dict[int, float] = {}
        self._poller = select.poll()

    async def join(self, crowd: Crowd, count: int, *, after: int, cookie: str = "") -> None:
        for _ in range(count):
            sock = await connect(crowd.host, crowd.port, receive_buffer=_DEAF_BUFFER)
            await shake_hands(sock, crowd.host, crowd.port, f"{crowd.path}?after={after}", cookie)
            self.socks.append(sock)
            self._poller.register(sock, 0)  # that the line is dead is told unasked

    def all_are_cut(self) -> bool:
        for descriptor, _event in self._poller.poll(0):
            self.cut_at[descriptor] = time.perf_counter()
            self._poller.unregister(descriptor)
        return len(self.cut_at) == len(self.socks)

    def leave(self) -> None:
        for sock in self.socks:
            sock.close()


async def until(condition: Callable[[], bool], timeout: float, *, every: float = 0.01) -> bool:
    deadline = time.perf_counter() + timeout
    while not condition():
        if time.perf_counter() > deadline:
            return False
        await asyncio.sleep(every)
    return True


async def connect(host: str, port: int, *, receive_buffer: int = 0) -> socket.socket:
    sock = socket.socket()
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if receive_buffer:  # before connecting, or the window is announced larger already
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    await asyncio.get_running_loop().sock_connect(sock, (host, port))
    return sock


async def shake_hands(
    sock: socket.socket, host: str, port: int, path: str, cookie: str = ""
) -> bytes:
    """Becomes a WebSocket; returns what the server has sent beyond its answer."""
    loop = asyncio.get_running_loop()
    lines = [
        f"GET {path} HTTP/1.1",
        f"Host: {host}:{port}",
        f"Origin: http://{host}:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
    ]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    await loop.sock_sendall(sock, "\r\n".join([*lines, "", ""]).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        data = await loop.sock_recv(sock, 65536)
        if not data:
            raise ConnectionError(f"{path}: closed while shaking hands: {answer[:200]!r}")
        answer += data
    head, _, rest = answer.partition(b"\r\n\r\n")
    if b" 101 " not in head.split(b"\r\n", 1)[0]:
        raise ConnectionError(f"{path}: {head[:300]!r}")
    return rest


def text_frame(text: str) -> bytes:
    """A masked frame as a browser sends it, for those who do send something."""
    payload = text.encode()
    assert len(payload) < 126
    return struct.pack("!BB4x", 0x80 | _TEXT, 0x80 | len(payload)) + payload
