"""Changes to history, each one transaction: move a hot table in, re-sort, merge a month, erase.

All run on the keeper's thread, the only one that changes pieces and sealed hot tables. The catalog
changes together with the commit, under its lock; after an error nothing has changed.
"""

# ruff: noqa: S608  table names and numbers are ours, never a client's

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any

import duckdb
import numpy as np

from twinedge.kit.clock import MIN_US
from twinedge.storage.duckdb import reader, sql
from twinedge.storage.duckdb.catalog import Catalog, Plan
from twinedge.storage.duckdb.layout import (
    COLUMNS,
    DAY_US,
    PIECES,
    Hot,
    Piece,
    month_of,
    overlaps,
    piece_of,
)
from twinedge.storage.duckdb.session import Columns, Session
from twinedge.telemetry.model import Range, Series

_SORTED_AT_ONCE = 5_000_000
"""Rows of one sort: a piece is re-sorted in slices by series, so that memory stays small."""


class Change:
    """One transaction over history: what is edited here becomes the catalog's with the commit.

    gone: hot tables dropped; shrunk: rows taken out of hot tables that stay.
    """

    def __init__(self, session: Session, catalog: Catalog) -> None:
        self.pieces = dict(catalog.pieces)
        self.gone: list[Hot] = []
        self.shrunk: list[tuple[Hot, int]] = []
        self.session = session

    def drop(self, name: str) -> None:
        self.session.do(f"DROP TABLE {name}")


@contextmanager
def change(session: Session, catalog: Catalog) -> Iterator[Change]:
    """Begin, and at the end commit and bring the catalog in line; roll back on any error."""
    session.do("BEGIN")
    try:
        draft = Change(session, catalog)
        yield draft
        _save(session, draft.pieces)
        with catalog.lock:
            session.do("COMMIT")
            catalog.pieces = draft.pieces
            catalog.sealed = [hot for hot in catalog.sealed if hot not in draft.gone]
            for hot, rows in draft.shrunk:
                hot.rows -= rows
    except BaseException:
        with suppress(duckdb.Error):  # a failed COMMIT has rolled back already
            session.do("ROLLBACK")
        raise


def move(session: Session, catalog: Catalog, hot: Hot, recent: Range) -> None:
    """Take the oldest sealed hot table into the pieces its points belong to, each sorted."""
    source = hot.name
    if hot.late_first is not None:
        source = "moving"
        session.do(f"CREATE OR REPLACE TEMP TABLE moving AS {sql.hot_points([hot], 'true')}")
    with change(session, catalog) as draft:
        if hot.late_first is not None:
            _remove_replaced(session, draft, hot)
        targets = _targets(session, source, draft.pieces, recent)
        for name, (piece, first, last) in sorted(targets.items()):
            if name not in draft.pieces:
                session.do(f"CREATE TABLE {name}({COLUMNS})")
            only = sql.within(Range(piece.lo, piece.hi)) if len(targets) > 1 else "true"
            added = session.do(
                f"INSERT INTO {name} SELECT {sql.POINT} FROM {source} WHERE {only} ORDER BY s, ts"
            )
            draft.pieces[name] = piece.grown(added, first, last)
        _renew_newest(session, source)
        draft.drop(hot.name)
        draft.gone.append(hot)
    if hot.late_first is not None:
        session.do("DROP TABLE moving")


def resort(
    session: Session,
    catalog: Catalog,
    pieces: list[Piece],
    into: Piece,
    go_on: Callable[[], bool],
) -> bool:
    """Bring pieces into one table sorted by (s, ts); False if `go_on` said to stop, all as before.

    pieces: what lies in the range of `into`, possibly the table itself. Works in slices by series.
    """
    union = " UNION ALL ".join(f"SELECT {sql.POINT} FROM {p.name}" for p in pieces)
    counts = session.columns(f"SELECT s, count(*) AS n FROM ({union}) GROUP BY s ORDER BY s")
    slices = _slices(counts["s"], counts["n"])
    try:
        with change(session, catalog) as draft:
            session.do(f"CREATE TABLE sorting({COLUMNS})")
            rows = 0
            for low, high in slices:
                if not go_on():
                    raise _StoppedError
                rows += session.do(
                    f"INSERT INTO sorting SELECT {sql.POINT} FROM ({union})"
                    f" WHERE s BETWEEN {low} AND {high} ORDER BY s, ts"
                )
            for piece in pieces:
                draft.drop(piece.name)
                del draft.pieces[piece.name]
            session.do(f"ALTER TABLE sorting RENAME TO {into.name}")
            session.do("CREATE OR REPLACE TABLE newest AS SELECT * FROM newest")  # see compaction
            draft.pieces[into.name] = replace(
                into,
                rows=rows,
                sorted_rows=rows,
                first=min(p.first for p in pieces),
                last=max(p.last for p in pieces),
            )
    except _StoppedError:
        return False
    return True


def erase(session: Session, catalog: Catalog, series: Series | None, span: Range) -> int:
    """Delete points of history and of sealed hot tables; pieces inside the span are dropped whole.

    Answers how many went; points still in sealed hot tables count once an arrival.
    """
    wanted = None if series is None else np.unique(series)
    if wanted is not None and len(wanted) == 0:
        return 0
    given = None if wanted is None else {"s": wanted}
    who = "true" if wanted is None else sql.series_in(wanted)
    where = f"{who} AND {sql.within(span)}"
    gone = 0
    with change(session, catalog) as draft:
        for piece in list(draft.pieces.values()):
            if not overlaps(piece.first, piece.last + 1, span):
                continue
            whole = (span.start is None or span.start <= piece.first) and (
                span.end is None or piece.last < span.end
            )
            if wanted is None and whole:
                count = piece.rows
            else:
                count = session.do(f"DELETE FROM {piece.name} WHERE {where}", given)
            gone += count
            _shrink(draft, piece, count)
            if piece.name in draft.pieces and count:
                _tighten(session, draft, piece.name)
        for hot in list(catalog.sealed):
            if hot.first is None or hot.last is None or not overlaps(hot.first, hot.last + 1, span):
                continue
            count = session.do(f"DELETE FROM {hot.name} WHERE {where}", given)
            gone += count
            draft.shrunk.append((hot, count))
        _repair_newest(session, draft, where, given, span)
    return gone


class _StoppedError(Exception):
    """Ends a resort from inside its transaction."""


def _targets(
    session: Session, source: str, pieces: dict[str, Piece], recent: Range
) -> dict[str, tuple[Piece, int, int]]:
    """The pieces that points of a table belong to, each with the points' first and last ts."""
    days = session.rows(
        f"SELECT min(ts), max(ts) FROM {source} GROUP BY (ts - {MIN_US}) // {DAY_US}"
    )
    targets: dict[str, tuple[Piece, int, int]] = {}
    for first, last in days:
        fresh = piece_of(first, recent)
        if fresh.is_day and month_of(fresh).name in pieces:
            fresh = month_of(fresh)
        piece = pieces.get(fresh.name, fresh)
        _, lo, hi = targets.get(piece.name, (piece, first, last))
        targets[piece.name] = (piece, min(lo, first), max(hi, last))
    return targets


def _remove_replaced(session: Session, draft: Change, hot: Hot) -> None:
    """Take the points out of history that `moving` brings anew."""
    for piece in list(draft.pieces.values()):
        if hot.late_first is None or hot.late_last is None:
            return
        late = Range(hot.late_first, hot.late_last + 1)
        if overlaps(piece.first, piece.last + 1, late):
            inside = f"BETWEEN {hot.late_first} AND {hot.late_last}"
            count = session.do(
                f"DELETE FROM {piece.name} USING moving m WHERE {piece.name}.s = m.s"
                f" AND {piece.name}.ts = m.ts AND {piece.name}.ts {inside} AND m.ts {inside}"
            )
            _shrink(draft, piece, count)


def _shrink(draft: Change, piece: Piece, count: int) -> None:
    rows = piece.rows - count
    if rows:
        # deleted rows keep their room until the table is written anew, as one out of order is
        is_hollow = count > rows
        draft.pieces[piece.name] = replace(
            piece, rows=rows, sorted_rows=0 if is_hollow else min(piece.sorted_rows, rows)
        )
    else:
        draft.drop(piece.name)
        del draft.pieces[piece.name]


def _tighten(session: Session, draft: Change, name: str) -> None:
    """Set a piece's limits to its points."""
    ((first, last),) = session.rows(f"SELECT min(ts), max(ts) FROM {name}")
    draft.pieces[name] = replace(draft.pieces[name], first=first, last=last)


def _renew_newest(session: Session, source: str) -> None:
    """Bring the table of newest points up to a source without repeats."""
    session.do(
        f"CREATE OR REPLACE TABLE newest AS SELECT {sql.POINT} FROM ("
        f" SELECT {sql.POINT}, 0 AS n FROM newest UNION ALL"
        f" SELECT {sql.POINT}, 1 AS n FROM {source} SEMI JOIN"
        f" (SELECT s, max(ts) AS ts FROM {source} GROUP BY s) m USING (s, ts))"
        " QUALIFY row_number() OVER (PARTITION BY s ORDER BY ts DESC, n DESC) = 1"
    )


def _repair_newest(
    session: Session, draft: Change, where: str, given: Columns | None, span: Range
) -> None:
    """Where the newest point of history went, the one before it takes its place."""
    rows = session.columns(f"SELECT s FROM newest WHERE {where}", given)
    if len(rows["s"]) == 0:
        return
    session.do(f"DELETE FROM newest WHERE {where}", given)
    if span.start is None:
        return
    plan = Plan(tuple(draft.pieces.values()), ())
    before = reader.latest_before(session, plan, rows["s"], span.start)
    if len(before):
        found = {"s": before.series, "ts": before.ts, "v": before.value, "q": before.quality}
        found["t"] = np.array(before.text or [None] * len(before), object)
        session.do("INSERT INTO newest SELECT s, ts, v, q, t::VARCHAR FROM given", found)


def _save(session: Session, pieces: dict[str, Piece]) -> None:
    """Write the list of pieces into the database."""
    rows = list(pieces.values())
    listed = {
        "name": np.array([p.name for p in rows], object),
        "lo": np.array([p.lo for p in rows], np.int64),
        "hi": np.array([p.hi for p in rows], np.int64),
        "num_rows": np.array([p.rows for p in rows], np.int64),
        "sorted_rows": np.array([p.sorted_rows for p in rows], np.int64),
        "first_ts": np.array([p.first for p in rows], np.int64),
        "last_ts": np.array([p.last for p in rows], np.int64),
    }
    session.do(f"CREATE OR REPLACE TABLE pieces({PIECES})")
    if len(listed["lo"]):
        session.do("INSERT INTO pieces SELECT * FROM given", listed)


def _slices(series: Series, counts: Any) -> list[tuple[int, int]]:
    """Ranges of series numbers of about `_SORTED_AT_ONCE` rows each."""
    slices: list[tuple[int, int]] = []
    rows, low = 0, None
    for number, count in zip(series.tolist(), counts.tolist(), strict=True):
        low = number if low is None else low
        rows += count
        if rows >= _SORTED_AT_ONCE:
            slices.append((low, number))
            rows, low = 0, None
    if low is not None:
        slices.append((low, int(series[-1])))
    return slices
