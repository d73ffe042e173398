"""Causal rolling features: row t looks at rows up to t only."""

import numpy as np

from twinedge.ml.algorithms.model import Floats

FIRST_ROWS = 10
"""Rows at a unit's start that its drift is measured from."""


def rolling_mean(before: Floats, rows: Floats, window: int) -> Floats:
    """Mean over the last `window` rows, of `before` too; shorter where there are not so many."""
    if window == 1:
        return rows
    mean, _spread = rolling_moments(before, rows, window)
    return mean


def rolling_moments(before: Floats, rows: Floats, window: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation over the last `window` rows, shorter at the start."""
    if len(rows) == 0:
        return rows, rows
    past = before[-(window - 1) :] if window > 1 else before[:0]
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


def widen(before: Floats, rows: Floats, window: int, origin: Floats) -> Floats:
    """The rows, their rolling mean and spread, and the mean's drift from the unit's origin."""
    mean, spread = rolling_moments(before, rows, window)
    return np.hstack([rows, mean, spread, mean - origin])
