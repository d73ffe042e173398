"""The SQL that reads points. Pure: texts from plans and questions; only numbers of ours go in."""

# ruff: noqa: S608  table names and numbers are ours, never a client's

from collections.abc import Iterable, Sequence

import numpy as np

from twinedge.kit.clock import MAX_US, MIN_US
from twinedge.storage.duckdb.catalog import Plan
from twinedge.storage.duckdb.layout import Hot
from twinedge.telemetry.model import Micros, Quality, Range, Series

POINT = "s, ts, v, q, t"
_LISTED = 200
"""So many series are written into the SQL; more are joined from the table `given`."""

FUNCTIONS = {
    "avg": "avg(v)",
    "min": "min(v)",
    "max": "max(v)",
    "sum": "sum(v)",
    "count": "count(*)",
    "first": "arg_min(v, ts)",
    "last": "arg_max(v, ts)",
}
"""Each skips points without a value (NULL), but for count."""


def series_in(series: Series) -> str:
    """Condition on s; with many series the statement must be given {"s": series}."""
    if len(series) == 1:
        return f"s = {int(series[0])}"
    if len(series) <= _LISTED:
        return f"s IN ({', '.join(map(str, series.tolist()))})"
    return "s IN (SELECT s FROM given)"


def within(span: Range) -> str:
    """Condition on ts."""
    parts = []
    if span.start is not None:
        parts.append(f"ts >= {span.start}")
    if span.end is not None:
        parts.append(f"ts < {span.end}")
    return " AND ".join(parts) or "true"


def quality_in(qualities: Sequence[Quality]) -> str:
    """Condition on q."""
    return f"q IN ({', '.join(str(int(q)) for q in qualities)})" if qualities else "true"


def late_span(hots: Sequence[Hot]) -> tuple[int, int] | None:
    """Span (inclusive) outside of which no point of these tables repeats another."""
    firsts = [h.late_first for h in hots if h.late_first is not None]
    lasts = [h.late_last for h in hots if h.late_last is not None]
    return (min(firsts), max(lasts)) if firsts else None


def hot_points(hots: Sequence[Hot], where: str) -> str:
    """The points of hot tables, the last arrival of each (s, ts) only."""
    late = late_span(hots)
    if late is None:
        return _union(f"SELECT {POINT} FROM {h.name} WHERE {where}" for h in hots)
    inside = f"ts BETWEEN {late[0]} AND {late[1]}"
    clean = [f"SELECT {POINT} FROM {h.name} WHERE {where} AND NOT ({inside})" for h in hots]
    arrivals = _union(
        f"SELECT {POINT}, {h.number} AS n, rowid AS r FROM {h.name} WHERE {where} AND {inside}"
        for h in hots
    )
    last = (
        f"SELECT {POINT} FROM ({arrivals})"
        " QUALIFY row_number() OVER (PARTITION BY s, ts ORDER BY n DESC, r DESC) = 1"
    )
    return _union([*clean, last])


def points(plan: Plan, span: Range, where: str) -> str | None:
    """All points of the span that meet a condition on s and ts, none twice; None without tables."""
    plan = plan.within(span)
    where = f"{where} AND {within(span)}"
    pieces = [f"SELECT {POINT} FROM {p.name} WHERE {where}" for p in plan.pieces]
    late = late_span(plan.hots)
    if not plan.hots or late is None:
        tables = [*pieces, *(f"SELECT {POINT} FROM {h.name} WHERE {where}" for h in plan.hots)]
        return _union(tables) if tables else None
    inside = f"ts BETWEEN {late[0]} AND {late[1]}"
    for place, piece in enumerate(plan.pieces):
        if piece.first <= late[1] and late[0] <= piece.last:
            pieces[place] += (
                f" AND NOT ({inside} AND EXISTS (SELECT 1 FROM fresh"
                f" WHERE fresh.s = {piece.name}.s AND fresh.ts = {piece.name}.ts))"
            )
    return f"WITH fresh AS MATERIALIZED ({hot_points(plan.hots, where)}) " + _union(
        [*pieces, f"SELECT {POINT} FROM fresh"]
    )


def behind(after: tuple[int, int] | None, column: str, *, descending: bool) -> str:
    """Condition for rows behind a (moment, series) cursor in the order (column, s)."""
    if after is None:
        return "true"
    place, series = after
    return (
        f"({column} {'<' if descending else '>'} {place} OR ({column} = {place} AND s > {series}))"
    )


class Grid:
    """Maps ts to the number of a bucket in SQL, and the number back to the bucket's start."""

    def __init__(self, number: str, span: Range, starts: "Micros | None", base: int, width: int):
        self.number = number
        self.span = span
        self._starts = starts
        self._base = base
        self._width = width

    def starts(self, numbers: Micros) -> Micros:
        """The starts of buckets."""
        if self._starts is not None:
            return self._starts[numbers]
        return self._base + numbers * self._width

    def number_of(self, start: int) -> int:
        """The number of the bucket with this start."""
        if self._starts is not None:
            return int(np.searchsorted(self._starts, start, "right")) - 1
        return (start - self._base) // self._width

    @classmethod
    def even(cls, width_us: int, origin_us: int) -> "Grid":
        """Buckets of one width. Counted from before year 1: SQL divides towards zero, not down."""
        base = origin_us - -((MIN_US - origin_us) // width_us) * width_us
        return cls(f"(ts - {base}) // {width_us}", Range(), None, base, width_us)

    @classmethod
    def of_edges(cls, edges: Micros) -> "Grid | None":
        """Buckets between edges; None if there are none."""
        edges = np.unique(np.clip(edges, MIN_US, MAX_US + 1))
        if len(edges) < 2:
            return None
        span = Range(int(edges[0]), int(edges[-1]))
        return cls(_stretches(edges), span, edges[:-1], 0, 0)


def _stretches(edges: Micros) -> str:
    """Bucket number by a decision tree over stretches of equal width (DST: two a year)."""
    widths = np.diff(edges)
    first = np.concatenate([[0], np.flatnonzero(np.diff(widths)) + 1])

    def tree(lo: int, hi: int) -> str:
        if hi - lo == 1:
            bucket = int(first[lo])
            start, width = int(edges[bucket]), int(widths[bucket])
            return f"({bucket} + (ts - {start}) // {width})"
        middle = (lo + hi) // 2
        split = int(edges[first[middle]])
        return f"(CASE WHEN ts < {split} THEN {tree(lo, middle)} ELSE {tree(middle, hi)} END)"

    return tree(0, len(first))


def _union(selects: Iterable[str]) -> str:
    return " UNION ALL ".join(selects)
