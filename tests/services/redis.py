import os
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from forum.serve import end_with_parent
from tests.support.servers import free_port
from tests.support.waiting import wait_until


@contextmanager
def running_redis(port: int | None = None) -> Iterator[str]:
    """A Redis of our own that keeps nothing; yields its URL. Gone at the end."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="rembuk-redis-") as folder:
        server = start_redis(port, folder)
        try:
            wait_until(lambda: _accepts(server, port), 15, what="Redis answers")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait()


def start_redis(port: int, folder: str) -> subprocess.Popen:
    here = os.getpid()
    options = ["--bind", "127.0.0.1", "--port", str(port), "--dir", folder]
    options += ["--save", "", "--appendonly", "no"]
    return subprocess.Popen(
        ["redis-server", *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        process_group=0,
        preexec_fn=lambda: end_with_parent(here, signal.SIGKILL),
    )


def _accepts(server: subprocess.Popen, port: int) -> bool:
    assert server.poll() is None, "Redis did not start"
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
