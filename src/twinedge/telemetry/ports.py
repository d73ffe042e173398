"""What the data plane needs from a store. `storage/` implements it, one folder per engine."""

from typing import Protocol

from twinedge.telemetry.model import Batch, Buckets, Range, Rollup, Scan, Series, StoreStats


class TelemetryStore(Protocol):
    """A durable store of points, unique by (series, ts).

    The contract suite in `tests/contracts/telemetry_store.py` says what every engine must do.
    """

    async def open(self) -> None:
        """Open or create; after a crash, recover. Raises StoreLocked if another process has it."""
        ...

    async def close(self) -> None:
        """Finish queued appends, then close. A second call does nothing."""
        ...

    async def append(self, batch: Batch) -> None:
        """Store the batch; returns when it is on disk (fsync), whole or not at all.

        The order of appends by one caller is kept per series; a later point of the same
        (series, ts) replaces the earlier. Concurrent appends share a commit. Raises Unavailable
        when the queue is full (nothing stored, come back) or the disk fails (nothing of this batch
        will appear later); the store recovers by itself when the disk does.
        """
        ...

    async def scan(self, question: Scan) -> Batch:
        """Raw points, ordered and bounded as the question says; sees every finished append."""
        ...

    async def rollup(self, question: Rollup) -> Buckets:
        """Aggregates, equal to what the raw points give."""
        ...

    async def latest(self, series: Series | None = None) -> Batch:
        """The newest point by ts of each series (None = all that have points), any order."""
        ...

    async def latest_before(self, series: Series, ts: int) -> Batch:
        """The newest point of each series strictly before ts; for replays and step charts."""
        ...

    async def extent(self, series: Series) -> Range | None:
        """First and last ts over these series (end is inclusive here); None without points."""
        ...

    async def delete(self, series: Series | None, span: Range) -> int:
        """Remove points (None = of all series); answers how many. Whole days go at once."""
        ...

    def stats(self) -> StoreStats:
        """Cheap counters; never touches the disk."""
        ...
