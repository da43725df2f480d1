"""Several processes, and Redis between them: quick when it answers, right when it doesn't."""

import signal
import subprocess
import time

import pytest

from tests.live.conftest import WallServer, connect_to
from tests.services.redis import start_redis
from tests.support.servers import free_port
from tests.support.waiting import wait_until

pytestmark = pytest.mark.process


@pytest.fixture
def redis(tmp_path) -> subprocess.Popen:
    port = free_port()
    running = start_redis(port, str(tmp_path))
    running.url = f"redis://127.0.0.1:{port}/0"
    yield running
    running.send_signal(signal.SIGCONT)
    running.terminate()
    running.wait()


@pytest.fixture
def two_sites(start_site, redis):
    """Two processes on one database."""
    one = start_site(REDIS_URL=redis.url)
    other = WallServer(one.folder / "other", one.environment)
    other.folder.mkdir()
    try:
        yield one, other.start()
    finally:
        other.stop()


def on_other(other, wall, query="?after=0"):
    wall_there = type(wall)(other, wall.slug)
    viewer = wall_there.watch(query)
    viewer.read()
    return viewer


def latency(wall, viewer) -> float:
    began = time.monotonic()
    last = wall.write("x")
    viewer.read_until(last)
    return time.monotonic() - began


def test_a_viewer_of_another_process_hears_at_once(two_sites):
    one, other = two_sites
    wall = one.wall()
    viewer = on_other(other, wall)
    wait_until(lambda: latency(wall, viewer) < 0.5, 10, what="they are subscribed")

    assert max(latency(wall, viewer) for _ in range(5)) < 0.5


def test_signing_out_closes_sockets_of_all_processes(two_sites):
    one, other = two_sites
    wall = one.wall()
    client = one.client()
    client.post("/people/1/sign-in", {})
    cookie = {"additional_headers": {"Cookie": client.cookie_header}}
    viewer = type(wall)(other, wall.slug).watch("?after=0", **cookie)
    viewer.read()
    wait_until(lambda: latency(wall, viewer) < 0.5, 10, what="they are subscribed")

    client.post("/people/sign-out", {})

    assert viewer.closing() == 4401


def test_a_stopped_redis_delays_no_post_and_loses_nothing(two_sites, redis):
    one, other = two_sites
    wall = one.wall()
    here, there = wall.watch("?after=0"), on_other(other, wall)
    wait_until(lambda: latency(wall, there) < 0.5, 10, what="they are subscribed")
    here.read_until(there.events[-1]["seq"])

    redis.send_signal(signal.SIGSTOP)
    took = []
    for _ in range(10):
        began = time.monotonic()
        last = wall.write("saat Redis berhenti")
        took.append(time.monotonic() - began)
        here.read_until(last, timeout=1)  # of the same process: at once
    there.read_until(last, timeout=5)  # of the other: when it looks by itself
    late = connect_to(one, wall.slug, f"?after={last}")
    late.recv(2)  # a room is entered without Redis
    late.close()
    redis.send_signal(signal.SIGCONT)

    assert max(took) < 1.0
    everything = list(range(1, last + 1))
    assert here.read_until(last) == there.read_until(last) == everything
    wait_until(lambda: latency(wall, there) < 0.5, 20, what="Redis is used again")


def test_a_restarted_redis_that_has_lost_everything_is_joined_again(two_sites, redis, tmp_path):
    one, other = two_sites
    wall = one.wall()
    viewer = on_other(other, wall)
    wait_until(lambda: latency(wall, viewer) < 0.5, 10, what="they are subscribed")

    redis.kill()
    redis.wait()
    assert latency(wall, viewer) < 5
    again = start_redis(int(redis.url.rsplit(":", 1)[1].split("/")[0]), str(tmp_path))
    try:
        wait_until(lambda: latency(wall, viewer) < 0.5, 30, what="Redis is used again")
    finally:
        again.terminate()
        again.wait()
    assert viewer.read_until(viewer.events[-1]["seq"]) == list(range(1, len(viewer.events) + 1))


def test_a_site_starts_and_serves_without_its_redis(start_site):
    site = start_site(REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")
    wall = site.wall()
    viewer = wall.watch("?after=0")
    viewer.read()

    assert latency(wall, viewer) < 1.0
