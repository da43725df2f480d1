"""The table that is searched: made after every migrate, and filled by the actions.

It has a row for all words of a standard, and one for each of its components. It stands outside of
Django's migrations, since the two databases have nothing in common here; `models.RegisterText`
reads it. What it is made of stands in the database beside it, so that another format, or another
list of languages, is noticed and the table made anew.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db import connection, transaction

from consultations.standards.searching.terms import Terms

TABLE = "consultations_registertext"
_FORMAT = 1
_NAME_CHARACTERS = 400  # of each, since names are kept within the row
# The configuration of PostgreSQL that knows a language's stems; others are taken word by word.
CONFIGURATIONS = {"id": "indonesian", "en": "english"}


# What is filtered by stands in the row itself: joining twenty thousand rows takes too long.
FACTS = (
    *("agency_id", "sector", "kind", "title"),
    *("in_force_from", "in_force_until", "newest_from", "is_finalised", "is_consulted"),
    "review_due_on",
)


@dataclass(frozen=True)
class Facts:
    agency_id: int
    sector: str
    kind: str
    title: str  # in the site's first language, to sort by
    # Days without a gap on which some revision holds: those that are going on, or the next.
    in_force_from: date | None
    in_force_until: date | None
    newest_from: date | None  # when the newest revision that is yet to come begins to hold
    is_finalised: bool  # and not adopted yet
    is_consulted: bool
    review_due_on: date | None


@dataclass(frozen=True)
class Row:
    """Texts by language. A component's row has the names too: who looks for “fee card” within
    fees finds the card."""

    component_id: int | None
    words: dict[str, str]


@dataclass(frozen=True)
class Document:
    standard_id: int
    revision_id: int
    facts: Facts
    titles: dict[str, str]
    others: dict[str, str]  # of the agency, the sector
    rows: tuple[Row, ...] = field(default=())


def configuration(language: str) -> str:
    return CONFIGURATIONS.get(language, "simple")


def languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def install() -> bool:
    """Makes what is there what is expected; True if it was made anew and has to be filled.

    Also forgets standards that are gone, which only happens in tests.
    """
    with connection.cursor() as cursor:
        if _installed(cursor) == _expected():
            cursor.execute(
                f"DELETE FROM {TABLE} WHERE standard_id NOT IN"
                " (SELECT id FROM consultations_standard)"
            )
            return False
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        for statement in _STATEMENTS[connection.vendor]:
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute(f"COMMENT ON TABLE {TABLE} IS '{_expected()}'")
    return True


def replace(documents: Iterable[Document]) -> None:
    """What is known of these standards is what is given now."""
    write = {"sqlite": _sqlite_row, "postgresql": _postgresql_row}[connection.vendor]
    documents = list(documents)
    rows = [write(document, row) for document in documents for row in document.rows]
    with connection.cursor() as cursor:
        for document in documents:
            cursor.execute(f"DELETE FROM {TABLE} WHERE standard_id = %s", [document.standard_id])
        if rows:
            cursor.executemany(_insert(), rows)


@contextmanager
def by_words(terms: Terms) -> Iterator[None]:
    """Reads within find rows by the index of their words. PostgreSQL reckons that looking through
    all rows of so small a table is as cheap, and forgets that their words lie elsewhere."""
    if connection.vendor != "postgresql" or not terms:
        yield
        return
    is_within = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        if is_within:  # otherwise it ends with its transaction
            cursor.execute("SET LOCAL enable_seqscan = on")


def forget_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")


def _expected() -> str:
    if connection.vendor == "sqlite":
        return _STATEMENTS["sqlite"][0]
    configurations = " ".join(f"{code}:{configuration(code)}" for code in languages())
    return f"format {_FORMAT} {configurations}"


def _installed(cursor) -> str | None:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [TABLE])
    else:
        cursor.execute("SELECT obj_description(to_regclass(%s), 'pg_class')", [TABLE])
    row = cursor.fetchone()
    return row[0] if row else None


_COLUMNS = ("standard_id", "component_id", "revision_id", *FACTS)
_STATEMENTS = {
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5("
        + "".join(f"{column} UNINDEXED, " for column in _COLUMNS)
        + "names, words, tokenize = 'unicode61 remove_diacritics 2', prefix = '4 5 6')",
    ],
    "postgresql": [
        f"CREATE TABLE {TABLE} (rowid bigserial, standard_id bigint NOT NULL, component_id bigint,"
        " revision_id bigint NOT NULL, agency_id bigint NOT NULL, sector text NOT NULL,"
        " kind text NOT NULL, title text NOT NULL, in_force_from date, in_force_until date,"
        " newest_from date, is_finalised boolean NOT NULL, is_consulted boolean NOT NULL,"
        " review_due_on date, names tsvector NOT NULL, words tsvector NOT NULL)"
        " PARTITION BY LIST (component_id)",
        # Rows of whole standards lie side by side, and their words apart from them (TOAST), so
        # that thousands are counted in little time.
        f"CREATE TABLE {TABLE}_all PARTITION OF {TABLE} FOR VALUES IN (NULL)"
        " WITH (toast_tuple_target = 128)",
        f"CREATE TABLE {TABLE}_part PARTITION OF {TABLE} DEFAULT WITH (toast_tuple_target = 128)",
        *(
            f"ALTER TABLE {name} ALTER words SET STORAGE EXTERNAL, "
            + ", ".join(
                f"ALTER {column} SET STORAGE PLAIN"
                for column in ("sector", "kind", "title", "names")
            )
            for name in (f"{TABLE}_all", f"{TABLE}_part")
        ),
        f"CREATE INDEX ON {TABLE} USING gin (words)",
        f"CREATE INDEX ON {TABLE} (standard_id, component_id)",
        f"CREATE INDEX ON {TABLE}_part (component_id)",
    ],
}


def _insert() -> str:
    columns = f"INSERT INTO {TABLE} ({', '.join(_COLUMNS)}, names, words)"
    places = ", ".join(["%s"] * len(_COLUMNS))
    if connection.vendor == "sqlite":
        return f"{columns} VALUES ({places}, %s, %s)"
    names = " || ".join(
        f"setweight(to_tsvector('{configuration(code)}', %s), '{weight}')"
        for code in languages()
        for weight in "AB"
    )
    words = " || ".join(f"to_tsvector('{configuration(code)}', %s)" for code in languages())
    return f"{columns} VALUES ({places}, {names}, {names} || {words})"


def _places(document: Document, row: Row) -> list:
    facts = [getattr(document.facts, name) for name in FACTS]
    if connection.vendor == "sqlite":  # which compares days as text
        facts = [fact.isoformat() if isinstance(fact, date) else fact for fact in facts]
    return [document.standard_id, row.component_id, document.revision_id, *facts]


def _postgresql_row(document: Document, row: Row) -> list:
    names = [
        texts.get(code, "")[:_NAME_CHARACTERS]
        for code in languages()
        for texts in (document.titles, document.others)
    ]
    words = [row.words.get(code, "") for code in languages()]
    return [*_places(document, row), *names, *names, *words]


def _sqlite_row(document: Document, row: Row) -> list:
    names = "\n".join([*document.titles.values(), *document.others.values()])
    words = "\n".join([names, *row.words.values()])
    return [*_places(document, row), names, words]
