"""Tasks that a killed worker left are done by the next one."""

import os
import signal
import socket
import subprocess
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from consultations.management.commands.worker import MOST_WORKERS, take_over, worker_id
from consultations.notices.actions import notify
from consultations.notices.kinds import Kind, kinds
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(monkeypatch):
    kind = Kind(title=lambda notice: "T", text=lambda notice: "t", url=lambda notice: "/")
    monkeypatch.setitem(kinds._entries, "answered", kind)
    notify(users=[build.a_user().pk], kind="answered", key="1", data={}, at=build.TODAY)
    return DBTaskResult.objects.get()


@pytest.fixture
def dead_worker():
    """The name of a worker that was killed."""
    process = subprocess.Popen(["sleep", "60"])
    process.send_signal(signal.SIGKILL)
    process.wait()
    return f"{socket.gethostname()}:{process.pid}:abc"


@pytest.fixture
def no_signals(monkeypatch):
    """The worker would take over the signals of the process, which is pytest's."""
    monkeypatch.setattr(
        "django_tasks_db.management.commands.db_worker.signal.signal", lambda *_: None
    )


def work():
    call_command("worker", batch=True, reload=False, startup_delay=False, verbosity=0, interval=0)


def status(task) -> str:
    task.refresh_from_db()
    return task.status


@pytest.mark.django_db(transaction=True)
def test_killed_workers_task_is_done_by_the_next(task, dead_worker, no_signals):
    task.claim(dead_worker)

    work()

    assert status(task) == "SUCCESSFUL"
    assert len(mail.outbox) == 1
    assert task.worker_ids[0] == dead_worker
    assert task.worker_ids[1].startswith(f"{socket.gethostname()}:{os.getpid()}:")


def test_living_workers_task_is_left_alone(task):
    process = subprocess.Popen(["sleep", "60"])
    try:
        task.claim(f"{socket.gethostname()}:{process.pid}:abc")

        assert take_over() == 0
    finally:
        process.kill()
        process.wait()
    assert status(task) == "RUNNING"


def test_worker_elsewhere_is_given_an_hour(task):
    task.claim("another-machine:1:abc")
    assert take_over() == 0

    task.started_at = timezone.now() - timedelta(hours=2)
    task.save()

    assert take_over() == 1
    assert status(task) == "READY"


def test_one_before_us_with_our_number_is_dead(task):
    task.claim(worker_id())

    assert take_over() == 1


def test_task_that_kills_its_workers_is_given_up(task, dead_worker):
    for _ in range(MOST_WORKERS):
        task.claim(dead_worker)

    assert take_over() == 0
    assert status(task) == "FAILED"
