"""The index of the register, as reads see it; `standards.searching` makes and fills it."""

from django.db import models
from django.db.models import Lookup

from consultations.people.models import Agency
from consultations.standards.models.services import Component, Standard
from consultations.standards.models.words import Revision
from consultations.standards.searching.index import FACTS, TABLE, configuration, languages
from consultations.standards.searching.terms import Terms


class WordsField(models.TextField):
    """Full text: a tsvector on PostgreSQL, a column of FTS5 on SQLite."""

    def deconstruct(self):
        # Migrations keep the plain column, so that they import nothing of ours.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class RegisterText(models.Model):
    """All words of a standard that the register shows, or those of one of its components."""

    id = models.BigIntegerField(primary_key=True, db_column="rowid")
    standard = models.ForeignKey(
        Standard, models.DO_NOTHING, related_name="register_texts", db_constraint=False
    )
    component = models.ForeignKey(
        Component, models.DO_NOTHING, null=True, related_name="+", db_constraint=False
    )  # none: all words
    revision = models.ForeignKey(Revision, models.DO_NOTHING, related_name="+", db_constraint=False)
    agency = models.ForeignKey(Agency, models.DO_NOTHING, related_name="+", db_constraint=False)
    sector = models.TextField()
    kind = models.TextField()
    title = models.TextField()
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)
    newest_from = models.DateField(null=True)
    is_finalised = models.BooleanField()
    is_consulted = models.BooleanField()
    review_due_on = models.DateField(null=True)
    names = WordsField()
    words = WordsField()  # the names too

    class Meta:
        managed = False
        db_table = TABLE

    def __str__(self):
        return f"{self.standard_id} {self.component_id or ''}".strip()


@WordsField.register_lookup
class Contains(Lookup):
    """`words__all=terms`: all of them stand in the row, in one language."""

    lookup_name = "all"
    prepare_rhs = False

    def as_postgresql(self, compiler, connection):
        column, parameters = self.process_lhs(compiler, connection)
        query, given = tsquery(self.rhs)
        return f"{column} @@ ({query})", [*parameters, *given]

    def as_sqlite(self, compiler, connection):
        column, _parameters = self.process_lhs(compiler, connection)
        alias = column.rsplit(".", 1)[0]
        return f'{alias}."{TABLE}" MATCH %s', [self.rhs.for_sqlite()]


class Rank(models.Func):
    """How well a row answers; more is better. `names` alone are quicker to weigh than all words."""

    output_field = models.FloatField()

    def __init__(self, column: str, terms: Terms):
        super().__init__(models.F(column))
        self.terms = terms

    def as_postgresql(self, compiler, connection):
        column, parameters = compiler.compile(self.source_expressions[0])
        query, given = tsquery(self.terms, of_any=True)
        # Most names have none of the words, and to see that is quicker than to weigh them.
        return (
            f"CASE WHEN {column} @@ ({query}) THEN ts_rank({column}, {query}) ELSE 0 END",
            [*parameters, *given, *parameters, *given],
        )

    def as_sqlite(self, compiler, connection):
        # Weights by column; those that stand first hold no text.
        without_text = "0, " * (3 + len(FACTS))
        return f'-bm25("{TABLE}", {without_text} 10, 1)', []


def tsquery(terms: Terms, *, of_any: bool = False) -> tuple[str, list[str]]:
    """An SQL expression and its parameters. All terms in one of the languages, since what is a
    stop word in one is a word in the other."""
    text = terms.for_postgresql(of_any=of_any)
    parts = [f"to_tsquery('{configuration(code)}', %s)" for code in languages()]
    return " || ".join(parts), [text] * len(parts)
