"""Turns of the threads that write to SQLite."""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db.utils import ConnectionHandler

OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
}


@pytest.fixture
def connect(tmp_path, django_db_blocker):
    """A function that opens one more connection to a database of our own."""
    settings = {"ENGINE": "forum.sqlite3", "NAME": tmp_path / "db.sqlite3", "OPTIONS": OPTIONS}
    opened = []

    def make():
        connection = ConnectionHandler({"default": settings}).create_connection("default")
        connection.inc_thread_sharing()
        opened.append(connection)
        return connection

    with django_db_blocker.unblock():
        with make().cursor() as cursor:
            cursor.execute("CREATE TABLE note (text)")
        yield make
        for connection in opened:
            connection.close()


@contextmanager
def writing(connection):
    """As Django's atomic does."""
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO note VALUES ('x')")
    yield
    if connection.connection is not None:
        connection.commit()
        connection.set_autocommit(True)


def count(connection) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM note")
        return cursor.fetchone()[0]


def test_who_waits_is_woken_at_once(connect):
    began = []

    def second():
        with writing(connect()):
            began.append(time.monotonic())

    with writing(connect()):
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.5)
        assert began == []
        ended = time.monotonic()
    thread.join()

    assert began[0] - ended < 0.05


def test_all_writes_of_many_threads_arrive(connect):
    def write():
        connection = connect()
        for _ in range(20):
            with writing(connection):
                pass

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert count(connect()) == 160


@pytest.mark.parametrize("end", ["rollback", "close"])
def test_turn_is_given_up_by(connect, end):
    first = connect()
    with writing(first):
        getattr(first, end)()

        started = time.monotonic()
        with writing(connect()):
            pass
        assert time.monotonic() - started < 0.5

    assert count(connect()) == 1
