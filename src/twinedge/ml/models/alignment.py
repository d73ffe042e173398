"""Points of one asset's tags, which come when they like, made into whole rows."""

import numpy as np

from twinedge.ml.algorithms.model import Floats


class Aligner:
    """One asset's rows on a grid of `step_us`.

    A row is given out as soon as every feature has a point in its step, else when a later step
    begins; features without a point hold their last value up to `max_age_us`. A row that lacks a
    value is not given out. Points of steps already given out are late and change nothing.
    """

    def __init__(self, width: int, step_us: int, max_age_us: int) -> None:
        self._step_us = step_us
        self._max_age_us = max_age_us
        self._values = np.full(width, np.nan)
        self._times = np.full(width, -(2**62), np.int64)
        self._step: int | None = None
        self._done: int | None = None

    def hold(self, feature: int, ts: int, value: float) -> None:
        """Know a value from before the first row."""
        self._values[feature], self._times[feature] = value, ts

    def done_until(self, ts: int) -> None:
        """Rows up to the step of this time were given out before."""
        self._done = ts // self._step_us

    def push(self, feature: int, ts: int, value: float) -> list[tuple[int, Floats]]:
        """Take one point; answers the rows that became whole, as (time, values)."""
        step = ts // self._step_us
        if self._done is not None and step <= self._done:
            return []
        rows: list[tuple[int, Floats]] = []
        if self._step is not None and step < self._step:
            return rows
        if self._step is not None and step > self._step:
            rows += self._close(self._step)
        self._step = step
        self.hold(feature, ts, value)
        if bool((self._times // self._step_us == step).all()):
            rows += self._close(step)
            self._step = None
        return rows

    def _close(self, step: int) -> list[tuple[int, Floats]]:
        self._done = step
        newest = int(self._times.max())
        if np.isnan(self._values).any() or newest - int(self._times.min()) > self._max_age_us:
            return []
        return [(newest, self._values.copy())]
