"""The simplest TelemetryStore: a dict, for the tests of other rooms and as the reference.

Written for being obviously right, not fast. It passes `telemetry_store.py` like every engine.
"""

import bisect
import math
from collections.abc import Iterable, Iterator

import numpy as np

from twinedge.kit.errors import Unavailable
from twinedge.telemetry.model import (
    Batch,
    Buckets,
    Quality,
    Range,
    Rollup,
    Scan,
    Series,
    StoreStats,
    batch_of,
)

Key = tuple[int, int]
"""(series, ts)."""
Point = tuple[float, int, str | None]
"""(value, quality, text)."""


class MemoryStore:
    """Points in a dict by (series, ts).

    fail_with: set it to a text and every append raises Unavailable with it, until it is None again.
    appended: every batch accepted so far, in order.
    """

    def __init__(self) -> None:
        self.points: dict[Key, Point] = {}
        self.appended: list[Batch] = []
        self.fail_with: str | None = None

    async def open(self) -> None:
        """Nothing to do: the points survive a close, like those of an engine with a disk."""

    async def close(self) -> None:
        """Nothing to do."""

    async def append(self, batch: Batch) -> None:
        """Store the batch at once; a later row of the same (series, ts) replaces the earlier."""
        if self.fail_with is not None:
            raise Unavailable(self.fail_with)
        texts = batch.text or (None,) * len(batch)
        for series, ts, value, quality, text in zip(
            batch.series.tolist(),
            batch.ts.tolist(),
            batch.value.tolist(),
            batch.quality.tolist(),
            texts,
            strict=True,
        ):
            self.points[series, ts] = (value, quality, text)
        self.appended.append(batch)

    async def scan(self, question: Scan) -> Batch:
        """Raw points, ordered and bounded as the question says."""
        sign = -1 if question.descending else 1
        keys = sorted(
            self._keys(question.series.tolist(), question.span, question.qualities),
            key=lambda key: (sign * key[1], key[0]),
        )
        if question.after is not None:
            ts, series = question.after
            keys = [key for key in keys if (sign * key[1], key[0]) > (sign * ts, series)]
        return self._batch(keys[: question.limit])

    async def rollup(self, question: Rollup) -> Buckets:
        """Aggregates, straight from their definitions."""
        cells: dict[Key, list[Key]] = {}
        for key in self._keys(question.series.tolist(), question.span, question.qualities):
            start = _bucket(question, key[1])
            if start is not None:
                cells.setdefault((start, key[0]), []).append(key)
        sign = -1 if question.descending else 1
        places = sorted(cells, key=lambda place: (sign * place[0], place[1]))
        if question.after is not None:
            start, series = question.after
            places = [p for p in places if (sign * p[0], p[1]) > (sign * start, series)]
        places = places[: question.limit]
        return Buckets(
            np.array([series for _, series in places], np.uint32),
            np.array([start for start, _ in places], np.int64),
            {
                name: np.array([self._aggregate(name, cells[p]) for p in places], np.float64)
                for name in question.functions
            },
        )

    async def latest(self, series: Series | None = None) -> Batch:
        """The newest point of each series."""
        return self._newest(None if series is None else set(series.tolist()), None)

    async def latest_before(self, series: Series, ts: int) -> Batch:
        """The newest point of each series strictly before ts."""
        return self._newest(set(series.tolist()), ts)

    async def extent(self, series: Series) -> Range | None:
        """First and last ts over these series, both inclusive."""
        moments = [ts for _, ts in self._keys(series.tolist(), Range(), ())]
        return Range(min(moments), max(moments)) if moments else None

    async def delete(self, series: Series | None, span: Range) -> int:
        """Remove points; answers how many."""
        wanted = {s for s, _ in self.points} if series is None else series.tolist()
        keys = list(self._keys(wanted, span, ()))
        for key in keys:
            del self.points[key]
        return len(keys)

    def stats(self) -> StoreStats:
        """Counters; nothing is ever on disk or waiting."""
        moments = [ts for _, ts in self.points]
        return StoreStats(
            points=len(self.points),
            bytes_on_disk=0,
            hot_points=len(self.points),
            queued_points=0,
            oldest_us=min(moments, default=None),
            newest_us=max(moments, default=None),
            degraded=self.fail_with,
        )

    def _keys(
        self, series: Iterable[int], span: Range, qualities: tuple[Quality, ...]
    ) -> Iterator[Key]:
        wanted = set(series)
        for key, (_, quality, _) in self.points.items():
            if key[0] not in wanted or (qualities and quality not in qualities):
                continue
            if span.start is not None and key[1] < span.start:
                continue
            if span.end is None or key[1] < span.end:
                yield key

    def _newest(self, wanted: set[int] | None, before: int | None) -> Batch:
        newest: dict[int, int] = {}
        for series, ts in self.points:
            if wanted is not None and series not in wanted:
                continue
            if (before is None or ts < before) and ts >= newest.get(series, ts):
                newest[series] = ts
        return self._batch(sorted(newest.items()))

    def _batch(self, keys: list[Key]) -> Batch:
        points = [self.points[key] for key in keys]
        return batch_of(
            [series for series, _ in keys],
            [ts for _, ts in keys],
            [value for value, _, _ in points],
            [quality for _, quality, _ in points],
            0,
            [text for _, _, text in points],
        )

    def _aggregate(self, name: str, keys: list[Key]) -> float:
        if name == "count":
            return float(len(keys))
        rows = sorted((ts, self.points[series, ts][0]) for series, ts in keys)
        values = [value for _, value in rows if not math.isnan(value)]
        if not values:
            return math.nan
        match name:
            case "avg":
                return math.fsum(values) / len(values)
            case "sum":
                return math.fsum(values)
            case "min":
                return min(values)
            case "max":
                return max(values)
            case "first":
                return values[0]
            case "last":
                return values[-1]
            case _:
                raise ValueError(f"{name!r} is not an aggregate")


def _bucket(question: Rollup, ts: int) -> int | None:
    """The start of the bucket a moment falls into; None outside of all edges."""
    if question.edges is not None:
        edges = question.edges.tolist()
        place = bisect.bisect_right(edges, ts) - 1
        return edges[place] if 0 <= place < len(edges) - 1 else None
    if question.width_us is None:
        raise ValueError("a rollup needs width_us or edges")
    return ts - (ts - question.origin_us) % question.width_us
