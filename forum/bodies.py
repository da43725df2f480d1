"""Requests whose body is too long are refused by the server, before Django sees them."""

import json

from daphne.http_protocol import HTTPFactory, WebRequest
from twisted.internet import reactor

# A client that is still sending gets some time to read the answer: closing at once would make
# its kernel throw the answer away.
LINGER_SECONDS = 5.0


class LimitedRequest(WebRequest):
    """Refuses by declared length before reading, and by received length where none is declared."""

    received_bytes = 0
    is_refused = False
    _ending = None

    @property
    def limit_bytes(self) -> int:
        return self.server.body_limit_bytes

    def gotLength(self, length):
        if length is not None and length > self.limit_bytes:
            self._refuse()
        else:
            super().gotLength(length)

    def handleContentChunk(self, data):
        self.received_bytes += len(data)
        if not self.is_refused and self.received_bytes > self.limit_bytes:
            self._refuse()
        if not self.is_refused:
            super().handleContentChunk(data)

    def requestReceived(self, command, path, version):
        if self.is_refused:
            self.channel.transport.loseConnection()  # all was sent; nothing is waited for
        else:
            super().requestReceived(command, path, version)

    def connectionLost(self, reason):
        if self._ending is not None and self._ending.active():
            self._ending.cancel()
        super().connectionLost(reason)

    def _refuse(self) -> None:
        """Answers, says that nothing more will come, and lets what still arrives go by unread."""
        self.is_refused = True
        # Otherwise Twisted would still ask for the body.
        self.requestHeaders.removeHeader(b"expect")
        self.channel.persistent = False
        transport = self.channel.transport
        transport.write(self._refusal())
        transport.loseWriteConnection()
        self._ending = reactor.callLater(LINGER_SECONDS, transport.abortConnection)

    def _refusal(self) -> bytes:
        limit = f"{self.limit_bytes // 1000} KB"
        sentences = [
            f"Kiriman ini melebihi batas {limit}. Persingkat, lalu kirim lagi.",
            f"This is larger than the limit of {limit}. Shorten it and send it again.",
        ]
        accept = b",".join(self.requestHeaders.getRawHeaders(b"accept", []))
        if b"application/json" in accept:
            kind, text = "application/json", json.dumps(
                {"errors": {"__all__": sentences}, "code": "too_large"}
            )
        else:
            kind, text = "text/plain; charset=utf-8", "\n".join(sentences) + "\n"
        body = text.encode()
        head = (
            "HTTP/1.1 413 Content Too Large\r\n"
            f"Content-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n"
            "Cache-Control: no-store\r\n"
            "Connection: close\r\n\r\n"
        )
        return head.encode("ascii") + body


class LimitedHTTPFactory(HTTPFactory):
    def buildProtocol(self, addr):
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = LimitedRequest
        return protocol
