"""The supervisor with stand-in children, then with the real ones."""

import os
import signal
import subprocess
import sys
import textwrap
import urllib.request
from pathlib import Path

import pytest

from tests.support import wait_until
from tests.support.servers import ROOT, free_port, project_environment

pytestmark = pytest.mark.process

# Children that leave their process ids; `stubborn` ignores every request to end.
CHILD = """
import os, pathlib, signal, subprocess, sys, time
folder, name, kind = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
if kind == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
if kind == "parent":
    inner = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    (folder / f"{name}-inner.{inner.pid}").touch()
(folder / f"{name}.{os.getpid()}").touch()
if kind == "ends":
    sys.exit(3)
time.sleep(60)
"""

SUPERVISOR = """
import sys
from forum.serve import Child, supervise
folder, grace, *children = sys.argv[1:]
made = []
for spec in children:
    name, kind, restarts = spec.split(":")
    command = [sys.executable, "-c", {child!r}, folder, name, kind]
    made.append(Child(name, command, restarts=restarts == "1", pause_seconds=0.05))
sys.exit(supervise(made, grace_seconds=float(grace)))
"""


class Supervised:
    def __init__(self, folder: Path, *children: str, grace: float = 5.0, wait: bool = True):
        self.folder, self.names = folder, [child.split(":")[0] for child in children]
        code = textwrap.dedent(SUPERVISOR).format(child=CHILD)
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, str(folder), str(grace), *children],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        if wait:
            wait_until(lambda: all(self.ids(name) for name in self.names), what="children run")

    def ids(self, name: str = "*") -> list[int]:
        return sorted(int(path.suffix[1:]) for path in self.folder.glob(f"{name}.*"))

    def send(self, signum: int) -> None:
        self.process.send_signal(signum)

    def end(self, timeout: float = 15) -> tuple[int, str]:
        _, said = self.process.communicate(timeout=timeout)
        return self.process.returncode, said

    def left_over(self) -> list[int]:
        return [pid for pid in self.ids() if is_running(pid)]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"  # a zombie waits for its parent and does nothing any more


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_serve_asked_to_stop_ends_everything(tmp_path, signum):
    supervised = Supervised(tmp_path, "web:plain:0", "worker:plain:1")

    supervised.send(signum)

    assert supervised.end() == (0, "")
    assert supervised.left_over() == []


def test_serve_ends_what_its_children_started(tmp_path):
    supervised = Supervised(tmp_path, "web:parent:0")

    supervised.send(signal.SIGTERM)

    assert supervised.end()[0] == 0
    assert len(supervised.ids()) == 2
    wait_until(lambda: not supervised.left_over())


def test_serve_kills_what_does_not_stop_in_time(tmp_path):
    supervised = Supervised(tmp_path, "web:stubborn:0", "worker:plain:1", grace=0.5)

    supervised.send(signal.SIGTERM)

    assert supervised.end() == (0, "serve: web did not stop in time and is killed\n")
    assert supervised.left_over() == []


def test_serve_whose_web_server_dies_stops_the_worker_and_says_so(tmp_path):
    supervised = Supervised(tmp_path, "web:plain:0", "worker:plain:1")

    os.kill(supervised.ids("web")[0], signal.SIGKILL)

    assert supervised.end() == (1, "serve: web has ended with SIGKILL\n")
    assert supervised.left_over() == []


def test_serve_starts_a_dead_worker_again(tmp_path):
    supervised = Supervised(tmp_path, "web:plain:0", "worker:plain:1")

    os.kill(supervised.ids("worker")[0], signal.SIGKILL)
    wait_until(lambda: len(supervised.ids("worker")) == 2)

    assert is_running(supervised.ids("web")[0])
    supervised.send(signal.SIGTERM)
    assert supervised.end() == (0, "serve: worker has ended with SIGKILL\n")
    assert supervised.left_over() == []


def test_serve_whose_worker_keeps_dying_gives_up(tmp_path):
    supervised = Supervised(tmp_path, "web:plain:0", "worker:ends:1")

    status, said = supervised.end(timeout=40)

    assert (status, said) == (1, "serve: worker has ended with status 3\n" * 6)
    assert supervised.left_over() == []


def test_serve_killed_takes_its_children_along(tmp_path):
    supervised = Supervised(tmp_path, "web:stubborn:0", "worker:plain:1")

    supervised.send(signal.SIGKILL)

    supervised.end()
    wait_until(lambda: not supervised.left_over())


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True)
    return [int(word) for word in listed.stdout.split()]


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGKILL])
def test_real_server_and_worker_end_with_their_supervisor(databases, tmp_path, signum):
    port = free_port()
    with databases.copy(tmp_path, f"rembuk_serve_{port}") as url:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "forum.serve", "--port", str(port)],
            cwd=ROOT,
            env=project_environment(DATABASE_URL=url, PORT=str(port)),
        )
        wait_until(lambda: answers(port), 40, what="the server answers")
        children = children_of(supervisor.pid)

        supervisor.send_signal(signum)
        status = supervisor.wait(15)

        wait_until(lambda: not any(map(is_running, children)), what="both have ended")
        assert len(children) == 2
        assert not answers(port)
        assert status == (0 if signum == signal.SIGTERM else -signal.SIGKILL)
