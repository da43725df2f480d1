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
from daphne.utils import import_by_path
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from django.conf import settings
from twisted.internet import reactor, tcp
from twisted.internet.endpoints import serverFromString
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    STDLibLogObserver,
    globalLogBeginner,
)

from consultations.live.frames import WIRE
from forum.bodies import BodyLimits
from forum.channel import ChannelFactory
from forum.upkeep import keep_up
from forum.wires import LineWire, Transport

logger = logging.getLogger(__name__)

BACKLOG = 2048  # viewers come back at the same moment
GRACE_SECONDS = 7.0  # serve.py kills after 8
PING_SECONDS, PONG_SECONDS = 30, 20
PROGRAM = "forum.asgi:application"
MESSAGE_BYTES = 4096  # of a viewer, who has nothing to say
UNREAD_MESSAGES = 32
SERVICE_RESTART = 1012


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

    def onOpen(self):
        # A socket lives long, and thousands do: what opened it is not needed any more.
        self.http_request_data, self.http_request_params = b"", {}
        self.http_headers.clear()
        super().onOpen()

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
    def __init__(
        self, application, *, bind: str, port: int, bodies: BodyLimits, has_upkeep: bool = False
    ):
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
        self.bind, self.port, self.bodies = bind, port, bodies
        self.has_upkeep = has_upkeep
        self.is_stopping = False
        self.exit_status = 0
        self._port: tcp.Port | None = None
        self._stopping: asyncio.Future | None = None
        self._upkeep: asyncio.Future | None = None

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
        if self.has_upkeep:
            self._upkeep = asyncio.ensure_future(keep_up(), loop=loop)
        reactor.run(installSignalHandlers=False)

    def _listen(self):
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
    parser.add_argument("--application", default=PROGRAM, help="for tests")
    options = parser.parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forum.settings")
    application = import_by_path(options.application)
    _log_faults_only()
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # one for each viewer
    # Each time that a comment comes back from the database it waits for the thread that makes a
    # long page; Python's 5 ms would add up to a tenth of a second.
    sys.setswitchinterval(0.001)
    gc.freeze()  # what is loaded stays; the collector need not look at it again and again
    gc.set_threshold(50_000, 20, 20)  # a request makes thousands of objects and drops them
    server = Server(
        application,
        bind=options.bind,
        port=options.port,
        bodies=BodyLimits(settings.BODY_LIMIT_BYTES, settings.BODY_LIMITS),
        has_upkeep=options.application == PROGRAM,
    )
    server.run()
    if server.is_stopping and server._is_busy():
        logging.shutdown()
        os._exit(server.exit_status)  # a thread that does not end would hold us up for ever
    return server.exit_status


if __name__ == "__main__":
    sys.exit(main())
