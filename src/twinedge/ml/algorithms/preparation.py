"""Prepares raw rows for the core: rolling statistics, lags and pairs, all causal.

Training and scoring both come through `prepare`, so a model sees live what it learned from.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import STATISTICS, Floats, Preparation, Table
from twinedge.ml.algorithms.state import State

FIRST_ROWS = 10
"""Rows at a unit's start that its drift is measured from."""
MAX_CROSSED = 16
"""Features up to which pairs are crossed."""


_AS_THEY_ARE = Preparation()


def columns(plan: Preparation, features: Sequence[str]) -> list[tuple[str, tuple[int, ...]]]:
    """Each prepared column: its name, and the numbers of the features it is made of."""
    every = range(len(features))
    found: list[tuple[str, tuple[int, ...]]] = []
    for statistic in _ordered(plan):
        ending = "" if statistic == "value" else f".{statistic}{plan.window}"
        found += [(f"{features[i]}{ending}", (i,)) for i in every]
    for lag in plan.lags:
        found += [(f"{features[i]}.lag{lag}", (i,)) for i in every]
    for i, j in _pairs(plan, len(features)):
        found.append((f"{features[i]} - {features[j]}", (i, j)))
    for i, j in _pairs(plan, len(features)):
        found.append((f"{features[i]} * {features[j]}", (i, j)))
    return found


def owners(plan: Preparation, width: int) -> Floats:
    """float64[prepared, features]: how a prepared column's blame goes back to raw features."""
    places = columns(plan, [""] * width)
    out = np.zeros((len(places), width))
    for number, (_name, made_of) in enumerate(places):
        out[number, list(made_of)] = 1 / len(made_of)
    return out


def prepare(plan: Preparation, rows: Floats, state: State) -> Floats:
    """Rows float64[n, d] of one unit, in time order, as float64[n, prepared]; moves `state` on."""
    if plan == _AS_THEY_ARE:
        state.seen += len(rows)
        return rows
    origin = _origin(rows, state) if "drift" in plan.statistics else None
    past = state.tail
    parts = _statistics(plan, past, rows, origin)
    if plan.lags and len(rows):
        every = np.concatenate([past, rows])
        number = np.arange(len(past), len(every))
        # before the first row there is nothing but the first row
        parts += [every[np.maximum(number - lag, 0)] for lag in plan.lags]
    elif plan.lags:
        parts += [rows for _lag in plan.lags]
    if pairs := _pairs(plan, rows.shape[1]):
        one, two = (list(side) for side in zip(*pairs, strict=True))
        parts += [rows[:, one] - rows[:, two], rows[:, one] * rows[:, two]]
    keep = plan.memory
    state.tail = np.concatenate([past, rows])[-keep:] if keep else past[:0]
    state.seen += len(rows)
    return parts[0] if len(parts) == 1 else np.hstack(parts)


def prepare_table(plan: Preparation, table: Table) -> Floats:
    """All rows of a table, each unit for itself."""
    units = table.units()
    width = len(table.names)
    if len(units) == 1:
        return prepare(plan, table.features, State.empty(width, 0))
    out = np.empty((len(table), len(columns(plan, table.names))))
    for rows in units:
        out[rows] = prepare(plan, table.features[rows], State.empty(width, 0))
    return out


def start_of(table: Table, plan: Preparation) -> dict[str, NDArray[Any]]:
    """Medians for explanations, and the memory at the end of training (of ungrouped rows)."""
    rows, keep = table.features, plan.memory
    return {
        "median": np.median(rows, axis=0),
        "tail": rows[-keep:] if keep else rows[:0],
        "raws": np.empty(0),
        "first": rows[:FIRST_ROWS].sum(axis=0),
        "seen": np.array(len(rows)),
    }


def _ordered(plan: Preparation) -> list[str]:
    return [name for name in STATISTICS if name in plan.statistics]


def _pairs(plan: Preparation, width: int) -> list[tuple[int, int]]:
    if not plan.interactions or width > MAX_CROSSED:
        return []
    return list(itertools.combinations(range(width), 2))


def _origin(rows: Floats, state: State) -> Floats:
    """Mean of the unit's first rows, as far as they go; moves `first` on."""
    seen = state.seen + np.arange(1, len(rows) + 1)
    within = np.where((seen <= FIRST_ROWS)[:, None], rows, 0.0)
    sums = state.first + np.cumsum(within, axis=0)
    state.first = state.first + within.sum(axis=0)
    origin: Floats = sums / np.minimum(seen, FIRST_ROWS)[:, None]
    return origin


def _statistics(
    plan: Preparation, before: Floats, rows: Floats, origin: Floats | None
) -> list[Floats]:
    wanted = _ordered(plan)
    past = before[-(plan.window - 1) :] if plan.window > 1 else before[:0]
    made: dict[str, Floats] = {"value": rows}
    if wanted == ["mean"] and len(rows) == 1:  # the scorer's usual case, several times faster
        return [(np.add.reduce(past) + rows) / (len(past) + 1)]
    if {"mean", "std", "drift"} & set(wanted):
        mean, made["std"] = _moments(past, rows, plan.window)
        made["mean"] = mean
        if origin is not None:
            made["drift"] = mean - origin
    if {"min", "max"} & set(wanted):
        made["min"], made["max"] = _extremes(past, rows, plan.window)
    return [made[name] for name in wanted]


def _moments(past: Floats, rows: Floats, window: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation over the last `window` rows, shorter at the start."""
    if window == 1 or len(rows) == 0:
        return rows, np.zeros_like(rows)
    every = np.concatenate([past, rows])
    offset = every[0]  # sums of differences from a real row keep their digits
    shifted = every - offset
    zero = np.zeros((1, every.shape[1]))
    sums = np.concatenate([zero, np.cumsum(shifted, axis=0)])
    squares = np.concatenate([zero, np.cumsum(shifted**2, axis=0)])
    end = np.arange(len(past), len(every)) + 1
    start = np.maximum(end - window, 0)
    count = (end - start)[:, None]
    mean = (sums[end] - sums[start]) / count
    variance = (squares[end] - squares[start]) / count - mean**2
    return mean + offset, np.sqrt(np.maximum(variance, 0.0))


def _extremes(past: Floats, rows: Floats, window: int) -> tuple[Floats, Floats]:
    """Smallest and largest over the last `window` rows, shorter at the start."""
    if window == 1 or len(rows) == 0:
        return rows, rows
    from scipy.ndimage import maximum_filter1d, minimum_filter1d

    every = np.concatenate([past, rows])
    back = {"size": window, "axis": 0, "origin": window - 1 - window // 2, "mode": "constant"}
    low = minimum_filter1d(every, cval=np.inf, **back)[len(past) :]
    high = maximum_filter1d(every, cval=-np.inf, **back)[len(past) :]
    return low, high
