"""Viewers who are slow, rude or gone in the middle of a word harm nobody else."""

import asyncio
import socket
import struct

import pytest

from benchmarks.posting import Author, Connection, Desk
from benchmarks.viewers import Crowd, DeafCrowd, connect, shake_hands, text_frame, until
from tests.support import Server

pytestmark = pytest.mark.process

CONSULTATION = "/consultations/ktp-elektronik"
SOCKET = f"/ws{CONSULTATION}/"
DEAF, READERS = 50, 5
LONG = "Loket tutup sebelum waktunya, dan warga dari desa pulang dengan tangan hampa. " * 100
# More than the buffers on the way to a viewer hold.
FULL_BYTES = 200_000

RUDE = {
    "half a frame": b"\x81\xfe\x0f",
    "a frame that ends too early": b"\x81\x85abcdhe",
    "no frame at all": bytes(range(256)) * 4,
    "a frame without mask": b"\x81\x05hello",
    "reserved bits": b"\xf1\x85abcdhello",
    "an unknown opcode": b"\x83\x85abcdhello",
    "a frame of all the bytes there are": b"\x82\xff"
    + b"\x7f"
    + b"\xff" * 7
    + b"abcd"
    + b"x" * 999,
    "text that is no UTF-8": b"\x81\x82\x00\x00\x00\x00\xff\xfe",
    "a close frame of one byte": b"\x88\x81\x00\x00\x00\x00\x03",
    "JSON that is none": text_frame("{[}"),
    "a thousand messages": text_frame("halo") * 1000,
}


@pytest.fixture
def desk(demo_server: Server) -> Desk:
    """Authors who have posted already, each with a connection of their own."""
    sessions = [
        demo_server.client(f"warga{number}@contoh.test").cookie("sessionid")
        for number in range(1, 6)
    ]
    authors = [Author("127.0.0.1", demo_server.port, session) for session in sessions]
    return Desk(f"{CONSULTATION}/comments/", [""], authors)


@pytest.fixture
def crowd(demo_server: Server) -> Crowd:
    return Crowd("127.0.0.1", demo_server.port, SOCKET)


async def test_viewers_who_never_read_are_cut_off_and_slow_nobody(desk, crowd):
    head = await desk.warm_up()
    await crowd.join([""] * READERS, after=head)
    deaf = DeafCrowd()
    await deaf.join(crowd, DEAF, after=head)

    posted = []
    while not posted or crowd.bytes_received < FULL_BYTES * READERS:
        posted.append(await desk.post(words=LONG))
        assert await crowd.until(posted[-1].seq, 2), "readers wait for those who do not read"
    # Each of them is in the way by now, whichever came last.
    all_are_cut = await until(deaf.all_are_cut, 5)
    last = await desk.post()

    assert all_are_cut
    assert await crowd.until(last.seq, 2)
    _assert_each_once(crowd, [*posted, last])
    assert {post.status for post in posted} == {201}
    deaf.leave()
    crowd.leave()
    desk.close()


async def test_readers_of_slow_lines_are_not_taken_for_deaf_ones(desk, crowd):
    """Who reads a little now and then gets everything, later."""
    head = await desk.warm_up()
    await crowd.join([""], after=head)
    (viewer,) = crowd.viewers
    loop = asyncio.get_running_loop()
    loop.remove_reader(viewer.sock.fileno())  # it looks only between two comments

    for _ in range(30):
        posted = await desk.post(words=LONG)
        viewer.on_readable()

    loop.add_reader(viewer.sock.fileno(), viewer.on_readable)
    assert await crowd.until(posted.seq, 10)
    assert not crowd.problems
    crowd.leave()
    desk.close()


@pytest.mark.parametrize("sent", RUDE.values(), ids=RUDE)
async def test_garbage_from_a_socket_harms_nobody(demo_server, sent):
    session = demo_server.client("warga1@contoh.test").cookie("sessionid")
    address = ("127.0.0.1", demo_server.port)
    desk = Desk(f"{CONSULTATION}/comments/", [""], [Author(*address, session)])
    crowd = Crowd(*address, SOCKET)
    await crowd.join([""] * 2, after=await desk.warm_up())

    rude = await connect(*address)
    await shake_hands(rude, *address, SOCKET)
    await asyncio.get_running_loop().sock_sendall(rude, sent)
    first = await desk.post()
    _drop(rude)
    second = await desk.post()

    assert await crowd.until(second.seq, 5)
    _assert_each_once(crowd, [first, second])
    assert len(crowd.open_viewers) == 2
    assert "Traceback" not in demo_server.log
    crowd.leave()
    desk.close()


async def test_posts_and_handshakes_that_break_off_harm_nobody(demo_server, desk, crowd):
    head = await desk.warm_up()
    await crowd.join([""] * 2, after=head)
    loop = asyncio.get_running_loop()
    author = desk.authors[0]
    start = (
        f"POST {CONSULTATION}/comments/ HTTP/1.1\r\nHost: 127.0.0.1:{demo_server.port}\r\n"
        f"Cookie: {author.cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 5000\r\n\r\nbody=Terputus+di+tengah"
    )
    for sent in (start, f"GET {SOCKET} HTTP/1.1\r\nUpgrade: webso", "\r\n\r\n", "\x00" * 100):
        broken = await connect("127.0.0.1", demo_server.port)
        await loop.sock_sendall(broken, sent.encode())
        _drop(broken)

    posted = await desk.post()

    assert posted.seq == head + 1
    assert await crowd.until(posted.seq, 5)
    visitor = Connection("127.0.0.1", demo_server.port)
    assert (await visitor.get("/healthz")).status == 200
    assert "Traceback" not in demo_server.log
    visitor.close()
    crowd.leave()
    desk.close()


def _drop(sock: socket.socket) -> None:
    """As a broken line does: a reset instead of an orderly end."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def _assert_each_once(crowd: Crowd, posted: list) -> None:
    arrivals, everybody = crowd.arrivals(), len(crowd.viewers)
    assert not crowd.problems
    assert [arrivals[post.seq].receivers for post in posted] == [everybody] * len(posted)
    assert all(post.body[:20] in arrivals[post.seq].event["html"] for post in posted)
