"""The MQTT driver and its link."""

import asyncio
import hashlib
import socket
from collections.abc import Sequence
from typing import cast

from pydantic import BaseModel

from twinedge.assets.model import Kind
from twinedge.connectors.mqtt import listen, mapping
from twinedge.connectors.mqtt.broker import Broker, Message
from twinedge.connectors.mqtt.intake import Intake, Reject
from twinedge.connectors.mqtt.mapping import Mapping
from twinedge.connectors.mqtt.probe import probe
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.kit.clock import Clock, SystemClock
from twinedge.kit.errors import Invalid
from twinedge.kit.net import location
from twinedge.sources.model import ConfigFault, LinkLost, Node, Reading, TagSpec
from twinedge.sources.ports import BoundTag, Link, Probe, Sink

_WATCH_S = 0.5


class MqttDriver:
    """MQTT 5 and 3.1.1, receiving only."""

    name = "mqtt"
    title = "MQTT"
    settings: type[BaseModel] = MqttSettings
    acknowledges = True

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._ids: set[str] = set()
        self._versions: dict[str, int] = {}

    def endpoint(self, config: BaseModel) -> str:
        return _settings(config).endpoint

    def check_tag(self, config: BaseModel, tag: TagSpec) -> TagSpec:
        return mapping.check(tag)

    def kind(self, tag: TagSpec) -> Kind | None:
        return mapping.kind(tag)

    def silence_s(self, config: BaseModel, tags: Sequence[TagSpec]) -> float:
        """Above the link's own limit, which says it in words: the last resort."""
        return 1.25 * _settings(config).keepalive + 5.0

    async def probe(self, config: BaseModel, report: Probe) -> None:
        settings = _settings(config)
        filters = Mapping(settings.topics, ()).filters
        await probe(settings, f"{client_id_of(settings)}-test", self._versions, filters, report)

    def link(self, config: BaseModel, sink: Sink) -> Link:
        return MqttLink(_settings(config), sink, self._clock, self._ids, self._versions)


def client_id_of(settings: MqttSettings) -> str:
    """The one given, or one that stays the same as long as machine, broker and topics do."""
    if settings.client_id:
        return settings.client_id
    parts = [
        socket.gethostname(),
        settings.endpoint,
        settings.username or "",
        *sorted(topic.topic for topic in settings.topics),
    ]
    return "twinedge-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


class MqttLink:
    """One session at a broker.

    `ids` are the client ids in use in this process: a broker throws the older of two clients with
    one id out, so a second link gets a number behind its id and a clean session.
    """

    def __init__(
        self,
        settings: MqttSettings,
        sink: Sink,
        clock: Clock,
        ids: set[str],
        versions: dict[str, int],
    ) -> None:
        self._settings = settings
        self._sink = sink
        self._ids = ids
        self._versions = versions
        self._client_id = client_id_of(settings)
        self._claimed: str | None = None
        self._broker: Broker | None = None
        self._filters: list[str] = []
        self._closed = asyncio.Event()
        self._intake = Intake(sink, clock, settings.max_tags, self._pause, self._acknowledge)

    @property
    def rejected(self) -> int:
        """Payloads that gave no value."""
        return self._intake.rejected

    @property
    def rejects(self) -> Sequence[Reject]:
        """The last five of them."""
        return tuple(self._intake.rejects)

    async def open(self) -> None:
        client_id, number = self._client_id, 1
        while client_id in self._ids:
            number += 1
            client_id = f"{self._client_id}-{number}"
        self._ids.add(client_id)
        self._claimed = client_id
        is_clean = self._settings.clean_session or number > 1
        self._broker = Broker(self._settings, client_id, self._intake.put, is_clean, self._versions)
        await self._broker.connect()

    async def run(self, tags: Sequence[BoundTag]) -> None:
        broker = self._held()
        await self.retag(tags)
        tasks = [
            asyncio.create_task(self._intake.run(), name="mqtt-intake"),
            asyncio.create_task(self._watch(broker), name="mqtt-watch"),
        ]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                if task.done():
                    task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def retag(self, tags: Sequence[BoundTag]) -> None:
        """Raises ConfigFault when the broker refuses every subscription."""
        broker = self._held()
        usable = []
        for tag in tags:
            try:
                mapping.parse_address(tag.spec.address)
            except Invalid as error:
                self._sink.tag_fault(tag.series, "; ".join(it.message for it in error.faults))
            else:
                usable.append(tag)
        plan = Mapping(self._settings.topics, usable)
        wanted = plan.filters
        self._intake.mapping = plan
        refused = await broker.subscribe(
            [it for it in wanted if it not in self._filters], self._settings.qos
        )
        broker.unsubscribe([it for it in self._filters if it not in wanted])
        self._filters = [it for it in wanted if it not in refused]
        for filter_ in refused:
            for tag in plan.tags_of(filter_):
                words = f"the broker refuses the subscription to {filter_!r}"
                self._sink.tag_fault(tag.series, words)
        if wanted and not self._filters:
            raise ConfigFault(
                f"the broker refuses the subscription to {', '.join(wanted[:5])}",
                "This user may not read these topics; the broker's access list says who may.",
            )

    async def browse(self, node: str | None, search: str | None, limit: int) -> list[Node]:
        filters = Mapping(self._settings.topics, ()).filters
        return await listen.browse(
            self._settings,
            f"{self._client_id}-browse",
            self._versions,
            filters,
            node,
            search,
            limit,
        )

    async def read(self, tags: Sequence[TagSpec]) -> list[Reading]:
        return await listen.read(self._settings, f"{self._client_id}-read", self._versions, tags)

    async def close(self) -> None:
        self._closed.set()
        broker, self._broker = self._broker, None
        if broker is not None:
            await broker.close()
        if self._claimed is not None:
            self._ids.discard(self._claimed)
            self._claimed = None

    async def _watch(self, broker: Broker) -> None:
        """Tell the sink of every sign of life; raise when the broker is gone or silent."""
        heard_s = 0.0
        limit_s = 1.25 * self._settings.keepalive
        where = location(*self._settings.address)
        while True:
            if self._closed.is_set():
                raise LinkLost("the link was closed")
            if broker.lost.is_set():
                raise LinkLost(f"{where} closed the connection")
            if broker.last_heard_s != heard_s:
                heard_s = broker.last_heard_s
                self._sink.alive()
            elif broker.silent_s > limit_s and not self._intake.is_paused:
                raise LinkLost(f"{where} has been silent for {limit_s:g} s")
            try:
                async with asyncio.timeout(_WATCH_S):
                    await broker.lost.wait()
            except TimeoutError:
                continue

    def _pause(self, is_paused: bool) -> None:
        if self._broker is not None:
            self._broker.pause(is_paused)

    def _acknowledge(self, messages: Sequence[Message]) -> None:
        if self._broker is not None:
            self._broker.acknowledge(messages)

    def _held(self) -> Broker:
        if self._broker is None:
            raise LinkLost("the link was closed")
        return self._broker


def _settings(config: BaseModel) -> MqttSettings:
    return cast(MqttSettings, config)
