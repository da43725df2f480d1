"""Signal 9 to the server while ten people write: nothing is lost, nothing is there twice."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect

from tests.support import Client, Server, wait_until

pytestmark = pytest.mark.process

CONSULTATION = "/consultations/ktp-elektronik"
AUTHORS, COMMENTS_EACH, VIEWERS, KILLS = 10, 15, 3, 2
NETWORK_FAILURES = (OSError, http.client.HTTPException)


@dataclass
class Author(threading.Thread):
    """Sends each comment again, with the same token, until it is acknowledged."""

    client: Client
    name_of_author: str
    wording: int
    acknowledged: dict[str, dict] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __post_init__(self):
        super().__init__(daemon=True)

    def __hash__(self):
        return id(self)

    def run(self):
        for number in range(COMMENTS_EACH):
            body = f"Masukan {number:02d} dari {self.name_of_author}."
            self._send_until_acknowledged(body)

    def _send_until_acknowledged(self, body: str) -> None:
        token = str(uuid4())
        fields = {"wording": self.wording, "stance": "neutral", "body": body, "token": token}
        while True:
            try:
                answer = self.client.post(f"{CONSULTATION}/comments/", fields)
            except NETWORK_FAILURES:
                time.sleep(0.05)  # a client's pause before it tries again
                continue
            if answer.status == 201:
                self.acknowledged[body] = answer.json()
                return
            if answer.status < 500:
                self.refused.append(f"{answer.status} {answer.text}")
                return


@dataclass
class Viewer(threading.Thread):
    """Reconnects with the newest entry that it has, however often the line is cut."""

    server: Server
    after: int
    seqs: list[int] = field(default_factory=list)
    resets: int = 0
    connections: int = 0
    is_done: bool = False

    def __post_init__(self):
        super().__init__(daemon=True)

    def __hash__(self):
        return id(self)

    def run(self):
        while not self.is_done:
            try:
                self._watch()
            except (OSError, ConnectionClosed, InvalidHandshake, EOFError):
                time.sleep(0.05)

    def _watch(self) -> None:
        newest = self.seqs[-1] if self.seqs else self.after
        address = f"{self.server.ws_url}/ws{CONSULTATION}/?after={newest}"
        with connect(address, origin=self.server.url, proxy=None, open_timeout=5) as socket:
            self.connections += 1
            while not self.is_done:
                try:
                    document = json.loads(socket.recv(timeout=0.2))
                except TimeoutError:
                    continue
                self.resets += bool(document.get("reset"))
                self.seqs += [event["seq"] for event in document.get("events", [])]


def test_kill_loses_nothing_and_doubles_nothing(server):
    head = _events(server, 0)["head"]
    wording = _wording(server)
    authors = [
        Author(server.client(f"warga{number}@contoh.test"), f"warga {number}", wording)
        for number in range(1, AUTHORS + 1)
    ]
    viewers = [Viewer(server, head) for _ in range(VIEWERS)]

    for thread in [*viewers, *authors]:
        thread.start()
    for kill in range(1, KILLS + 1):
        wanted = kill * AUTHORS * COMMENTS_EACH // (KILLS + 1)
        wait_until(lambda: _acknowledged(authors) >= wanted, 60, every=0.001)  # noqa: B023
        server.kill()
        server.start()
    for author in authors:
        author.join(60)

    assert [author.refused for author in authors] == [[]] * AUTHORS
    assert _acknowledged(authors) == AUTHORS * COMMENTS_EACH
    events = _all_events(server, head)
    newest = events[-1]["seq"]
    assert [event["seq"] for event in events] == list(range(head + 1, newest + 1))
    _assert_all_there_once(authors, events)

    for viewer in viewers:
        wait_until(lambda: viewer.seqs and viewer.seqs[-1] >= newest, 20)  # noqa: B023
        viewer.is_done = True
    for viewer in viewers:
        viewer.join(10)
        assert viewer.seqs == list(range(head + 1, newest + 1))
        assert viewer.resets == 0
        assert viewer.connections > KILLS

    server.manage("verify_record")


def _assert_all_there_once(authors: list[Author], events: list[dict]) -> None:
    by_seq = {event["seq"]: event for event in events}
    for author in authors:
        for body, answer in author.acknowledged.items():
            event = by_seq[answer["seq"]]
            assert (event["data"]["number"], body in event["html"]) == (answer["id"], True)
    posted = [event for event in events if event["type"] == "comment.posted"]
    times = Counter(event["data"]["number"] for event in posted)
    assert len(posted) == AUTHORS * COMMENTS_EACH
    assert set(times.values()) == {1}


def _acknowledged(authors: list[Author]) -> int:
    return sum(len(author.acknowledged) for author in authors)


def _events(server: Server, after: int) -> dict:
    return server.client().get(f"{CONSULTATION}/events?after={after}").json()


def _all_events(server: Server, after: int) -> list[dict]:
    """A frame holds only so many."""
    found: list[dict] = []
    while True:
        answer = _events(server, found[-1]["seq"] if found else after)
        found += answer["events"]
        if not answer["events"]:
            return found


def _wording(server: Server) -> int:
    """Words that somebody has commented on already."""
    events = _all_events(server, 0)
    return next(event["data"]["wording"] for event in events if event["data"].get("wording"))
