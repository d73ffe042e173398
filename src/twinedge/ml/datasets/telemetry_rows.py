"""Rows from stored telemetry: one per asset and interval that has points, in bounded pieces."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from twinedge.assets.model import Kind
from twinedge.assets.service import Register
from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.datasets.bounds import MAX_CELLS
from twinedge.ml.datasets.gaps import Gaps, NextKnown
from twinedge.ml.datasets.model import TelemetryQuery
from twinedge.ml.datasets.ports import LabelledSpan, Labels
from twinedge.telemetry.intervals import Interval
from twinedge.telemetry.model import Buckets, Micros, Quality, Range, Rollup, Series, Values
from twinedge.telemetry.service import Telemetry

_PAGE = 200_000
"""Values read from the store at a time."""
_LOOKED_AHEAD = 100
_PIECE_CELLS = 500_000
"""Cells of a piece, at most."""
_QUALITIES: Mapping[str, tuple[Quality, ...]] = {"good": (Quality.GOOD,), "all": ()}


async def pieces(
    telemetry: Telemetry, register: Register, labels: Labels, query: TelemetryQuery
) -> AsyncIterator[pa.Table]:
    """Tables of the columns timestamp, asset_id, one a tag (means of its points), and the label if
    wanted; assets one after another, each in the order of time.

    Memory is bounded by a page of values and a piece of cells, whatever the range. Raises Invalid
    when nothing can match, a tag holds text, or the whole would be too large.
    """
    width_us = _width_us(query.interval)
    names = _names(register, query)
    cells = (query.end - query.start) // width_us * len(names) * len(query.asset_ids)
    if cells > MAX_CELLS:
        raise Invalid.at(
            "telemetry.interval",
            f"makes {cells} cells, at most {MAX_CELLS} are allowed: take a longer interval",
        )
    spans: Sequence[LabelledSpan] = ()
    if query.labels is not None:
        if query.labels.column in {"timestamp", "asset_id", *names}:
            message = f"{query.labels.column!r} is a column already"
            raise Invalid.at("telemetry.labels.column", message)
        found = await labels.spans(query.labels, query.asset_ids, query.start, query.end)
        spans = [span for span in found if span.tag_name is None or span.tag_name in names]
    for asset_id in dict.fromkeys(query.asset_ids):
        tags = {t.series: names.index(t.tag_name) for t in register.select((asset_id,), names)}
        asset = _Asset(telemetry, asset_id, tags, names, query, width_us)
        mine = [span for span in spans if span.asset_id == asset_id]
        async for piece in asset.pieces():
            if query.labels is None:
                yield piece
                continue
            marked = await asyncio.to_thread(_marked, piece, mine, width_us)
            yield piece.append_column(query.labels.column, pa.array(marked, pa.float64()))


def _names(register: Register, query: TelemetryQuery) -> list[str]:
    """The tags that become columns. Raises Invalid for unknown and text tags."""
    tags = register.select(query.asset_ids, query.tags)
    names = list(query.tags) or sorted({tag.tag_name for tag in tags if tag.kind is not Kind.TEXT})
    faults = [
        Fault("telemetry.tags", f"none of these assets has a tag {name!r}")
        for name in query.tags
        if not any(tag.tag_name == name for tag in tags)
    ]
    faults += [
        Fault("telemetry.tags", f"tag {tag.tag_name!r} of {tag.asset_id!r} holds texts")
        for tag in tags
        if tag.kind is Kind.TEXT and query.tags
    ]
    if faults or not names:
        raise Invalid("there is no such telemetry", faults or [Fault("telemetry", "has no tags")])
    return names


def _marked(table: pa.Table, spans: Sequence[LabelledSpan], width_us: int) -> Values:
    """1.0 for each row of an asset whose interval touches one of its spans, else 0.0."""
    times = table.column("timestamp").cast(pa.int64()).to_numpy()
    marked = np.zeros(len(times))
    for span in spans:
        marked[(times + width_us > span.start_us) & (times < span.end_us)] = 1.0
    return marked


def _width_us(text: str) -> int:
    try:
        return Interval.parse(text).width_us
    except ValueError as error:
        raise Invalid.at("telemetry.interval", str(error)) from None


@dataclass(frozen=True, slots=True, eq=False)
class _Values:
    """Means in the order of time: column, start of the bucket, and value of each."""

    column: NDArray[np.intp]
    start: Micros
    value: Values

    def since(self, row: int) -> "_Values":
        return _Values(self.column[row:], self.start[row:], self.value[row:])

    def until(self, row: int) -> "_Values":
        return _Values(self.column[:row], self.start[:row], self.value[:row])


@dataclass(frozen=True, slots=True, eq=False)
class _Asset:
    """The rows of one asset. tags: the column of each series."""

    telemetry: Telemetry
    asset_id: str
    tags: Mapping[int, int]
    names: Sequence[str]
    query: TelemetryQuery
    width_us: int

    async def pieces(self) -> AsyncIterator[pa.Table]:
        """All rows, closed gaps included."""
        rows = max(_PIECE_CELLS // (len(self.names) + 2), 1)
        first_us: int | None = None
        done_us = 0
        gaps: Gaps | None = None
        async for values in self._whole_buckets():
            if first_us is None:
                first_us = done_us = int(values.start[0])
                gaps = Gaps(self.query.fill, len(self.names), self._looking_from(first_us))
            if self.query.fill == "none":
                times = np.unique(values.start)
            else:
                times = np.arange(done_us, int(values.start[-1]) + 1, self.width_us)
                done_us = int(times[-1]) + self.width_us
            for cut in range(0, len(times), rows):
                some = times[cut : cut + rows]
                low, high = np.searchsorted(values.start, [some[0], some[-1] + 1])
                cells = self._cells(values.since(int(low)).until(int(high - low)), some)
                if self.query.fill != "none" and gaps is not None:
                    await gaps.close(cells)
                yield self._table(some, cells)

    async def _whole_buckets(self) -> AsyncIterator[_Values]:
        """Values of whole buckets, window by window: a cursor over the whole range would have the
        store sort the rest of it for every page."""
        series = np.array(sorted(self.tags), np.uint32)
        if len(series) == 0:
            return
        buckets = max(_PAGE // len(series), 1)
        start_us = self.query.start
        while start_us < self.query.end:
            end_us = (start_us // self.width_us + buckets) * self.width_us
            span = Range(start_us, min(end_us, self.query.end))
            page = await self._rollup(series, span, buckets * len(series))
            if len(page):
                yield self._values(page)
            start_us = end_us

    def _values(self, page: Buckets) -> _Values:
        known = np.array(sorted(self.tags), np.uint32)
        columns = np.array([self.tags[int(series)] for series in known], np.intp)
        column = columns[np.searchsorted(known, page.series)]
        return _Values(column, page.start, page.values["avg"])

    async def _rollup(self, series: Series, span: Range, limit: int) -> Buckets:
        return await self.telemetry.rollup(
            Rollup(
                series, span, ("avg",), _QUALITIES[self.query.quality], width_us=self.width_us,
                limit=limit,
            )
        )  # fmt: skip

    def _looking_from(self, first_us: int) -> NextKnown:
        async def next_known(column: int, row: int) -> tuple[int, float] | None:
            series = [number for number, place in self.tags.items() if place == column]
            if not series:
                return None
            start_us = first_us + row * self.width_us
            while True:
                span = Range(start_us, self.query.end)
                page = await self._rollup(np.array(series, np.uint32), span, _LOOKED_AHEAD)
                known = np.flatnonzero(~np.isnan(page.values["avg"]))
                if len(known):
                    at_us = int(page.start[known[0]])
                    return (at_us - first_us) // self.width_us, float(page.values["avg"][known[0]])
                if len(page) < _LOOKED_AHEAD:
                    return None
                start_us = int(page.start[-1]) + self.width_us

        return next_known

    def _cells(self, values: _Values, times: Micros) -> Values:
        cells = np.full((len(times), len(self.names)), np.nan)
        cells[np.searchsorted(times, values.start), values.column] = values.value
        return cells

    def _table(self, times: Micros, cells: Values) -> pa.Table:
        columns = {
            "timestamp": pa.array(times, pa.timestamp("us", "UTC")),
            "asset_id": pa.repeat(pa.scalar(self.asset_id, pa.string()), len(times)),
        }
        for number, name in enumerate(self.names):
            columns[name] = pa.array(cells[:, number], pa.float64(), from_pandas=True)
        return pa.table(columns)
