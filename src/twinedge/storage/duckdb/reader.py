"""Questions answered from one snapshot: a cursor in a transaction, and the plan that fits it."""

# ruff: noqa: S608  table names and numbers are ours, never a client's

from collections.abc import Iterator
from typing import Any

import numpy as np

from twinedge.kit.clock import MAX_US, MIN_US, US
from twinedge.storage.duckdb import sql
from twinedge.storage.duckdb.catalog import Plan
from twinedge.storage.duckdb.layout import Piece
from twinedge.storage.duckdb.session import Columns, Session
from twinedge.telemetry.model import Batch, Buckets, Range, Rollup, Scan, Series, Texts

_FIRST_WINDOW_US = 3_600 * US
_WINDOW_GROWTH = 4


def scan(session: Session, plan: Plan, question: Scan) -> Batch:
    """Raw points. Looks at one window of time after another until the limit is reached."""
    wanted = np.unique(question.series)
    if len(wanted) == 0 or question.limit <= 0:
        return _batch([], [])
    where = sql.series_in(wanted)
    outer = sql.quality_in(question.qualities)
    outer += f" AND {sql.behind(question.after, 'ts', descending=question.descending)}"
    order = f"ORDER BY ts {'DESC' if question.descending else 'ASC'}, s"
    found: list[Columns] = []
    texts: list[str | None] = []
    left = question.limit
    for window in _windows(plan, _narrowed(question), descending=question.descending):
        points = sql.points(plan, window, where)
        if points is None:
            continue
        rows = f"SELECT * FROM ({points}) WHERE {outer} {order} LIMIT {left}"
        part = session.columns(
            f"SELECT s, ts, v, q, t IS NOT NULL AS told FROM ({rows})", {"s": wanted}
        )
        found.append(part)
        texts += _texts(session, rows, part, order, {"s": wanted})
        left -= len(part["s"])
        if left <= 0:
            break
    return _batch(found, texts)


def rollup(session: Session, plan: Plan, question: Rollup) -> Buckets:
    """Aggregates over buckets, in one statement."""
    wanted = np.unique(question.series)
    grid = _grid(question)
    points = None
    if grid is not None and len(wanted) and question.limit > 0:
        span = _both(question.span, grid.span)
        points = sql.points(plan, span, sql.series_in(wanted))
    if grid is None or points is None:
        nothing = np.empty(0, np.float64)
        return Buckets(
            np.empty(0, np.uint32),
            np.empty(0, np.int64),
            dict.fromkeys(question.functions, nothing),
        )
    after = question.after
    cursor_at = None if after is None else (grid.number_of(after[0]), after[1])
    columns = ", ".join(f"{sql.FUNCTIONS[name]} AS f_{name}" for name in question.functions)
    only = len(wanted) == 1  # then grouping by s as well would cost a quarter more
    who = f"{int(wanted[0])}::UINTEGER" if only else "s"
    answer = session.columns(
        f"SELECT {who} AS s, {grid.number} AS k{', ' if columns else ''}{columns} FROM ({points})"
        f" WHERE {sql.quality_in(question.qualities)} GROUP BY {'k' if only else 's, k'}"
        f" HAVING {sql.behind(cursor_at, 'k', descending=question.descending)}"
        f" ORDER BY k {'DESC' if question.descending else 'ASC'}, s LIMIT {question.limit}",
        {"s": wanted},
    )
    return Buckets(
        answer["s"],
        grid.starts(answer["k"].astype(np.int64)),
        {name: _floats(answer[f"f_{name}"]) for name in question.functions},
    )


def latest(session: Session, plan: Plan, series: Series | None) -> Batch:
    """The newest point of each series: the table `newest` knows it of history."""
    wanted = np.empty(0, np.uint32) if series is None else np.unique(series)
    if series is not None and len(wanted) == 0:
        return _batch([], [])
    where = "true" if series is None else sql.series_in(wanted)
    tables = [f"SELECT {sql.POINT}, 0 AS n, 0 AS r FROM newest WHERE {where}"]
    tables += [
        f"SELECT {sql.POINT}, {hot.number} AS n, h.rowid AS r FROM {hot.name} h SEMI JOIN"
        f" (SELECT s, max(ts) AS ts FROM {hot.name} WHERE {where} GROUP BY s) m USING (s, ts)"
        for hot in plan.hots
    ]
    rows = (
        f"SELECT {sql.POINT} FROM ({' UNION ALL '.join(tables)})"
        " QUALIFY row_number() OVER (PARTITION BY s ORDER BY ts DESC, n DESC, r DESC) = 1"
    )
    return _small(session, rows, {"s": wanted})


def latest_before(session: Session, plan: Plan, series: Series, ts: int) -> Batch:
    """The newest point of each series before ts: the hot tables, then history backwards.

    A series is settled when no table left reaches beyond what was found; a hot table's point wins
    over one of history with the same ts.
    """
    left = np.unique(series)
    span = Range(None, ts)
    found: dict[int, tuple[Any, ...]] = {}
    hots = Plan((), plan.hots).within(span)
    pieces = sorted(plan.within(span).pieces, key=lambda p: p.last, reverse=True)
    for group in [hots, *(Plan(chunk, ()) for chunk in _chunks(pieces))]:
        if len(left) == 0:
            break
        if group.pieces:
            reach = group.pieces[0].last
            left = left[[int(s) not in found or found[int(s)][1] < reach for s in left]]
        points = sql.points(group, span, sql.series_in(left)) if len(left) else None
        if points is None:
            continue
        rows = (
            f"SELECT * FROM ({points})"
            " QUALIFY row_number() OVER (PARTITION BY s ORDER BY ts DESC) = 1"
        )
        for row in session.rows(rows, {"s": left}):
            if row[0] not in found or found[row[0]][1] < row[1]:
                found[row[0]] = row
    return _of_rows(list(found.values()))


def extent(session: Session, plan: Plan, series: Series) -> Range | None:
    """First and last ts: hot tables, then history from both ends inwards."""
    wanted = np.unique(series)
    if len(wanted) == 0:
        return None
    where = sql.series_in(wanted)
    first, last = _limits(session, Plan((), plan.hots), where, {"s": wanted})
    for chunk in _chunks(sorted(plan.pieces, key=lambda p: p.first)):
        if first is not None and first <= chunk[0].first:
            break
        lo, _ = _limits(session, Plan(chunk, ()), where, {"s": wanted})
        first = lo if first is None or (lo is not None and lo < first) else first
    for chunk in _chunks(sorted(plan.pieces, key=lambda p: p.last, reverse=True)):
        if last is not None and last >= chunk[0].last:
            break
        _, hi = _limits(session, Plan(chunk, ()), where, {"s": wanted})
        last = hi if last is None or (hi is not None and hi > last) else last
    return None if first is None or last is None else Range(first, last)


def _limits(
    session: Session, plan: Plan, where: str, given: Columns
) -> tuple[int | None, int | None]:
    points = sql.points(plan, Range(), where)
    if points is None:
        return None, None
    ((first, last),) = session.rows(f"SELECT min(ts), max(ts) FROM ({points})", given)
    return first, last


def _chunks(pieces: list[Piece]) -> Iterator[tuple[Piece, ...]]:
    """1, 2, 4, ... tables: what is near is found at once, what is far in few statements."""
    start, size = 0, 1
    while start < len(pieces):
        yield tuple(pieces[start : start + size])
        start, size = start + size, size * 2


def _narrowed(question: Scan) -> Range:
    """The span without what lies before the cursor."""
    if question.after is None:
        return question.span
    if question.descending:
        return _both(question.span, Range(None, question.after[0] + 1))
    return _both(question.span, Range(question.after[0], None))


def _both(one: Range, other: Range) -> Range:
    starts = [start for start in (one.start, other.start) if start is not None]
    ends = [end for end in (one.end, other.end) if end is not None]
    return Range(max(starts, default=None), min(ends, default=None))


def _windows(plan: Plan, span: Range, *, descending: bool) -> Iterator[Range]:
    """Cut a span into windows, each wider than the one before, skipping time without a table."""
    tables = [(p.first, p.last + 1) for p in plan.pieces]
    tables += [
        (h.first, h.last + 1) for h in plan.hots if h.first is not None and h.last is not None
    ]
    lo = MIN_US if span.start is None else max(span.start, MIN_US)
    hi = MAX_US + 1 if span.end is None else min(span.end, MAX_US + 1)
    width = _FIRST_WINDOW_US
    while True:
        tables = [(start, end) for start, end in tables if start < hi and end > lo]
        if not tables or lo >= hi:
            return
        lo = max(lo, min(start for start, _ in tables))
        hi = min(hi, max(end for _, end in tables))
        if descending:
            middle = max(lo, hi - width)
            yield Range(middle, hi)
            hi = middle
        else:
            middle = min(hi, lo + width)
            yield Range(lo, middle)
            lo = middle
        width *= _WINDOW_GROWTH


def _grid(question: Rollup) -> sql.Grid | None:
    if question.edges is not None:
        return sql.Grid.of_edges(question.edges)
    if question.width_us is None or question.width_us < 1:
        raise ValueError("a rollup needs width_us (at least 1) or edges")
    return sql.Grid.even(question.width_us, question.origin_us)


def _texts(
    session: Session, rows: str, part: Columns, order: str, given: Columns
) -> list[str | None]:
    """The texts of rows just read. A second look, because a column of NULLs costs 0.7 us a row."""
    told = part["told"]
    texts: list[str | None] = [None] * len(told)
    if told.any():
        found = session.rows(f"SELECT t FROM ({rows}) WHERE t IS NOT NULL {order}", given)
        for place, (text,) in zip(np.flatnonzero(told), found, strict=True):
            texts[place] = text
    return texts


def _small(session: Session, rows: str, given: Columns) -> Batch:
    part = session.columns(rows, given)
    return _batch([part], part["t"].tolist())


def _of_rows(rows: list[tuple[Any, ...]]) -> Batch:
    columns = list(zip(*rows, strict=True)) or [()] * 5
    values = [np.nan if v is None else v for v in columns[2]]
    return _batch(
        [{"s": columns[0], "ts": columns[1], "v": np.array(values, np.float64), "q": columns[3]}],
        list(columns[4]),
    )


def _batch(parts: list[Columns], texts: list[str | None]) -> Batch:
    """One batch of parts in order. Arrival times are not stored: arrived_us is 0."""
    spoken: Texts | None = tuple(texts) if any(text is not None for text in texts) else None
    empty: Columns = {"s": (), "ts": (), "v": np.empty(0), "q": ()}
    parts = parts or [empty]
    return Batch(
        np.concatenate([np.asarray(part["s"], np.uint32) for part in parts]),
        np.concatenate([np.asarray(part["ts"], np.int64) for part in parts]),
        np.concatenate([_floats(part["v"]) for part in parts]),
        np.concatenate([np.asarray(part["q"], np.uint8) for part in parts]),
        0,
        spoken,
    )


def _floats(column: Any) -> Any:
    """float64 with NaN where DuckDB has NULL."""
    if isinstance(column, np.ma.MaskedArray):
        return np.where(column.mask, np.nan, column.data)
    return np.asarray(column, np.float64)
