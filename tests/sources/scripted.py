"""A driver whose devices do what a test says; the fake behind `sources.ports`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr

from twinedge.assets.model import Kind
from twinedge.kit.errors import Invalid
from twinedge.sources.model import ConfigFault, LinkLost, Node, Reading, TagSpec
from twinedge.sources.ports import BoundTag, Probe, Sink
from twinedge.telemetry.model import Batch, batch_of


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    username: str | None = Field(None, title="User", description="Who")
    password: SecretStr | None = Field(None, title="Password", description="Secret")


class Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    host: str = Field(
        title="Host", description="Where", validation_alias=AliasChoices("host", "address")
    )
    port: int = Field(502, ge=1, le=65535, title="Port", description="TCP port")
    unit_id: int = Field(1, ge=0, le=255, title="Unit", description="Unit")
    client_id: str = Field("twinedge", title="Client", description="Client id")
    password: SecretStr | None = Field(None, title="Password", description="Secret")
    login: Login | None = Field(None, title="Login", description="Nested secret")


@dataclass
class Device:
    """What the far side does."""

    open_fault: Exception | None = None
    open_hangs: bool = False
    close_hangs: bool = False
    probe_hangs: bool = False
    stubborn: bool = False
    """run() ignores being cancelled, for a while."""
    is_listening: bool = True
    """Its port accepts connections, whatever comes of them."""
    knocks: int = 0
    talks: bool = True
    """Gives a sign of life on opening and every second."""
    links: list["ScriptedLink"] = field(default_factory=list)
    opened: int = 0
    open_links: int = 0
    most_open_links: int = 0
    opened_at_s: list[float] = field(default_factory=list)
    closed: int = 0
    values: dict[str, float] = field(default_factory=dict)
    client_ids: list[str] = field(default_factory=list)

    @property
    def link(self) -> "ScriptedLink":
        return self.links[-1]

    def die(self, words: str = "the device is gone") -> None:
        """Every link is lost and no new one opens."""
        self.is_listening = False
        self.open_fault = LinkLost(words)
        self.cut(LinkLost(words))

    def cut(self, error: Exception) -> None:
        for link in self.links:
            if link.is_running and not link.ending.done():
                link.ending.set_exception(error)

    def revive(self) -> None:
        self.is_listening = True
        self.open_fault = None


class ScriptedLink:
    def __init__(self, device: Device, config: Settings, sink: Sink) -> None:
        self.device = device
        self.config = config
        self.sink = sink
        self.tags: Sequence[BoundTag] = ()
        self.is_open = self.is_running = False
        self.retagged = 0
        self.ending: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.retag_fault: Exception | None = None

    async def open(self) -> None:
        self.device.opened_at_s.append(asyncio.get_running_loop().time())
        self.device.client_ids.append(self.config.client_id)
        if self.device.open_hangs:
            await asyncio.sleep(1e6)
        await asyncio.sleep(0.01)
        if self.device.open_fault is not None:
            raise self.device.open_fault
        self.is_open = True
        self.device.opened += 1
        self.device.open_links += 1
        self.device.most_open_links = max(self.device.most_open_links, self.device.open_links)

    async def run(self, tags: Sequence[BoundTag]) -> None:
        self.tags = tags
        self.is_running = True
        try:
            while not self.ending.done():
                if self.device.talks:
                    self.sink.alive()
                await asyncio.wait({self.ending}, timeout=1)
            await self.ending
        except asyncio.CancelledError:
            if self.device.stubborn:
                await asyncio.sleep(60)
            raise
        finally:
            self.is_running = False
            if self.ending.done():
                self.ending.exception()
            else:
                self.ending.cancel()

    async def retag(self, tags: Sequence[BoundTag]) -> None:
        if self.retag_fault is not None:
            raise self.retag_fault
        self.retagged += 1
        self.tags = tags

    async def browse(self, node: str | None, search: str | None, limit: int) -> list[Node]:
        if not self.is_open:
            raise LinkLost("not open")
        return [Node(name, name, False, name) for name in sorted(self.device.values)][:limit]

    async def read(self, tags: Sequence[TagSpec]) -> list[Reading]:
        readings = []
        for tag in tags:
            value = self.device.values.get(str(tag.address))
            error = None if value is not None else "no such register"
            readings.append(Reading(str(tag.address), value, error=error))
        return readings

    async def close(self) -> None:
        if self.device.close_hangs:
            await asyncio.sleep(1e6)
        if self.is_open:
            self.is_open = False
            self.device.open_links -= 1
        self.device.closed += 1

    # what tests do

    async def push(self, *values: float, tag: int = 0, ts: int | None = None) -> None:
        """Deliver values of one tag."""
        await self.sink.deliver(self.batch(*values, tag=tag, ts=ts))

    def batch(self, *values: float, tag: int = 0, ts: int | None = None) -> Batch:
        now = LOOP_START_US + round(asyncio.get_running_loop().time() * 1e6)
        start = now if ts is None else ts
        series = self.tags[tag].series
        n = len(values)
        return batch_of([series] * n, [start + i for i in range(n)], list(values), [0] * n, now)


LOOP_START_US = 1_767_225_600 * 1_000_000


class ScriptedDriver:
    name = "scripted"
    title = "Scripted"
    settings: type[BaseModel] = Settings

    def __init__(self, acknowledges: bool = False, silence_s: float = 10.0) -> None:
        self.acknowledges = acknowledges
        self.silence = silence_s
        self.devices: dict[str, Device] = {}

    def device(self, host: str = "plc") -> Device:
        return self.devices.setdefault(host, Device())

    async def knock(self, host: str, _port: int) -> bool:
        await asyncio.sleep(0.01)
        self.device(host).knocks += 1
        return self.device(host).is_listening

    def endpoint(self, config: BaseModel) -> str:
        assert isinstance(config, Settings)
        return f"scripted://{config.host}:{config.port}/{config.unit_id}"

    def check_tag(self, config: BaseModel, tag: TagSpec) -> TagSpec:
        if not isinstance(tag.address, str) or tag.address.startswith("!"):
            raise Invalid.at("address", f"{tag.address!r} is no address here")
        return replace(tag, address=tag.address.strip())

    def kind(self, tag: TagSpec) -> Kind | None:
        if tag.data_type is None:
            return None
        if tag.data_type == "bool":
            return Kind.BOOLEAN
        return Kind.TEXT if tag.data_type == "string" else Kind.NUMBER

    def silence_s(self, config: BaseModel, tags: Sequence[TagSpec]) -> float:
        return self.silence

    async def probe(self, config: BaseModel, probe: Probe) -> None:
        assert isinstance(config, Settings)
        device = self.device(config.host)
        probe.step("resolve", True, 0.1, f"{config.host} is known")
        if device.probe_hangs:
            await asyncio.sleep(1e6)
        fault = device.open_fault
        if fault is not None and not isinstance(fault, LinkLost | ConfigFault):
            raise fault
        hint = None if fault is None else "switch it on"
        probe.step("connect", fault is None, 1.0, str(fault or "connected"), hint)

    def link(self, config: BaseModel, sink: Sink) -> ScriptedLink:
        assert isinstance(config, Settings)
        device = self.device(config.host)
        link = ScriptedLink(device, config, sink)
        device.links.append(link)
        return link
