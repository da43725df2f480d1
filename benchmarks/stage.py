"""What every measurement stands on: private services, a demo with many people, real servers."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.addresses import COMMENTS, SOCKET
from benchmarks.cores import CLIENT_CORE, SERVER_CORE, on_core
from benchmarks.plan import Plan
from benchmarks.posting import Author, Desk
from benchmarks.viewers import Crowd
from tests.services import require_packages, running_postgres, running_redis
from tests.support.servers import ROOT, Databases, Server, project_environment, start
from tests.support.waiting import wait_until

# What is measured is what survives a power cut.
_DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


@dataclass
class OtherServer(Server):
    """The same database served by another program, for comparison."""

    command: tuple[str, ...] = ()

    def start(self) -> "OtherServer":
        port = ["-b", "127.0.0.1", "-p", str(self.port)]
        log = self.folder / "server.log"
        self.process = start([*self.command[:2], *port, *self.command[2:]], log, self.environment)
        wait_until(self._answers, 40, what=f"{self.url} answers")
        return self


@dataclass
class Scene:
    """A running server, and the people who come to it."""

    server: Server
    sessions: list[str]
    wordings: list[int]
    plan: Plan

    @property
    def address(self) -> tuple[str, int]:
        return "127.0.0.1", self.server.port

    def crowd(self) -> Crowd:
        return Crowd(*self.address, SOCKET)

    def desk(self, count: int, *, path: str = COMMENTS) -> Desk:
        authors = [Author(*self.address, session) for session in self.sessions[:count]]
        return Desk(path, self.wordings, authors)

    def cookies(self, count: int) -> list[str]:
        """One signed-in person for each viewer."""
        return [f"sessionid={session}" for session in self.sessions[:count]]

    async def visit(self, *, viewers: int) -> tuple[Crowd, Desk]:
        """A crowd that is up to date, and a desk of authors who have all joined."""
        desk = self.desk(self.plan.authors)
        head = await desk.warm_up()
        crowd = self.crowd()
        await crowd.join(self.cookies(viewers), after=head)
        return crowd, desk

    def memory(self) -> int:
        """Bytes of the server that it shares with nobody, and its share of the rest."""
        rollup = Path(f"/proc/{self.server.process.pid}/smaps_rollup").read_text("ascii")
        line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
        return int(line.split()[1]) * 1024


@dataclass
class Stage:
    folder: Path
    plan: Plan
    redis_url: str
    databases: dict[str, Databases]
    facts: dict[str, dict] = field(default_factory=dict)  # by database: sessions and wordings
    count: int = 0

    def prepare(self, database: str) -> dict:
        """The template that servers get copies of, made when first asked for."""
        if database not in self.facts:
            made, path = self.databases[database], self.folder / f"{database}.json"
            with on_core(SERVER_CORE):
                made.make_template()
                people = max(self.plan.viewers, self.plan.authors)
                self.run(made.template_url(), "people", str(people), str(path))
            self.facts[database] = json.loads(path.read_text("utf-8"))
        return self.facts[database]

    @contextmanager
    def copy(self, database: str) -> Iterator[tuple[Path, str]]:
        """A folder and the URL of a fresh copy of the database."""
        self.prepare(database)
        self.count += 1
        folder = self.folder / f"server{self.count}"
        folder.mkdir()
        with self.databases[database].copy(folder, f"rembuk_bench_{self.count}") as url:
            yield folder, url

    @contextmanager
    def scene(self, database: str = "postgres", **options) -> Iterator[Scene]:
        """A server on a fresh copy of the database."""
        with (
            self.copy(database) as (folder, url),
            self.serve(database, folder, url, **options) as scene,
        ):
            yield scene

    @contextmanager
    def serve(
        self,
        database: str,
        folder: Path,
        url: str,
        *,
        command: tuple[str, ...] = (),
        **environment: str,
    ) -> Iterator[Scene]:
        settings = self.environment(url, MEDIA_ROOT=str(folder / "media"), **environment)
        if command:
            server = OtherServer(folder, settings, command=command)
        else:
            server = Server(folder, settings)
        settings["PORT"] = str(server.port)
        try:
            with on_core(SERVER_CORE):
                server.start()
            yield Scene(server, **self.prepare(database), plan=self.plan)
        finally:
            server.stop()

    def environment(self, url: str, **changes: str) -> dict[str, str]:
        return project_environment(DATABASE_URL=url, REDIS_URL=self.redis_url, **changes)

    def run(self, url: str, *arguments: str, **environment: str) -> str:
        """One of `benchmarks.inside`, in a process with the settings of a server."""
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.inside", *arguments],
            cwd=ROOT,
            env=self.environment(url, **environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"benchmarks.inside {arguments}:\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def running_stage(plan: Plan) -> Iterator[Stage]:
    """Everything of it is gone at the end."""
    require_packages()
    subprocess.run(["make", "--silent", "assets"], cwd=ROOT, env=project_environment(), check=True)
    folder = Path(tempfile.mkdtemp(prefix="rembuk-bench-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        stack.enter_context(on_core(CLIENT_CORE))
        postgres_url = stack.enter_context(running_postgres(**_DURABLE))
        redis_url = stack.enter_context(running_redis())
        databases = {
            "postgres": Databases(folder, postgres_url, "rembuk_bench_template"),
            "sqlite": Databases(folder, "", ""),
        }
        yield Stage(folder, plan, redis_url, databases)
