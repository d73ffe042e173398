"""Time as microseconds since 1970 UTC (int64), and its ISO 8601 form."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

US = 1_000_000
"""Microseconds in a second."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_US = timedelta(microseconds=1)
MIN_US = -62_135_596_800 * US
MAX_US = 253_402_300_800 * US - 1
"""Years 1 to 9999, the range ISO 8601 and `datetime` can write."""


class Clock(Protocol):
    """Where the code reads the time from; tests pass one they move by hand."""

    def now_us(self) -> int:
        """Wall clock in microseconds since 1970 UTC."""
        ...

    def monotonic_s(self) -> float:
        """Seconds that never jump, for time-outs and rates."""
        ...


class SystemClock:
    """The machine's own clocks."""

    def now_us(self) -> int:
        return time.time_ns() // 1000

    def monotonic_s(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until `advance` is called; for tests and replays."""

    def __init__(self, start_us: int = 1_767_225_600 * US) -> None:
        self._us = start_us

    def now_us(self) -> int:
        return self._us

    def monotonic_s(self) -> float:
        return self._us / US

    def advance(self, seconds: float) -> None:
        self._us += round(seconds * US)


def to_iso(us: int) -> str:
    """Write microseconds as ISO 8601 UTC with `Z`; a fraction only when it is not zero."""
    moment = _EPOCH + timedelta(microseconds=us)
    text = moment.replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if moment.microsecond else text) + "Z"


def from_datetime(moment: datetime) -> int:
    """Microseconds of a datetime; one without offset is read as UTC. Exact, no float on the way."""
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // _ONE_US


def from_iso(text: str) -> int:
    """Read an ISO 8601 time into microseconds since 1970 UTC.

    Any offset is accepted, none means UTC, a plain date is midnight UTC, and digits beyond the
    microsecond are cut. Raises ValueError with a reason in plain words, also for a time that its
    offset moves out of the years 1 to 9999.
    """
    try:
        us = from_datetime(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        us = MIN_US - 1
    if not MIN_US <= us <= MAX_US:
        shown = text if len(text) <= 40 else text[:40] + "…"
        raise ValueError(f"{shown!r} is not an ISO 8601 time such as 2026-01-06T10:00:00Z")
    return us
