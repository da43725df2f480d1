"""The SQL that one comment's POST executes, recorded where the project runs.

What session and user cost is not in it: the bare view stands behind the same middleware. The
numbers that differ from one comment to the next are made unmistakable first, so that bare.py finds
them among the parameters; so this belongs on a database that serves nothing else afterwards.
"""

import pickle
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.test import Client

from benchmarks.addresses import COMMENTS, SLUG
from benchmarks.filling import wordings
from consultations.ledger.models import Entry, Log
from consultations.threads.models import Comment

HEAD_SEQ, NUMBER, ENTRY_ID = 5_000_000, 6_000_000, 7_000_000
_BY_MIDDLEWARE = re.compile(r'FROM "(django_session|consultations_user)" WHERE')
_BY_ATOMIC = re.compile(r"^(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)")


@dataclass(frozen=True)
class Statement:
    sql: str
    params: tuple
    is_inside: bool  # of the transaction


@dataclass(frozen=True)
class Recorded:
    statements: list[Statement]
    token: uuid.UUID
    old_hash: str
    new_hash: str


def record(path: str, session: str) -> None:
    author = Client(headers={"host": "localhost"})
    author.cookies["sessionid"] = session
    wording = wordings()[0].pk
    _post(
        author, wording, uuid.uuid4()
    )  # joins the consultation, and fills what is made once per process
    _make_unmistakable()
    log = Log.objects.get(consultation__slug=SLUG)
    statements: list[Statement] = []

    def note(execute, sql, params, many, context):
        if not _BY_MIDDLEWARE.search(sql) and not _BY_ATOMIC.match(sql):
            inside = context["connection"].in_atomic_block
            statements.append(Statement(sql, tuple(params or ()), inside))
        return execute(sql, params, many, context)

    token = uuid.uuid4()
    with connection.execute_wrapper(note):
        _post(author, wording, token)
    old_hash = log.head_hash
    log.refresh_from_db()
    assert log.head_seq == HEAD_SEQ + 1
    found = Recorded(statements, token, old_hash, log.head_hash)
    Path(path).write_bytes(pickle.dumps(found))


def _make_unmistakable() -> None:
    Log.objects.filter(consultation__slug=SLUG).update(head_seq=HEAD_SEQ)
    newest = Comment.objects.filter(consultation__slug=SLUG).order_by("-number").first()
    Comment.objects.filter(pk=newest.pk).update(number=NUMBER)
    table = Entry._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql = "UPDATE sqlite_sequence SET seq = %s WHERE name = %s"
            cursor.execute(sql, [ENTRY_ID, table])
        else:
            sql = "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)"
            cursor.execute(sql, [table, ENTRY_ID])


def _post(author: Client, wording: int, token: uuid.UUID) -> None:
    answer = author.post(
        COMMENTS,
        {
            "wording": wording,
            "stance": "neutral",
            "body": "Mohon jumlah nomor antrean diumumkan sehari sebelumnya. " * 3,
            "token": str(token),
        },
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 201, answer.content
