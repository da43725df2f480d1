"""Authors who post comments over one kept-alive connection each, and readers of pages."""

import asyncio
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

_CSRF = "rembukbenchmark0rembukbenchmark0"  # a cookie and a field that agree are all it takes
_WORDS = (
    "Loket dibuka pukul delapan, tetapi nomor antrean habis sebelum itu. Mohon jumlah nomor "
    "diumumkan sehari sebelumnya, supaya warga dari desa tidak datang dua kali."
)


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes
    sent_at: float
    took: float

    def json(self) -> dict:
        return json.loads(self.body)


@dataclass
class Connection:
    """One kept-alive connection; one request at a time."""

    host: str
    port: int
    cookie: str = ""
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def get(self, path: str) -> Reply:
        return await self.send("GET", path)

    async def send(self, method: str, path: str, body: bytes = b"", type: str = "") -> Reply:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                self.host, self.port, limit=1 << 22
            )
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if type:
            lines += [f"Content-Type: {type}", f"Content-Length: {len(body)}"]
            lines += [f"Origin: http://{self.host}:{self.port}", "Accept: application/json"]
        sent_at = time.perf_counter()
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        status, content = await self._answer()
        return Reply(status, content, sent_at, time.perf_counter() - sent_at)

    async def _answer(self) -> tuple[int, bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        if b"transfer-encoding: chunked" in head:
            content = await self._chunks()
        else:
            length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0] or 0)
            content = await self.reader.readexactly(length)
        if b"connection: close" in head:
            self.close()
        return status, content

    async def _chunks(self) -> bytes:
        content = b""
        while size := int(await self.reader.readline(), 16):
            content += (await self.reader.readexactly(size + 2))[:-2]
        await self.reader.readline()
        return content

    def close(self) -> None:
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass(frozen=True)
class Posted:
    """One comment: when it was due, and how the server answered."""

    status: int
    due_at: float
    took: float
    seq: int | None
    body: str
    answer: bytes

    @property
    def is_accepted(self) -> bool:
        return self.status == 201


class Author(Connection):
    """A signed-in person who writes; `cookie` is their session."""

    def __init__(self, host: str, port: int, session: str):
        super().__init__(host, port, f"sessionid={session}; csrftoken={_CSRF}")

    async def comment(self, path: str, body: str, *, wording: int, due_at: float = 0.0) -> Posted:
        fields = {
            "csrfmiddlewaretoken": _CSRF,
            "wording": wording,
            "stance": "neutral",
            "body": body,
            "token": uuid.uuid4(),
        }
        reply = await self.send(
            "POST", path, urlencode(fields).encode(), "application/x-www-form-urlencoded"
        )
        done_at, due_at = reply.sent_at + reply.took, due_at or reply.sent_at
        seq = reply.json()["seq"] if reply.status == 201 else None
        return Posted(reply.status, due_at, done_at - due_at, seq, body, reply.body)


@dataclass
class Desk:
    """The authors of one consultation. Each comment says its own number, so that it is found
    again in what viewers got."""

    path: str
    wordings: list[int]
    authors: list[Author]
    count: int = 0
    free: asyncio.Queue = field(default_factory=asyncio.Queue)

    def __post_init__(self):
        for author in self.authors:
            self.free.put_nowait(author)

    async def post(self, *, due_at: float = 0.0, words: str = _WORDS) -> Posted:
        self.count += 1
        wording = self.wordings[self.count % len(self.wordings)]
        body = f"Masukan nomor {self.count:06d}. {words}"
        author = await self.free.get()
        try:
            return await author.comment(self.path, body, wording=wording, due_at=due_at)
        finally:
            self.free.put_nowait(author)

    async def warm_up(self) -> int:
        """Everybody joins the consultation with a first comment, and has a connection. Returns
        the newest entry."""
        for _ in self.authors:
            posted = await self.post()
            if not posted.is_accepted:
                raise RuntimeError(f"A comment was refused: {posted.status} {posted.answer!r}")
        return posted.seq

    def close(self) -> None:
        for author in self.authors:
            author.close()


async def on_schedule(call: Callable[[float], Awaitable], *, rate: float, count: int) -> list:
    """Starts `call(due_at)` at its time whether or not earlier ones are done (open loop): who
    waits for a slow server counts as having waited."""
    start, calls = time.perf_counter() + 0.05, []
    for number in range(count):
        due_at = start + number / rate
        if (wait := due_at - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        calls.append(asyncio.ensure_future(call(due_at)))
    return await asyncio.gather(*calls)


async def as_fast_as_they_can(
    at_once: int, call: Callable[[], Awaitable[int]], seconds: float
) -> float:
    """How many calls a second were answered 201 (closed loop: each waits for its answer)."""
    start = time.perf_counter()
    end = start + seconds

    async def work() -> int:
        accepted = 0
        while time.perf_counter() < end:
            status = await call()
            if status != 201:
                raise RuntimeError(f"A post was refused with {status}")
            accepted += 1
        return accepted

    total = sum(await asyncio.gather(*(work() for _ in range(at_once))))
    return total / (time.perf_counter() - start)
