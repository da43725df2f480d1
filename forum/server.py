"""The web server: Daphne, with limits that hold before Django sees a request.

    python -m forum.server --bind 127.0.0.1 --port 8000

- A body that is too long is refused by its declared or by its received length; it is never kept.
- A request has to arrive within a time, so that nobody holds connections by being slow.
- A socket whose reader takes nothing is cut off, and the hub is told how full each line is.
- SIGTERM and SIGINT let running requests finish and tell sockets to come back later (1012).
"""

import argparse
import asyncio
import gc
import logging
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Sequence

# Before anything of Twisted: it installs the reactor that runs on asyncio.
from daphne.server import Server as DaphneServer  # isort: skip

from autobahn.websocket.protocol import WebSocketProtocol as States
from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import HTTPFactory, WebRequest
from daphne.utils import import_by_path
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from django.conf import settings
from twisted.internet import reactor, tcp
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    STDLibLogObserver,
    globalLogBeginner,
)
from twisted.web import http

from consultations.live.frames import WIRE
from forum.refusing import too_large
from forum.wires import LineWire, Transport

logger = logging.getLogger(__name__)

BACKLOG = 2048  # viewers come back at the same moment
HEADER_SECONDS = 20
BODY_SECONDS = 120  # a megabyte over a poor line
KEEP_ALIVE_SECONDS = 75
LINGER_SECONDS = 10
STALL_SECONDS = 30  # of a page's reader
GRACE_SECONDS = 7.0  # serve.py kills after 8
PING_SECONDS, PONG_SECONDS = 30, 20
MESSAGE_BYTES = 4096  # of a viewer, who has nothing to say
UNREAD_MESSAGES = 32
SERVICE_RESTART = 1012


class Request(WebRequest):
    error_template = "<!doctype html><title>%(title)s</title><h1>%(title)s</h1><p>%(body)s</p>"
    received_bytes = 0

    def handleContentChunk(self, data):
        self.received_bytes += len(data)
        if self.received_bytes > self.server.body_limit:
            self.channel.refuse_body()
        elif not self.channel.is_refused:
            super().handleContentChunk(data)

    def process(self):
        result = super().process()
        if self.transport is None:  # it has become a socket's
            self.channel.hand_over()
        return result


class Channel(http.HTTPChannel):
    """One connection over which pages are asked for, one after the other."""

    is_refused = False
    _resumed: asyncio.Event | None = None
    _sent_before = 0

    # --- time limits: Twisted's start anew with each byte, these don't ---------------------------

    def dataReceived(self, data):
        http.basic.LineReceiver.dataReceived(self, data)

    def lineReceived(self, line):
        if not self.requests:
            self.setTimeout(HEADER_SECONDS)
        super().lineReceived(line)

    def requestDone(self, request):
        super().requestDone(request)
        if self.persistent and not self._handlingRequest:
            self.setTimeout(HEADER_SECONDS if self.requests else KEEP_ALIVE_SECONDS)

    def timeoutConnection(self):
        if self.is_refused:
            self.transport.abortConnection()
        elif self._waitingForTransport and self.transport.bytes_sent != self._sent_before:
            self._sent_before = self.transport.bytes_sent
            self.setTimeout(KEEP_ALIVE_SECONDS)  # they still read the answer
        else:
            super().timeoutConnection()

    # --- bodies ---------------------------------------------------------------------------------

    def allHeadersReceived(self):
        self.setTimeout(BODY_SECONDS)
        if self.length and self.length > self.factory.server.body_limit:
            self.refuse_body()
        else:
            super().allHeadersReceived()

    def refuse_body(self):
        """Answer at once and read on without keeping anything: a connection that is closed while
        bytes arrive would take the answer along."""
        if self.is_refused:
            return
        self.is_refused = True
        headers = self.requests[-1].requestHeaders
        limit = self.factory.server.body_limit
        self.transport.write(too_large(limit, headers.getRawHeaders(b"accept", [b""])[0]))
        self.transport.loseWriteConnection()
        self.setTimeout(LINGER_SECONDS)

    def rawDataReceived(self, data):
        if not self.is_refused:
            super().rawDataReceived(data)

    def allContentReceived(self):
        if not self.is_refused:
            super().allContentReceived()

    # --- how full the line is -------------------------------------------------------------------

    def resumeProducing(self):
        super().resumeProducing()
        if self._resumed:
            self._resumed.set()

    async def drained(self):
        """Returns when the reader has taken what was written; cuts off one who takes nothing."""
        while self._waitingForTransport and self in self.factory.channels:
            self._resumed, sent = asyncio.Event(), self.transport.bytes_sent
            try:
                await asyncio.wait_for(self._resumed.wait(), STALL_SECONDS)
            except TimeoutError:
                if self.transport.bytes_sent == sent:
                    self.transport.abortConnection()
                    return

    # --- the end --------------------------------------------------------------------------------

    def checkPersistence(self, request, version):
        if self.factory.server.is_stopping:
            request.responseHeaders.setRawHeaders(b"Connection", [b"close"])
            return False
        return super().checkPersistence(request, version)

    @property
    def is_busy(self) -> bool:
        return self._handlingRequest

    def end_soon(self):
        self.persistent = False
        if not self.requests:
            self.loseConnection()

    def hand_over(self):
        self.factory.channels.discard(self)
        self.requests.clear()

    def connectionLost(self, reason):
        self.factory.channels.discard(self)
        super().connectionLost(reason)
        if self._resumed:
            self._resumed.set()


class ChannelFactory(HTTPFactory):
    protocol = Channel

    def __init__(self, server):
        super().__init__(server)
        self.timeOut = HEADER_SECONDS
        self.channels: set[Channel] = set()

    def buildProtocol(self, addr):
        channel = super().buildProtocol(addr)
        channel.requestFactory = Request
        self.channels.add(channel)
        return channel


class Socket(WebSocketProtocol):
    """One WebSocket; the hub writes to its `wire`."""

    wire: LineWire

    def connectionMade(self):
        self.wire = LineWire(self)
        super().connectionMade()

    def onConnect(self, request):
        answer = super().onConnect(request)
        self.last_ping -= random.uniform(0, PING_SECONDS)  # thousands come at once, pings need not
        return answer

    def onMessage(self, payload, isBinary):
        if self.application_queue.qsize() > UNREAD_MESSAGES:
            self.transport.abortConnection()
        else:
            super().onMessage(payload, isBinary)

    def connectionLost(self, reason):
        self.wire.end()
        super().connectionLost(reason)


class SocketFactory(WebSocketFactory):
    protocol = Socket


class Server(DaphneServer):
    def __init__(self, application, *, bind: str, port: int, body_limit: int):
        [endpoint] = build_endpoint_description_strings(host=bind, port=port)
        super().__init__(
            application,
            endpoints=[f"{endpoint}:backlog={BACKLOG}"],
            request_buffer_size=64 * 1024,
            websocket_timeout=-1,
            ping_interval=PING_SECONDS,
            ping_timeout=PONG_SECONDS,
            websocket_max_message_size=MESSAGE_BYTES,
            websocket_max_frame_size=MESSAGE_BYTES,
            server_name="",
        )
        self.bind, self.port, self.body_limit = bind, port, body_limit
        self.is_stopping = False
        self.exit_status = 0
        self._port: tcp.Port | None = None
        self._stopping: asyncio.Future | None = None

    def run(self):
        """Daphne's, with our own factories, signals and log."""
        self.connections = {}
        self.http_factory = ChannelFactory(self)
        self.ws_factory = SocketFactory(self, server=self.server_name)
        self.ws_factory.setProtocolOptions(
            autoPingTimeout=self.ping_timeout,
            allowNullOrigin=True,
            openHandshakeTimeout=self.websocket_handshake_timeout,
            maxMessagePayloadSize=self.websocket_max_message_size,
            maxFramePayloadSize=self.websocket_max_frame_size,
        )
        loop = reactor._asyncioEventloop
        asyncio.set_event_loop(loop)
        reactor.callLater(1, self.application_checker)
        reactor.callLater(2, self.timeout_checker)
        reactor.callWhenRunning(self._listen)
        reactor.addSystemEventTrigger("before", "shutdown", self.kill_all_applications)
        for signum in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signum, self.stop_gently)
        reactor.run(installSignalHandlers=False)

    def _listen(self):
        from twisted.internet.endpoints import serverFromString

        listening = serverFromString(reactor, self.endpoints[0]).listen(self.http_factory)
        listening.addCallbacks(self.listen_success, self.listen_error)

    def listen_success(self, port):
        port.transport = Transport
        self._port = port
        sys.stdout.write(f"Listening on http://{self.bind}:{port.getHost().port}\n")
        sys.stdout.flush()

    def listen_error(self, failure):
        logger.critical("Cannot listen on %s:%s: %s", self.bind, self.port, failure.value)
        self.exit_status = 1
        self.stop()

    # --- connections ----------------------------------------------------------------------------

    def create_application(self, protocol, scope):
        if isinstance(protocol, Socket):
            scope["extensions"] = {WIRE: protocol.wire}
        return super().create_application(protocol, scope)

    async def handle_reply(self, protocol, message):
        await super().handle_reply(protocol, message)
        if message.get("more_body") and (channel := protocol.channel) is not None:
            await channel.drained()

    # --- the end --------------------------------------------------------------------------------

    def stop_gently(self):
        if self.is_stopping:
            self.stop()
            return
        self.is_stopping = True
        self._stopping = asyncio.ensure_future(self._stop())

    async def _stop(self):
        if self._port is not None:
            self._port.stopListening()
        for channel in [*self.http_factory.channels]:
            channel.end_soon()
        for protocol in [*self.connections]:
            if isinstance(protocol, Socket):
                protocol.wire.close(SERVICE_RESTART)
        deadline = time.monotonic() + GRACE_SECONDS
        while self._is_busy() and time.monotonic() < deadline:
            await asyncio.sleep(0.02)
        self.stop()

    def _is_busy(self) -> bool:
        return any(channel.is_busy for channel in self.http_factory.channels) or any(
            isinstance(protocol, Socket) and protocol.state != States.STATE_CLOSED
            for protocol in self.connections
        )

    def kill_all_applications(self):
        for details in self.connections.values():
            if application := details.get("application_instance"):
                application.cancel()


def _log_faults_only():
    observer = FilteringLogObserver(
        STDLibLogObserver(name="twisted"),
        [LogLevelFilterPredicate(defaultLogLevel=LogLevel.error)],
    )
    globalLogBeginner.beginLoggingTo([observer], redirectStandardIO=False, discardBuffer=True)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m forum.server", description=__doc__)
    parser.add_argument("--bind", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--application", default="forum.asgi:application", help="for tests")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    application = import_by_path(options.application)
    limit = settings.BODY_LIMIT_BYTES
    _log_faults_only()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # one for each viewer
    gc.freeze()  # what is loaded stays; the collector need not look at it again and again
    server = Server(application, bind=options.bind, port=options.port, body_limit=limit)
    server.run()
    if server.is_stopping and server._is_busy():
        logging.shutdown()
        os._exit(server.exit_status)  # a thread that does not end would hold us up for ever
    return server.exit_status


if __name__ == "__main__":
    sys.exit(main())
