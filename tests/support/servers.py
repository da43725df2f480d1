"""Real server processes, each on a free port with a database of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from forum.serve import end_with_parent
from tests.support.client import Client
from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 40.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(command: list[str], log: Path, environment: dict[str, str]) -> subprocess.Popen:
    """Start a program of the project that writes into `log`; it ends with the tests, however."""
    here, ties = os.getpid(), threading.current_thread() is threading.main_thread()
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            # The kernel's "parent" is the thread that starts: one that ends would take it along.
            preexec_fn=(lambda: end_with_parent(here, signal.SIGKILL)) if ties else None,
        )


def project_environment(**changes: str) -> dict[str, str]:
    """The demo's environment: nothing of the caller's own settings but what `changes` says."""
    ours = {"DEBUG", "SITE_URL", "ALLOWED_HOSTS", "TRUSTED_PROXIES", "EMAIL_URL", "PORT"}
    ours |= {"SITE_NAME", "MEDIA_ROOT", "DJANGO_SETTINGS_MODULE", "MAKEFLAGS", "MAKELEVEL"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    fixed = {"DEMO": "1", "RATE_LIMITS": "off", "EMAIL_URL": "dummy:", "PYTHONUNBUFFERED": "1"}
    return kept | fixed | changes


def run(*arguments: str, environment: dict[str, str]) -> str:
    """Run a program of the project to its end and return what it printed; a failure is an
    AssertionError with its output."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, f"{' '.join(arguments)}:\n{done.stdout}"
    return done.stdout


@dataclass
class Server:
    """One web server (and, where asked for, one worker). Its data outlives kill and restart."""

    folder: Path
    environment: dict[str, str]
    port: int = field(default_factory=free_port)
    with_worker: bool = False
    process: subprocess.Popen | None = None
    worker: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def database_url(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def log(self) -> str:
        return "".join(
            path.read_text(errors="replace") for path in sorted(self.folder.glob("*.log"))
        )

    def start(self) -> "Server":
        command = ["-m", "forum.server", "--bind", "127.0.0.1", "--port", str(self.port)]
        self.process = start(command, self.folder / "server.log", self.environment)
        if self.with_worker:
            command = ["manage.py", "worker", "--interval", "0.1", "--no-startup-delay"]
            self.worker = start(command, self.folder / "worker.log", self.environment)
        wait_until(self._answers, START_SECONDS, what=f"{self.url} answers")
        return self

    def _answers(self) -> bool:
        assert self.process.poll() is None, f"The server has ended:\n{self.log}"
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5):
                return True
        except urllib.error.HTTPError as refusal:
            refusal.close()
            return False
        except OSError:
            return False

    def kill(self) -> None:
        """Signal 9 to the web server, as a fault would."""
        self.process.kill()
        self.process.wait()

    def restart(self) -> "Server":
        """On the same port and data; kills what still runs."""
        self.stop()
        return self.start()

    def stop(self) -> None:
        running = [process for process in (self.process, self.worker) if process]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.process = self.worker = None

    def client(self, email: str | None = None) -> Client:
        """A visitor of this server, signed in as `email` when given."""
        visitor = Client(self.url)
        return visitor.sign_in(email) if email else visitor

    def manage(self, *arguments: str) -> str:
        return run("manage.py", *arguments, environment=self.environment)


class Databases:
    """A migrated database with the demo, made once, of which each server gets a copy.

    `migrated` is one that is there already, empty and up to date: a file, or a name on the same
    server. Without it the template is migrated itself.
    """

    def __init__(self, folder: Path, url: str, name: str, *, migrated: str = ""):
        self.folder, self.url, self.name, self.migrated = folder, url, name, migrated
        self.template = folder / "template.sqlite3"

    @property
    def on_postgres(self) -> bool:
        return self.url.startswith("postgres")

    def make_template(self) -> None:
        if self.migrated:
            self.copy_migrated(self.name if self.on_postgres else str(self.template))
        else:
            self.migrate()
        self.fill(project_environment(DATABASE_URL=self.template_url()))

    def migrate(self) -> str:
        """An empty database that is up to date; what others take as `migrated`."""
        if self.on_postgres:
            self._administer(f'CREATE DATABASE "{self.name}"')
        environment = project_environment(DATABASE_URL=self.template_url())
        run("manage.py", "migrate", "--no-input", environment=environment)
        return self.name if self.on_postgres else str(self.template)

    def fill(self, environment: dict[str, str]) -> None:
        run("manage.py", "demo", environment=environment)

    def copy_migrated(self, to: str) -> None:
        """Puts a copy of `migrated` there, in place of what was."""
        if self.on_postgres:
            self._administer(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
            self._administer(f'CREATE DATABASE "{to}" TEMPLATE "{self.migrated}"')
        else:
            shutil.copyfile(self.migrated, to)

    @contextmanager
    def copy(self, folder: Path, name: str) -> Iterator[str]:
        """The URL of a fresh copy of the template, gone at the end."""
        if not self.on_postgres:
            path = folder / "rembuk.sqlite3"
            shutil.copyfile(self.template, path)
            yield f"sqlite:///{path}"
            return
        self._administer(f'CREATE DATABASE "{name}" TEMPLATE "{self.name}"')
        yield self._postgres_url(name)
        self._administer(f'DROP DATABASE "{name}" WITH (FORCE)')

    def drop_template(self) -> None:
        if self.on_postgres:
            self._administer(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def template_url(self) -> str:
        return self._postgres_url(self.name) if self.on_postgres else f"sqlite:///{self.template}"

    def _postgres_url(self, name: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))

    def _administer(self, statement: str) -> None:
        with psycopg.connect(self._postgres_url("postgres"), autocommit=True) as connection:
            connection.execute(statement)
