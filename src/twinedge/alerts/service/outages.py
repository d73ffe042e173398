"""Data sources that are down, as the sources room tells it."""

from collections.abc import Mapping
from dataclasses import replace

from twinedge.alerts.service.surroundings import SETTLE_US, SourceOutage
from twinedge.kit.clock import US, Clock

DELAY_US = 10 * US
"""A source has to be down for so long before people hear of it: most links come back at once."""

_DOWN = {"backoff", "config_error"}
_UP = {"connected", "degraded", "disabled", "deleted"}


class Outages:
    """Remembers since when each source is down. While it is, its tags' alerts are suppressed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._down: dict[str, SourceOutage] = {}
        self._told: set[str] = set()
        """Sources with an open alert."""
        self.changed = False
        """Whether alerts have to be looked at again."""

    def load(self, open_alerts: Mapping[str, tuple[int, str]]) -> None:
        """Sources whose alert is open from before the start: down until they say otherwise."""
        for source_id, (since_us, message) in open_alerts.items():
            self._down.setdefault(source_id, SourceOutage(since_us, message, source_id))
            self._told.add(source_id)

    def note(self, source_id: str, name: str, state: str, reason: str | None) -> None:
        """A source changed its state; `state` is one of the sources room's words.

        Unknown words and `connecting` change nothing.
        """
        now_us = self._clock.now_us()
        known = self._down.get(source_id)
        if state in _DOWN and (known is None or known.back_us is not None):
            again = known is not None and source_id in self._told
            since = known.since_us if known is not None and again else now_us
            self._down[source_id] = SourceOutage(since, reason or "no reason given", name)
            self.changed = True
        elif state in _UP and known is not None and known.back_us is None:
            self._down[source_id] = replace(known, back_us=now_us)
            self.changed = True

    def current(self, now_us: int) -> dict[str, SourceOutage]:
        """Sources that are down, or came back less than SETTLE_US ago."""
        settled = [
            source_id
            for source_id, outage in self._down.items()
            if outage.back_us is not None
            and now_us - outage.back_us >= SETTLE_US
            and source_id not in self._told
        ]
        for source_id in settled:
            del self._down[source_id]
        return dict(self._down)

    def take_to_open(self, now_us: int) -> dict[str, SourceOutage]:
        """Outages long enough for an alert, each once."""
        due = {
            source_id: outage
            for source_id, outage in self._down.items()
            if source_id not in self._told
            and outage.back_us is None
            and now_us - outage.since_us >= DELAY_US
        }
        self._told |= due.keys()
        return due

    def take_ended(self) -> dict[str, int]:
        """Told outages whose source came back -> when; each once."""
        ended = {
            source_id: outage.back_us
            for source_id, outage in self._down.items()
            if source_id in self._told and outage.back_us is not None
        }
        self._told -= ended.keys()
        return ended
