"""The time limits of a connection, on a clock of our own, and the pieces in which answers go."""

import pytest
from twisted.internet.task import Clock

from forum import channel as channel_module
from forum.channel import HEADER_SECONDS, KEEP_ALIVE_SECONDS, Channel
from forum.wires import Transport


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(channel_module, "reactor", made)
    return made


@pytest.fixture
def channel(clock):
    """A connection of which the end is noted in `ended_at`."""
    made = Channel()
    made.ended_at = []
    made.timeoutConnection = lambda: made.ended_at.append(clock.seconds())
    return made


def pass_time(clock, seconds: float) -> None:
    for _ in range(int(seconds * 2)):
        clock.advance(0.5)


def test_a_limit_ends_when_it_says(channel, clock):
    for period in (HEADER_SECONDS, KEEP_ALIVE_SECONDS, 10):
        channel.setTimeout(period)
        began = clock.seconds()
        pass_time(clock, 2 * KEEP_ALIVE_SECONDS)
        assert channel.ended_at.pop() - began == period
        assert channel.ended_at == []


def test_a_limit_is_put_off_and_put_on(channel, clock):
    channel.setTimeout(HEADER_SECONDS)
    pass_time(clock, 10)
    assert channel.setTimeout(KEEP_ALIVE_SECONDS) == HEADER_SECONDS
    pass_time(clock, 10)
    channel.setTimeout(2)
    pass_time(clock, 10)

    assert channel.ended_at == [22]


def test_without_a_limit_nothing_ends_and_no_timer_stays(channel, clock):
    channel.setTimeout(HEADER_SECONDS)
    channel.setTimeout(None)
    pass_time(clock, 2 * HEADER_SECONDS)

    assert (channel.ended_at, clock.getDelayedCalls()) == ([], [])


def test_many_requests_move_no_timers(channel, clock):
    channel.setTimeout(HEADER_SECONDS)
    [timer] = clock.getDelayedCalls()
    for _ in range(100):
        channel.setTimeout(None)
        channel.setTimeout(KEEP_ALIVE_SECONDS)
        channel.setTimeout(HEADER_SECONDS)

    assert clock.getDelayedCalls() == [timer]


def test_what_is_gathered_goes_out_at_once_and_in_order():
    line = Transport.__new__(Transport)
    sent = []
    line.write_now = sent.append

    line.gather()
    line.writeSequence([b"head", b"\r\n"])
    line.write(b"body")
    assert sent == []
    line.send_gathered()
    line.gather()
    line.send_gathered()

    assert sent == [b"head\r\nbody"]
