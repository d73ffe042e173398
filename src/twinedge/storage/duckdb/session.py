"""One cursor of DuckDB, used by one thread at a time: every statement is run to its end.

A result left unfetched keeps its transaction open and stands in the way of checkpoints; so nothing
else in this folder calls DuckDB's cursor. Arrays reach SQL as the table `given`.
"""

from collections.abc import Mapping
from typing import Any

Columns = Mapping[str, Any]
"""numpy arrays of one length by column name; from DuckDB they are masked where there is a NULL."""


class Session:
    """Runs statements; duckdb.Error passes through."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor

    def do(self, statement: str, given: Columns | None = None) -> int:
        """Run a statement that changes something; answers how many rows, where it says so."""
        rows = self.rows(statement, given)
        return int(rows[0][0]) if rows and isinstance(rows[0][0], int) else 0

    def rows(self, statement: str, given: Columns | None = None) -> list[tuple[Any, ...]]:
        """All rows of a small answer."""
        answer: list[tuple[Any, ...]] = self._cursor.execute(statement).fetchall()
        return answer

    def columns(self, statement: str, given: Columns | None = None) -> Columns:
        """All columns of an answer."""
        answer: Columns = self._cursor.execute(statement).fetchnumpy()
        return answer

    def interrupt(self) -> None:
        """Break off what runs, from another thread: it raises duckdb.InterruptException."""
        self._cursor.interrupt()

    def close(self) -> None:
        self._cursor.close()
