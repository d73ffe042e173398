"""What tables there are: kept in memory, changed under one lock together with the database."""

# ruff: noqa: S608  table names and numbers are ours, never a client's

import threading
from dataclasses import dataclass, replace

from twinedge.storage.duckdb.layout import COLUMNS, PIECES, Hot, Piece, overlaps
from twinedge.storage.duckdb.marks import Marks
from twinedge.storage.duckdb.session import Session
from twinedge.telemetry.model import Range


@dataclass(frozen=True, slots=True)
class Plan:
    """The tables a question has to look at; copies, so that nothing changes under the reader."""

    pieces: tuple[Piece, ...]
    hots: tuple[Hot, ...]

    def within(self, span: Range) -> "Plan":
        """Only the tables that can hold a point of the span."""
        return Plan(
            tuple(p for p in self.pieces if overlaps(p.first, p.last + 1, span)),
            tuple(
                h
                for h in self.hots
                if h.first is not None and h.last is not None
                if overlaps(h.first, h.last + 1, span)
            ),
        )


class Catalog:
    """Pieces, sealed hot tables (oldest first) and the active one.

    A reader takes its plan and its database snapshot under `lock`; whoever makes tables come or go
    commits and changes this under `lock`; the writer widens a hot table's limits under `lock`
    before it commits. So a plan always fits its snapshot. Only the writer thread touches the
    active table's rows, only the keeper thread the sealed ones and the pieces.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.marks = Marks()
        self.pieces: dict[str, Piece] = {}
        self.sealed: list[Hot] = []
        self.active = Hot(0)

    def plan(self) -> Plan:
        """All tables as they are now; call with `lock` held."""
        hots = (replace(h) for h in (*self.sealed, self.active) if h.first is not None)
        return Plan(tuple(self.pieces.values()), tuple(hots))

    def active_within(self, span: Range) -> bool:
        """Whether the active table can hold a point of the span."""
        return bool(Plan((), (self.active,)).within(span).hots)

    def load(self, session: Session) -> None:
        """Read the catalog from the database and begin a new hot table; needs `lock`.

        Hot tables left behind by a crash are sealed and count as late throughout. Rows that an
        active table has beyond those acknowledged belong to a failed commit and go away.
        """
        known = {self.active.name: self.active.rows} if self.active.number else {}
        session.do(f"CREATE TABLE IF NOT EXISTS pieces({PIECES})")
        session.do(f"CREATE TABLE IF NOT EXISTS newest({COLUMNS})")
        rows = session.rows("SELECT * FROM pieces")
        self.pieces = {row[0]: Piece(*row) for row in rows}
        marks = session.columns("SELECT s, ts FROM newest")
        self.marks.raise_to(marks["s"], marks["ts"])
        self.sealed = []
        number = self.active.number
        tables = session.rows(
            "SELECT table_name FROM duckdb_tables()"
            " WHERE starts_with(table_name, 'hot_') ORDER BY 1"
        )
        for (name,) in tables:
            number = max(number, int(name.removeprefix("hot_")))
            if name in known:
                session.do(f"DELETE FROM {name} WHERE rowid >= {known[name]}")
            hot = self._recover(session, Hot(int(name.removeprefix("hot_"))))
            if hot.rows:
                self.sealed.append(hot)
            else:
                session.do(f"DROP TABLE {name}")
        self.active = self.create_hot(session, number + 1)

    def create_hot(self, session: Session, number: int) -> Hot:
        """A new, empty hot table."""
        hot = Hot(number)
        session.do(f"CREATE TABLE {hot.name}({COLUMNS})")
        return hot

    def _recover(self, session: Session, hot: Hot) -> Hot:
        newest = session.columns(
            f"SELECT s, max(ts) AS ts, min(ts) AS lo, count(*) AS n FROM {hot.name} GROUP BY s"
        )
        if len(newest["s"]):
            self.marks.raise_to(newest["s"], newest["ts"])
            first, last = int(newest["lo"].min()), int(newest["ts"].max())
            hot.rows = int(newest["n"].sum())
            hot.widen(first, last, (first, last))
        return hot
