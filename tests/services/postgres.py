import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from forum.serve import end_with_parent
from tests.services.packages import postgres_programs
from tests.support.servers import free_port
from tests.support.waiting import wait_until

# Nothing of it outlives the run, so nothing has to reach the disk.
SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


@contextmanager
def running_postgres(**settings: str) -> Iterator[str]:
    """A PostgreSQL of our own; yields the URL of an empty database. Gone at the end.

    `settings` go over ours: a benchmark wants fsync="on", synchronous_commit="on".
    """
    programs = postgres_programs()
    folder = Path(tempfile.mkdtemp(prefix="rembuk-pg-"))
    user = _owner(folder)
    password, port = secrets.token_hex(16), free_port()
    data = folder / "data"
    try:
        _make_cluster(programs, data, password, user)
        server = _start(programs, data, port, SETTINGS | settings, user)
        url = f"postgres://postgres:{password}@127.0.0.1:{port}"
        try:
            wait_until(lambda: _accepts(server, url, folder), 30, what="PostgreSQL answers")
            with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE rembuk")
            yield f"{url}/rembuk"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: there is nothing to keep
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> dict:
    """PostgreSQL refuses to run as root; then it runs as a user of the system."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise SystemExit("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")


def _make_cluster(programs: Path, data: Path, password: str, user: dict) -> None:
    password_file = data.parent / "password"
    password_file.write_text(password)
    if user:
        os.chown(password_file, user["user"], user["group"])
    options = ["--username=postgres", f"--pwfile={password_file}", "--auth=scram-sha-256"]
    options += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    subprocess.run(
        [programs / "initdb", f"--pgdata={data}", *options],
        cwd=data.parent,
        stdout=subprocess.DEVNULL,
        check=True,
        **user,
    )


def _start(
    programs: Path, data: Path, port: int, settings: dict[str, str], user: dict
) -> subprocess.Popen:
    here = os.getpid()
    options = [part for item in settings.items() for part in ("-c", "=".join(item))]
    with (data.parent / "postgres.log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", data, "-p", str(port), *options],
            cwd=data.parent,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for the tests: they still need their database to clean up.
            process_group=0,
            preexec_fn=lambda: end_with_parent(here, signal.SIGQUIT),
            **user,
        )


def _accepts(server: subprocess.Popen, url: str, folder: Path) -> bool:
    log = folder / "postgres.log"
    assert server.poll() is None, f"PostgreSQL did not start:\n{log.read_text()}"
    try:
        psycopg.connect(f"{url}/postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
