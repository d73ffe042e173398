"""The engine's numpy side: what is known of each series, and which leaves look at it."""

import numpy as np
from numpy.typing import NDArray

from twinedge.alerts.engine.machine import START
from twinedge.alerts.engine.plan import LeafKind
from twinedge.telemetry.model import Batch

Index = NDArray[np.intp]


class SeriesColumns:
    """The newest good point of every series seen, by series number. Grows by doubling."""

    def __init__(self) -> None:
        self.ts = np.full(1024, START, np.int64)
        self.seen = np.full(1024, START, np.int64)
        """Since when silence counts; see LeafState.seen."""
        self.value = np.full(1024, np.nan)
        self.lead_us = np.zeros(1024, np.int64)
        """Arrival less ts of the newest point: latency, or how far the device's clock is off."""

    def __len__(self) -> int:
        return len(self.ts)

    def reach(self, series: int) -> None:
        """Make room for this series number."""
        size = len(self.ts)
        while size <= series:
            size *= 2
        extra = size - len(self.ts)
        if extra:
            self.ts = np.concatenate([self.ts, np.full(extra, START, np.int64)])
            self.seen = np.concatenate([self.seen, np.full(extra, START, np.int64)])
            self.value = np.concatenate([self.value, np.full(extra, np.nan)])
            self.lead_us = np.concatenate([self.lead_us, np.zeros(extra, np.int64)])

    def accept(self, series: NDArray[np.intp], ts: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which good rows are not late: none older than the newest before it of its series."""
        order = np.argsort(series, kind="stable")
        s, t = series[order], ts[order]
        first = np.empty(len(s), np.bool_)
        first[:1] = True
        np.not_equal(s[1:], s[:-1], out=first[1:])
        before = np.empty(len(t), np.int64)
        before[1:] = t[:-1]
        before[first] = self.ts[s[first]]
        on_time = t >= before
        if not on_time.all():
            starts = np.flatnonzero(first)
            for start, end in zip(starts, [*starts[1:], len(s)], strict=True):
                if not on_time[start:end].all():
                    floor = max(int(self.ts[s[start]]), START)
                    peak = np.maximum.accumulate(np.concatenate([[floor], t[start:end]]))[:-1]
                    on_time[start:end] = t[start:end] >= peak
        accepted = np.empty(len(s), np.bool_)
        accepted[order] = on_time
        return accepted

    def update(
        self, series: NDArray[np.intp], batch: Batch, rows: Index, replay: bool = False
    ) -> None:
        """Take the accepted rows over, in order: the last row of a series wins."""
        self.ts[series] = batch.ts[rows]
        self.seen[series] = np.maximum(self.seen[series], batch.ts[rows])
        self.value[series] = batch.value[rows]
        if not replay:
            self.lead_us[series] = batch.arrived_us - batch.ts[rows]


class Slots:
    """One row for every leaf bound to a series. Removed rows are used again.

    A slot is *calm* on a row when the value keeps its truth and no timer of its group is due: then
    Python need not look at it. `always` slots (rates, texts) never are.
    """

    def __init__(self) -> None:
        self.series = np.zeros(1024, np.int64)
        self.group = np.full(1024, -1, np.int64)
        self.low = np.zeros(1024)
        self.high = np.zeros(1024)
        self.inverted = np.zeros(1024, np.bool_)
        self.truth = np.full(1024, -1, np.int8)
        self.always = np.zeros(1024, np.bool_)
        self.silence = np.zeros(1024, np.bool_)
        """Whether any good point will do, whatever its value."""
        self.leaf = np.zeros(1024, np.int64)
        self._free: list[int] = []
        self._used = 0
        self._order: Index | None = None
        self._starts = self._counts = np.zeros(0, np.intp)

    def add(self, series: int, group: int, leaf: int, kind: LeafKind) -> int:
        """A new slot; its band and truth are set afterwards."""
        slot = self._free.pop() if self._free else self._used
        self._used = max(self._used, slot + 1)
        if slot >= len(self.series):
            self._double()
        self.series[slot], self.group[slot], self.leaf[slot] = series, group, leaf
        self.always[slot] = kind in (LeafKind.TEXT, LeafKind.RATE)
        self.silence[slot], self.truth[slot] = kind is LeafKind.STALE, -1
        self._order = None
        return slot

    def remove(self, slot: int) -> None:
        self.group[slot] = -1
        self._free.append(slot)
        self._order = None

    def watched(self, size: int) -> NDArray[np.intp]:
        """How many slots look at each series number below size."""
        self._sort(size)
        return self._counts

    def of_rows(self, series: NDArray[np.intp], size: int) -> tuple[Index, Index]:
        """All (position in `series`, slot) pairs, in the order of positions."""
        self._sort(size)
        assert self._order is not None
        counts = self._counts[series]
        position = np.repeat(np.arange(len(series)), counts)
        within = np.arange(len(position)) - np.repeat(np.cumsum(counts) - counts, counts)
        return position, self._order[np.repeat(self._starts[series], counts) + within]

    def live(self) -> Index:
        return np.flatnonzero(self.group[: self._used] >= 0)

    def _sort(self, size: int) -> None:
        if self._order is not None and len(self._counts) >= size:
            return
        live = self.live()
        self._order = live[np.argsort(self.series[live], kind="stable")]
        self._counts = np.bincount(self.series[live], minlength=size).astype(np.intp)
        self._starts = np.cumsum(self._counts) - self._counts

    def _double(self) -> None:
        columns = (
            "series", "group", "low", "high", "inverted", "truth", "always", "silence", "leaf",
        )  # fmt: skip
        for name in columns:
            column = getattr(self, name)
            setattr(self, name, np.concatenate([column, column]))
        self.group[len(self.group) // 2 :] = -1
