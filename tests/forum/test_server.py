"""The server as a real process, with a small program behind it."""

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from websockets.exceptions import ConnectionClosed

from tests.forum.running import MEGABYTE, Running, peak_memory, read_all, until_killed
from tests.support import wait_until
from tests.support.servers import ROOT, project_environment

pytestmark = [pytest.mark.process, pytest.mark.once]


# --- bodies -----------------------------------------------------------------------------------


def test_body_up_to_the_limit_is_taken(running):
    answer = running.ask(
        "POST / HTTP/1.1", f"Content-Length: {MEGABYTE}", "Connection: close", body=b"x" * MEGABYTE
    )

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"1000000" in answer


def test_body_is_refused_by_its_declared_length_before_it_is_sent(running):
    answer = running.ask(
        "POST / HTTP/1.1", f"Content-Length: {MEGABYTE + 1}", "Expect: 100-continue"
    )

    head, body = answer.decode().split("\r\n\r\n")
    assert head.startswith("HTTP/1.1 413 Content Too Large\r\n")
    assert "\r\nConnection: close" in head
    assert body == (
        "Kiriman ini lebih besar dari batas 1 MB. "
        "Persingkat teksnya atau pilih berkas yang lebih kecil, lalu kirim lagi.\n"
        "This is larger than the limit of 1 MB. "
        "Shorten the text or choose a smaller file, and send it again.\n"
    )


def test_body_is_refused_by_its_received_length_and_in_json(running):
    chunk = b"%x\r\n%s\r\n" % (500_001, b"x" * 500_001)

    answer = running.ask(
        "POST / HTTP/1.1",
        "Transfer-Encoding: chunked",
        "Accept: application/json",
        body=chunk * 2 + b"0\r\n\r\n",
    )

    head, body = answer.decode().split("\r\n\r\n")
    assert head.startswith("HTTP/1.1 413 ")
    [indonesian, english] = json.loads(body)["errors"]["__all__"]
    assert "1 MB" in indonesian
    assert "Shorten the text" in english


def test_refused_body_never_reaches_the_program_with_what_follows(running):
    small = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx"
    smuggled = f"{MEGABYTE + 1:x}\r\n".encode() + b"x" * (MEGABYTE + 1) + b"\r\n0\r\n\r\n"

    answer = running.ask(
        "POST / HTTP/1.1", "Transfer-Encoding: chunked", body=smuggled + small.encode()
    )

    assert answer.count(b"HTTP/1.1 ") == 1
    assert answer.startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("is_chunked", [False, True])
def test_memory_stays_flat_when_a_gigabyte_is_sent(own, is_chunked):
    piece = b"x" * MEGABYTE
    declared = "Transfer-Encoding: chunked" if is_chunked else "Content-Length: 1000000000"
    sent = 0

    with peak_memory(own) as peak, own.connect() as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: x\r\n{declared}\r\n\r\n".encode())
        try:
            for _ in range(1000):
                line.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if is_chunked else piece)
                sent += len(piece)
        except OSError:
            pass  # cut off after its time
        answer = line.recv(100)

    assert answer.startswith(b"HTTP/1.1 413 ")
    assert sent > 100 * MEGABYTE
    assert peak() < 30 * MEGABYTE
    assert own.ask("GET / HTTP/1.0").startswith(b"HTTP/1.0 200 ")


def test_stream_waits_for_its_reader(own):
    with peak_memory(own) as peak, own.connect() as line:
        line.sendall(b"GET /gigabyte HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1.5)
        received = 0
        while received < 200 * MEGABYTE:
            received += len(line.recv(MEGABYTE))

    assert peak() < 30 * MEGABYTE


@pytest.mark.parametrize("path", ["/broken", "/fault"])
def test_fault_of_the_program_is_told_and_harms_nobody_else(running, path):
    """Half an answer ends without an end; Daphne by itself would stop looking after connections."""
    with running.connect() as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        try:
            answer = read_all(line)
        except ConnectionResetError:
            answer = b""
    again = running.ask("GET /fault HTTP/1.0")

    assert not answer.endswith(b"0\r\n\r\n") or answer.startswith(b"HTTP/1.1 500 ")
    assert again.startswith(b"HTTP/1.0 500 ")
    assert "a fault of the program" in running.log.read_text()


# --- connections ------------------------------------------------------------------------------


def test_connection_is_kept_for_the_next_request(running):
    with running.connect() as line:
        for _ in range(3):
            line.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc")
            wait_until(lambda: b"0\r\n\r\n" in line.recv(65536, socket.MSG_PEEK))
            answer = line.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            assert b"server:" not in answer.lower()


def test_header_that_comes_in_drops_is_given_up(tmp_path):
    impatient = Running(tmp_path, "tests.forum.impatient_app:application")
    with until_killed(impatient), impatient.connect() as line:
        line.sendall(b"GET / HTTP/1.1\r\n")
        line.settimeout(0.5)
        started = time.monotonic()
        closed = False
        while not closed and time.monotonic() < started + 40:
            try:
                line.sendall(b"X: y\r\n")
                closed = line.recv(100) == b""
            except TimeoutError:
                continue
            except OSError:
                closed = True

    assert closed
    assert 1 < time.monotonic() - started < 10


def test_many_may_knock_at_once(own):
    """The backlog holds them while the server is busy: here, while it is stopped."""
    os.kill(own.process.pid, signal.SIGSTOP)
    lines = []
    for _ in range(600):
        line = socket.socket()
        line.setblocking(False)
        line.connect_ex(("127.0.0.1", own.port))
        lines.append(line)
    time.sleep(0.5)
    connected = sum(is_connected(line) for line in lines)
    os.kill(own.process.pid, signal.SIGCONT)
    for line in lines:
        line.close()

    assert connected == 600


# --- start and end ----------------------------------------------------------------------------


def test_one_line_says_that_it_listens_and_requests_are_not_logged(own):
    own.ask("GET / HTTP/1.0")

    assert own.stop() == 0
    assert own.said.read_text() == f"Listening on http://127.0.0.1:{own.port}\n"
    assert own.log.read_text() == ""


def test_port_that_is_taken_is_said_and_ends_it(running):
    command = [sys.executable, "-m", "forum.server", "--port", str(running.port)]
    second = subprocess.run(
        [*command, "--application", "tests.forum.small_app:application"],
        cwd=ROOT,
        env=project_environment(),
        capture_output=True,
        text=True,
        timeout=20,
    )

    assert (second.returncode, second.stdout) == (1, "")
    assert f"Cannot listen on 127.0.0.1:{running.port}" in second.stderr


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_lets_requests_finish_and_tells_sockets(own, signum):
    with own.connect() as idle, own.socket() as viewer, own.connect() as line:
        line.sendall(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        own.process.send_signal(signum)

        answer = read_all(line)
        with pytest.raises(ConnectionClosed) as closing:
            viewer.recv(timeout=5)
        assert idle.recv(1) == b""

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert closing.value.rcvd.code == 1012
    assert own.process.wait(5) == 0
    with pytest.raises(ConnectionRefusedError):
        own.connect()


def test_without_requests_it_stops_at_once(own):
    started = time.monotonic()

    assert own.stop() == 0
    assert time.monotonic() - started < 2


# --- sockets ----------------------------------------------------------------------------------


def test_socket_sends_short_middle_and_long_frames(running):
    with running.socket(max_size=None) as viewer:
        for size in (1, 62, 63, 2000):
            viewer.send("ä" * (size // 2) or "a")
            assert viewer.recv(timeout=5) == ("ä" * (size // 2) or "a") * 2


def test_socket_takes_no_long_messages(running):
    with running.socket() as viewer, pytest.raises(ConnectionClosed) as closing:
        viewer.send("x" * 5000)
        viewer.recv(timeout=5)

    assert closing.value.rcvd is None or closing.value.rcvd.code in {1009, 1002}


def test_viewers_who_do_not_read_are_cut_off_and_take_little_memory(own):
    with ExitStack() as stack, peak_memory(own) as peak:
        lazy = [stack.enter_context(lazy_viewer(own)) for _ in range(50)]
        started = time.monotonic()
        reader = stack.enter_context(own.socket("/flood", max_size=None))
        waits = []
        while any(map(is_connected, lazy)) and time.monotonic() < started + 15:
            asked = time.monotonic()
            assert len(reader.recv(timeout=5)) == 16000
            waits.append(time.monotonic() - asked)
        took = time.monotonic() - started

    assert took < 5
    assert peak() < 30 * MEGABYTE
    assert max(waits) < 1


@contextmanager
def lazy_viewer(server: Running, path: str = "/flood"):
    """Opens a socket and never reads by itself; the kernel is told to keep little for it."""
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(20)
        line.connect(("127.0.0.1", server.port))
        line.sendall(
            f"GET {path} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        yield line


def is_connected(line: socket.socket) -> bool:
    state = line.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)
    return struct.unpack("B", state)[0] == 1  # TCP_ESTABLISHED


def test_slow_reader_who_does_read_is_not_cut_off(running):
    """A poor line: full all the time, and something is taken every half second."""
    with lazy_viewer(running) as line:
        for _ in range(7):  # longer than a line may stand still
            time.sleep(0.5)
            assert line.recv(30_000)

        assert is_connected(line)


def test_memory_for_a_viewer_is_small(own):
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(lazy_viewer(own, "/"))
        time.sleep(1.5)
        before = own.memory_bytes
        lines = [stack.enter_context(lazy_viewer(own, "/")) for _ in range(300)]
        for line in lines:
            assert line.recv(1000).startswith(b"HTTP/1.1 101 ")
        time.sleep(1.5)

        assert (own.memory_bytes - before) / 300 < 28 * 1024
