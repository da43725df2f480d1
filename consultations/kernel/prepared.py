"""Statements that are compiled once: for the few reads and writes that every comment needs.

Django makes the SQL of a query anew each time, which costs ten times what the database takes to
answer. Here it is made when first wanted, with `Parameter`s in the places of what changes:

    words = Prepared(lambda: Wording.objects.filter(pk=Parameter("pk", BigAutoField())))
    words.first(pk=7)

They run past Django's cursors where the database's wrapper offers that (`run_compiled`, in
forum/postgresql and forum/sqlite3), but not while somebody watches what is executed.

A test compares what they give with what the queryset gives.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import models
from django.db.models.base import ModelState
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


def _run(database, sql: str, params: list) -> tuple[list[tuple], int]:
    """The rows, and how many there are or were changed."""
    is_watched = database.execute_wrappers or database.queries_logged
    if not is_watched and hasattr(database, "run_compiled"):
        return database.run_compiled(sql, params)
    with database.cursor() as cursor:
        cursor.execute(sql, params)
        return (cursor.fetchall() if cursor.description else []), cursor.rowcount


# Kinds of columns, and the type of which the database takes values as they are.
_PLAIN_TYPES = {
    models.CharField: str,
    models.SlugField: str,
    models.TextField: str,
    models.BigAutoField: int,
    models.PositiveBigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
}


def _plain_type(field: models.Field) -> type | None:
    while field.remote_field is not None:
        field = field.target_field
    return _PLAIN_TYPES.get(type(field))


def _new_object(model: type[models.Model], values: dict[str, Any], database=None) -> models.Model:
    """What the model's constructor makes, or from_db where the values come from a database; those
    ask each field. (None of our models has a constructor of its own or tells of new objects.)"""
    made = model.__new__(model)
    made.__dict__.update(values)
    made._state = ModelState()
    if database is not None:
        made._state.adding, made._state.db = False, database.alias
    return made


class _Statement:
    """SQL for one database."""

    def __init__(self, compiler):
        self.sql, params = compiler.as_sql()
        self._params = [
            (param.name, param.output_field, _plain_type(param.output_field))
            if isinstance(param, Parameter)
            else (None, param, None)
            for param in params
        ]

    def bound(self, values: Mapping[str, Any], database) -> list:
        params = []
        for name, given, plain in self._params:
            if name is None:
                params.append(given)
            elif type(value := values[name]) is plain:
                params.append(value)
            else:
                params.append(given.get_db_prep_value(value, database))
        return params


class _Select(_Statement):
    def __init__(self, queryset: models.QuerySet, database):
        compiler = queryset.query.get_compiler(connection=database)
        super().__init__(compiler)
        select, tables = compiler.select, compiler.klass_info
        fields = [column[0] for column in select[: compiler.col_count]]
        self._converters = [
            (place, convert, expression)
            for place, (converters, expression) in compiler.get_converters(fields).items()
            for convert in converters
        ]
        self._makes_objects = queryset._fields is None
        if self._makes_objects:  # as Django's own ModelIterable does
            places = tables["select_fields"]
            self._model, self._own = tables["model"], slice(places[0], places[-1] + 1)
            self._names = [column[0].target.attname for column in select[self._own]]
            self._related = get_related_populators(tables, select, database.alias)

    def run(self, values: Mapping[str, Any], database) -> list:
        rows, _count = _run(database, self.sql, self.bound(values, database))
        if self._converters:
            rows = [self._converted(row, database) for row in rows]
        return self._objects(rows, database) if self._makes_objects else rows

    def _converted(self, row: tuple, database) -> tuple:
        made = list(row)
        for place, convert, expression in self._converters:
            made[place] = convert(made[place], expression, database)
        return tuple(made)

    def _objects(self, rows: list[tuple], database) -> list[models.Model]:
        found = []
        for row in rows:
            values = dict(zip(self._names, row[self._own], strict=True))
            made = _new_object(self._model, values, database)
            for populator in self._related:
                populator.populate(row, made)
            found.append(made)
        return found


class _Prepared:
    """The statements of one query, by database."""

    def __init__(self):
        self._made: dict[str, Any] = {}

    def _statement(self, database):
        if database.alias not in self._made:
            self._made[database.alias] = self._make(database)
        return self._made[database.alias]


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
        return _run(database, statement.sql, statement.bound(values, database))[1]


class PreparedInsert(_Prepared):
    """Adds new rows of a model; their objects get the id that the database gave."""

    def __init__(self, model: type[models.Model]):
        super().__init__()
        meta = model._meta
        self._model = model
        self._table, self._key = meta.db_table, meta.pk
        self._fields = [field for field in meta.concrete_fields if not field.primary_key]
        self._columns = [(field.attname, _plain_type(field), field) for field in self._fields]

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

    def new(self, **values) -> models.Model:
        """An object to add, with the defaults of what is not given. Keys are given by their ids."""
        row = {self._key.attname: None}
        for name, _plain, field in self._columns:
            row[name] = values.pop(name) if name in values else field.get_default()
        if values:
            raise TypeError(f"{self._model.__name__} has no columns {', '.join(values)}")
        return _new_object(self._model, row)

    def run(self, made: models.Model) -> None:
        database = get_connection()
        params = []
        for name, plain, field in self._columns:
            value = getattr(made, name)
            is_plain = value is None or type(value) is plain
            params.append(value if is_plain else field.get_db_prep_save(value, database))
        [(made.pk,)], _count = _run(database, self._statement(database), params)
        made._state.adding, made._state.db = False, database.alias
