"""Published words stay as they are, also against plain SQL (both databases)."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from consultations.standards import actions, triggers
from consultations.standards.models import ClauseAncestry, Placement, Revision, Wording
from tests import build
from tests.build import TODAY


def rows_of(model, revision):
    where = {Revision: "pk", Wording: "placement__revision"}.get(model, "revision")
    return model.objects.filter(**{where: revision.pk})


@pytest.fixture
def revision(db):
    """Published, with a clause that was split in it."""
    base = build.a_revision()
    draft = actions.start_working_draft(actor=None, standard=base.standard, based_on=base, at=TODAY)
    wording = build.a_wording(draft, "1.1")
    actions.split_clause(
        actor=None, revision=draft, clause=wording.placement.clause, parts=["Satu.", "Dua."],
        expected_digest=wording.digest, reason_kind="editorial", reason="Jelas.", at=TODAY,
    )  # fmt: skip
    return actions.publish_revision(actor=None, revision=draft, state="consulted", at=TODAY)


FORBIDDEN = [
    (Revision, {"number": F("number") + 5}),
    (Revision, {"digest": "0" * 64}),
    (Revision, {"based_on": None}),
    (Revision, {"published_at": None, "state": "working"}),
    (Placement, {"label": "9.9"}),
    (Placement, {"position": F("position") + 1}),
    (Placement, {"target": {"kind": "fee"}}),
    (Wording, {"body": "Lain."}),
    (Wording, {"plain": "Lain."}),
    (Wording, {"heading": "Lain"}),
    (Wording, {"language": "xx"}),
    (Wording, {"digest": "0" * 64}),
    (ClauseAncestry, {"operation": "merge"}),
]


@pytest.mark.parametrize(
    ("model", "change"), FORBIDDEN, ids=[f"{m.__name__}-{'-'.join(c)}" for m, c in FORBIDDEN]
)
def test_published_rows_refuse_to_change(revision, model, change):
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        rows_of(model, revision).update(**change)


@pytest.mark.parametrize("model", [Wording, Placement, ClauseAncestry, Revision])
def test_published_rows_refuse_to_go(revision, model):
    table = model._meta.db_table
    ids = tuple(rows_of(model, revision).values_list("pk", flat=True))
    assert ids

    with (
        pytest.raises(DatabaseError, match=triggers.MESSAGE),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table} WHERE id = %s", [ids[0]])


def test_published_revision_takes_nothing_in(revision):
    placement = revision.placements.first()
    wording = placement.wordings.first()

    wording.pk, wording.language = None, "en"
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        wording.save(force_insert=True)
    placement.pk, placement.clause = None, build.a_wording(build.a_revision()).placement.clause
    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        placement.save(force_insert=True)


def test_words_cannot_be_moved_into_a_published_revision(revision):
    draft = build.a_working_draft()

    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        draft.placements.filter(label="1.1").update(revision=revision)


def test_saving_a_changed_object_is_refused_too(revision):
    wording = build.a_wording(revision, "2.1")
    wording.body = "Lain."

    with pytest.raises(DatabaseError, match=triggers.MESSAGE), transaction.atomic():
        wording.save()


def test_the_rest_may_change(revision):
    Wording.objects.filter(placement__revision=revision).update(html="", renderer_version=0)
    Revision.objects.filter(pk=revision.pk).update(state="finalised", annex_number="I")

    draft = build.a_working_draft()
    Wording.objects.filter(placement__revision=draft).update(body="Lain.")


def test_installed_triggers_are_the_expected_ones(db):
    assert triggers.installed(connection) == triggers.expected(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_triggers_are_put_back_after_a_table_was_altered():
    expected = triggers.expected(connection.vendor)
    with connection.schema_editor() as editor:
        field = Placement._meta.get_field("label")
        longer = field.clone()
        longer.max_length = 21
        longer.set_attributes_from_name("label")
        triggers.remove(connection)
        editor.alter_field(Placement, field, longer)
        editor.alter_field(Placement, longer, field)
    assert triggers.installed(connection) == {}

    triggers.install(using="default")

    assert triggers.installed(connection) == expected


@pytest.mark.django_db(transaction=True)
def test_migrating_takes_triggers_away_and_puts_them_back():
    triggers.remove_before_migrating(using="default", plan=[object()])
    assert triggers.installed(connection) == {}

    call_command("migrate", verbosity=0)

    assert triggers.installed(connection) == triggers.expected(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_says_something_else_is_replaced():
    table = "consultations_wording"
    name = f"{triggers.PREFIX}wording_delete"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    assert triggers.installed(connection) != triggers.expected(connection.vendor)

    triggers.install(using="default")

    assert triggers.installed(connection) == triggers.expected(connection.vendor)


@pytest.mark.django_db(transaction=True)
def test_committed_words_can_be_emptied_by_the_next_test():
    build.a_revision()
