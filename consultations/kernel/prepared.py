"""Statements that are compiled once: for the few reads and writes that every comment needs.

Django makes the SQL of a query anew each time, which costs ten times what the database takes to
answer. Here it is made when first wanted, with `Parameter`s in the places of what changes:

    words = Prepared(lambda: Wording.objects.filter(pk=Parameter("pk", BigAutoField())))
    words.first(pk=7)

A test compares what they give with what the queryset gives.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.db.models.expressions import Expression
from django.db.models.query import get_related_populators
from django.db.models.sql import UpdateQuery
from django.db.transaction import get_connection


class Parameter(Expression):
    """The place of a value that is given by name when the statement runs."""

    def __init__(self, name: str, output_field: models.Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", (self,)


class _Statement:
    """SQL for one kind of database."""

    def __init__(self, compiler):
        self.sql, params = compiler.as_sql()
        self._params = [
            (param.name, param.output_field) if isinstance(param, Parameter) else (None, param)
            for param in params
        ]

    def bound(self, values: Mapping[str, Any], database) -> list:
        return [
            given if name is None else given.get_db_prep_value(values[name], database)
            for name, given in self._params
        ]


class _Select(_Statement):
    def __init__(self, queryset: models.QuerySet, database):
        compiler = queryset.query.get_compiler(connection=database)
        super().__init__(compiler)
        fields = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = [
            (place, converters, expression)
            for place, (converters, expression) in compiler.get_converters(fields).items()
        ]
        self._select, self._tables = compiler.select, compiler.klass_info
        self._makes_objects = queryset._fields is None

    def run(self, values: Mapping[str, Any], database) -> list:
        with database.cursor() as cursor:
            cursor.execute(self.sql, self.bound(values, database))
            rows = [self._converted(row, database) for row in cursor.fetchall()]
        return self._objects(rows, database.alias) if self._makes_objects else rows

    def _converted(self, row: tuple, database) -> tuple:
        if not self._converters:
            return row
        made = list(row)
        for place, converters, expression in self._converters:
            for convert in converters:
                made[place] = convert(made[place], expression, database)
        return tuple(made)

    def _objects(self, rows: list[tuple], alias: str) -> list[models.Model]:
        """As Django's own ModelIterable does."""
        model, places = self._tables["model"], self._tables["select_fields"]
        own = slice(places[0], places[-1] + 1)
        names = [column[0].target.attname for column in self._select[own]]
        related = get_related_populators(self._tables, self._select, alias)
        found = []
        for row in rows:
            made = model.from_db(alias, names, row[own])
            for populator in related:
                populator.populate(row, made)
            found.append(made)
        return found


class _Prepared:
    """The statements of one query, by kind of database."""

    def __init__(self):
        self._made: dict[str, _Statement] = {}

    def _statement(self, database):
        if database.vendor not in self._made:
            self._made[database.vendor] = self._make(database)
        return self._made[database.vendor]


class Prepared(_Prepared):
    """A read. `build` gives the queryset, of objects or of values_list()."""

    def __init__(self, build: Callable[[], models.QuerySet]):
        super().__init__()
        self._build = build

    def _make(self, database) -> _Select:
        return _Select(self._build(), database)

    def all(self, **values) -> list:
        database = get_connection()
        return self._statement(database).run(values, database)

    def first(self, **values) -> Any:
        """The first that the database gives, or None."""
        return next(iter(self.all(**values)), None)


class PreparedUpdate(_Prepared):
    """Sets columns of the rows of a queryset."""

    def __init__(self, build: Callable[[], models.QuerySet], **columns: Parameter):
        super().__init__()
        self._build, self._columns = build, columns

    def _make(self, database) -> _Statement:
        query = self._build().query.chain(UpdateQuery)
        query.add_update_values(self._columns)
        return _Statement(query.get_compiler(connection=database))

    def run(self, **values) -> int:
        """How many rows were changed."""
        database = get_connection()
        statement = self._statement(database)
        with database.cursor() as cursor:
            cursor.execute(statement.sql, statement.bound(values, database))
            return cursor.rowcount


class PreparedInsert(_Prepared):
    """Adds new rows of a model; their objects get the id that the database gave."""

    def __init__(self, model: type[models.Model]):
        super().__init__()
        meta = model._meta
        self._table, self._key = meta.db_table, meta.pk
        self._fields = [field for field in meta.concrete_fields if not field.primary_key]

    def _make(self, database) -> str:
        quote = database.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self._fields)
        places = ", ".join(
            field.get_placeholder(None, None, database)
            if hasattr(field, "get_placeholder")
            else "%s"
            for field in self._fields
        )
        table, key = quote(self._table), quote(self._key.column)
        return f"INSERT INTO {table} ({columns}) VALUES ({places}) RETURNING {key}"

    def run(self, made: models.Model) -> None:
        database = get_connection()
        params = [
            field.get_db_prep_save(getattr(made, field.attname), database) for field in self._fields
        ]
        with database.cursor() as cursor:
            cursor.execute(self._statement(database), params)
            (made.pk,) = cursor.fetchone()
        made._state.adding, made._state.db = False, database.alias
