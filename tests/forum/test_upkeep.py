import asyncio

import pytest

from consultations.ledger import actions
from consultations.standards import actions as standards
from forum import upkeep


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(upkeep, "FIRST_SECONDS", 0)
    monkeypatch.setattr(upkeep, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(standards, "announce_coming_into_force", lambda *, at: 0)
    monkeypatch.setattr(standards, "remind_of_reviews", lambda *, at: 0)
    monkeypatch.setattr(standards, "index_what_turned", lambda *, at: None)


async def run_until(condition):
    running = asyncio.ensure_future(upkeep.keep_up())
    while not condition():
        await asyncio.sleep(0.005)
        assert not running.done()
    running.cancel()


async def test_checkpoints_are_taken_again_and_again(quick, monkeypatch):
    taken = []
    monkeypatch.setattr(actions, "take_checkpoints", lambda *, at: taken.append(at))

    await run_until(lambda: len(taken) == 3)

    assert taken == sorted(taken)
    assert taken[0].utcoffset() is not None


async def test_register_is_indexed_again_and_again(quick, monkeypatch):
    indexed = []
    monkeypatch.setattr(actions, "take_checkpoints", lambda *, at: None)
    monkeypatch.setattr(standards, "index_what_turned", lambda *, at: indexed.append(at))

    await run_until(lambda: len(indexed) == 2)

    assert indexed[0] < indexed[1]


async def test_failure_is_logged_and_does_not_end_it(quick, monkeypatch, caplog):
    tried = []

    def fail(*, at):
        tried.append(at)
        raise OSError("the database has gone")

    monkeypatch.setattr(actions, "take_checkpoints", fail)

    await run_until(lambda: len(tried) == 2)

    assert "checkpoints could not be taken" in caplog.text


async def test_what_fails_keeps_nothing_else_from_being_done(quick, monkeypatch, caplog):
    told, reminded = [], []

    def fail(*, at):
        raise OSError("the database has gone")

    monkeypatch.setattr(actions, "take_checkpoints", fail)
    monkeypatch.setattr(standards, "announce_coming_into_force", lambda *, at: told.append(at))
    monkeypatch.setattr(standards, "remind_of_reviews", lambda *, at: reminded.append(at))

    await run_until(lambda: len(told) == len(reminded) == 2)

    assert "checkpoints could not be taken" in caplog.text
