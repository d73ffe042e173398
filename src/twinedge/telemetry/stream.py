"""The live stream: every stored batch, to every subscriber, in order.

Guarantee: a batch is published once, after it is stored, in the order of publishing. Each
subscriber has a queue of its own with a bound; when it is full the oldest batch goes, `dropped`
counts the points, and the subscriber sees it by `take_gap`. So a slow reader costs the others
nothing. Nothing is kept for those who subscribe later.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from types import TracebackType

from twinedge.kit.clock import MAX_US
from twinedge.telemetry.model import Batch


class Subscription:
    """One reader's end of the stream: an async iterator of batches and a context manager."""

    def __init__(self, stream: "Stream", name: str, max_points: int) -> None:
        self.name = name
        self.dropped = 0
        self._stream = stream
        self._max_points = max_points
        self._queue: deque[Batch] = deque()
        self._queued_points = 0
        self._gap = 0
        self._wakeup = asyncio.Event()
        self._closed = False

    @property
    def queued_points(self) -> int:
        return self._queued_points

    @property
    def waiting_since_us(self) -> int:
        """When the oldest batch arrived that waits; the end of time when none does."""
        return self._queue[0].arrived_us if self._queue else MAX_US

    def take_gap(self) -> int:
        """Points dropped since the last call."""
        gap, self._gap = self._gap, 0
        return gap

    def drain(self) -> list[Batch]:
        """All batches waiting now, without waiting for more."""
        batches = list(self._queue)
        self._queue.clear()
        self._queued_points = 0
        return batches

    async def get(self) -> Batch | None:
        """The next batch; None when the subscription was closed and nothing is left."""
        while not self._queue:
            if self._closed:
                return None
            self._wakeup.clear()
            await self._wakeup.wait()
        batch = self._queue.popleft()
        self._queued_points -= len(batch)
        return batch

    async def __aiter__(self) -> AsyncIterator[Batch]:
        while (batch := await self.get()) is not None:
            yield batch

    def close(self) -> None:
        self._closed = True
        self._stream.forget(self)
        self._wakeup.set()

    def __enter__(self) -> "Subscription":
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _value: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self.close()

    def offer(self, batch: Batch) -> None:
        """Called by the stream; never blocks."""
        self._queue.append(batch)
        self._queued_points += len(batch)
        while self._queued_points > self._max_points and len(self._queue) > 1:
            oldest = self._queue.popleft()
            self._queued_points -= len(oldest)
            self.dropped += len(oldest)
            self._gap += len(oldest)
        self._wakeup.set()


class Stream:
    """Fan-out of stored batches inside the process; used from the event loop only."""

    def __init__(self) -> None:
        self._subscriptions: list[Subscription] = []

    @property
    def subscriptions(self) -> tuple[Subscription, ...]:
        return tuple(self._subscriptions)

    def publish(self, batch: Batch) -> None:
        """Hand the batch to every subscriber; never blocks, never fails."""
        for subscription in self._subscriptions:
            subscription.offer(batch)

    def subscribe(self, name: str, max_points: int = 1_000_000) -> Subscription:
        """Start reading from now on. max_points bounds the queue (one batch is always kept)."""
        subscription = Subscription(self, name, max_points)
        self._subscriptions.append(subscription)
        return subscription

    def forget(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)
