"""The server as a process of its own, and what tests watch about it."""

import re
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path

from websockets.sync.client import connect

from tests.support import wait_until
from tests.support.servers import ROOT, free_port, project_environment

MEGABYTE = 1_000_000


class Running:
    def __init__(self, folder: Path, application: str = "tests.forum.small_app:application"):
        self.port, self.said, self.log = free_port(), folder / "stdout", folder / "stderr"
        command = [sys.executable, "-m", "forum.server", "--bind", "127.0.0.1"]
        with self.said.open("w") as out, self.log.open("w") as err:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "--application", application],
                cwd=ROOT,
                env=project_environment(),
                stdout=out,
                stderr=err,
            )
        wait_until(lambda: "\n" in self.said.read_text(), 20, what=self.log.read_text)

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def ask(self, *head: str, body: bytes = b"") -> bytes:
        """One request on a connection of its own; all that comes back until it is closed."""
        with self.connect() as line:
            line.sendall("\r\n".join([*head, "Host: localhost", "", ""]).encode() + body)
            return read_all(line)

    def socket(self, path: str = "/", **options):
        return connect(f"ws://127.0.0.1:{self.port}{path}", compression=None, **options)

    @property
    def memory_bytes(self) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024

    def stop(self, signum: int = signal.SIGTERM, timeout: float = 15) -> int:
        self.process.send_signal(signum)
        return self.process.wait(timeout)


@contextmanager
def until_killed(server: Running):
    yield server
    server.process.kill()
    server.process.wait()


@contextmanager
def without_traceback(server: Running):
    before = len(server.log.read_text())
    yield server
    said = server.log.read_text()[before:]
    assert "Traceback" not in said or "a fault of the program" in said, said


def read_all(line: socket.socket) -> bytes:
    parts = []
    while part := line.recv(65536):
        parts.append(part)
    return b"".join(parts)


@contextmanager
def peak_memory(server: Running):
    """A function that tells how much memory the server took at most, above what it had."""
    before, peaks, done = server.memory_bytes, [0], threading.Event()

    def look():
        while not done.wait(0.05):
            peaks.append(server.memory_bytes - before)

    looking = threading.Thread(target=look)
    looking.start()
    yield lambda: max(peaks)
    done.set()
    looking.join()
