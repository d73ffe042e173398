"""From messages to stored points: batches, tags that come to light, acknowledgement after the disk.

Guarantee: a message of QoS 1 or 2 is acknowledged after `deliver` returned, or when nothing in it
can ever be stored (counted, last five kept). Order per topic is kept. When more than 20 000
messages or 32 MB wait, the socket is not read until half of them are stored; nothing is dropped.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from twinedge.assets.model import NewTag
from twinedge.connectors.mqtt.broker import Message
from twinedge.connectors.mqtt.mapping import Mapping, Point, Slot
from twinedge.connectors.mqtt.payload import BadPayload, kind_of
from twinedge.kit.clock import Clock
from twinedge.kit.errors import Unavailable
from twinedge.sources.ports import Sink
from twinedge.telemetry.model import Batch, Quality, batch_of

_LINGER_S = 0.005
"""Wait for company, so that a burst shares one commit; far below what anybody sees."""
_MOST_MESSAGES = 20_000
_MOST_BYTES = 32_000_000
_A_BATCH = 1000
_RETRY_S = 0.5
_REFUSED_S = 60.0
_KEPT = 5
_KEPT_BYTES = 2048


@dataclass(frozen=True, slots=True)
class Reject:
    """A payload that gave no value, for people to look at."""

    topic: str
    payload: bytes
    reason: str


class Intake:
    """The queue between a broker and the sink."""

    def __init__(
        self,
        sink: Sink,
        clock: Clock,
        max_tags: int,
        pause: Callable[[bool], None],
        acknowledge: Callable[[Sequence[Message]], None],
    ) -> None:
        self.mapping = Mapping((), ())
        self.rejected = 0
        self.rejects: deque[Reject] = deque(maxlen=_KEPT)
        self._sink = sink
        self._clock = clock
        self._max_tags = max_tags
        self._pause = pause
        self._acknowledge = acknowledge
        self._queue: deque[Message] = deque()
        self._queued_bytes = 0
        self._is_paused = False
        self._wakeup = asyncio.Event()
        self._discovered: set[tuple[str, str]] = set()
        self._faulty: set[int] = set()

    @property
    def is_paused(self) -> bool:
        """Whether the socket is not being read, so that the broker only seems silent."""
        return self._is_paused

    def put(self, message: Message) -> None:
        """Called for every message; never blocks."""
        self._queue.append(message)
        self._queued_bytes += len(message.payload)
        if not self._is_paused and (
            len(self._queue) > _MOST_MESSAGES or self._queued_bytes > _MOST_BYTES
        ):
            self._is_paused = True
            self._pause(True)
        self._wakeup.set()

    async def run(self) -> None:
        """Store what comes, until cancelled."""
        while True:
            if not self._queue:
                self._wakeup.clear()
                await self._wakeup.wait()
                await asyncio.sleep(_LINGER_S)
            messages = [self._queue.popleft() for _ in range(min(_A_BATCH, len(self._queue)))]
            self._queued_bytes -= sum(len(message.payload) for message in messages)
            await self.store(messages)
            if (
                self._is_paused
                and len(self._queue) <= _MOST_MESSAGES // 2
                and self._queued_bytes <= _MOST_BYTES // 2
            ):
                self._is_paused = False
                self._pause(False)

    async def store(self, messages: Sequence[Message]) -> None:
        """Store all that can be, then acknowledge; waits as long as the store says no."""
        await self._deliver(messages)
        self._acknowledge(messages)

    async def _deliver(self, messages: Sequence[Message]) -> None:
        points: list[tuple[Message, Point]] = []
        for message in messages:
            try:
                points += [
                    (message, it) for it in self.mapping.points(message.topic, message.payload)
                ]
            except BadPayload as error:
                self._reject(message, str(error))
        await self._find_series([point for _, point in points])
        batch = self._batch(points)
        if batch is None:
            self._sink.alive()
            return
        while True:
            try:
                await self._sink.deliver(batch)
            except Unavailable:
                await asyncio.sleep(_RETRY_S)
            else:
                return

    async def _find_series(self, points: Sequence[Point]) -> None:
        """Ask for the tags not known yet, all at once."""
        now_s = self._clock.monotonic_s()
        wanted: dict[int, Slot] = {}
        for point in points:
            slot = point.slot
            if slot.series is not None or slot.retry_s > now_s or point.sample.value is None:
                continue
            key = (slot.asset_id, slot.tag_name)
            if key not in self._discovered and len(self._discovered) >= self._max_tags:
                slot.retry_s = now_s + _REFUSED_S
                continue
            if slot.kind is None:
                slot.kind = kind_of(point.sample.value)
            self._discovered.add(key)
            wanted[id(slot)] = slot
        if not wanted:
            return
        asked = [
            NewTag(slot.asset_id, slot.tag_name, slot.kind)
            for slot in wanted.values()
            if slot.kind is not None
        ]
        while True:
            try:
                found = await self._sink.discover(asked)
                break
            except Unavailable:
                await asyncio.sleep(_RETRY_S)
        for slot, series in zip(wanted.values(), found, strict=True):
            slot.series = series
            if series is None:
                slot.kind = None
                slot.retry_s = now_s + _REFUSED_S
                self._discovered.discard((slot.asset_id, slot.tag_name))

    def _batch(self, points: Sequence[tuple[Message, Point]]) -> Batch | None:
        now = self._clock.now_us()
        series: list[int] = []
        ts: list[int] = []
        values: list[float] = []
        quality: list[int] = []
        texts: list[str | None] = []
        for message, (slot, sample) in ((m, (p.slot, p.sample)) for m, p in points):
            if slot.series is None:
                if sample.value is not None:
                    words = f"{slot.tag_name!r} of {slot.asset_id!r} may not be made here"
                    self._reject(message, words)
                continue
            number, text, status = float("nan"), None, Quality.BAD
            if sample.value is not None:
                try:
                    number, text = slot.fit(sample.value)
                    status = sample.quality
                except BadPayload as error:
                    self._reject(message, str(error))
                    self._fault(slot, str(error))
                    continue
            self._fault(slot, None)
            series.append(slot.series)
            ts.append(now if sample.ts is None else sample.ts)
            values.append(number)
            quality.append(status)
            texts.append(text)
        return batch_of(series, ts, values, quality, now, texts) if series else None

    def _fault(self, slot: Slot, words: str | None) -> None:
        """Tell the sink of a configured tag, but only news."""
        if slot.spec is None or slot.series is None:
            return
        if words is None:
            if slot.series in self._faulty:
                self._faulty.discard(slot.series)
                self._sink.tag_fault(slot.series, None)
        elif slot.series not in self._faulty:
            self._faulty.add(slot.series)
            self._sink.tag_fault(slot.series, words)

    def _reject(self, message: Message, reason: str) -> None:
        self.rejected += 1
        self.rejects.append(Reject(message.topic, message.payload[:_KEPT_BYTES], reason))
