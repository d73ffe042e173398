"""What the sources room needs from a protocol. `connectors/` implements it, one folder each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from pydantic import BaseModel

from twinedge.assets.model import Kind, NewTag, Tag
from twinedge.sources.model import Node, Reading, Status, Step, TagSpec
from twinedge.telemetry.model import Batch


@dataclass(frozen=True, slots=True)
class BoundTag:
    """A tag and the series its points go to."""

    series: int
    kind: Kind
    spec: TagSpec


class Sink(Protocol):
    """Where a link delivers; the supervisor's side."""

    async def deliver(self, batch: Batch) -> None:
        """Store the batch; returns when it is on disk. When the store cannot take it (queue full,
        disk down): for a driver that `acknowledges` raises Unavailable, and the link must not
        acknowledge; for all others holds it in memory for up to a minute and returns."""
        ...

    def alive(self) -> None:
        """A keep-alive or any valid answer came: the link lives although no value changed."""
        ...

    def tag_fault(self, series: int, message: str | None) -> None:
        """This tag fails (words for a person), or is well again (None)."""
        ...

    async def discover(self, wanted: Sequence[NewTag]) -> list[int | None]:
        """Series of tags that came to light by themselves (MQTT templates), made if new.

        None for one that may not be (belongs to another source, kind clash, too many)."""
        ...


class Link(Protocol):
    """One connection to one device, from `open` to `close`; never used again after a fault."""

    async def open(self) -> None:
        """Connect and log in. Raises LinkLost (outage) or ConfigFault (a person must act)."""
        ...

    async def run(self, tags: Sequence[BoundTag]) -> None:
        """Read the tags and deliver until cancelled. Raises LinkLost or ConfigFault when it ends.

        Every await inside has a deadline. One bad tag is a `tag_fault`, never an exception.
        """
        ...

    async def retag(self, tags: Sequence[BoundTag]) -> None:
        """Switch a running link to these tags without dropping the connection."""
        ...

    async def browse(self, node: str | None, search: str | None, limit: int) -> list[Node]:
        """The children of a node (None = the root), or what matches the search."""
        ...

    async def read(self, tags: Sequence[TagSpec]) -> list[Reading]:
        """Read addresses once, in order; a bad one is a Reading with an error."""
        ...

    async def close(self) -> None:
        """Free the connection within 2 s; never raises; a second call does nothing."""
        ...


class Probe(Protocol):
    """Collects the steps of a connection test as they happen."""

    def step(
        self, name: str, ok: bool, ms: float, detail: str, hint: str | None = None
    ) -> Step: ...


class Driver(Protocol):
    """One protocol: its described settings, its addresses, and how to link."""

    name: str
    """The API's word: opcua, modbus, mqtt."""
    title: str
    """For people: OPC UA."""
    settings: type[BaseModel]
    """The config model; titles, descriptions, defaults, limits draw the UI form and the docs.
    Secret fields are annotated `SecretStr`. Aliases of the API are accepted on input."""
    acknowledges: bool
    """The far side keeps what we did not acknowledge and sends it again (MQTT). Then `deliver`
    raises Unavailable when the store cannot take a batch; else the sink holds it for a minute."""

    def endpoint(self, config: BaseModel) -> str:
        """The derived endpoint, such as modbus://host:port/unit."""
        ...

    def check_tag(self, config: BaseModel, tag: TagSpec) -> TagSpec:
        """The tag with its address in canonical form. Raises Invalid with faults on `address`,
        `data_type`, … relative to the tag."""
        ...

    def kind(self, tag: TagSpec) -> Kind | None:
        """What values the tag will have, as far as the settings tell."""
        ...

    def silence_s(self, config: BaseModel, tags: Sequence[TagSpec]) -> float:
        """After how long without data or keep-alive the link counts as dead."""
        ...

    async def probe(self, config: BaseModel, probe: Probe) -> None:
        """Run the test steps in order (resolve, connect, tls, hello, security, certificate,
        authenticate, read; those that apply), stop at the first failure. Never raises for a
        failing device; uses a connection of its own."""
        ...

    def link(self, config: BaseModel, sink: Sink) -> Link:
        """A fresh link, not yet open."""
        ...


Drivers = Mapping[str, Driver]
"""All protocols by type."""

Config = dict[str, Any]
"""A source's settings as the client wrote them: secrets plain, `${ENV_NAME}` not yet resolved."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the runtime shall do for one source; a later plan of the same id replaces it."""

    id: str
    name: str
    type: str
    enabled: bool
    config: Config = field(repr=False)
    tags: tuple[BoundTag, ...] = ()
    discovered: tuple[int, ...] = ()
    """Series that came to light by themselves in an earlier run of the process."""
    fault: str | None = None
    """Why the source cannot run at all (its secret cannot be read), in words."""
    resumed: bool = False
    """It may have been connected when the process ended: its tags may still look good."""


class Runtime(Protocol):
    """The supervisor as the service sees it."""

    async def apply(self, plan: Plan) -> None:
        """Make it so, without disturbing other sources. Returns when a disabled source has let
        go of its device; does not wait for a connection."""
        ...

    async def forget(self, id: str) -> None:
        """Stop the source within 2 s and drop its status."""
        ...

    def retry(self, id: str) -> None:
        """Connect now: ends a wait, or replaces a running link by a fresh one."""
        ...

    def status(self, id: str) -> Status:
        """How the source is now; DISABLED for an unknown id."""
        ...

    def connected(self) -> frozenset[str]:
        """Ids of the sources with status connected."""
        ...

    def link(self, id: str) -> Link | None:
        """The running link for a question (browse, read); None unless connected."""
        ...


class Claims(Protocol):
    """The part of the series register that the runtime needs."""

    def find(self, asset_id: str, tag_name: str) -> Tag | None: ...

    async def ensure(self, wanted: Sequence[NewTag]) -> list[Tag]: ...
