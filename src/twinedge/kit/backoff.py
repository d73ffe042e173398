"""Delays between attempts: exponential with full jitter, so that a plant does not retry in step."""

import random


class Backoff:
    """Full-jitter exponential back-off (AWS Architecture Blog, "Exponential Backoff And Jitter").

    `next_s()` is uniform between `floor_s` and a ceiling that doubles from `first_s` to `cap_s`.
    """

    def __init__(
        self,
        first_s: float = 0.5,
        cap_s: float = 30.0,
        floor_s: float = 0.1,
        rng: random.Random | None = None,
    ) -> None:
        self._first_s = first_s
        self._cap_s = cap_s
        self._floor_s = floor_s
        self._rng = rng or random.Random()
        self._attempts = 0

    def next_s(self) -> float:
        """Seconds to wait before the next attempt."""
        ceiling = min(self._cap_s, self._first_s * 2.0 ** min(self._attempts, 30))
        self._attempts += 1
        return self._rng.uniform(min(self._floor_s, ceiling), ceiling)

    def reset(self) -> None:
        """Back to the first delay; call when the link has been good for a while."""
        self._attempts = 0
