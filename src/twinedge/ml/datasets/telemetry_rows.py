"""Rows from stored telemetry: one per asset and interval that has points."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from twinedge.assets.model import Kind
from twinedge.assets.service import Register
from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.datasets.bounds import MAX_CELLS
from twinedge.ml.datasets.model import TelemetryQuery
from twinedge.ml.datasets.ports import LabelledSpan, Labels
from twinedge.telemetry.intervals import Interval
from twinedge.telemetry.model import Micros, Quality, Range, Rollup, Values
from twinedge.telemetry.service import Telemetry

_PAGE = 200_000
_QUALITIES: Mapping[str, tuple[Quality, ...]] = {"good": (Quality.GOOD,), "all": ()}


async def collect(
    telemetry: Telemetry, register: Register, labels: Labels, query: TelemetryQuery
) -> pa.Table:
    """Columns timestamp, asset_id, one a tag (means of its points), and the label if wanted.

    Raises Invalid when nothing matches, a tag holds text, or the table would be too large.
    """
    width_us = _width_us(query.interval)
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
    cells = (query.end - query.start) // width_us * len(names) * len(query.asset_ids)
    if cells > MAX_CELLS:
        raise Invalid.at(
            "telemetry.interval",
            f"makes {cells} cells, at most {MAX_CELLS} are allowed: take a longer interval",
        )
    parts = [
        await _of_asset(telemetry, register, asset_id, names, query, width_us)
        for asset_id in dict.fromkeys(query.asset_ids)
    ]
    table = await asyncio.to_thread(pa.concat_tables, parts)
    if table.num_rows == 0:
        raise Invalid.at("telemetry", "there are no points of these tags in this range")
    if query.labels is None:
        return table
    if query.labels.column in table.column_names:
        raise Invalid.at("telemetry.labels.column", f"{query.labels.column!r} is a column already")
    found = await labels.spans(query.labels, query.asset_ids, query.start, query.end)
    spans = [span for span in found if span.tag_name is None or span.tag_name in names]
    marked = await asyncio.to_thread(_marked, table, spans, width_us)
    return table.append_column(query.labels.column, pa.array(marked, pa.float64()))


def _marked(table: pa.Table, spans: Sequence[LabelledSpan], width_us: int) -> Values:
    """1.0 for each row whose interval touches a span of its asset, else 0.0."""
    times = table.column("timestamp").cast(pa.int64()).to_numpy()
    assets = table.column("asset_id").to_numpy(zero_copy_only=False)
    marked = np.zeros(len(times))
    for span in spans:
        inside = (times + width_us > span.start_us) & (times < span.end_us)
        marked[inside & (assets == span.asset_id)] = 1.0
    return marked


def _width_us(text: str) -> int:
    try:
        return Interval.parse(text).width_us
    except ValueError as error:
        raise Invalid.at("telemetry.interval", str(error)) from None


async def _of_asset(
    telemetry: Telemetry, register: Register, asset_id: str, names: list[str],
    query: TelemetryQuery, width_us: int,
) -> Any:  # fmt: skip
    tags = {t.series: t.tag_name for t in register.select((asset_id,), names)}
    series = np.array(sorted(tags), np.uint32)
    found: list[tuple[Any, Micros, Values]] = []
    after: tuple[int, int] | None = None
    while True:
        page = await telemetry.rollup(
            Rollup(
                series, Range(query.start, query.end), ("avg",), _QUALITIES[query.quality],
                width_us=width_us, limit=_PAGE, after=after,
            )
        )  # fmt: skip
        found.append((page.series, page.start, page.values["avg"]))
        if len(page) < _PAGE:
            break
        after = (int(page.start[-1]), int(page.series[-1]))
    return await asyncio.to_thread(_pivot, asset_id, names, tags, found, query.fill, width_us)


def _pivot(
    asset_id: str, names: list[str], tags: dict[int, str],
    found: list[tuple[Any, Micros, Values]], fill: str, width_us: int,
) -> Any:  # fmt: skip
    series = np.concatenate([part[0] for part in found])
    start = np.concatenate([part[1] for part in found])
    value = np.concatenate([part[2] for part in found])
    times, row = np.unique(start, return_inverse=True)
    if fill != "none" and len(times):
        every = np.arange(times[0], times[-1] + 1, width_us)
        row = (start - times[0]) // width_us
        times = every
    columns: dict[str, Any] = {
        "timestamp": pa.array(times, pa.timestamp("us", "UTC")),
        "asset_id": pa.array([asset_id] * len(times), pa.string()),
    }
    for name in names:
        column = np.full(len(times), np.nan)
        for number, tag_name in tags.items():
            if tag_name == name:
                mine = series == number
                column[row[mine]] = value[mine]
        columns[name] = pa.array(_filled(column, fill), pa.float64(), from_pandas=True)
    return pa.table(columns)


def _filled(column: Values, fill: str) -> Values:
    """Gaps closed: `forward` holds the last value, `linear` draws a line between neighbours."""
    known = np.flatnonzero(~np.isnan(column))
    if fill == "none" or len(known) == 0:
        return column
    if fill == "linear":
        inside = np.arange(known[0], known[-1] + 1)
        column[inside] = np.interp(inside, known, column[known])
        return column
    place = np.searchsorted(known, np.arange(len(column)), side="right") - 1
    return np.where(place >= 0, column[known[np.maximum(place, 0)]], np.nan)
