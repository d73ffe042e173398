"""Batch, the form of telemetry everywhere between the edges: columns, never rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from twinedge.kit.errors import TwinEdgeError

Series = NDArray[np.uint32]
Micros = NDArray[np.int64]
Values = NDArray[np.float64]
Qualities = NDArray[np.uint8]
Texts = tuple[str | None, ...]
Row = tuple[int, int, float, int]
"""One plain point: series, ts, value, quality; as the columns of a Batch."""


class Quality(IntEnum):
    """OPC UA's three severities (Part 4, 7.39), as stored and compared."""

    GOOD = 0
    UNCERTAIN = 1
    BAD = 2


QUALITY_WORDS = ("good", "uncertain", "bad")
"""The API's words, indexed by Quality."""


class StoreLocked(TwinEdgeError):
    """Somebody else has the store's file open; the message says where."""

    code = "store_locked"
    status = 503


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Points as columns of one length n, in arrival order; made once at an edge, never changed.

    series uint32[n], ts int64[n] (microseconds since 1970 UTC), value float64[n], quality uint8[n].
    text is None for a batch without texts; else n entries, of which those of text tags (and of
    integers beyond 2^53, as digits) are not None. Booleans are 0 and 1. value is NaN only where the
    point has no value: a text, or the bad-quality marker written when a link is lost.
    arrived_us is the arrival time of the whole batch. (series, ts) may repeat: the later row wins.
    """

    series: Series
    ts: Micros
    value: Values
    quality: Qualities
    arrived_us: int
    text: Texts | None = None

    def __len__(self) -> int:
        return len(self.series)

    def take(self, rows: NDArray[np.intp] | NDArray[np.bool_]) -> "Batch":
        """The rows of a mask or an index, as a new batch."""
        text = None
        if self.text is not None:
            index = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows
            text = tuple(self.text[i] for i in index)
        return Batch(
            self.series[rows], self.ts[rows], self.value[rows], self.quality[rows],
            self.arrived_us, text,
        )  # fmt: skip


def joined(batches: Sequence[Batch]) -> Batch:
    """Several batches as one, in order; it counts as arrived with the last of them."""
    if len(batches) == 1:
        return batches[0]
    text: Texts | None = None
    if any(batch.text is not None for batch in batches):
        text = tuple(entry for batch in batches for entry in (batch.text or (None,) * len(batch)))
    return Batch(
        np.concatenate([batch.series for batch in batches]),
        np.concatenate([batch.ts for batch in batches]),
        np.concatenate([batch.value for batch in batches]),
        np.concatenate([batch.quality for batch in batches]),
        batches[-1].arrived_us,
        text,
    )


def batch_of(
    series: list[int],
    ts: list[int],
    value: list[float],
    quality: list[int],
    arrived_us: int,
    text: list[str | None] | None = None,
) -> Batch:
    """Build a Batch from plain lists of one length (small batches, tests)."""
    return Batch(
        np.array(series, np.uint32),
        np.array(ts, np.int64),
        np.array(value, np.float64),
        np.array(quality, np.uint8),
        arrived_us,
        tuple(text) if text is not None and any(t is not None for t in text) else None,
    )


@dataclass(frozen=True, slots=True)
class Range:
    """Half-open span of time [start, end) in microseconds; None is unbounded."""

    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """A question for raw points.

    series: which; span: when; qualities: which (empty = all). Rows come ordered by (ts, series),
    or by (ts desc, series) when `descending`. after: a (ts, series) cursor, rows strictly behind it
    in that order. limit: at most so many rows.
    """

    series: Series
    span: Range
    qualities: tuple[Quality, ...] = ()
    descending: bool = False
    after: tuple[int, int] | None = None
    limit: int = 1000


@dataclass(frozen=True, slots=True)
class Rollup:
    """A question for aggregates over buckets.

    edges: bucket limits int64[m + 1], ascending (calendar buckets may differ in width; a fixed
    grid passes `width_us` and `origin_us` instead, bucket = (ts - origin) // width). functions out
    of avg, min, max, sum, count, first, last. Only the qualities named count (empty = all).
    One row per series and bucket that has points, ordered by (bucket, series).
    """

    series: Series
    span: Range
    functions: tuple[str, ...]
    qualities: tuple[Quality, ...] = (Quality.GOOD, Quality.UNCERTAIN)
    width_us: int | None = None
    origin_us: int = 0
    edges: Micros | None = None
    limit: int = 100_000
    after: tuple[int, int] | None = None
    descending: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Buckets:
    """Answer to a Rollup: n rows; start int64[n] is the bucket's start; one column a function.

    values[name] is float64[n] (count too); NaN where a function has nothing to say.
    """

    series: Series
    start: Micros
    values: dict[str, Values]

    def __len__(self) -> int:
        return len(self.series)


@dataclass(frozen=True, slots=True)
class StoreStats:
    """How full and how fast the store is; drawn by `/metrics` and the system page."""

    points: int
    bytes_on_disk: int
    hot_points: int
    queued_points: int
    oldest_us: int | None
    newest_us: int | None
    degraded: str | None
