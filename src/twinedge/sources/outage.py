"""When to try again: quickly while an outage is young, rarely when it is old."""

import random

from twinedge.kit.backoff import Backoff

YOUNG_S = 60.0
YOUNG_CAP_S = 2.0
OLD_CAP_S = 30.0
GOOD_S = 30.0
"""A link that held this long ends the outage; one that drops sooner continues it."""


class Outage:
    """The delays between attempts at one device.

    In the first minute at most 2 s, so that a device that was merely restarted is back within a
    few seconds; then doubling up to 30 s. All with full jitter. Times are monotonic seconds. A long
    wait ends early when the device's port opens (knock.py).
    """

    def __init__(self, rng: random.Random | None = None) -> None:
        self._young = Backoff(cap_s=YOUNG_CAP_S, rng=rng)
        self._old = Backoff(cap_s=OLD_CAP_S, first_s=YOUNG_CAP_S, rng=rng)
        self._down_s: float | None = None
        self._up_s: float | None = None

    def up(self, now_s: float) -> None:
        """Data arrives."""
        if self._up_s is None:
            self._up_s = now_s

    def down(self, now_s: float) -> float:
        """An attempt failed or a link was lost; seconds to wait before the next attempt."""
        if self._up_s is not None and now_s - self._up_s >= GOOD_S:
            self.reset()
        self._up_s = None
        if self._down_s is None:
            self._down_s = now_s
        return (self._young if now_s - self._down_s < YOUNG_S else self._old).next_s()

    def reset(self) -> None:
        """A person changed something or asked for an attempt: begin anew."""
        self._young.reset()
        self._old.reset()
        self._down_s = self._up_s = None
