"""Keeps a dead unit from eating the bus it shares with the living. Pure; the caller tells time."""

OPENS_AFTER = 2
"""Time-outs in a row until a unit counts as silent."""

_PAUSES_S = (5.0, 10.0, 20.0, 30.0)
_SHARE = 0.05
"""The most of the bus's time that a silent unit may cost for long."""


class Breaker:
    """One unit: closed while it answers; else it is asked once a pause, 5, 10, 20, 30, 30 … s.

    A time-out of more than 1.5 s lengthens the last pause, so that the unit costs below 5 %.
    """

    def __init__(self) -> None:
        self._timeouts = 0
        self._probes = 0
        self._next_s = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the unit counts as silent."""
        return self._timeouts >= OPENS_AFTER

    def may_ask(self, now_s: float) -> bool:
        return not self.is_open or now_s >= self._next_s

    def wait_s(self, now_s: float) -> float:
        """Seconds until the unit may be asked again; 0 when it may now."""
        return max(0.0, self._next_s - now_s) if self.is_open else 0.0

    def answered(self) -> None:
        """Any answer, an exception too."""
        self._timeouts = self._probes = 0

    def timed_out(self, now_s: float, timeout_s: float) -> None:
        self._timeouts += 1
        if self.is_open:
            last = len(_PAUSES_S) - 1
            pause_s = _PAUSES_S[min(self._probes, last)]
            if self._probes >= last:
                pause_s = max(pause_s, timeout_s / _SHARE)
            self._probes += 1
            self._next_s = now_s + pause_s
