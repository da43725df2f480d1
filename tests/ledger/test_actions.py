"""Appending: the shape of an entry, locks, savepoints, what is announced and when."""

from datetime import datetime

import pytest
from django.db import transaction

from consultations.ledger import actions as ledger
from consultations.ledger import canonical, signing
from consultations.ledger.enums import Side
from consultations.ledger.heads import sign_head
from consultations.ledger.holding import LockOrder, NotLocked
from consultations.ledger.models import ContentSalt, Entry, Log
from consultations.ledger.queries import data_of, document_of, entries_after
from consultations.ledger.registries import after_commit
from tests.ledger.logs import AT, a_log, a_pair, add


@pytest.fixture
def announced(monkeypatch):
    """(log id, head) of every announcement."""
    heard = []
    monkeypatch.setitem(
        after_commit._entries, "test", lambda log: heard.append((log.pk, log.head_seq))
    )
    return heard


@pytest.mark.django_db
def test_append_writes_an_entry_that_says_all_and_moves_the_head():
    log = a_log()

    entry = add(log, subject="comment:1", data={"number": 1, "stance": "support"})

    assert document_of(entry) == {
        "v": 1,
        "alg": "sha256",
        "log": "test:ktp:public",
        "epoch": 1,
        "seq": 1,
        "type": "comment.posted",
        "actor": "participant:1",
        "subject": "comment:1",
        "at": "2026-11-24T03:00:00.000000Z",
        "data": {"number": 1, "stance": "support"},
    }
    assert entry.hash == canonical.chain(canonical.genesis(log, epoch=1), entry.body)
    stored = Log.objects.get()
    assert (stored.head_seq, stored.head_hash) == (1, entry.hash)
    assert (log.head_seq, log.head_hash) == (1, entry.hash)


@pytest.mark.django_db
def test_append_chains_every_entry_to_the_one_before():
    log = a_log()

    first, second = add(log), add(log)

    assert second.seq == 2
    assert second.hash == canonical.chain(first.hash, second.body)
    assert [entry.seq for entry in entries_after(log, 0, 10)] == [1, 2]
    assert entries_after(log, 1, 10) == [second]


@pytest.mark.django_db
def test_append_signs_the_head_that_it_makes():
    entry = add(a_log())

    statement = canonical.head_statement("test:ktp:public", epoch=1, seq=1, hash=entry.hash)

    assert signing.is_signed(statement, entry.signature, by=signing.public_key())
    assert not signing.is_signed(statement, entry.signature, by="11" * 32)


@pytest.mark.django_db
def test_contents_are_digested_with_a_salt_each_and_never_stored():
    entry = add(a_log(), contents={"body": "Tiga hari terlalu lama.", "quote": "tiga hari"})

    salts = dict(ContentSalt.objects.filter(entry=entry).values_list("name", "salt"))
    digests = data_of(entry)["digests"]
    assert digests == {
        "body": canonical.digest(salts["body"], "body", "Tiga hari terlalu lama."),
        "quote": canonical.digest(salts["quote"], "quote", "tiga hari"),
    }
    assert len(set(salts.values())) == 2
    assert all(len(bytes.fromhex(salt)) >= 16 for salt in salts.values())
    assert "hari" not in entry.body


@pytest.mark.django_db
def test_the_same_text_twice_has_digests_that_do_not_tell():
    log = a_log()

    first, second = (add(log, contents={"body": "Setuju."}) for _ in range(2))

    assert data_of(first)["digests"] != data_of(second)["digests"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ['"\\', "\n\t", "é", "é", "🇮🇩", "\u2028", "</script>"])
def test_texts_in_data_come_back_as_they_went_in(text):
    entry = add(a_log(), data={"name": text})

    stored = Entry.objects.get(pk=entry.pk)

    assert stored.body == entry.body
    assert data_of(stored) == {"name": text}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [{"x": float("nan")}, {1: "a"}, {"a": {2: "b"}}, {"digests": {}}, {"x": object()}]
)
def test_data_that_has_no_canonical_form_is_refused(data):
    log = a_log()

    with pytest.raises((TypeError, ValueError)):
        add(log, data=data)

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_append_outside_of_a_transaction_is_refused():
    log = a_log()

    with pytest.raises(NotLocked):
        ledger.append(log, "comment.posted", actor="system", at=AT)
    with pytest.raises(NotLocked):
        ledger.lock(log)

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_append_without_the_lock_is_refused():
    log, other = a_log(), a_log("other")

    with transaction.atomic():
        ledger.lock(other)
        with pytest.raises(NotLocked):
            ledger.append(log, "comment.posted", actor="system", at=AT)

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_lock_ends_with_its_transaction():
    log = a_log()
    with transaction.atomic():
        ledger.lock(log)

    with transaction.atomic(), pytest.raises(NotLocked):
        ledger.append(log, "comment.posted", actor="system", at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_lock_ends_with_a_transaction_that_is_rolled_back():
    log = a_log()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.lock(log)
        raise ZeroDivisionError

    with transaction.atomic(), pytest.raises(NotLocked):
        ledger.append(log, "comment.posted", actor="system", at=AT)


@pytest.mark.django_db(transaction=True)
def test_a_lock_ends_with_its_savepoint():
    log = a_log()

    with transaction.atomic():
        with transaction.atomic():
            ledger.lock(log)
        with pytest.raises(NotLocked):
            ledger.append(log, "comment.posted", actor="system", at=AT)


@pytest.mark.django_db(transaction=True)
def test_after_a_savepoint_is_rolled_back_the_log_is_locked_again():
    log = a_log()

    with transaction.atomic():
        ledger.lock(log)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            ledger.append(log, "comment.posted", actor="system", at=AT)
            raise ZeroDivisionError
        with pytest.raises(NotLocked):
            ledger.append(log, "comment.posted", actor="system", at=AT)
        ledger.lock(log)
        ledger.append(log, "comment.hidden", actor="system", at=AT)

    assert list(Entry.objects.values_list("seq", "type")) == [(1, "comment.hidden")]


@pytest.mark.django_db
def test_lock_brings_the_given_objects_up_to_date():
    stale = a_log()
    add(Log.objects.get())

    with transaction.atomic():
        ledger.lock(stale)

    assert (stale.head_seq, stale.head_hash) == (1, Entry.objects.get().hash)


@pytest.mark.django_db
def test_two_objects_of_one_log_append_to_one_chain():
    one = a_log()
    other = Log.objects.get()

    with transaction.atomic():
        ledger.lock(one)
        ledger.append(one, "a", actor="system", at=AT)
        ledger.append(other, "b", actor="system", at=AT)
        ledger.append(one, "c", actor="system", at=AT)
        head = sign_head(other)

    assert list(Entry.objects.values_list("seq", "type")) == [(1, "a"), (2, "b"), (3, "c")]
    assert head["seq"] == 3


@pytest.mark.django_db
def test_a_log_with_a_lower_id_is_not_locked_afterwards():
    first, second = a_log("first"), a_log("second")

    with transaction.atomic():
        ledger.lock(second)
        with pytest.raises(LockOrder):
            ledger.lock(first)
    with transaction.atomic():
        ledger.lock(second, first)
        ledger.lock(first)


@pytest.mark.django_db
def test_append_costs_three_statements_and_one_more_for_all_salts(django_assert_num_queries):
    log = a_log()

    with transaction.atomic():
        with django_assert_num_queries(3):
            ledger.lock(log)
            ledger.append(log, "a", actor="system", at=AT)
        with django_assert_num_queries(3):
            ledger.append(log, "b", actor="system", at=AT, contents={"x": "1", "y": "2"})


@pytest.mark.django_db
def test_a_staff_entry_notes_the_public_entry_it_stands_after():
    public, staff = a_pair()
    add(public)
    add(public)

    entry = add(staff, type="hiding.decided")

    assert document_of(entry)["after"] == 2
    assert document_of(entry)["log"] == "test:ktp:staff"


@pytest.mark.django_db
def test_nothing_of_the_staff_log_shows_in_the_public_one():
    public, staff = a_pair("one")
    lonely, _ = a_pair("two")
    add(public)
    add(lonely)
    for _ in range(3):
        add(staff, type="report.filed")

    after_reports, without = add(public), add(lonely)

    assert after_reports.seq == without.seq == 2
    assert after_reports.body == without.body.replace("test:two", "test:one")


@pytest.mark.django_db
def test_a_log_is_announced_once_for_each_transaction(
    announced, django_capture_on_commit_callbacks
):
    log, other = a_log(), a_log("other")
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ledger.lock(log, other)
        ledger.append(log, "a", actor="system", at=AT)
        with transaction.atomic():
            ledger.lock(log)
            ledger.append(log, "b", actor="system", at=AT)
        ledger.append(log, "c", actor="system", at=AT)

    with django_capture_on_commit_callbacks(execute=True):
        add(log)

    assert announced == [(log.pk, 3), (log.pk, 4)]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_announced(announced):
    log = a_log()

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ledger.lock(log)
        ledger.append(log, "a", actor="system", at=AT)
        raise ZeroDivisionError

    assert announced == []


@pytest.mark.django_db(transaction=True)
def test_trouble_in_announcing_is_not_the_authors(announced, monkeypatch, caplog):
    def fail(log):
        raise ConnectionError("no line")

    monkeypatch.setattr(after_commit, "_entries", {"broken": fail, **after_commit._entries})
    log = a_log()

    add(log)

    assert announced == [(log.pk, 1)]
    assert "broken could not announce" in caplog.text


@pytest.mark.django_db
def test_start_epoch_goes_on_in_a_new_epoch_and_says_so():
    log = a_log()
    first = add(log)

    entry = ledger.start_epoch(log, at=AT)
    after = add(log)

    assert (entry.seq, entry.epoch, entry.type) == (2, 2, "log.restored")
    assert entry.hash == canonical.chain(first.hash, entry.body)
    assert data_of(entry) == {"previous_epoch": 1}
    assert (after.seq, after.epoch, Log.objects.get().epoch) == (3, 2, 2)


@pytest.mark.django_db
def test_erase_salts_leaves_the_chain_whole():
    log = a_log()
    entry = add(log, subject="comment:1", contents={"body": "Nama saya Sari."})
    add(log, subject="comment:2", contents={"body": "lain"})

    ledger.erase_salts(log, seqs=[entry.seq])

    assert not ContentSalt.objects.filter(entry=entry).exists()
    assert ContentSalt.objects.count() == 1
    assert Entry.objects.get(pk=entry.pk).body == entry.body


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "key", "options"),
    [
        ("test", "a\nb", {}),
        ("test", "", {}),
        ("Test:x", "a", {}),
        ("test", "a", {"side": Side.STAFF}),
    ],
)
def test_open_log_refuses_names_and_sides_that_are_not_clear(kind, key, options):
    with pytest.raises(ValueError):
        ledger.open_log(kind=kind, key=key, at=AT, **options)


@pytest.mark.django_db
def test_times_without_a_zone_are_refused():
    log = a_log()

    with transaction.atomic(), pytest.raises(ValueError):
        ledger.lock(log)
        ledger.append(log, "a", actor="system", at=datetime(2026, 1, 1))
