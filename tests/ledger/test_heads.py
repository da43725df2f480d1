"""Signed heads and checkpoints: what outsiders keep."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from consultations.ledger import actions as ledger
from consultations.ledger import canonical, signing
from consultations.ledger.heads import sign_head
from consultations.ledger.models import Checkpoint
from tests.ledger.logs import AT, a_log, add


@pytest.mark.django_db
def test_take_checkpoints_keeps_each_moved_head_once_a_day():
    log, quiet = a_log(), a_log("quiet")
    entry = add(log)

    first_day = [ledger.take_checkpoints(at=AT) for _ in range(2)]
    add(log)
    later_that_day = ledger.take_checkpoints(at=AT + timedelta(hours=3))
    next_day = ledger.take_checkpoints(at=AT + timedelta(days=1))
    day_after = ledger.take_checkpoints(at=AT + timedelta(days=2))

    assert (first_day, later_that_day, next_day, day_after) == ([1, 0], 0, 1, 0)
    kept = Checkpoint.objects.order_by("pk")
    assert [(row.log_id, row.seq) for row in kept] == [(log.pk, 1), (log.pk, 2)]
    assert kept[0].hash == entry.hash
    assert kept[0].signature == entry.signature
    assert not Checkpoint.objects.filter(log=quiet).exists()


@pytest.mark.django_db
def test_sign_head_can_be_checked_by_anyone():
    log = a_log()
    entry = add(log)

    head = json.loads(json.dumps(sign_head(log)))

    named = {name: head[name] for name in ("log", "epoch", "seq", "hash")}
    assert named == {"log": "test:ktp:public", "epoch": 1, "seq": 1, "hash": entry.hash}
    statement = canonical.head_statement(head["log"], epoch=1, seq=1, hash=entry.hash)
    assert signing.is_signed(statement, head["signature"], by=head["public_key"])


@pytest.mark.django_db(transaction=True)
def test_a_head_is_signed_where_nothing_is_locked():
    assert sign_head(a_log())["seq"] == 0
    assert connection.in_atomic_block is False
