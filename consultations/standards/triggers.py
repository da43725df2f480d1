"""Published words are protected in the database itself, against plain SQL too.

Triggers on SQLite and PostgreSQL refuse to change what a published revision says. They are put
back after every migrate (SQLite drops a table's triggers when it alters the table) and taken away
before one that has something to do (SQLite cannot rename a table that a trigger names).
Ledger tables have none on purpose: what is tampered with there is found by `verify_record`.
"""

from dataclasses import dataclass

from django.db import connections

MESSAGE = "published words never change"
PREFIX = "rembuk_protects_"

# What is published already cannot be changed back to what is not.
_ONCE_PUBLISHED = "{row}.published_at IS NOT NULL"
_OF_PUBLISHED = (
    "EXISTS (SELECT 1 FROM consultations_revision r"
    " WHERE r.id = {row}.revision_id AND r.published_at IS NOT NULL)"
)
_OF_PUBLISHED_PLACEMENT = (
    "EXISTS (SELECT 1 FROM consultations_placement p"
    " JOIN consultations_revision r ON r.id = p.revision_id"
    " WHERE p.id = {row}.placement_id AND r.published_at IS NOT NULL)"
)


@dataclass(frozen=True)
class Protection:
    """Rows of `table` for which `is_published` holds: what may not happen to them."""

    table: str
    is_published: str  # an SQL condition on {row}
    columns: tuple[str, ...]  # that never change
    is_closed: bool = True  # nothing is added to them either


PROTECTIONS = (
    Protection(
        "consultations_revision",
        _ONCE_PUBLISHED,
        ("id", "standard_id", "number", "based_on_id", "created_at", "published_at", "digest"),
        is_closed=False,
    ),
    Protection(
        "consultations_placement",
        _OF_PUBLISHED,
        (
            *("id", "revision_id", "clause_id", "component_id", "parent_id"),
            *("position", "label", "target"),
        ),
    ),
    Protection(
        "consultations_wording",
        _OF_PUBLISHED_PLACEMENT,
        ("id", "placement_id", "language", "heading", "body", "plain", "digest"),
    ),
    Protection(
        "consultations_clauseancestry",
        _OF_PUBLISHED,
        ("id", "revision_id", "descendant_id", "ancestor_id", "operation"),
    ),
)


def expected(vendor: str) -> dict[str, tuple[str, str]]:
    """By trigger name: its table, and the statement (SQLite) or function body (PostgreSQL)."""
    write = {"sqlite": _sqlite, "postgresql": _postgresql}[vendor]
    found = {}
    for protection in PROTECTIONS:
        short = protection.table.removeprefix("consultations_")
        for event, condition in _conditions(protection, vendor):
            name = f"{PREFIX}{short}_{event.lower()}"
            found[name] = (protection.table, write(name, protection.table, event, condition))
    return found


def _conditions(protection: Protection, vendor: str) -> list[tuple[str, str]]:
    differs = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    cast = "::text" if vendor == "postgresql" else ""
    changed = " OR ".join(
        f"OLD.{column}{cast} {differs} NEW.{column}{cast}" for column in protection.columns
    )
    old, new = (protection.is_published.format(row=row) for row in ("OLD", "NEW"))
    conditions = [
        ("UPDATE", f"({changed}) AND ({old}{f' OR {new}' if protection.is_closed else ''})"),
        ("DELETE", old),
    ]
    return conditions + ([("INSERT", new)] if protection.is_closed else [])


def _sqlite(name: str, table: str, event: str, condition: str) -> str:
    return (
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW WHEN {condition}'
        f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )


def _postgresql(name: str, table: str, event: str, condition: str) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    return (
        f" BEGIN IF {condition} THEN RAISE EXCEPTION '{MESSAGE}'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END "
    )


def installed(connection) -> dict[str, tuple[str, str]]:
    """The same of what is really there; a disabled trigger counts as missing."""
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor], [PREFIX + "%"])
        return {name: (table, text) for name, table, text in cursor.fetchall()}


_INSTALLED = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    " AND name LIKE %s",
    "postgresql": "SELECT t.tgname, c.relname, p.prosrc FROM pg_trigger t"
    " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
    " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()"
    " WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND t.tgname LIKE %s",
}


def install(sender=None, using: str = "default", **kwargs) -> None:
    """Receiver of post_migrate: makes what is there what is expected. Safe to repeat."""
    if not is_ready(using):
        return  # migrated back to before there were standards
    connection = connections[using]
    wanted = expected(connection.vendor)
    present = installed(connection)
    with connection.cursor() as cursor:
        for name in set(present) - set(wanted):
            _drop(cursor, connection.vendor, name, present[name][0])
        for name, (table, text) in wanted.items():
            if present.get(name) == (table, text):
                continue
            _drop(cursor, connection.vendor, name, table)
            _create(cursor, connection.vendor, name, table, text)


def is_ready(using: str) -> bool:
    """Whether the tables are there."""
    tables = connections[using].introspection.table_names()
    return {protection.table for protection in PROTECTIONS} <= set(tables)


def remove_before_migrating(sender=None, using: str = "default", plan=(), **kwargs) -> None:
    """Receiver of pre_migrate."""
    if plan:
        remove(connections[using])


def remove(connection) -> None:
    """Takes all protections away: for migrations, and for tests that empty tables."""
    present = installed(connection)
    with connection.cursor() as cursor:
        for name, (table, _text) in present.items():
            _drop(cursor, connection.vendor, name, table)


def _drop(cursor, vendor: str, name: str, table: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    else:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')


def _create(cursor, vendor: str, name: str, table: str, text: str) -> None:
    if vendor == "sqlite":
        cursor.execute(text)
        return
    event = name.rsplit("_", 1)[1].upper()
    cursor.execute(
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql'
        f" AS $body${text}$body$"
    )
    cursor.execute(
        f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}"'
        f' FOR EACH ROW EXECUTE FUNCTION "{name}"()'
    )
