"""Tampering with the rows directly in the database: each kind is found, at its entry."""

from datetime import timedelta

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from consultations.ledger import actions as ledger
from consultations.ledger import canonical, signing
from consultations.ledger.enums import Side
from consultations.ledger.heads import sign_head
from consultations.ledger.models import Checkpoint, ContentSalt, Entry, Log
from consultations.ledger.queries import document_of
from consultations.ledger.registries import witnesses
from consultations.ledger.verifying import verify
from tests.ledger.logs import AT, add, change_body, cut_two, findings, row, rows


def test_an_untouched_log_is_whole(log):
    staff = Log.objects.get(side=Side.STAFF)

    assert findings(log, heads=[sign_head(log)]) == []
    assert findings(staff) == []


def test_an_empty_log_is_whole(db):
    assert findings(ledger.open_log(kind="test", key="empty", at=AT)) == []


# --- one row ------------------------------------------------------------------------------------


def change_body_and_its_hash(log):
    change_body(log)
    hash = canonical.chain(row(log, 2).hash, row(log, 3).body)
    rows(log).filter(seq=3).update(hash=hash)


def change_type_column(log):
    rows(log).filter(seq=3).update(type="comment.shown")


def change_subject_column(log):
    rows(log).filter(seq=3).update(subject="comment:99")


def change_time_column(log):
    rows(log).filter(seq=3).update(at=AT + timedelta(hours=1))


def change_epoch(log):
    rows(log).filter(seq=3).update(epoch=2)


def change_format(log):
    rows(log).filter(seq=3).update(format_version=2)


def change_hash(log):
    rows(log).filter(seq=3).update(hash="0" * 64)


def break_body(log):
    rows(log).filter(seq=3).update(body="{")


def take_another_signature(log):
    rows(log).filter(seq=3).update(signature=row(log, 4).signature)


def sign_with_another_key(log):
    statement = canonical.head_statement("test:ktp:public", epoch=1, seq=3, hash=row(log, 3).hash)
    with_other = signing._private_key(b"x" * 32).sign(statement).hex()
    rows(log).filter(seq=3).update(signature=with_other)


def move_to_another_log(log):
    other = ledger.open_log(kind="test", key="other", at=AT)
    foreign = add(other, "comment:1")
    rows(log).filter(seq=3).update(
        body=foreign.body, hash=foreign.hash, signature=foreign.signature, subject="comment:1"
    )


@pytest.mark.parametrize(
    ("tamper", "expected"),
    [
        (change_body, [(3, "body")]),
        (change_body_and_its_hash, [(3, "signature"), (4, "unlinked")]),
        (change_type_column, [(3, "columns")]),
        (change_subject_column, [(3, "columns")]),
        (change_time_column, [(3, "columns")]),
        (change_epoch, [(3, "columns"), (3, "signature"), (3, "epoch"), (4, "epoch")]),
        (change_format, [(3, "columns")]),
        (change_hash, [(3, "replaced"), (4, "unlinked")]),
        (break_body, [(3, "unreadable"), (3, "body")]),
        (take_another_signature, [(3, "signature")]),
        (sign_with_another_key, [(3, "signature")]),
        (move_to_another_log, [(3, "moved"), (4, "unlinked")]),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_changed_row_is_named(log, tamper, expected):
    tamper(log)

    assert findings(log) == expected


# --- rows gone, and in another order ------------------------------------------------------------


def test_a_row_removed_from_the_middle_is_named(log):
    row(log, 3).delete()

    assert findings(log) == [(3, "missing")]


def test_the_first_row_removed_is_named(log):
    row(log, 1).delete()

    assert findings(log) == [(1, "missing")]


def test_several_rows_removed_are_one_finding(log):
    rows(log).filter(seq__in=[2, 3]).delete()

    found = list(verify(log))

    assert [str(one) for one in found] == [
        "test:ktp:public entry 2: is missing, and all others up to entry 3"
    ]


def test_the_last_row_removed_is_known_from_the_head(log):
    row(log, 5).delete()

    assert findings(log) == [(5, "cut")]


def test_a_cut_end_is_known_from_a_checkpoint(log):
    ledger.checkpoint(log, at=AT)
    cut_two(log)

    assert findings(log) == [(4, "cut")]


def test_a_cut_end_is_known_from_a_head_kept_outside(log):
    head = sign_head(log)
    cut_two(log)

    assert findings(log) == []  # nobody inside knows any more
    assert findings(log, heads=[head]) == [(4, "cut")]


def test_a_cut_end_is_known_from_rows_that_it_published(log, monkeypatch):
    claims = [(4, "comment.posted", "comment:4"), (1, "comment.posted", "comment:1")]
    monkeypatch.setattr(witnesses, "_entries", {"comments": lambda log: iter(claims)})
    cut_two(log)

    assert findings(log) == [(4, "witness")]


def test_a_cut_end_is_known_from_the_staff_log(log):
    rows(log).filter(seq__gt=3).delete()
    Log.objects.filter(pk=log.pk).update(head_seq=3, head_hash=row(log, 3).hash)

    assert findings(log) == [(4, "cut")]


def test_entries_in_another_order_are_named(log):
    rows(log).filter(seq=2).update(seq=100)
    rows(log).filter(seq=3).update(seq=2)
    rows(log).filter(seq=100).update(seq=3)

    found = findings(log)

    assert [one for one in found if one[1] == "moved"] == [(2, "moved"), (3, "moved")]


def test_rows_that_moved_up_over_a_removed_one_are_named(log):
    row(log, 3).delete()
    for seq in (4, 5):
        rows(log).filter(seq=seq).update(seq=seq - 1)
    Log.objects.filter(pk=log.pk).update(head_seq=4, head_hash=row(log, 4).hash)

    assert [one for one in findings(log) if one[1] == "moved"] == [(3, "moved"), (4, "moved")]


def test_a_chain_recomputed_without_the_key_is_named_from_the_changed_entry_on(log):
    previous = row(log, 2).hash
    for entry in rows(log).filter(seq__gte=3).order_by("seq"):
        body = entry.body.replace("participant:1", "participant:9")
        previous = canonical.chain(previous, body)
        rows(log).filter(pk=entry.pk).update(body=body, hash=previous)
    Log.objects.filter(pk=log.pk).update(head_hash=previous)

    assert findings(log) == [(3, "signature"), (4, "signature"), (5, "signature")]


def test_a_chain_recomputed_with_a_stolen_key_differs_from_heads_signed_before(log):
    head = sign_head(log)
    previous = row(log, 4).hash
    body = row(log, 5).body.replace("participant:1", "participant:9")
    hash = canonical.chain(previous, body)
    statement = canonical.head_statement("test:ktp:public", epoch=1, seq=5, hash=hash)
    rows(log).filter(seq=5).update(body=body, hash=hash, signature=signing.sign(statement))
    Log.objects.filter(pk=log.pk).update(head_hash=hash)

    assert findings(log) == []
    assert findings(log, heads=[head]) == [(5, "rewritten")]


def test_an_entry_of_a_foreign_epoch_is_named(log):
    """Signed as it should be, as by a copy of the site that was restored and went on."""
    head = Log.objects.get(pk=log.pk)
    document = document_of(row(log, 5)) | {"seq": 6, "epoch": 3}
    body = canonical.canonical_json(document)
    hash = canonical.chain(head.head_hash, body)
    statement = canonical.head_statement("test:ktp:public", epoch=3, seq=6, hash=hash)
    Entry.objects.create(
        log=log,
        seq=6,
        type="comment.hidden",
        subject="comment:2",
        at=AT,
        epoch=3,
        body=body,
        hash=hash,
        signature=signing.sign(statement),
    )
    Log.objects.filter(pk=log.pk).update(head_seq=6, head_hash=hash)

    assert findings(log) == [(6, "epoch"), (6, "head")]


def test_a_new_epoch_after_a_restore_is_whole(log):
    old = sign_head(log)
    ledger.start_epoch(log, at=AT)
    add(log, "meeting:1", type="meeting.opened")

    assert findings(log, heads=[old]) == []


def test_entries_lost_in_a_restore_are_named_from_a_head_kept_outside(log):
    head = sign_head(log)
    cut_two(log)
    log.refresh_from_db()
    ledger.start_epoch(log, at=AT)
    add(log, "meeting:1", type="meeting.opened")

    assert findings(log, heads=[head]) == [(5, "rewritten")]


# --- the head and the checkpoints ---------------------------------------------------------------


def test_a_tampered_head_row_is_named(log):
    Log.objects.filter(pk=log.pk).update(head_hash="0" * 64)
    assert findings(log) == [(5, "head")]

    Log.objects.filter(pk=log.pk).update(head_hash=row(log, 5).hash, epoch=2)
    assert findings(log) == [(5, "head")]

    Log.objects.filter(pk=log.pk).update(epoch=1, head_seq=3, head_hash=row(log, 3).hash)
    assert findings(log) == [(3, "head")]


def test_a_log_that_was_given_another_name_is_not_whole(log):
    Log.objects.filter(pk=log.pk).update(key="other")

    assert (1, "columns") in findings(log)


def test_a_forged_checkpoint_is_named(log):
    ledger.checkpoint(log, at=AT)
    Checkpoint.objects.update(hash="0" * 64)

    assert findings(log) == [(5, "forged_head")]


# --- contents and witnesses ---------------------------------------------------------------------


def test_a_changed_text_is_named(log, texts):
    texts[2] = "Tiga hari sudah cepat."

    assert findings(log) == [(2, "content")]


def test_a_row_that_is_gone_is_named(log, texts):
    del texts[2]

    assert findings(log) == [(2, "content")]


def test_an_erased_text_is_no_finding(log, texts):
    texts[2] = None
    ledger.erase_salts(log, seqs=[2])

    assert findings(log) == []


def test_a_text_that_was_blanked_by_hand_is_named(log, texts):
    texts[2] = None

    assert findings(log) == [(2, "content")]


def test_a_salt_removed_to_hide_a_change_is_named(log, texts):
    texts[2] = "lain"
    ContentSalt.objects.filter(entry__seq=2).delete()

    assert findings(log) == [(2, "content")]


def test_a_row_that_no_entry_published_is_named(log, monkeypatch):
    claims = [(3, "comment.posted", "comment:77"), (9, "comment.posted", "comment:9")]
    monkeypatch.setattr(witnesses, "_entries", {"comments": lambda log: claims})

    assert findings(log) == [(3, "witness"), (9, "witness")]


def test_the_staff_log_is_verified_too(log):
    staff = Log.objects.get(side=Side.STAFF)
    rows(staff).update(type="hiding.undone")

    assert findings(staff) == [(1, "columns")]


# --- any chain ----------------------------------------------------------------------------------

texts_of_data = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


class AnyChain(TestCase):
    @given(
        entries=st.lists(st.tuples(texts_of_data, texts_of_data), min_size=1, max_size=6),
        data=st.data(),
    )
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def test_any_chain_is_whole_until_any_entry_is_touched(self, entries, data):
        log = ledger.open_log(kind="test", key="any", at=AT)
        for value, text in entries:
            add(log, "x:1", type="x", data={"value": value}, contents={"text": text})
        assert findings(log) == []

        touched = data.draw(st.integers(1, len(entries)))
        how = data.draw(st.sampled_from(["body", "hash", "signature", "gone"]))
        if how == "gone":
            row(log, touched).delete()
        elif how == "body":
            rows(log).filter(seq=touched).update(body=row(log, touched).body + " ")
        else:
            rows(log).filter(seq=touched).update(**{how: "ab" * (32 if how == "hash" else 64)})

        assert touched in {seq for seq, _kind in findings(log)}


def test_ten_thousand_entries_take_seconds(db, django_assert_max_num_queries):
    log = ledger.open_log(kind="test", key="long", at=AT)
    made, previous = [], log.head_hash
    for seq in range(1, 10_001):
        body = canonical.canonical_json(
            {
                "v": 1,
                "alg": "sha256",
                "log": "test:long:public",
                "epoch": 1,
                "seq": seq,
                "type": "x",
                "subject": "",
                "at": canonical.write_moment(AT),
            }
        )
        previous = canonical.chain(previous, body)
        statement = canonical.head_statement("test:long:public", epoch=1, seq=seq, hash=previous)
        made.append(
            Entry(
                log=log,
                seq=seq,
                type="x",
                at=AT,
                epoch=1,
                body=body,
                hash=previous,
                signature=signing.sign(statement),
            )
        )
    Entry.objects.bulk_create(made)
    Log.objects.filter(pk=log.pk).update(head_seq=F("head_seq") + 10_000, head_hash=previous)

    with django_assert_max_num_queries(20):
        assert findings(log) == []
