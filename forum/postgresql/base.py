"""Django's PostgreSQL, which keeps the plans of statements that are always the same."""

from django.db.backends.postgresql import base
from psycopg import Cursor, errors

# What PostgreSQL says when a plan that it keeps is no longer of use: after a migration changed a
# column's type, or behind a pooler that hands out connections in turns.
_LOST_PLANS = (
    errors.DuplicatePreparedStatement,
    errors.FeatureNotSupported,
    errors.InvalidSqlStatementName,
)


class DatabaseWrapper(base.DatabaseWrapper):
    def run_compiled(self, sql: str, params: list) -> tuple[list[tuple], int]:
        """Rows and their number, past Django's cursor: the server knows the statement already and
        gets only what changes. Django sends the whole text, and the server plans it each time.
        """
        self.ensure_connection()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            try:
                return self._run_prepared(sql, params)
            except _LOST_PLANS:
                self.connection.prepare_threshold = None  # this one does without from now on
                if self.in_atomic_block:
                    raise
            return self._run_prepared(sql, params)

    def _run_prepared(self, sql: str, params: list) -> tuple[list[tuple], int]:
        cursor = Cursor(self.connection)
        cursor.execute(sql, params, prepare=True)
        has_rows = cursor.pgresult.nfields > 0  # `description` makes an object of each column
        return (cursor.fetchall() if has_rows else []), cursor.rowcount
