"""One connection to one OPC UA server, from open to close."""

import asyncio
import time
from collections import deque
from collections.abc import Sequence

import numpy as np
import structlog
from asyncua import ua

from twinedge.connectors.opcua.browse import Browser
from twinedge.connectors.opcua.monitor import Monitor
from twinedge.connectors.opcua.pki import Pki
from twinedge.connectors.opcua.reading import read_once
from twinedge.connectors.opcua.session import Session
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.kit.clock import SystemClock
from twinedge.sources.model import LinkLost, Node, Reading, TagSpec
from twinedge.sources.ports import BoundTag, Sink
from twinedge.telemetry.model import Batch

OPEN_S = 20.0
QUIET_S = 2.5
"""So long without any message, and the server is asked for a sign of life."""
RETRY_S = 60.0
"""Nodes that the server refused are tried again this often."""
PUBLISHES = 4
"""Publish requests under way at once, so that a slow link is not bound to one a round trip."""
PENDING_POINTS = 200_000
"""Points waiting for a slow sink; beyond this the oldest are dropped and counted."""
MERGE_POINTS = 5_000

_log = structlog.get_logger(__name__)


class OpcuaLink:
    """Subscribes and delivers. Guarantee: the order of a tag's values is the server's; at most
    once (the server is told at arrival, the sink holds what the store cannot take)."""

    def __init__(self, settings: OpcuaSettings, pki: Pki, sink: Sink) -> None:
        self._settings = settings
        self._sink = sink
        self._session = Session(settings, pki)
        self._monitor = Monitor(self._session, settings, sink)
        self._changing = asyncio.Lock()
        self._clock = SystemClock()
        self._heard_s = time.monotonic()
        self._subscribed = asyncio.Event()
        self._acknowledge: list[tuple[int, int]] = []
        self._publishers = 0
        self._pending: deque[Batch] = deque()
        self._pending_points = 0
        self._news = asyncio.Event()
        self.dropped = 0

    async def open(self) -> None:
        """See the port. At most 20 s."""
        with self._session.in_words():
            async with asyncio.timeout(OPEN_S):
                await self._session.open()
        self._heard_s = time.monotonic()

    async def run(self, tags: Sequence[BoundTag]) -> None:
        """See the port. Silence is noticed within QUIET_S and one request's deadline."""
        with self._session.in_words():
            async with asyncio.TaskGroup() as group:
                self._publishers = PUBLISHES
                for _ in range(PUBLISHES):
                    group.create_task(self._publish())
                group.create_task(self._deliver())
                group.create_task(self._watch_silence())
                group.create_task(self._retry())
                group.create_task(self._session.renew_channel())
                self._sink.alive()
                await self._set_tags(tags)

    async def retag(self, tags: Sequence[BoundTag]) -> None:
        with self._session.in_words():
            await self._set_tags(tags)

    async def browse(self, node: str | None, search: str | None, limit: int) -> list[Node]:
        with self._session.in_words():
            browser = Browser(self._session)
            if search:
                return await browser.search(node, search, limit)
            return await browser.children(node, limit)

    async def read(self, tags: Sequence[TagSpec]) -> list[Reading]:
        with self._session.in_words():
            return await read_once(self._session, tags, self._settings.timestamp_source)

    async def close(self) -> None:
        await self._session.close()

    # -- the tasks of run()

    async def _set_tags(self, tags: Sequence[BoundTag]) -> None:
        async with self._changing:
            try:
                await self._monitor.watch(tags, time.monotonic())
            finally:
                self._mark_subscribed()

    async def _retry(self) -> None:
        while True:
            await asyncio.sleep(RETRY_S)
            async with self._changing:
                await self._monitor.retry(time.monotonic())
                self._mark_subscribed()

    def _mark_subscribed(self) -> None:
        if self._monitor.has_subscriptions:
            self._subscribed.set()
        else:
            self._subscribed.clear()

    async def _publish(self) -> None:
        """Keep one publish request at the server for as long as there are subscriptions."""
        while True:
            await self._subscribed.wait()
            acknowledge, self._acknowledge = self._acknowledge, []
            try:
                publication = await self._session.publish(acknowledge)
            except ua.UaStatusCodeError as error:
                if not self._may_go_on(int(error.code)):
                    raise
                if int(error.code) == ua.StatusCodes.BadTooManyPublishRequests:
                    return
                continue
            if not publication.is_keep_alive:
                self._acknowledge.append((publication.subscription, publication.sequence))
            self._sign_of_life()
            batch = self._monitor.take(publication, self._heard_s, self._clock.now_us())
            if batch is not None:
                self._put(batch)

    def _may_go_on(self, code: int) -> bool:
        """Whether a refused publish request is no loss of the link."""
        if code == ua.StatusCodes.BadTooManyPublishRequests and self._publishers > 1:
            self._publishers -= 1
            return True
        if code == ua.StatusCodes.BadNoSubscription and not self._monitor.has_subscriptions:
            self._subscribed.clear()
            return True
        return bool(code == ua.StatusCodes.BadTimeout)

    def _put(self, batch: Batch) -> None:
        self._pending.append(batch)
        self._pending_points += len(batch)
        while self._pending_points > PENDING_POINTS and len(self._pending) > 1:
            if not self.dropped:
                _log.warning("opcua_points_dropped", endpoint=self._settings.endpoint)
            oldest = self._pending.popleft()
            self._pending_points -= len(oldest)
            self.dropped += len(oldest)
        self._news.set()

    async def _deliver(self) -> None:
        """Hand on what has come; what comes during a delivery goes together into the next."""
        while True:
            await self._news.wait()
            self._news.clear()
            while self._pending:
                await self._sink.deliver(self._take_pending())

    def _take_pending(self) -> Batch:
        taken = [self._pending.popleft()]
        points = len(taken[0])
        while self._pending and points + len(self._pending[0]) <= MERGE_POINTS:
            taken.append(self._pending.popleft())
            points += len(taken[-1])
        self._pending_points -= points
        return merged(taken)

    async def _watch_silence(self) -> None:
        """Ask when it is quiet; raise LinkLost when a subscription has gone silent."""
        while True:
            await asyncio.sleep(max(0.0, self._heard_s + QUIET_S - time.monotonic()))
            if time.monotonic() - self._heard_s >= QUIET_S:
                await self._session.ping()
                self._sign_of_life()
            if not self._changing.locked():
                overdue = self._monitor.overdue(time.monotonic())
                if overdue is not None:
                    raise LinkLost(
                        f"The server answers, but sends nothing for the {overdue.interval_ms} ms "
                        "tags any more, not even keep-alives"
                    )

    def _sign_of_life(self) -> None:
        self._heard_s = time.monotonic()
        self._sink.alive()


def merged(batches: Sequence[Batch]) -> Batch:
    """One batch of all rows in order; the arrival is the last one's."""
    if len(batches) == 1:
        return batches[0]
    text = None
    if any(batch.text is not None for batch in batches):
        text = tuple(t for b in batches for t in (b.text or (None,) * len(b)))
    return Batch(
        np.concatenate([b.series for b in batches]),
        np.concatenate([b.ts for b in batches]),
        np.concatenate([b.value for b in batches]),
        np.concatenate([b.quality for b in batches]),
        batches[-1].arrived_us,
        text,
    )
