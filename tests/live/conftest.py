"""Real servers of the wall (tests/live/site), and viewers in front of them."""

import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support.servers import (
    START_SECONDS,
    Databases,
    Server,
    project_environment,
    run,
    start,
)
from tests.support.waiting import wait_until

SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.live.site.settings"}
_count = itertools.count(1)


class WallDatabases(Databases):
    def fill(self, environment: dict[str, str]) -> None:
        run("-m", "tests.live.site.fill", environment=environment | SETTINGS)


@dataclass
class WallServer(Server):
    viewers: list["Viewer"] = field(default_factory=list)

    def start(self) -> "WallServer":
        command = ["-m", "tests.live.site", str(self.port)]
        self.process = start(command, self.folder / "server.log", self.environment)
        wait_until(self._answers, START_SECONDS, what=f"{self.url} answers")
        return self

    def stop(self) -> None:
        for viewer in self.viewers:
            viewer.socket.close()
        super().stop()

    def wall(self) -> "Wall":
        """A new wall, for one test."""
        wall = Wall(self, f"wall{next(_count)}")
        wall.act("open")
        return wall

    def resident_bytes(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) * 1024


@dataclass
class Wall:
    server: WallServer
    slug: str

    def act(self, action: str, **fields) -> int | None:
        answer = self.server.client().post(f"/walls/{self.slug}/{action}", fields)
        assert answer.status == 200, answer.text
        return answer.json().get("seq")

    def write(self, *texts: str, repeat: int = 1) -> int:
        return self.act("write", text=list(texts), repeat=repeat)

    def write_from_elsewhere(self, text: str) -> None:
        command = ["-m", "tests.live.site.fill", self.slug, text]
        run(*command, environment=self.server.environment)

    def events(self, **query) -> dict:
        wanted = "&".join(f"{name}={value}" for name, value in query.items())
        return self.server.client().get(f"/consultations/{self.slug}/events?{wanted}").json()

    def watch(self, query: str = "?after=0", **options) -> "Viewer":
        viewer = Viewer(connect_to(self.server, self.slug, query, **options))
        self.server.viewers.append(viewer)
        return viewer


def connect_to(server: Server, slug: str, query: str = "", **options) -> ClientConnection:
    url = f"{server.ws_url}/ws/consultations/{slug}/{query}"
    return connect(
        url, **{"origin": server.url, "proxy": None, "compression": None, "legacy": True} | options
    )


class Viewer:
    """Somebody who watches, and everything that they have seen."""

    def __init__(self, opened: ClientConnection):
        self.socket = opened
        self.events: list[dict] = []
        self.frames: list[dict] = []
        self.largest = 0

    def read(self, timeout: float = 5.0) -> dict:
        text = self.socket.recv(timeout)
        self.largest = max(self.largest, len(text.encode()))
        frame = json.loads(text)
        self.frames.append(frame)
        self.events += frame.get("events", [])
        return frame

    def read_until(self, seq: int, timeout: float = 10.0) -> list[int]:
        """The seqs of everything seen, once `seq` is among it."""
        while not self.events or self.events[-1]["seq"] < seq:
            self.read(timeout)
        return [event["seq"] for event in self.events]

    def closing(self, timeout: float = 5.0) -> int:
        """Reads to the end and returns the code that the server closed with."""
        try:
            while True:
                self.read(timeout)
        except ConnectionClosed as end:
            return end.rcvd.code if end.rcvd else 1006


@pytest.fixture(scope="session")
def wall_databases(run_folder: Path) -> Iterator[WallDatabases]:
    folder = run_folder / f"walls{os.getpid()}"
    folder.mkdir()
    url = os.environ.get("DATABASE_URL", "")
    migrated = os.environ.get("MIGRATED_DATABASE", "")
    databases = WallDatabases(folder, url, f"rembuk_walls_{os.getpid()}", migrated=migrated)
    databases.make_template()
    yield databases
    databases.drop_template()


@contextmanager
def running_wall_server(
    databases: WallDatabases, folder: Path, environment: dict[str, str]
) -> Iterator[WallServer]:
    with databases.copy(folder, f"{databases.name}_{next(_count)}") as url:
        settings = project_environment(DATABASE_URL=url, **SETTINGS, **environment)
        server = WallServer(folder, settings)
        try:
            yield server.start()
        finally:
            server.stop()


@pytest.fixture(scope="module")
def site(wall_databases: WallDatabases, tmp_path_factory) -> Iterator[WallServer]:
    """One server for the walls of a module."""
    folder = tmp_path_factory.mktemp("site")
    with running_wall_server(wall_databases, folder, {"REDIS_URL": ""}) as server:
        yield server


@pytest.fixture
def start_site(wall_databases: WallDatabases, tmp_path: Path) -> Iterator[Callable]:
    """A function that starts a server with a database of its own."""
    with ExitStack() as stack:

        def start_one(**environment: str) -> WallServer:
            folder = tmp_path / f"site{next(_count)}"
            folder.mkdir()
            running = running_wall_server(wall_databases, folder, environment)
            return stack.enter_context(running)

        yield start_one


@pytest.fixture
def wall(site: WallServer) -> Wall:
    return site.wall()
