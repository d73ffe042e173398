"""Changes of alerts, live: to every subscriber, in order, inside the process.

Guarantee: an alert is published after its change is on disk. Each subscriber has a queue of its
own, bounded: when it is full the oldest goes and `take_gap` counts it. Nothing is kept for later.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from types import TracebackType

from twinedge.alerts.model import Alert

QUEUE_MAX = 10_000


class FeedReader:
    """One reader's end: an async iterator of alerts as they stand after each change."""

    def __init__(self, feed: "AlertFeed") -> None:
        self._feed = feed
        self._queue: deque[Alert] = deque(maxlen=QUEUE_MAX)
        self._wakeup = asyncio.Event()
        self._gap = 0

    def offer(self, alert: Alert) -> None:
        self._gap += len(self._queue) == QUEUE_MAX
        self._queue.append(alert)
        self._wakeup.set()

    def take_gap(self) -> int:
        """Alerts dropped since the last call."""
        gap, self._gap = self._gap, 0
        return gap

    async def __aiter__(self) -> AsyncIterator[Alert]:
        while True:
            while self._queue:
                yield self._queue.popleft()
            self._wakeup.clear()
            await self._wakeup.wait()

    def __enter__(self) -> "FeedReader":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _value: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._feed.forget(self)


class AlertFeed:
    """Fan-out of changed alerts; used from the event loop only."""

    def __init__(self) -> None:
        self._readers: list[FeedReader] = []

    def subscribe(self) -> FeedReader:
        """Read from now on; use as a context manager."""
        reader = FeedReader(self)
        self._readers.append(reader)
        return reader

    def publish(self, alerts: Sequence[Alert]) -> None:
        for reader in self._readers:
            for alert in alerts:
                reader.offer(alert)

    def forget(self, reader: FeedReader) -> None:
        if reader in self._readers:
            self._readers.remove(reader)
