"""The project's pages and one view more: the statements of a comment's POST and nothing else."""

import pickle
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.http import HttpResponseForbidden, JsonResponse
from django.urls import path

from benchmarks.recording import ENTRY_ID, HEAD_SEQ, NUMBER, Recorded
from forum.urls import *  # noqa: F403
from forum.urls import urlpatterns as project_urlpatterns

# The recorded comment took the first ones.
_numbers: Iterator[int] = count(2)


def bare(request):
    if not request.user.is_authenticated or not request.POST["body"]:
        return HttpResponseForbidden()
    recorded = _recorded()
    with connection.cursor() as cursor:
        for statement in recorded.statements:
            if not statement.is_inside:
                _run(cursor, statement.sql, statement.params)
        with transaction.atomic():
            number = _write(cursor, recorded)
    return JsonResponse(
        {"id": NUMBER + number, "seq": HEAD_SEQ + number, "state": "published"}, status=201
    )


def _write(cursor, recorded: Recorded) -> int:
    """The first statement takes the lock of the log: what follows it has its number to itself."""
    first, *rest = [statement for statement in recorded.statements if statement.is_inside]
    _run(cursor, first.sql, first.params)
    number, token = next(_numbers), uuid4()
    new = {
        HEAD_SEQ: HEAD_SEQ + number - 1,
        HEAD_SEQ + 1: HEAD_SEQ + number,
        NUMBER: NUMBER + number - 1,
        NUMBER + 1: NUMBER + number,
        ENTRY_ID + 1: ENTRY_ID + number,
        recorded.token: token,
        recorded.token.hex: token.hex,
        recorded.old_hash: recorded.new_hash,
    }
    for statement in rest:
        _run(cursor, statement.sql, _replaced(statement.params, new.get))
    return number


def _run(cursor, sql: str, params) -> None:
    cursor.execute(sql, params)
    if cursor.description:
        cursor.fetchall()
    elif cursor.rowcount != 1:
        raise RuntimeError(f"{cursor.rowcount} rows by {sql}")


def _replaced(params, replacement: Callable):
    """Databases may get the values of several rows as one list for each column."""
    return [
        _replaced(param, replacement) if isinstance(param, list) else replacement(param, param)
        for param in params
    ]


@lru_cache
def _recorded() -> Recorded:
    return pickle.loads(Path(settings.BENCHMARK_STATEMENTS).read_bytes())


urlpatterns = [*project_urlpatterns, path("bare/", bare)]
