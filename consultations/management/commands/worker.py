"""The background worker: django-tasks' own, which first takes over what dead workers left.

A worker that is killed leaves its task marked as running, and nobody would ever run it again. Our
tasks are safe to repeat, so whoever starts next puts them back.
"""

import os
import socket
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

# On another machine nobody can see whether a worker lives; no task of ours takes that long.
LONGEST_TASK = timedelta(hours=1)
# A task that takes its worker down with it is not given to a sixth.
MOST_WORKERS = 5


class Command(db_worker.Command):
    help = __doc__.splitlines()[0]

    def handle(self, **options):
        take_over()
        super().handle(**options | {"worker_id": worker_id()})


def worker_id() -> str:
    """Says where the worker runs, so that others can see whether it still does."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{get_random_string(8)}"


def take_over() -> int:
    """Puts back the tasks of workers that are dead. Returns how many."""
    taken = 0
    for task in DBTaskResult.objects.running():
        if not _is_abandoned(task):
            continue
        if len(task.worker_ids) >= MOST_WORKERS:
            task.set_failed(RuntimeError(f"{len(task.worker_ids)} workers died of it"))
            continue
        same = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
        taken += same.update(status="READY", started_at=None)
    return taken


def _is_abandoned(task: DBTaskResult) -> bool:
    if task.started_at is None or task.started_at < timezone.now() - LONGEST_TASK:
        return True
    host, _, rest = (task.worker_ids or [""])[-1].partition(":")
    pid = rest.partition(":")[0]
    return host == socket.gethostname()[:32] and pid.isdigit() and not _is_running(int(pid))


def _is_running(pid: int) -> bool:
    if pid == os.getpid():
        return False  # one before us, in a container where numbers begin anew
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
