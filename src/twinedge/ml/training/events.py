"""Labelled stretches as events: which were noticed, when, and what else was alarmed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import Table

_WEEK_US = 7 * 86_400e6

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Event:
    """One labelled stretch. Row numbers of the table: start, last, and the first alarm or None."""

    start: int
    last: int
    detected: int | None


def find_events(table: Table, truth: Flags, alarm: Flags) -> list[Event]:
    """Each stretch of labelled rows of a unit.

    It is detected by an alarm within it, or by one that is on when it begins; of that, no more
    counts as early than the stretch is long.
    """
    found = []
    for rows in table.units():
        for start, end in stretches(truth[rows]):
            within = np.flatnonzero(alarm[rows[start:end]])
            detected = start + int(within[0]) if len(within) else None
            if detected == start:
                earliest = max(start - (end - start), 0)
                while detected > earliest and alarm[rows[detected - 1]]:
                    detected -= 1
            found.append(
                Event(
                    int(rows[start]), int(rows[end - 1]),
                    None if detected is None else int(rows[detected]),
                )
            )  # fmt: skip
    return found


def stretches(flags: Flags) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of true."""
    edges = np.diff(np.concatenate([[0], flags.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def scorecard(
    table: Table, truth: Flags, alarm: Flags, events: list[Event]
) -> dict[str, float | int | None]:
    """Events noticed, how late after their start and how long before their end; false alarms.

    A false alarm is a run of alarmed rows that touches no labelled row.
    """
    noticed = [event for event in events if event.detected is not None]
    false = sum(
        not truth[rows[start:end]].any()
        for rows in table.units()
        for start, end in stretches(alarm[rows])
    )
    found: dict[str, float | int | None] = {
        "events": len(events),
        "events_noticed": len(noticed),
        "false_alarms": false,
        "median_delay_rows": _median(
            [e.detected - e.start for e in noticed if e.detected is not None]
        ),
        "median_lead_seconds": _median([s for e in noticed if (s := lead_s(table, e)) is not None]),
        "false_alarms_per_week": None,
    }
    if table.step_us:
        weeks = float((~truth).sum()) * table.step_us / _WEEK_US
        found["false_alarms_per_week"] = false / weeks if weeks else None
    return found


def lead_s(table: Table, event: Event) -> float | None:
    """Seconds from the first alarm to the end of the labelled stretch; None without times."""
    if event.detected is None or table.times is None:
        return None
    return float(table.times[event.last] - table.times[event.detected]) / 1e6


def _median(values: list[float] | list[int]) -> float | None:
    return float(np.median(values)) if values else None
