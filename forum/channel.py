"""The connections over which pages are asked for: their time limits, and the limit on bodies."""

import asyncio

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet import reactor
from twisted.web import http

from forum.refusing import too_large

# Each from its beginning to its end, however the bytes drip in.
HEADER_SECONDS = 15
BODY_SECONDS = 120  # a megabyte over a poor line
LARGE_BODY_SECONDS = 600  # where files are sent
KEEP_ALIVE_SECONDS = 75
LINGER_SECONDS = 10
STALL_SECONDS = 30  # in which the reader of a page takes nothing


class Request(WebRequest):
    error_template = "<!doctype html><title>%(title)s</title><h1>%(title)s</h1><p>%(body)s</p>"
    received_bytes = 0

    def parseCookies(self):
        """Django does, and it parses the form; Twisted would do both before."""

    def requestReceived(self, command, path, version):
        self.content.seek(0, 0)
        self.method, self.uri, self.clientproto = command, path, version
        self.path = path.split(b"?", 1)[0]
        self.process()

    def handle_reply(self, message):
        """An answer goes out in one piece, head and body together."""
        transport = self.transport
        transport.gather()
        try:
            super().handle_reply(message)
        finally:
            transport.send_gathered()

    def handleContentChunk(self, data):
        self.received_bytes += len(data)
        if self.received_bytes > self.channel.body_limit:
            self.channel.refuse_body()
        elif not self.channel.is_refused:
            super().handleContentChunk(data)

    def handle_exception(self, exception):
        if self._response_started:  # what came so far must not look complete
            self.channel.transport.abortConnection()
        else:
            super().handle_exception(exception)

    def process(self):
        result = super().process()
        if self.transport is None:  # it has become a socket's
            self.channel.hand_over()
        return result


class Channel(http.HTTPChannel):
    """One connection over which pages are asked for, one after the other."""

    is_refused = False
    _host = None
    _timer = None
    _ends_at: float | None = None
    body_limit = 0  # of the request that is being read
    _resumed: asyncio.Event | None = None
    _sent_before = 0

    # --- time limits: Twisted's start anew with each byte, these don't ---------------------------

    def dataReceived(self, data):
        http.basic.LineReceiver.dataReceived(self, data)

    def lineReceived(self, line):
        if not self.requests:
            self.setTimeout(HEADER_SECONDS)
        super().lineReceived(line)

    def setTimeout(self, period):
        """Twisted's; but a timer that runs is left alone, and sees when it goes off that the end
        has been put off. So a request moves none in the list of all timers."""
        before, self.timeOut = self.timeOut, period
        self._ends_at = None if period is None else reactor.seconds() + period
        if period is not None and (self._timer is None or self._timer.getTime() > self._ends_at):
            self._wait(period)
        return before

    def _wait(self, seconds: float) -> None:
        self._stop_timer()
        # No longer than until the end of a header that begins now, which needs no new timer so.
        self._timer = reactor.callLater(min(seconds, HEADER_SECONDS), self._look_at_time)

    def _look_at_time(self):
        self._timer = None
        if self._ends_at is None:
            return
        if (left := self._ends_at - reactor.seconds()) > 0:
            self._wait(left)
        else:
            self.timeoutConnection()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

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
        bodies = self.factory.server.bodies
        self.body_limit = bodies.limit_of(self._path)
        is_large = self.body_limit > bodies.usual
        self.setTimeout(LARGE_BODY_SECONDS if is_large else BODY_SECONDS)
        if self.length and self.length > self.body_limit:
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
        self.transport.write(too_large(self.body_limit, headers.getRawHeaders(b"accept", [b""])[0]))
        self.transport.loseWriteConnection()
        self.setTimeout(LINGER_SECONDS)

    def rawDataReceived(self, data):
        if not self.is_refused:
            super().rawDataReceived(data)

    def allContentReceived(self):
        if not self.is_refused:
            super().allContentReceived()

    def getHost(self):
        """Asks the system once, not for each request."""
        if self._host is None:
            self._host = super().getHost()
        return self._host

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
        self._stop_timer()
        self.requests.clear()

    def connectionLost(self, reason):
        self.factory.channels.discard(self)
        super().connectionLost(reason)
        self._stop_timer()
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

    def log(self, request):
        """Nobody reads it: the proxy keeps the log of requests."""
