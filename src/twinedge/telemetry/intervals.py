"""Buckets of time: fixed grids, and calendar days and weeks that follow a zone's clock changes."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from twinedge.kit.clock import MAX_US, MIN_US, US, from_datetime
from twinedge.telemetry.model import Micros

_UNIT_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_PATTERN = re.compile(r"([1-9][0-9]{0,8})([smhdw])", re.ASCII)
_LONGEST_S = 366 * 100 * 86_400
MONDAY_US = 4 * 86_400 * US
"""1970-01-05, the first Monday: weeks begin on Mondays (ISO 8601)."""
_FIRST_MONDAY = date(1970, 1, 5)
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Interval:
    """A bucket's length: so many seconds, minutes, hours, days or weeks."""

    count: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> "Interval":
        """Read "5m". Raises ValueError with the accepted form."""
        match = _PATTERN.fullmatch(text)
        if match is None:
            raise ValueError("must be a number and a unit, such as 30s, 1m, 5m, 1h, 1d, 2w")
        interval = cls(int(match[1]), match[2])
        if interval.width_us > _LONGEST_S * US:
            raise ValueError("is longer than 100 years")
        return interval

    @property
    def width_us(self) -> int:
        """The length on a clock without changes."""
        return self.count * _UNIT_S[self.unit] * US

    @property
    def is_calendar(self) -> bool:
        """Whether its buckets begin at local midnights, whatever the clocks do between."""
        return self.unit in "dw"

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def origin_of(interval: Interval, zone: ZoneInfo | None, start_us: int) -> int:
    """Where a fixed grid of this interval begins.

    Weeks begin on Mondays, all else at midnight 1970. In a zone, hours and shorter are counted in
    absolute time from the local midnight grid as its offset is at start_us (so that 1h in
    Asia/Kolkata begins at full local hours).
    """
    if zone is None:
        return MONDAY_US if interval.unit == "w" else 0
    offset = _local(start_us, zone).utcoffset()
    assert offset is not None
    return -int(offset / timedelta(microseconds=1))


def calendar_edges(interval: Interval, zone: ZoneInfo, start_us: int, end_us: int) -> Micros:
    """Limits of the calendar buckets that cover [start, end): ascending int64[m + 1].

    Days are counted from 1970-01-01, weeks from Monday 1970-01-05, both local. A day without a
    midnight begins at its first moment; a day the zone skipped has no bucket.
    """
    days = interval.count * (7 if interval.unit == "w" else 1)
    anchor = _FIRST_MONDAY if interval.unit == "w" else _FIRST_DAY
    first = _local(start_us, zone).toordinal()
    # one bucket early: near the ends of time the local date is not exact, and extras go below
    ordinal = (first - anchor.toordinal()) // days * days + anchor.toordinal() - days
    edges: list[int] = []
    while True:
        edge = _midnight(ordinal, zone)
        if not edges or edge > edges[-1]:
            edges.append(edge)
        if edge >= end_us:
            break
        ordinal += days
    while len(edges) > 2 and edges[1] <= start_us:
        del edges[0]
    return np.array(edges, np.int64)


def bucket_count(interval: Interval, start_us: int, end_us: int) -> int:
    """How many buckets cover [start, end), at most (for bounds; alignment may take one off)."""
    return max(0, end_us - start_us) // interval.width_us + 2


_NICE_US = (
    *(n * f for f in (1, 10, 100, 1_000, 10_000, 100_000) for n in (1, 2, 5)),
    *(n * US for n in (1, 2, 5, 10, 15, 30)),
    *(n * 60 * US for n in (1, 2, 5, 10, 15, 30)),
    *(n * 3600 * US for n in (1, 2, 3, 4, 6, 8, 12)),
    *(n * 86_400 * US for n in (1, 2, 4, 7, 14, 28, 56, 112, 365)),
)
assert all(a < b for a, b in pairwise(_NICE_US))


def nice_grid(start_us: int, end_us: int, max_buckets: int) -> tuple[int, int]:
    """(width, origin) of the finest round grid that covers [start, end) in max_buckets.

    Grids begin at 1970. Where none of up to a year will do, the span is cut in equal parts.
    """
    span = max(1, end_us - start_us)
    place = max(0, bisect_right(_NICE_US, span // max_buckets) - 1)
    for width in _NICE_US[place:]:
        if (end_us - 1) // width - start_us // width + 1 <= max_buckets:
            return width, 0
    return -(-span // max_buckets), start_us


def _midnight(ordinal: int, zone: ZoneInfo) -> int:
    """The first moment of a local day; the ends of time where a day lies beyond them."""
    try:
        day = date.fromordinal(ordinal)
        return from_datetime(datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC))
    except (ValueError, OverflowError):
        return MIN_US if ordinal < _FIRST_DAY.toordinal() else MAX_US + 1


def _local(us: int, zone: ZoneInfo) -> datetime:
    """The moment on the zone's clock, a day away from the ends of time at least."""
    us = min(max(us, MIN_US + 86_400 * US), MAX_US - 86_400 * US)
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)).astimezone(zone)
