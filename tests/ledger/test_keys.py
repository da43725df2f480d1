"""Changing the key: what was signed before stays whole, and a former key adds nothing unseen."""

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from django.urls import reverse

from consultations.kernel.environment import Environment
from consultations.ledger import actions as ledger
from consultations.ledger import canonical, signing
from consultations.ledger.heads import sign_head, signers_of
from consultations.ledger.models import Checkpoint, Log
from consultations.ledger.verifying import verify
from tests.ledger.logs import AT, a_log, add, findings, row, rows

OLD, NEW = b"o" * 32, b"n" * 32
OLD_PUBLIC, NEW_PUBLIC = signing._public_half(OLD), signing._public_half(NEW)
END = AT + timedelta(hours=1)
BEFORE = {"LEDGER_KEY": OLD, "LEDGER_FORMER_KEYS": []}
AFTER = {"LEDGER_KEY": NEW, "LEDGER_FORMER_KEYS": [(OLD_PUBLIC, END)]}


@contextmanager
def stolen():
    """Whoever has the former key, and the database."""
    with override_settings(**BEFORE):
        yield


@pytest.fixture
def log(db, settings) -> Log:
    """Two entries and a checkpoint of before the change, and one of after."""
    with stolen():
        log = a_log()
        add(log), add(log)
        ledger.checkpoint(log, at=AT)
    settings.LEDGER_KEY, settings.LEDGER_FORMER_KEYS = AFTER.values()
    add(log)
    return log


def test_what_a_former_key_signed_stays_whole(log):
    assert findings(log, heads=[sign_head(log)]) == []


def test_an_unknown_key_is_named_with_the_entry_and_the_remedy(log, settings):
    settings.LEDGER_FORMER_KEYS = []

    found = list(verify(log))

    assert [(f.seq, f.kind) for f in found] == [
        (2, "forged_head"), (1, "signature"), (2, "signature"),
    ]  # fmt: skip
    assert "LEDGER_FORMER_KEYS" in found[1].message


def test_nothing_is_signed_with_a_former_key_after_a_newer_one(log):
    with stolen():
        add(log)

    assert findings(log) == [(4, "former_key")]


def test_nothing_is_signed_with_a_former_key_after_its_end(log):
    """Even where no newer key has signed: here the only entry of after is taken away."""
    with stolen():
        rows(log).filter(seq=3).delete()
        Log.objects.update(head_seq=2, head_hash=row(log, 2).hash)
        log.refresh_from_db()
        _add_at(log, END + timedelta(seconds=1))

    assert findings(log) == [(3, "former_key")]


def _add_at(log, at):
    with ledger.transaction.atomic():
        ledger.lock(log)
        ledger.append(log, "comment.posted", actor="participant:1", at=at)


def test_a_checkpoint_of_the_new_key_bounds_a_log_that_has_not_moved(db, settings):
    """An entry of a former key can be dated back; it still stands behind the checkpoint."""
    with stolen():
        quiet = a_log("quiet")
        add(quiet)
        assert ledger.take_checkpoints(at=AT) == 1
    settings.LEDGER_KEY, settings.LEDGER_FORMER_KEYS = AFTER.values()

    taken = [ledger.take_checkpoints(at=AT) for _again in range(2)]  # the same day, at once
    with stolen():
        add(quiet)

    assert taken == [1, 0]
    kept = Checkpoint.objects.order_by("pk").values_list("seq", "key_id")
    ids = {key.public_key: key.id for key in (signing.present_key(), *signing.former_keys())}
    assert list(kept) == [(1, ids[OLD_PUBLIC]), (1, ids[NEW_PUBLIC])]
    assert findings(quiet) == [(2, "former_key")]


def test_a_checkpoint_of_a_former_key_after_its_end_is_none(log):
    with stolen():
        ledger.checkpoint(log, at=END + timedelta(days=1))

    assert findings(log) == [(3, "forged_head")]


def test_the_record_says_which_key_signed_what(log):
    signers = signers_of(log, rows(log))

    assert signers == {1: OLD_PUBLIC, 2: OLD_PUBLIC, 3: NEW_PUBLIC}


def test_all_keys_are_published_and_each_head_with_its_own(client, log):
    ledger.checkpoint(log, at=END)

    answer = json.loads(client.get(reverse("checkpoints")).content)

    assert answer["public_key"] == NEW_PUBLIC
    [former] = answer["former_keys"]
    assert (former["public_key"], former["until"]) == (OLD_PUBLIC, canonical.write_moment(END))
    assert [head["public_key"] for head in answer["heads"]] == [NEW_PUBLIC, OLD_PUBLIC]
    for head in answer["heads"]:
        place = {name: head[name] for name in ("epoch", "seq", "hash")}
        statement = canonical.head_statement(head["log"], **place)
        assert signing.is_signed(statement, head["signature"], by=head["public_key"])


def test_former_keys_are_read_from_the_environment():
    given = Environment({"KEYS": f"{OLD_PUBLIC.upper()}@2026-11-25T00:00Z, {NEW_PUBLIC}"})

    assert given.public_keys("KEYS") == [
        (OLD_PUBLIC, datetime(2026, 11, 25, tzinfo=UTC)), (NEW_PUBLIC, None),
    ]  # fmt: skip
    assert Environment({}).public_keys("KEYS") == []


@pytest.mark.parametrize(
    "wrong",
    [
        "abc",
        "z" * 64,
        "@2026-11-25T00:00Z",
        f"{OLD_PUBLIC}@",
        f"{OLD_PUBLIC}@soon",
        f"{OLD_PUBLIC}@2026-11-25T00:00",
    ],
)
def test_nonsense_is_refused_by_name(wrong):
    with pytest.raises(ImproperlyConfigured, match="KEYS"):
        Environment({"KEYS": wrong}).public_keys("KEYS")
