"""Events per second, forgetting exponentially."""

import math

MEMORY_S = 10.0


class Rate:
    """An average over about `memory_s`; right from the first second on (no slow start)."""

    def __init__(self, now_s: float, memory_s: float = MEMORY_S) -> None:
        self._memory_s = memory_s
        self._started_s = self._last_s = now_s
        self._weight = 0.0

    def add(self, count: int, now_s: float) -> None:
        """So many events happened now."""
        self._fade(now_s)
        self._weight += count

    def per_second(self, now_s: float) -> float:
        """The rate as of now."""
        self._fade(now_s)
        age_s = max(now_s - self._started_s, 1.0)
        return self._weight / (self._memory_s * -math.expm1(-age_s / self._memory_s))

    def _fade(self, now_s: float) -> None:
        self._weight *= math.exp(-(now_s - self._last_s) / self._memory_s)
        self._last_s = now_s
