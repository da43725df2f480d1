"""A server process with a small program behind it: one that tests share, and one of their own."""

import pytest

from tests.forum.running import Running, until_killed, without_traceback


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    with until_killed(Running(tmp_path_factory.mktemp("shared"))) as server:
        yield server


@pytest.fixture
def running(shared):
    """One process for all tests that leave it as it was."""
    with without_traceback(shared) as server:
        yield server


@pytest.fixture
def own(tmp_path):
    """A fresh process, to measure its memory or to end it."""
    with until_killed(Running(tmp_path)) as server, without_traceback(server):
        yield server
