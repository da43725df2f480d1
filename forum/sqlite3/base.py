"""Django's SQLite, whose writing threads take turns, and which runs compiled statements directly.

SQLite lets one write at a time and lets the others look again after pauses of up to 100 ms: with
ten people writing at once some wait for half a second. Within this process whoever waits is woken
when the one before is done; other processes still meet at SQLite's own lock, with its time-out.
"""

import threading
from functools import lru_cache

from django.db.backends.sqlite3 import base

# As long as SQLite itself would wait (settings: timeout); after that it has the last word.
PATIENCE_SECONDS = 20

_turns = {}  # by the file's name


class DatabaseWrapper(base.DatabaseWrapper):
    _turn = None

    def run_compiled(self, sql: str, params: list) -> tuple[list[tuple], int]:
        """Rows and their number, past Django's cursor, which writes the text anew each time."""
        self.ensure_connection()
        self.validate_no_broken_transaction()
        with self.wrap_database_errors:
            cursor = self.connection.execute(_in_sqlites_style(sql), params)
            return cursor.fetchall(), cursor.rowcount

    def _start_transaction_under_autocommit(self):
        turn = _turns.setdefault(str(self.settings_dict["NAME"]), threading.Lock())
        if turn.acquire(timeout=PATIENCE_SECONDS):
            self._turn = turn
        try:
            super()._start_transaction_under_autocommit()
        except BaseException:
            self._give_up_turn()
            raise

    def _commit(self):
        super()._commit()
        self._give_up_turn()  # not when it failed: then a rollback comes

    def _rollback(self):
        try:
            super()._rollback()
        finally:
            self._give_up_turn()

    def _close(self):
        try:
            super()._close()
        finally:
            self._give_up_turn()

    def _give_up_turn(self):
        if self._turn is not None:
            turn, self._turn = self._turn, None
            turn.release()


@lru_cache(maxsize=256)
def _in_sqlites_style(sql: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", sql).replace("%%", "%")
