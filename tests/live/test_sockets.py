"""Sockets against a real server: what a viewer gets, whatever happens on the way."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.live.conftest import Viewer, connect_to
from tests.support.waiting import wait_until

pytestmark = pytest.mark.process


# --- what a viewer gets -------------------------------------------------------------------------


def test_a_viewer_gets_what_happened_and_then_what_happens(wall):
    wall.write("satu", "dua")

    viewer = wall.watch("?after=0&lang=id")
    assert viewer.read_until(2) == [1, 2]
    wall.write("tiga")

    assert viewer.read_until(3) == [1, 2, 3]
    frame = viewer.frames[-1]
    assert {name: frame[name] for name in ("v", "room", "epoch", "head")} == {
        "v": 1,
        "room": f"wall:{wall.slug}",
        "epoch": 1,
        "head": 3,
    }
    event = frame["events"][0]
    assert event | {"at": ""} == {
        "seq": 3,
        "type": "note.written",
        "at": "",
        "data": {"text": "tiga"},
        "html": "<p>tiga</p>",
    }
    assert event["at"].endswith("Z")


def test_the_first_frame_says_that_one_is_in(wall):
    wall.write("satu")

    frame = wall.watch("?after=1").read()

    assert frame == {"v": 1, "room": f"wall:{wall.slug}", "epoch": 1, "events": [], "head": 1}


def test_without_after_a_viewer_starts_now(wall):
    wall.write("satu")

    viewer = wall.watch("")
    viewer.read()
    wall.write("dua")

    assert viewer.read_until(2) == [2]


def test_everybody_gets_their_language(wall):
    wall.write("satu")
    wall.act("hide", seq=1)

    readers = [wall.watch(f"?after=0&lang={lang}") for lang in ("id", "en")]
    for reader in readers:
        reader.read_until(2)

    html = [reader.events[0]["html"] for reader in readers]
    assert html == ["(disembunyikan)", "(hidden)"]


def test_whoever_drops_out_again_and_again_gets_everything_once_and_in_order(wall):
    def author(number):
        for note in range(10):
            wall.write(f"{number}.{note}")

    with ThreadPoolExecutor(4) as authors:
        writing = [authors.submit(author, number) for number in range(4)]
        seen: list[int] = []
        while len(seen) < 40:
            viewer = wall.watch(f"?after={len(seen)}&epoch=1")
            viewer.read()
            if not viewer.events:
                viewer.read()
            viewer.socket.close()
            seen += [event["seq"] for event in viewer.events]
        [done.result() for done in writing]

    assert seen == list(range(1, 41))


def test_many_at_once_come_in_frames_of_bounded_size(wall):
    viewer = wall.watch("?after=0")

    last = wall.write("x" * 2000, repeat=300)

    assert viewer.read_until(last) == list(range(1, 301))
    assert viewer.largest <= 256 * 1024


def test_a_late_comer_gets_many_in_frames_of_bounded_size(wall):
    last = wall.write("x" * 2000, repeat=499)

    viewer = wall.watch("?after=0")

    assert viewer.read_until(last) == list(range(1, 500))
    assert viewer.largest <= 256 * 1024


def test_a_note_that_was_hidden_since_replays_as_hidden(wall):
    wall.write("rahasia", "biasa")
    first = wall.watch("?after=0")
    first.read_until(2)  # both are kept as rendered by now

    wall.act("hide", seq=1)
    first.read_until(3)
    late = wall.watch("?after=0")
    late.read_until(3)

    assert [event["html"] for event in late.events] == [
        "(disembunyikan)",
        "<p>biasa</p>",
        "(disembunyikan)",
    ]


def test_what_nobody_announced_is_found_within_seconds(wall):
    viewer = wall.watch("?after=0")
    viewer.read()

    wall.write_from_elsewhere("dari tempat lain")

    assert viewer.read_until(1, timeout=4) == [1]


# --- when the page is too old -------------------------------------------------------------------


def test_more_than_500_behind_is_told_to_begin_anew(wall):
    wall.write("x", repeat=501)

    viewer = wall.watch("?after=0")

    assert viewer.closing() == 4409
    assert viewer.frames == [{"reset": True}]


@pytest.mark.parametrize("epoch", [2, 99])
def test_a_foreign_epoch_is_told_to_begin_anew(wall, epoch):
    viewer = wall.watch(f"?after=0&epoch={epoch}")

    assert viewer.closing() == 4409
    assert viewer.frames == [{"reset": True}]


def test_after_a_restore_everybody_is_told_to_begin_anew(wall):
    wall.write("satu")
    viewer = wall.watch("?after=0&epoch=1")
    viewer.read_until(1)

    wall.act("restore")

    assert viewer.closing() == 4409
    assert viewer.frames[-1] == {"reset": True}
    again = wall.watch("?after=1&epoch=2")
    assert again.read_until(2) == [2]
    assert again.frames[0]["epoch"] == 2


# --- refusals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?after=x", "after"),
        ("?after=-1", "after"),
        ("?after=2", "after"),
        ("?after=99999999999999999999", "after"),
        ("?after=0&epoch=x", "epoch"),
        ("?after=0&epoch=0", "epoch"),
        ("?after=0&lang=fr", "lang"),
    ],
)
def test_a_wrong_question_is_refused_by_its_field(wall, query, field):
    wall.write("satu")

    viewer = wall.watch(query)

    assert viewer.closing() == 4400
    assert list(viewer.frames[0]["error"]) == [field]
    assert viewer.frames[0]["v"] == 1


def test_an_unknown_room_is_missing_and_a_closed_one_denied(site):
    members = site.client().post("/walls/members/open", {})
    assert members.status == 200

    missing = Viewer(connect_to(site, "nowhere", "?after=0"))
    denied = Viewer(connect_to(site, "members", "?after=0"))

    assert missing.closing() == 4404
    assert "__all__" in missing.frames[0]["error"]
    assert denied.closing() == 4403


@pytest.mark.parametrize(
    "origin", ["http://evil.example", None, "null", "http://127.0.0.1.evil.example", "file://"]
)
def test_a_socket_from_a_foreign_origin_is_refused(wall, origin):
    with pytest.raises(InvalidStatus) as refused:
        wall.watch("?after=0", origin=origin)

    assert refused.value.response.status_code == 403


def test_an_address_without_a_room_is_refused(site):
    with pytest.raises(InvalidStatus) as refused:
        connect_to(site, "a/b")

    assert refused.value.response.status_code == 403


def test_whatever_a_viewer_says_is_not_listened_to(wall):
    quiet, chatty, rude = (wall.watch("?after=0") for _ in range(3))
    for text in ["{", "null", '{"type": "quit"}', b"\xff\x00"]:
        chatty.socket.send(text)
    rude.socket.send("x" * 100_000)

    assert rude.closing() in {1009, 1006}
    wall.write("satu")
    assert quiet.read_until(1) == [1]
    assert chatty.read_until(1) == [1]


def test_a_viewer_who_does_not_stop_talking_is_shown_out(wall):
    viewer = wall.watch("?after=0")

    with pytest.raises(ConnectionClosed):
        for _ in range(10_000):
            viewer.socket.send("x")
            time.sleep(0.001)

    assert viewer.closing() in {1008, 1006}


# --- people -------------------------------------------------------------------------------------


def signed_in(site, person: int):
    client = site.client()
    assert client.post(f"/people/{person}/sign-in", {}).status == 200
    return client


def as_person(client) -> dict:
    return {"additional_headers": {"Cookie": client.cookie_header}}


def test_signing_out_closes_that_persons_sockets_only(site, wall):
    sari, budi = signed_in(site, 1), signed_in(site, 2)
    theirs = [wall.watch("?after=0", **as_person(sari)) for _ in range(2)]
    others = [wall.watch("?after=0", **as_person(budi)), wall.watch("?after=0")]
    for viewer in (*theirs, *others):
        viewer.read()

    sari.post("/people/sign-out", {})

    assert [viewer.closing() for viewer in theirs] == [4401, 4401]
    wall.write("masih di sini")
    assert [viewer.read_until(1) for viewer in others] == [[1], [1]]


def test_suspending_closes_that_persons_sockets(site, wall):
    viewer = wall.watch("?after=0", **as_person(signed_in(site, 1)))
    viewer.read()

    site.client().post("/people/1/suspend", {})

    assert viewer.closing() == 4401


def test_who_is_signed_in_is_let_into_a_room_for_members(site):
    site.client().post("/walls/members/open", {})
    sari = signed_in(site, 1)

    viewer = Viewer(connect_to(site, "members", "?after=0", **as_person(sari)))

    assert viewer.read()["room"] == "wall:members"


def test_a_session_that_is_none_is_a_visitor(site, wall):
    headers = {"Cookie": 'sessionid=nonsense; x="'}

    assert wall.watch("?after=0", additional_headers=headers).read()["head"] == 0


# --- those who do not read ----------------------------------------------------------------------


def test_fifty_who_never_read_are_cut_off_and_slow_nobody_down(start_site):
    site = start_site(REDIS_URL="")
    wall = site.wall()
    reader = wall.watch("?after=0")
    reader.read()
    wall.write("warm")
    silent = [enter_and_never_read(site, wall.slug) for _ in range(50)]
    wait_until(lambda: held(site.port) >= 51, what="all are there")
    before, most, latencies = site.resident_bytes(), 0, []

    began = time.monotonic()
    for _ in range(20):  # 10 MB for each
        sent_at = time.monotonic()
        last = wall.write("x" * 20_000, repeat=25)
        assert reader.read_until(last)[-25:] == list(range(last - 24, last + 1))
        latencies.append(time.monotonic() - sent_at)
        most = max(most, site.resident_bytes())
    wait_until(lambda: held(site.port) <= 1, began + 6 - time.monotonic(), what="all are gone")

    kept = 2 * 500 * 2 * 20_000  # what is rendered and kept for those who come back
    assert most - before < kept + 50 * 256 * 1024
    assert sorted(latencies)[-2] < 1.5
    for one in silent:
        one.close()


def enter_and_never_read(site, slug: str) -> socket.socket:
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect(("127.0.0.1", site.port))
    opened.sendall(
        (
            f"GET /ws/consultations/{slug}/?after=0 HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{site.port}\r\nOrigin: {site.url}\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
    )
    return opened


def held(port: int) -> int:
    """Connections that the server still holds."""
    with open("/proc/net/tcp") as table:
        rows = [line.split() for line in table][1:]
    return sum(row[1].endswith(f":{port:04X}") and row[3] == "01" for row in rows)


def test_a_slow_renderer_does_not_stop_pages(site, wall):
    viewer = wall.watch("?after=0")
    viewer.read()
    site.client().post("/slow-down", {"seconds": "0.5"})
    try:
        wall.write("lambat")
        began = time.monotonic()
        for _ in range(5):
            site.client().get("/readyz")
        took = time.monotonic() - began
        assert viewer.read_until(1) == [1]
    finally:
        site.client().post("/slow-down", {"seconds": "0"})

    assert took < 0.4


# --- the same over GET --------------------------------------------------------------------------


def test_get_answers_what_the_socket_sends(wall):
    wall.write("satu", "dua")
    viewer = wall.watch("?after=0&lang=en")
    viewer.read_until(2)

    assert wall.events(after=0, lang="en") == viewer.frames[-1]
    assert wall.events(after=1, limit=1)["events"][0]["seq"] == 2
    assert wall.events(after=0, epoch=7) == {"reset": True}
    assert json.loads(json.dumps(wall.events(after=2)))["events"] == []
