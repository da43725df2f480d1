"""Tests that commit empty all tables afterwards, which the protection of published words refuses.

On SQLite emptying is DELETE, so the triggers are taken away first; `flush` sends post_migrate,
which puts them back. (On PostgreSQL it is TRUNCATE, which row triggers do not see.)
"""

from django.db.backends.sqlite3.base import DatabaseWrapper

from consultations.standards import triggers


def let_tables_be_emptied() -> None:
    """Call once, before the first test."""
    operations = DatabaseWrapper.ops_class
    execute = operations.execute_sql_flush

    def execute_without_triggers(self, sql_list):
        triggers.remove(self.connection)
        execute(self, sql_list)

    operations.execute_sql_flush = execute_without_triggers
