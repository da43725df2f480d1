"""What is compiled once gives what Django's own queries give."""

import threading
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_init, pre_init
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations.kernel.prepared import (
    Parameter,
    Prepared,
    PreparedInsert,
    PreparedUpdate,
)
from consultations.ledger.actions import open_log
from consultations.ledger.models import ContentSalt, Entry, Log
from consultations.people.models import User
from consultations.proceedings import queries as proceedings
from consultations.proceedings.models import Consultation
from tests import build

pytestmark = pytest.mark.django_db

_PK = Log._meta.pk


@pytest.fixture
def logs() -> list[Log]:
    return [open_log(kind="test", key=key, at=build.TODAY) for key in ("a", "b", "c")]


def test_rows_are_those_of_the_queryset(logs):
    after = Prepared(
        lambda: (
            Log.objects.filter(pk__gt=Parameter("pk", _PK))
            .order_by("pk")
            .values_list("key", "created_at", "twin_id")
        )
    )

    found = after.all(pk=logs[0].pk)

    assert found == list(
        Log.objects.filter(pk__gt=logs[0].pk)
        .order_by("pk")
        .values_list("key", "created_at", "twin_id")
    )
    assert [row[0] for row in found] == ["b", "c"]
    assert after.all(pk=logs[1].pk) == found[1:]
    assert after.first(pk=logs[2].pk) is None


def test_objects_are_those_of_the_queryset_with_their_relations():
    consultation = build.a_consultation()

    found = proceedings.get_consultation(consultation.slug, None)

    expected = Consultation.objects.select_related("agency", "log", "staff_log").get()
    with pytest.raises(AssertionError, match="no query"), connection.execute_wrapper(_refuse):
        Consultation.objects.first()
    with connection.execute_wrapper(_refuse):
        related = (found.agency, found.log, found.staff_log)
    for mine, django in zip(
        (found, *related),
        (expected, expected.agency, expected.log, expected.staff_log),
        strict=True,
    ):
        assert type(mine) is type(django)
        assert _values(mine) == _values(django)
    assert not found._state.adding


def test_sql_is_made_once(django_assert_num_queries):
    made = []
    one = Prepared(lambda: made.append(1) or Log.objects.filter(pk=Parameter("pk", _PK)))

    with django_assert_num_queries(2):
        one.all(pk=1)
        one.all(pk=2)

    assert made == [1]


def test_update_says_how_many_rows_it_changed(logs):
    rename = PreparedUpdate(
        lambda: Log.objects.filter(pk=Parameter("pk", _PK)),
        head_seq=Parameter("seq", Log._meta.get_field("head_seq")),
    )

    assert rename.run(pk=logs[0].pk, seq=5) == 1
    assert rename.run(pk=0, seq=6) == 0

    assert list(
        Log.objects.filter(pk__in=[log.pk for log in logs])
        .order_by("pk")
        .values_list("head_seq", flat=True)
    ) == [5, 0, 0]


def test_insert_keeps_every_value_and_gives_the_id(logs):
    entry = Entry(
        log=logs[0],
        seq=1,
        type="test.happened",
        subject="",
        at=timezone.now(),
        epoch=1,
        body='{"nama":"Ibu Ñ \u2603","persen":"50%s"}',
        hash="ab" * 32,
        signature="cd" * 64,
    )

    PreparedInsert(Entry).run(entry)
    salt = ContentSalt(entry=entry, name="body", salt="ef" * 32)
    PreparedInsert(ContentSalt).run(salt)

    assert entry.pk
    assert not entry._state.adding
    assert _values(Entry.objects.get(pk=entry.pk)) == _values(entry)
    assert _values(ContentSalt.objects.get()) == _values(salt)
    salt.name = "quote"
    salt.save()  # a change of that row, not another row
    assert ContentSalt.objects.count() == 1


def test_new_objects_are_those_of_the_constructor(logs):
    given = {"kind": "test", "key": "new", "created_at": build.TODAY, "twin_id": logs[0].pk}
    add = PreparedInsert(Log)

    made, constructed = add.new(**given), Log(**given)

    assert _values(made) == _values(constructed)
    assert made._state.adding
    assert made._state.db is None
    assert made.twin == logs[0]
    add.run(made)
    made.refresh_from_db()
    assert Log.objects.get(key="new") == made
    with pytest.raises(TypeError, match="Log has no columns keys"):
        add.new(keys="x")


def test_our_models_need_nothing_of_their_constructors():
    """What kernel.prepared takes for granted."""
    for model in apps.get_app_config("consultations").get_models():
        assert model.__init__ is models.Model.__init__
        assert model.from_db.__func__ is models.Model.from_db.__func__
        assert not any(signal.has_listeners(model) for signal in (pre_init, post_init))


def test_whoever_watches_sees_every_statement(logs):
    one = Prepared(lambda: Log.objects.filter(pk=Parameter("pk", _PK)))
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(params)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note), CaptureQueriesContext(connection) as captured:
        watched = one.first(pk=logs[0].pk)

    assert [list(params) for params in seen] == [[logs[0].pk]]
    assert len(captured) == 1
    assert _values(watched) == _values(one.first(pk=logs[0].pk))
    assert len(seen) == 1


def test_a_value_that_is_not_plain_is_made_fit_by_its_field(logs):
    kept = Prepared(lambda: Log.objects.filter(pk=Parameter("pk", _PK)))

    assert kept.first(pk=str(logs[0].pk)).key == "a"
    with pytest.raises(ValueError, match="expected a number"):
        kept.first(pk="a")


def test_an_error_is_djangos_and_ends_the_block(logs):
    again = Log(kind="test", key="a", side="public", created_at=build.TODAY)
    one = Prepared(lambda: Log.objects.filter(pk=Parameter("pk", _PK)))

    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            PreparedInsert(Log).run(again)
        assert one.first(pk=logs[0].pk).key == "a"
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            one.first(pk=logs[0].pk)

    assert one.first(pk=logs[0].pk).key == "a"
    assert Log.objects.filter(kind="test").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_column_of_another_type_does_not_break_what_is_compiled():
    def column_of(type: str, value: str | int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS note")
            cursor.execute(f"CREATE TABLE note (id integer, a {type})")
            cursor.execute("INSERT INTO note VALUES (1, %s)", [value])

    def read() -> list[tuple]:
        return connection.run_compiled("SELECT a, 5 %% 3 FROM note WHERE id = %s", [1])[0]

    try:
        column_of("integer", 7)
        for _ in range(2):
            assert read() == [(7, 2)]
        column_of("varchar(9)", "7")
        assert read() == [("7", 2)]
        with transaction.atomic():
            assert read() == [("7", 2)]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE note")


def test_a_session_ends_with_its_day(client):
    user = User.objects.create(public_name="Sari", joined_at=build.TODAY)
    client.force_login(user)

    assert client.get("/me/").status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/me/").status_code == 302


def test_a_suspended_person_is_nobody(client):
    user = User.objects.create(public_name="Sari", joined_at=build.TODAY)
    client.force_login(user)

    User.objects.update(is_active=False)

    assert client.get("/me/").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_threads_that_begin_together_get_the_same(logs):
    one = Prepared(lambda: Log.objects.filter(pk=Parameter("pk", _PK)))
    start, found = threading.Barrier(4), []

    def read() -> None:
        start.wait()
        with transaction.atomic():
            found.append(one.first(pk=logs[1].pk).key)
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["b"] * 4


def _values(made) -> dict:
    return {field.attname: getattr(made, field.attname) for field in made._meta.concrete_fields}


def _refuse(*_):
    raise AssertionError("no query is expected here")
