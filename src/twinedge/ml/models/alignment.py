"""Points of one asset's tags, which come when they like, made into whole rows."""

from collections.abc import Sequence

from twinedge.ml.models.model import Missing

Row = tuple[int, list[float]]
"""(time in microseconds, one value a feature)"""
_NEVER = -(2**62)


class Aligner:
    """One asset's rows on a grid of `step_us`.

    A row is given out as soon as every feature has a point in its step, else when a later step
    begins; its time is that of its newest point. Features without a point in the step hold their
    last value up to `max_age_us`; for older ones `missing` says what happens, and `middles` are the
    features' values at training. Points of steps already given out are late and change nothing.
    Measured: 0.5 us a point.
    """

    def __init__(
        self, step_us: int, max_age_us: int, missing: Missing, middles: Sequence[float]
    ) -> None:
        self.step_us = step_us
        self._max_age_us = max_age_us
        self._missing = missing
        self._middles = middles
        self._values = list(middles)
        self._times = [_NEVER] * len(middles)
        self._held: dict[int, tuple[int, float]] = {}
        self._step: int | None = None
        self._given = [_NEVER] * len(middles)
        self._fresh = 0
        self._done = _NEVER

    def hold(self, feature: int, ts: int, value: float) -> None:
        """Know a stored value. It counts from its own step on: what is read from the store may be
        newer than points that still wait in the stream."""
        self._held[feature] = (ts, value)

    def lose(self, feature: int) -> None:
        """The feature's source is gone: what was held counts as missing, unless it is to be held
        for ever."""
        if self._missing is not Missing.HOLD:
            self._times[feature] = _NEVER
            self._held.pop(feature, None)

    def done_until(self, ts: int) -> None:
        """Rows up to the step of this time were given out before."""
        self._done = ts // self.step_us

    def push(self, feature: int, ts: int, value: float) -> Sequence[Row]:
        """Take one point; answers the rows that became whole (hardly ever more than one)."""
        step = ts // self.step_us
        current = self._step
        if step <= self._done or (current is not None and step < current):
            return ()
        rows: Sequence[Row] = ()
        if step != current:
            if current is not None:
                rows = self._close(current)
            self._open(step)
        if self._given[feature] != step:
            self._given[feature] = step
            self._fresh += 1
        if ts >= self._times[feature]:
            self._values[feature], self._times[feature] = value, ts
        if self._fresh == len(self._times):
            rows = [*rows, *self._close(step)]
            self._step = None
        return rows

    def _open(self, step: int) -> None:
        self._step, self._fresh = step, 0
        for feature, (ts, value) in list(self._held.items()):
            if ts // self.step_us <= step:
                del self._held[feature]
                if ts > self._times[feature]:
                    self._values[feature], self._times[feature] = value, ts

    def _close(self, step: int) -> Sequence[Row]:
        self._done = step
        newest = max(self._times)
        oldest = newest - self._max_age_us
        if min(self._times) >= oldest:
            return [(newest, self._values.copy())]
        row = self._values.copy()
        for feature, ts in enumerate(self._times):
            if ts >= oldest:
                continue
            if self._missing is Missing.MEAN:
                row[feature] = self._middles[feature]
            elif self._missing is Missing.SKIP or ts == _NEVER:
                return ()
        return [(newest, row)]
