"""Runs a Query: raw points or buckets, one page at a time."""

import asyncio
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from twinedge.assets.model import Tag
from twinedge.kit.clock import MAX_US, MIN_US, US, to_iso
from twinedge.kit.errors import Invalid
from twinedge.telemetry.intervals import (
    Interval,
    bucket_count,
    calendar_edges,
    nice_grid,
    origin_of,
)
from twinedge.telemetry.model import (
    Buckets,
    Micros,
    Qualities,
    Quality,
    Range,
    Rollup,
    Scan,
    Series,
    Texts,
    Values,
)
from twinedge.telemetry.query import Query, write_cursor
from twinedge.telemetry.service import Telemetry

MAX_BUCKETS = 5_000_000
"""Buckets a series over the range of one question."""
MAX_EDGES = 200_000
"""Calendar buckets over the range of one question."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Rows as columns, ready to be written.

    tags: by series number. columns: value columns in order of the answer, `value` for raw points
    and single aggregates. raw: whether values are points (booleans, texts, exact digits) and not
    aggregates (numbers). is_count: whether `value` is a count, a whole number.
    """

    tags: dict[int, Tag]
    series: Series
    ts: Micros
    quality: Qualities
    columns: dict[str, Values]
    raw: bool
    limit: int
    next_cursor: str | None
    text: Texts | None = None
    count: NDArray[np.int64] | None = None
    interval: str | None = None
    is_count: bool = False

    def __len__(self) -> int:
        return len(self.series)


class Search:
    """Answers queries from the telemetry service."""

    def __init__(self, telemetry: Telemetry) -> None:
        self._telemetry = telemetry

    async def run(self, query: Query) -> Page:
        """One page of the answer. Raises Invalid for more buckets than a question may have."""
        series = np.array([tag.series for tag in query.tags], np.uint32)
        if query.functions:
            return await self._aggregate(query, series)
        return await self._raw(query, series)

    async def _raw(self, query: Query, series: Series) -> Page:
        batch = await self._telemetry.scan(
            Scan(
                series=series,
                span=_rest(query),
                qualities=query.qualities,
                descending=query.descending,
                after=query.after,
                limit=query.limit + 1,
            )
        )
        more = len(batch) > query.limit
        if more:
            batch = batch.take(np.arange(query.limit))
        return Page(
            tags={tag.series: tag for tag in query.tags},
            series=batch.series,
            ts=batch.ts,
            quality=batch.quality,
            columns={"value": batch.value},
            raw=True,
            limit=query.limit,
            next_cursor=_cursor(query, batch.series, batch.ts) if more else None,
            text=batch.text,
        )

    async def _aggregate(self, query: Query, series: Series) -> Page:
        functions = tuple(dict.fromkeys((*query.functions, "count")))
        extent = await self._extent(query.span, series)
        interval = None if query.interval is None else str(query.interval)
        if extent is None:
            buckets = await self._telemetry.rollup(
                Rollup(np.empty(0, np.uint32), query.span, functions, width_us=1)
            )
            return self._page(query, buckets, np.empty(0, np.uint8), interval, False)
        width, origin, edges = self._grid(query, extent)
        if query.max_points is not None:
            interval = _words(width)
        question = Rollup(
            series=series,
            span=query.span,
            functions=functions,
            qualities=query.qualities,
            width_us=width,
            origin_us=origin,
            edges=edges,
            limit=query.limit + 1,
            after=query.after,
            descending=query.descending,
        )
        buckets, quality = await self._with_quality(question)
        more = len(buckets) > query.limit
        if more:
            buckets, quality = _head(buckets, query.limit), quality[: query.limit]
        return self._page(query, buckets, quality, interval, more)

    async def _extent(self, span: Range, series: Series) -> Range | None:
        """The range the question covers, half-open; None when there is nothing in it."""
        if span.start is not None and span.end is not None:
            return span if span.start < span.end and len(series) else None
        have = await self._telemetry.extent(series)
        if have is None or have.start is None or have.end is None:
            return None
        start = have.start if span.start is None else span.start
        end = have.end + 1 if span.end is None else span.end
        return Range(start, end) if start < end else None

    @staticmethod
    def _grid(query: Query, extent: Range) -> tuple[int | None, int, Micros | None]:
        """(width, origin, edges) of the buckets over the extent."""
        assert extent.start is not None
        assert extent.end is not None
        start, end = extent.start, extent.end
        if query.max_points is not None:
            width, origin = nice_grid(start, end, query.max_points)
            return width, origin, None
        if query.interval is None:
            return None, 0, np.array([start, end], np.int64)
        _bound(query.interval, query.zone is not None, start, end)
        if query.zone is not None and query.interval.is_calendar:
            return None, 0, calendar_edges(query.interval, query.zone, start, end)
        return query.interval.width_us, origin_of(query.interval, query.zone, start), None

    async def _with_quality(self, question: Rollup) -> tuple[Buckets, Qualities]:
        """The buckets, and the worst quality among the points of each.

        Beside the question itself the store is asked where the points are that are not good; it
        skips whole blocks that have none, so this costs little where all is well.
        """
        asked = question.qualities or tuple(Quality)
        worse = [q for q in (Quality.UNCERTAIN, Quality.BAD) if q in asked]
        questions = [
            question,
            *(replace(question, functions=("count",), qualities=(q,)) for q in worse),
        ]
        answers = await asyncio.gather(
            *(self._telemetry.rollup(q) for q in questions), return_exceptions=True
        )
        parts: list[Buckets] = []
        for answer in answers:
            if isinstance(answer, BaseException):
                raise answer
            parts.append(answer)
        buckets, *found = parts
        quality = np.zeros(len(buckets), np.uint8)
        if not any(map(len, found)):
            return buckets, quality
        place = {
            key: row
            for row, key in enumerate(
                zip(buckets.start.tolist(), buckets.series.tolist(), strict=True)
            )
        }
        for q, part in zip(worse, found, strict=True):
            for key in zip(part.start.tolist(), part.series.tolist(), strict=True):
                if key in place:
                    quality[place[key]] = q
        return buckets, quality

    @staticmethod
    def _page(
        query: Query, buckets: Buckets, quality: Qualities, interval: str | None, more: bool
    ) -> Page:
        values = buckets.values
        if query.is_envelope:
            columns = {name: values[name] for name in query.functions}
        else:
            columns = {"value": values[query.functions[0]]}
        return Page(
            tags={tag.series: tag for tag in query.tags},
            series=buckets.series,
            ts=np.clip(buckets.start, MIN_US, MAX_US),
            quality=quality,
            columns=columns,
            raw=False,
            limit=query.limit,
            next_cursor=_cursor(query, buckets.series, buckets.start) if more else None,
            count=values["count"].astype(np.int64),
            interval=interval,
            is_count=query.functions == ("count",),
        )


def _rest(query: Query) -> Range:
    """The part of the span that is still to come after the cursor; raw points only."""
    if query.after is None:
        return query.span
    ts = query.after[0]
    start, end = query.span.start, query.span.end
    if query.descending:
        return Range(start, ts + 1 if end is None else min(end, ts + 1))
    return Range(ts if start is None else max(start, ts), end)


def _bound(interval: Interval, in_zone: bool, start_us: int, end_us: int) -> None:
    buckets = bucket_count(interval, start_us, end_us)
    most = MAX_EDGES if in_zone and interval.is_calendar else MAX_BUCKETS
    if buckets > most:
        raise Invalid.at(
            "interval",
            f"{interval} over {to_iso(start_us)} to {to_iso(min(end_us, MAX_US))} makes {buckets} "
            f"buckets, at most {most} are allowed: choose a longer interval or a shorter range",
        )


def _cursor(query: Query, series: Series, ts: Micros) -> str:
    return write_cursor((int(ts[-1]), int(series[-1])), query.check)


def _head(buckets: Buckets, rows: int) -> Buckets:
    values = {name: column[:rows] for name, column in buckets.values.items()}
    return Buckets(buckets.series[:rows], buckets.start[:rows], values)


def _words(width_us: int | None) -> str | None:
    """A width as an interval text where one exists (90 s as "90s"), else in seconds."""
    if width_us is None:
        return None
    for unit, size in (("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000)):
        if width_us % size == 0:
            return f"{width_us // size}{unit}"
    return f"{width_us / US:.6f}".rstrip("0").removesuffix(".") + "s"
