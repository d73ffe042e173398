"""The way of one source's points from its link into the store.

Guarantee: what `ingest` took is stored. Per series the order of delivery is kept. While the store
is unavailable, a driver that `acknowledges` gets Unavailable and nothing is kept here (the far
side sends again); for all others batches are held in memory for up to a minute or 1 000 000
points, then the oldest go and are counted. Bad-quality markers are always held, one a series.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import structlog

from twinedge.assets.model import NewTag, Tag, name_fault
from twinedge.kit.clock import US, Clock
from twinedge.kit.errors import Conflict, TwinEdgeError, Unavailable
from twinedge.sources.deadband import DeadbandFilter
from twinedge.sources.model import TagState
from twinedge.sources.ports import BoundTag, Claims
from twinedge.sources.rate import Rate
from twinedge.telemetry.model import Batch, Quality

Ingest = Callable[[Batch], Awaitable[None]]

HOLD_S = 60.0
HOLD_POINTS = 1_000_000
RETRY_S = 0.5
AHEAD_S = 86_400
"""Time stamps further in the future than this are replaced by the time of arrival."""
DISCOVERED_MAX = 10_000
"""Tags that one source may make by itself."""

log = structlog.get_logger(__name__)


class Delivery:
    """What all links of one source share: its tags, their states, the held points."""

    def __init__(
        self, source_id: str, acknowledges: bool, claims: Claims, ingest: Ingest, clock: Clock
    ) -> None:
        self._source_id = source_id
        self._acknowledges = acknowledges
        self._claims = claims
        self._ingest = ingest
        self._clock = clock
        self._tags: dict[int, BoundTag] = {}
        self._waiting: set[int] = set()
        self._faults: dict[int, str] = {}
        self._filter = DeadbandFilter({})
        self._rate = Rate(clock.monotonic_s())
        self._held: deque[Batch] = deque()
        self._markers: dict[int, int] = {}
        self._ahead: dict[int, int] = {}
        self._wake = asyncio.Event()
        self._refusal: str | None = None
        self._skew: str | None = None
        self.discovered: set[int] = set()
        self.last_data_us: int | None = None
        self.held_points = 0
        self.dropped_points = 0

    # -- tags

    def retag(self, tags: Iterable[BoundTag]) -> None:
        """From now on these tags; what is known of those that stay is kept."""
        old, self._tags = self._tags, {tag.series: tag for tag in tags if tag.spec.enabled}
        same = {n for n, tag in self._tags.items() if old.get(n) == tag}
        self._faults = {n: words for n, words in self._faults.items() if n in same}
        self._waiting = (self._waiting & same) | (self._tags.keys() - same)
        new = DeadbandFilter(
            {n: tag.spec.deadband for n, tag in self._tags.items() if tag.spec.deadband}
        )
        new.inherit(self._filter)
        self._filter = new

    def begin(self) -> None:
        """A fresh link starts: no tag has a value from it yet."""
        self._faults.clear()
        self._waiting = set(self._tags)
        self._skew = None

    def tag_states(self) -> dict[int, TagState]:
        """By series."""
        return {
            n: TagState("fault", self._faults[n])
            if n in self._faults
            else TagState("waiting" if n in self._waiting else "ok")
            for n in self._tags
        }

    def trouble(self) -> str | None:
        """What is wrong with single tags, in words; None when all is well."""
        if not self._faults:
            return None
        series, words = next(iter(self._faults.items()))
        spec = self._tags[series].spec
        first = f"{spec.tag_name} of {spec.asset_id}: {words}"
        if len(self._faults) == 1:
            return first
        return f"{len(self._faults)} of {len(self._tags)} tags fail, such as {first}"

    def warning(self) -> str | None:
        """What a person should know although data arrives; None when nothing."""
        return self._refusal or self._skew

    def tag_fault(self, series: int, message: str | None) -> bool:
        """Note a tag's fault, or its end; answers whether that is news."""
        if series not in self._tags or self._faults.get(series) == message:
            return False
        if message is None:
            del self._faults[series]
        else:
            if series not in self._faults:
                self.mark_bad([series])
            self._faults[series] = message
        return True

    async def discover(self, wanted: Sequence[NewTag]) -> list[int | None]:
        """Series of tags that came to light, claimed for this source; None where that fails."""
        mine = [replace(tag, data_source_id=self._source_id) for tag in wanted]
        fit = [tag for tag in mine if self._may_discover(tag)]
        try:
            found = await self._claims.ensure(fit)
        except Conflict:  # another source claimed one of them this moment
            found = [tag for one in fit for tag in await self._claim_one(one)]
        self.discovered.update(tag.series for tag in found)
        series = {(tag.asset_id, tag.tag_name): tag.series for tag in found}
        return [series.get((tag.asset_id, tag.tag_name)) for tag in mine]

    async def _claim_one(self, tag: NewTag) -> list[Tag]:
        try:
            return await self._claims.ensure([tag])
        except Conflict:
            return []

    def _may_discover(self, tag: NewTag) -> bool:
        known = self._claims.find(tag.asset_id, tag.tag_name)
        if known is not None:
            return known.kind is tag.kind and known.data_source_id in {None, self._source_id}
        if len(self.discovered) >= DISCOVERED_MAX:
            return False
        return name_fault(tag.asset_id) is None and name_fault(tag.tag_name) is None

    # -- points

    async def take(self, batch: Batch) -> None:
        """Store a batch, less what the deadbands leave out, or hold it. Raises Unavailable only
        for a driver that acknowledges."""
        batch = self._on_time(batch)
        self.last_data_us = batch.arrived_us
        if self._waiting:
            self._waiting.difference_update(batch.series.tolist())
        verdict = self._filter.judge(batch)
        kept = batch if verdict is None else batch.take(verdict.keep)
        if len(kept):
            await self._store(kept)
        if verdict is not None:
            self._filter.accept(verdict)
        self._rate.add(len(batch), self._clock.monotonic_s())

    def mark_bad(self, series: Iterable[int]) -> None:
        """Write one bad-quality marker to each series, soon, at our time (or just behind a last
        point that claims to be later than that)."""
        now = self._clock.now_us()
        for number in series:
            self._markers[number] = max(now, self._ahead.get(number, now - 1) + 1)
        self._wake.set()

    def mark_all_bad(self) -> None:
        """A marker to every tag, configured or discovered."""
        self.mark_bad(self.discovered.union(self._tags))

    def points_per_second(self) -> float:
        return self._rate.per_second(self._clock.monotonic_s())

    async def pump(self) -> None:
        """Store what is held as soon as the store takes it; until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            while not await self._drain():
                self._expire()
                await asyncio.sleep(RETRY_S)

    async def flush(self, timeout_s: float) -> None:
        """Store what is held, if that is possible at once."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._drain()
        except TimeoutError:
            log.warning("points not stored", source=self._source_id, points=self.held_points)

    async def _drain(self) -> bool:
        """Store held batches in order, then the markers; False when the store is unavailable."""
        while self._held or self._markers:
            is_held = bool(self._held)
            markers = {} if is_held else dict(self._markers)
            batch = self._held[0] if is_held else _marker(markers, self._clock.now_us())
            try:
                await self._ingest(batch)
            except Unavailable:
                return False
            except Exception as error:  # one poisoned batch must not block those behind it
                self._refused(batch, error)
            if is_held and self._held and self._held[0] is batch:
                self._held.popleft()
                self.held_points -= len(batch)
            for number, ts in markers.items():
                if self._markers.get(number) == ts:
                    del self._markers[number]
        return True

    async def _store(self, batch: Batch) -> None:
        if self._held and not self._acknowledges:
            self._hold(batch)
            return
        try:
            await self._ingest(batch)
        except Unavailable:
            if self._acknowledges:
                raise
            self._hold(batch)
        except TwinEdgeError as error:
            self._refused(batch, error)

    def _hold(self, batch: Batch) -> None:
        self._held.append(batch)
        self.held_points += len(batch)
        self._expire()
        self._wake.set()

    def _expire(self) -> None:
        """Drop the oldest batches beyond the bounds."""
        oldest_us = self._clock.now_us() - round(HOLD_S * US)
        while self._held and (
            self._held[0].arrived_us < oldest_us or self.held_points > HOLD_POINTS
        ):
            batch = self._held.popleft()
            self.held_points -= len(batch)
            self.dropped_points += len(batch)

    def _refused(self, batch: Batch, error: Exception) -> None:
        self.dropped_points += len(batch)
        if self._refusal is None:
            log.error("points refused", source=self._source_id, points=len(batch), exc_info=error)
        words = error.message if isinstance(error, TwinEdgeError) else type(error).__name__
        self._refusal = f"points could not be stored: {words}"

    def _on_time(self, batch: Batch) -> Batch:
        """Guard against clocks that run far ahead: such points get the time of arrival."""
        early = batch.ts > batch.arrived_us
        if not early.any():
            return batch
        absurd = batch.ts > batch.arrived_us + AHEAD_S * US
        if absurd.any():
            worst = self._name(int(batch.series[np.argmax(batch.ts)]))
            self._skew = (
                f"the device's clock is more than a day ahead ({worst}); "
                "such points are stored with their time of arrival"
            )
            batch = replace(batch, ts=np.where(absurd, batch.arrived_us, batch.ts))
        self._ahead.update(zip(batch.series[early].tolist(), batch.ts[early].tolist(), strict=True))
        return batch

    def _name(self, series: int) -> str:
        tag = self._tags.get(series)
        return f"{tag.spec.tag_name} of {tag.spec.asset_id}" if tag else f"series {series}"


def _marker(markers: Mapping[int, int], now_us: int) -> Batch:
    n = len(markers)
    return Batch(
        np.fromiter(markers, np.uint32, n),
        np.fromiter(markers.values(), np.int64, n),
        np.full(n, np.nan),
        np.full(n, Quality.BAD, np.uint8),
        now_us,
    )


class Session:
    """The `Sink` of one link; deaf once the link is given up."""

    def __init__(self, delivery: Delivery, clock: Clock, on_news: Callable[[], None]) -> None:
        self._delivery = delivery
        self._clock = clock
        self._on_news = on_news
        self._closed = False
        self._alive = False
        self.last_sign_s = clock.monotonic_s()

    @property
    def is_alive(self) -> bool:
        """Whether data or a keep-alive ever came."""
        return self._alive

    def close(self) -> None:
        self._closed = True

    async def deliver(self, batch: Batch) -> None:
        if self._closed:
            raise Unavailable("this connection is given up")
        warning = self._delivery.warning()
        self.alive()
        if len(batch):
            await self._delivery.take(batch)
        if self._delivery.warning() != warning and not self._closed:
            self._on_news()

    def alive(self) -> None:
        if self._closed:
            return
        self.last_sign_s = self._clock.monotonic_s()
        if not self._alive:
            self._alive = True
            self._on_news()

    def tag_fault(self, series: int, message: str | None) -> None:
        if not self._closed and self._delivery.tag_fault(series, message):
            self._on_news()

    async def discover(self, wanted: Sequence[NewTag]) -> list[int | None]:
        return await self._delivery.discover(wanted)
