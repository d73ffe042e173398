"""When the engine was last known to live, so that a stop is not taken for the silence of tags."""

from twinedge.kit.clock import US, Clock

BEAT_S = 1.0
"""How often the engine's life is written down while some rule waits for a silence."""
DOWNTIME_US = 2 * US
"""A shorter stop does not move the clock of silent tags."""
JUMP_US = US
"""The system clock was set when it ran ahead of, or behind, the steady one by more than this."""


class Pulse:
    """The engine's sense of time passing: beats, and settings of the system clock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._wall_us = clock.now_us()
        self._steady_s = clock.monotonic_s()
        self.beat_us: int | None = None
        """The last moment written down; None until the engine is up to date."""

    def is_due(self) -> bool:
        """Whether the last beat is a second old, or in the future as after a set clock."""
        if self.beat_us is None:
            return False
        return abs(self._clock.now_us() - self.beat_us) >= BEAT_S * US

    def take_jump(self) -> int:
        """By how many microseconds the system clock was set since the last call; 0 if it was not.

        A machine that slept counts as one whose clock was set: nobody was listening.
        """
        wall_us, steady_s = self._clock.now_us(), self._clock.monotonic_s()
        jump_us = wall_us - self._wall_us - round((steady_s - self._steady_s) * US)
        self._wall_us, self._steady_s = wall_us, steady_s
        return jump_us if abs(jump_us) > JUMP_US else 0


def downtime_us(alive_us: int | None, now_us: int) -> int:
    """How long nobody listened; 0 for a short stop, or when the clock was set back meanwhile."""
    if alive_us is None or now_us - alive_us <= DOWNTIME_US:
        return 0
    return now_us - alive_us
