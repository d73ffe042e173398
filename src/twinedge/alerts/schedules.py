"""When a schedule applies: pure, in event time, true to the local clock over DST."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from twinedge.alerts.model import Schedule, Window
from twinedge.kit.clock import US, from_datetime

_DAY_MIN = 1440
_SEARCH_DAYS = 9
_FIRST = from_datetime(datetime(1, 1, 10, tzinfo=UTC))
_LAST = from_datetime(datetime(9999, 12, 20, tzinfo=UTC))
"""The calendar's ends, with room to look around; a moment beyond is judged as its end."""


def covers(schedule: Schedule, ts: int) -> bool:
    """Whether the moment (microseconds UTC) is inside any window."""
    ts = _within_calendar(ts)
    return any(start <= ts < end for start, end in _spans(schedule, _local_day(schedule, ts)))


def next_change(schedule: Schedule, ts: int) -> int | None:
    """The next moment strictly after ts at which `covers` changes; None if it never does.

    Looks nine days ahead: a weekly pattern that has not changed by then never will.
    """
    ts = _within_calendar(ts)
    merged = _merged(_spans(schedule, _local_day(schedule, ts)))
    return next((edge for span in merged for edge in span if edge > ts), None)


def _merged(spans: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    if merged and merged[0][1] - merged[0][0] >= _SEARCH_DAYS * 23 * 3600 * US:
        return []  # round the clock: the only edges are those of the search itself
    return merged


def _local_day(schedule: Schedule, ts: int) -> int:
    zone = ZoneInfo(schedule.timezone)
    return (datetime.fromtimestamp(ts // US, UTC).astimezone(zone)).date().toordinal()


def _within_calendar(ts: int) -> int:
    return min(max(ts, _FIRST), _LAST)


@lru_cache(maxsize=4096)
def _spans(schedule: Schedule, day: int) -> tuple[tuple[int, int], ...]:
    """All windows as UTC spans [start, end) that start on the day before, the day, or after."""
    spans = []
    for ordinal in range(day - 1, day + _SEARCH_DAYS):
        for window in schedule.windows:
            if datetime.fromordinal(ordinal).weekday() in window.weekdays:
                start, end = _span(schedule.timezone, window, ordinal)
                if start < end:
                    spans.append((start, end))
    return tuple(spans)


def _span(timezone: str, window: Window, ordinal: int) -> tuple[int, int]:
    overnight = _DAY_MIN if window.to_min <= window.from_min else 0
    return (
        _moment(timezone, ordinal, window.from_min),
        _moment(timezone, ordinal, window.to_min + overnight),
    )


def _moment(timezone: str, ordinal: int, minutes: int) -> int:
    """A local wall time as microseconds UTC; one that DST skips is read by the old offset."""
    local = datetime.fromordinal(ordinal) + timedelta(minutes=minutes)
    return from_datetime(local.replace(tzinfo=ZoneInfo(timezone)))
