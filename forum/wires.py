"""The line to one viewer: how full it is, and the end of one who does not read."""

import asyncio
import fcntl
import socket
import struct
import termios

from autobahn.websocket.protocol import WebSocketProtocol as States
from twisted.internet import reactor, tcp
from twisted.internet.interfaces import IPushProducer
from zope.interface import implementer

SEND_BUFFER_BYTES = 64 * 1024  # the kernel's, of which it takes twice as much
LOOK_SECONDS = 1.0
STILL_SECONDS = 2.0  # full, and not a byte taken
FULL_SECONDS = 60.0  # full, however slowly it is taken
UNSENT_BYTES = 1_000_000


class Transport(tcp.Server):
    """Counts what the kernel has taken, and writes at once where nothing waits."""

    bytes_sent = 0
    _gathered: list[bytes] | None = None

    def writeSomeData(self, data):
        sent = super().writeSomeData(data)
        if isinstance(sent, int):
            self.bytes_sent += sent
        return sent

    def write_now(self, data: bytes) -> None:
        """Spares the rounds through the event loop that Twisted's `write` takes."""
        if self.unsent_bytes == 0 and self.connected and not self.disconnecting:
            sent = self.writeSomeData(data)
            if isinstance(sent, int):
                data = data[sent:]
        if data:
            self.write(data)

    def gather(self) -> None:
        """What is written from now on waits for `send_gathered`."""
        self._gathered = []

    def send_gathered(self) -> None:
        gathered, self._gathered = self._gathered, None
        if data := b"".join(gathered):
            self.write_now(data)

    def write(self, data):
        if self._gathered is None:
            super().write(data)
        else:
            self._gathered.append(data)

    def writeSequence(self, iovec):
        if self._gathered is None:
            super().writeSequence(iovec)
        else:
            self._gathered.extend(iovec)

    @property
    def unsent_bytes(self) -> int:
        return len(self.dataBuffer) - self.offset + self._tempDataLen

    @property
    def taken_bytes(self) -> int:
        """What has arrived: on a poor line the kernel takes nothing more for seconds, while what it
        has is trickling out."""
        try:
            waiting = fcntl.ioctl(self.fileno(), termios.TIOCOUTQ, b"\0" * 4)
        except OSError:
            return self.bytes_sent
        return self.bytes_sent - struct.unpack("i", waiting)[0]


@implementer(IPushProducer)
class LineWire:
    """What the hub writes to (consultations/live/frames.py: Wire). Twisted pauses and resumes it.

    A line that is full and of which the reader takes nothing for two seconds is aborted; so is one
    that stays full for a minute, however slowly it is read. Memory for it is bounded meanwhile.
    """

    __slots__ = ("_full_since", "_look", "_moved_at", "_protocol", "_taken", "_waiting")

    def __init__(self, protocol):
        self._protocol = protocol
        self._full_since = self._moved_at = 0.0
        self._taken = 0
        self._look = None
        self._waiting: asyncio.Event | None = None
        transport = protocol.transport
        transport.getHandle().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)
        transport.unregisterProducer()  # the HTTP channel that it was until now
        transport.registerProducer(self, True)

    # --- for the hub ------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        return self._protocol.state == States.STATE_OPEN

    @property
    def is_full(self) -> bool:
        return self._look is not None

    def write(self, frame) -> None:
        if self.is_open:
            if frame.prepared is None:
                frame.prepared = encode_text(frame.text)
            self._protocol.transport.write_now(frame.prepared)

    def close(self, code: int) -> None:
        if self.is_open:
            self._protocol.sendCloseFrame(code=code, isReply=False)

    async def drained(self) -> None:
        while self.is_full and self.is_open:
            if self._waiting is None:
                self._waiting = asyncio.Event()
            await self._waiting.wait()

    # --- for Twisted ------------------------------------------------------------------------------

    def pauseProducing(self):
        if self._look is None:
            self._full_since = self._moved_at = reactor.seconds()
            self._taken = self._protocol.transport.taken_bytes
            self._look = reactor.callLater(LOOK_SECONDS, self._look_again)

    def resumeProducing(self):
        self.end()
        transport = self._protocol.transport
        if transport.disconnecting:
            transport.unregisterProducer()  # a transport with one would not close

    def stopProducing(self):
        self.end()

    def end(self) -> None:
        if self._look is not None and self._look.active():
            self._look.cancel()
        self._look = None
        if self._waiting is not None:
            self._waiting.set()
            self._waiting = None

    def _look_again(self):
        transport, now = self._protocol.transport, reactor.seconds()
        if (taken := transport.taken_bytes) != self._taken:
            self._taken, self._moved_at = taken, now
        is_still = now - self._moved_at >= STILL_SECONDS - LOOK_SECONDS / 10
        if (
            is_still
            or now - self._full_since >= FULL_SECONDS
            or transport.unsent_bytes > UNSENT_BYTES
        ):
            transport.abortConnection()
        else:
            self._look = reactor.callLater(LOOK_SECONDS, self._look_again)


def encode_text(text: str) -> bytes:
    """An unmasked, uncompressed text frame (RFC 6455, 5.2): the same bytes for everybody."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        head = struct.pack("!BB", 0x81, size)
    elif size < 65536:
        head = struct.pack("!BBH", 0x81, 126, size)
    else:
        head = struct.pack("!BBQ", 0x81, 127, size)
    return head + payload
