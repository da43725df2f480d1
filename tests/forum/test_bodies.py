"""Larger bodies are taken where files are sent, and there alone."""

import pytest

from forum.bodies import BodyLimits
from tests.forum.running import MEGABYTE, read_all

pytestmark = [pytest.mark.process, pytest.mark.once]

PHOTOGRAPH = "/standards/disdukcapil/ktp/keeping/publications/"


@pytest.mark.parametrize("path", [PHOTOGRAPH, f"/en{PHOTOGRAPH}", f"{PHOTOGRAPH}?x=1"])
def test_where_files_are_sent_larger_bodies_are_taken(running, path):
    length = 2 * MEGABYTE

    answer = running.ask(
        f"POST {path} HTTP/1.1", f"Content-Length: {length}", "Connection: close",
        body=b"x" * length,
    )  # fmt: skip

    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"2000000" in answer


@pytest.mark.parametrize(
    ("path", "length", "limit"),
    [
        (PHOTOGRAPH, 11 * MEGABYTE, "10.5 MB"),
        ("/standards/disdukcapil/desk/import/", 61 * MEGABYTE, "60 MB"),
        (f"/x{PHOTOGRAPH}", 2 * MEGABYTE, "1 MB"),
        (f"{PHOTOGRAPH}x/", 2 * MEGABYTE, "1 MB"),
        (f"/?{PHOTOGRAPH}", 2 * MEGABYTE, "1 MB"),
        ("/standards/a/b/c/keeping/publications/", 2 * MEGABYTE, "1 MB"),
    ],
)
def test_each_path_has_its_own_limit(running, path, length, limit):
    answer = running.ask(f"POST {path} HTTP/1.1", f"Content-Length: {length}").decode()

    assert answer.startswith("HTTP/1.1 413 ")
    assert f"limit of {limit}." in answer


def test_a_larger_limit_ends_with_its_request(running):
    """Two requests on one connection: the second is another page's."""
    first = b"x" * (2 * MEGABYTE)
    head = f"POST {PHOTOGRAPH} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(first)}\r\n\r\n"
    second = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {len(first)}\r\n\r\n"
    with running.connect() as line:
        line.sendall(head.encode() + first)
        answer = b""
        while b"2000000" not in answer:
            answer += line.recv(65536)
        line.sendall(second.encode())
        answer += read_all(line)

    assert answer.index(b"200 OK") < answer.index(b"413 Content Too Large")


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        (b"/files/", 9),
        (b"/files/?a=/", 9),
        (b"/files", 1),
        (b"/files/x", 1),
        (b"http://x/files/", 1),
    ],
)
def test_a_limit_is_of_the_whole_path(path, limit):
    assert BodyLimits(1, [("/files/", 9), ("/file", 5)]).limit_of(path) == limit
