"""Which node is watched by which subscription, and what became of each.

One subscription per sampling interval. Not for concurrent use: the link calls `watch` and `retry`
under its lock, `take` never awaits.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from asyncua import ua
from numpy.typing import NDArray

from twinedge.connectors.opcua.address import Address, parse
from twinedge.connectors.opcua.decode import Changes, Item, Table, columns
from twinedge.connectors.opcua.session import Session
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.connectors.opcua.wire import Publication
from twinedge.connectors.opcua.words import status_name, status_words
from twinedge.sources.model import LinkLost
from twinedge.sources.ports import BoundTag, Sink
from twinedge.telemetry.model import Batch

SLACK_S = 5.0
"""What a keep-alive may be late, for slow links, before a subscription counts as dead."""
QUEUE = 10
"""Values a server keeps per tag at least while we are busy; it may revise this down."""


@dataclass(slots=True)
class Subscription:
    """One subscription at the server, for one sampling interval."""

    id: int
    interval_ms: int
    keep_alive_s: float
    heard_s: float
    """Monotonic time of its last message."""
    handles: set[int] = field(default_factory=set)

    def is_overdue(self, now_s: float) -> bool:
        return now_s - self.heard_s > 1.5 * self.keep_alive_s + SLACK_S


@dataclass(slots=True)
class Watched:
    """One tag: its node, and its monitored item once the server has made one."""

    tag: BoundTag
    address: Address
    interval_ms: int
    item: int | None = None
    fault: str | None = None


class Monitor:
    """The tags of one link."""

    def __init__(self, session: Session, settings: OpcuaSettings, sink: Sink) -> None:
        self._session = session
        self._settings = settings
        self._sink = sink
        self._watched: dict[int, Watched] = {}
        self._subscriptions: dict[int, Subscription] = {}
        self._items: list[Item | None] = []
        self._table = Table.of([])
        self._anew: NDArray[np.bool_] = np.zeros(0, np.bool_)
        """By handle: no value yet on this link, or none since its fault; see decode.columns."""

    @property
    def has_subscriptions(self) -> bool:
        return bool(self._subscriptions)

    def overdue(self, now_s: float) -> Subscription | None:
        """A subscription whose keep-alive is missing: the server forgot it, or the link is dead."""
        return next((s for s in self._subscriptions.values() if s.is_overdue(now_s)), None)

    # -- which tags

    async def watch(self, tags: Sequence[BoundTag], now_s: float) -> None:
        """Watch exactly these from now on; those already watched are left in peace."""
        wanted = {_what(tag): tag for tag in tags if tag.spec.enabled}
        have = {_what(it.tag): handle for handle, it in self._watched.items()}
        gone = [handle for key, handle in have.items() if key not in wanted]
        new = [self._add(tag) for key, tag in wanted.items() if key not in have]
        for handle in gone:
            self._items[handle] = None
        self._rebuild()
        await self._create(new, now_s)
        await self._delete(gone)

    async def retry(self, now_s: float) -> None:
        """Try again the nodes the server refused: they may have come into being."""
        await self._create([h for h, it in self._watched.items() if it.item is None], now_s)

    def _add(self, tag: BoundTag) -> int:
        handle = len(self._items)
        address = parse(tag.spec.address)
        interval_ms = tag.spec.interval_ms or self._settings.subscription.publishing_interval_ms
        self._watched[handle] = Watched(tag, address, interval_ms)
        self._items.append(Item.of(tag.series, tag.kind, tag.spec, address.element))
        return handle

    def _rebuild(self) -> None:
        self._table = Table.of(self._items)
        anew = np.ones(len(self._items), np.bool_)
        anew[: len(self._anew)] = self._anew
        self._anew = anew

    async def _create(self, handles: Iterable[int], now_s: float) -> None:
        groups: dict[int, list[int]] = {}
        for handle in handles:
            groups.setdefault(self._watched[handle].interval_ms, []).append(handle)
        for interval_ms, group in groups.items():
            requests = {handle: self._request(handle) for handle in group}
            known = {handle: it for handle, it in requests.items() if it is not None}
            for handle in set(requests) - set(known):
                self._fault(handle, "the server has no namespace "
                            f"{self._watched[handle].address.namespace!r}")  # fmt: skip
            if not known:
                continue
            subscription = await self._subscription(interval_ms, now_s)
            results = await self._session.create_items(subscription.id, list(known.values()))
            for handle, result in zip(known, results, strict=True):
                self._created(subscription, handle, result)

    def _created(self, subscription: Subscription, handle: int, result: Any) -> None:
        code = int(result.StatusCode.value)
        if code >> 30:
            self._fault(handle, status_words(code))
            return
        self._watched[handle].item = int(result.MonitoredItemId)
        subscription.handles.add(handle)

    def _request(self, handle: int) -> Any | None:
        """What to ask the server; None if it has no such namespace."""
        watched = self._watched[handle]
        node = node_id(watched.address, self._session.namespaces)
        if node is None:
            return None
        request = ua.MonitoredItemCreateRequest()
        request.ItemToMonitor.NodeId = node
        request.ItemToMonitor.AttributeId = ua.AttributeIds.Value
        if watched.address.index_range:
            request.ItemToMonitor.IndexRange = watched.address.index_range
        request.MonitoringMode = ua.MonitoringMode.Reporting
        wished = request.RequestedParameters
        wished.ClientHandle = handle
        wished.SamplingInterval = float(watched.interval_ms)
        publishing_ms = self._settings.subscription.publishing_interval_ms
        wished.QueueSize = max(QUEUE, 2 * math.ceil(publishing_ms / watched.interval_ms))
        wished.DiscardOldest = True
        return request

    async def _subscription(self, interval_ms: int, now_s: float) -> Subscription:
        for subscription in self._subscriptions.values():
            if subscription.interval_ms == interval_ms:
                return subscription
        wished = self._settings.subscription
        parameters = ua.CreateSubscriptionParameters()
        parameters.RequestedPublishingInterval = float(
            min(interval_ms, wished.publishing_interval_ms)
        )
        parameters.RequestedLifetimeCount = wished.lifetime_count
        parameters.RequestedMaxKeepAliveCount = wished.max_keep_alive_count
        parameters.MaxNotificationsPerPublish = wished.max_notifications_per_publish
        parameters.PublishingEnabled = True
        made = await self._session.create_subscription(parameters)
        keep_alive_s = made.RevisedPublishingInterval * made.RevisedMaxKeepAliveCount / 1000
        subscription = Subscription(made.SubscriptionId, interval_ms, keep_alive_s, now_s)
        self._subscriptions[subscription.id] = subscription
        return subscription

    async def _delete(self, handles: Sequence[int]) -> None:
        gone = {handle: self._watched.pop(handle) for handle in handles}
        for subscription in list(self._subscriptions.values()):
            mine = subscription.handles & gone.keys()
            subscription.handles -= mine
            if not subscription.handles and mine:
                del self._subscriptions[subscription.id]
                await self._session.delete_subscription(subscription.id)
            elif mine:
                items = [item for handle in mine if (item := gone[handle].item) is not None]
                await self._session.delete_items(subscription.id, items)

    # -- what they say

    def take(self, publication: Publication, now_s: float, arrived_us: int) -> Batch | None:
        """The points of one message; faults and recoveries go to the sink. Raises LinkLost when
        the server has ended the subscription."""
        subscription = self._subscriptions.get(publication.subscription)
        if subscription is None:
            return None  # deleted meanwhile
        subscription.heard_s = now_s
        if publication.ended is not None:
            raise LinkLost(
                f"The server has ended the subscription ({status_name(publication.ended)})"
            )
        if not publication.handle:
            return None
        changes = Changes(
            publication.handle,
            publication.value,
            publication.code,
            publication.source_us,
            publication.server_us,
        )
        decoded = columns(
            self._table, changes, arrived_us, self._settings.timestamp_source, self._anew
        )
        self._report(publication.handle, decoded.faults)
        return decoded.batch if len(decoded.batch) else None

    def _report(self, handles: Sequence[int], faults: dict[int, str]) -> None:
        seen = np.array([handle for handle in handles if handle < len(self._anew)], np.intp)
        for handle in set(seen[self._anew[seen]].tolist()) - faults.keys():
            watched = self._watched.get(handle)
            if watched is not None:
                watched.fault = None
                self._sink.tag_fault(watched.tag.series, None)
        self._anew[seen] = False
        for handle, words in faults.items():
            self._fault(handle, words)

    def _fault(self, handle: int, words: str) -> None:
        self._anew[handle] = True
        watched = self._watched.get(handle)
        if watched is not None and watched.fault != words:
            watched.fault = words
            self._sink.tag_fault(watched.tag.series, words)


def _what(tag: BoundTag) -> tuple[object, ...]:
    """What of a tag matters here; a change of anything else leaves its monitored item alone."""
    spec = tag.spec
    scaling = (spec.bit, spec.scale, spec.offset)
    return (tag.series, tag.kind, str(spec.address), spec.interval_ms, scaling)


def node_id(address: Address, namespaces: Sequence[str]) -> Any | None:
    """The library's node id under this server's namespace table; None if it has no such one."""
    index = address.namespace_index(namespaces)
    return None if index is None else ua.NodeId(address.identifier, index)
