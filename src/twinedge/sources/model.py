"""Data sources, their tags, states and test steps; pure data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal

from twinedge.kit.errors import TwinEdgeError


class State(StrEnum):
    """What a source is doing. Only CONNECTED and DEGRADED count as `connected`."""

    DISABLED = "disabled"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    DEGRADED = "degraded"
    """Data arrives, but some tags fail."""
    BACKOFF = "backoff"
    """Lost or unreachable; waiting for the next attempt."""
    CONFIG_ERROR = "config_error"
    """Reached, but refused (login, certificate, address): a person has to change something."""

    @property
    def is_connected(self) -> bool:
        return self in {State.CONNECTED, State.DEGRADED}


@dataclass(frozen=True, slots=True)
class TagState:
    """How one tag is: `ok`, `waiting` for its first value, or `fault` with the reason."""

    word: Literal["ok", "waiting", "fault"]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """A source at one moment."""

    state: State
    last_error: str | None = None
    """What is wrong now, in words; None while all is well."""
    since_us: int | None = None
    """When the state began."""
    last_data_us: int | None = None
    points_per_second: float = 0.0
    """Values received from the device, before any deadband; an average over about 10 s."""
    discovered: int = 0
    """Tags that came to light by themselves, besides the configured ones."""
    attempts: int = 0
    """Links opened or tried since the process began."""
    held_points: int = 0
    dropped_points: int = 0
    """Points lost because the store could not take them for more than a minute."""
    tags: Mapping[int, TagState] = field(default_factory=dict)
    """By series; configured, enabled tags only."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """News: a source is in another state or for another reason."""

    id: str
    name: str
    type: str
    state: State
    last_error: str | None
    at_us: int


DataType = Literal[
    "bool", "int16", "uint16", "int32", "uint32", "int64", "uint64",
    "float32", "float64", "string", "bcd16", "bcd32",
]  # fmt: skip
Order = Literal["big", "little"]


@dataclass(frozen=True, slots=True)
class Deadband:
    """Values closer to the last stored one than this are not stored. percent: of the value."""

    type: Literal["absolute", "percent"]
    value: float


@dataclass(frozen=True, slots=True)
class TagSpec:
    """How one tag is read. `address` is text or an object in the protocol's own notation.

    value = raw * scale + offset, in `unit`. data_type None means: as the device says.
    """

    address: str | dict[str, Any]
    asset_id: str
    tag_name: str
    id: str = ""
    data_type: DataType | None = None
    length: int | None = None
    word_order: Order = "big"
    byte_order: Order = "big"
    bit: int | None = None
    scale: float | None = None
    offset: float | None = None
    unit: str | None = None
    interval_ms: int | None = None
    deadband: Deadband | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a connection test."""

    name: str
    ok: bool
    ms: float
    detail: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One entry of a browse answer: a folder to open, a tag to add, or both."""

    node: str
    """What to pass as `node` to go deeper."""
    name: str
    has_children: bool
    address: str | None = None
    """What to use as a tag's address; None for a mere folder."""
    data_type: str | None = None
    unit: str | None = None
    value: Any = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One address read once. Either value and quality, or error in plain words."""

    address: str
    value: float | bool | str | None = None
    quality: str = "good"
    ts: int | None = None
    error: str | None = None
    data_type: str | None = None
    raw: list[int] | None = None
    """Modbus: the registers as read, for the decode assistant."""
    alternatives: dict[str, Any] = field(default_factory=dict)
    """Modbus: the value under the other word and byte orders."""


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A data source as stored; `config` has its secrets sealed."""

    id: str
    name: str
    type: str
    config: dict[str, Any] = field(repr=False)
    enabled: bool
    version: int
    created_us: int
    updated_us: int


@dataclass(frozen=True, slots=True)
class StoredTag:
    """A tag as stored."""

    spec: TagSpec
    series: int
    version: int
    created_us: int
    updated_us: int

    @property
    def id(self) -> str:
        return self.spec.id


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source wanted. `endpoint` may say what config leaves out."""

    name: str
    type: str
    config: dict[str, Any] = field(repr=False)
    id: str | None = None
    endpoint: str | None = None
    enabled: bool = True
    tags: tuple[TagSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceChange:
    """What replaces a source's own; tags None: they stay as they are. A type only confirms."""

    name: str
    config: dict[str, Any] = field(repr=False)
    type: str | None = None
    endpoint: str | None = None
    enabled: bool = True
    tags: tuple[TagSpec, ...] | None = None


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source as people see it; `config` has its secrets masked."""

    id: str
    name: str
    type: str
    endpoint: str
    config: dict[str, Any]
    enabled: bool
    status: Literal["connected", "disconnected"]
    state: State
    last_error: str | None
    last_data_at: int | None
    tag_count: int
    points_per_second: float
    created_at: int
    updated_at: int
    version: int


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag with how it is."""

    spec: TagSpec
    series: int
    state: Literal["ok", "waiting", "fault", "disabled"]
    error: str | None
    version: int
    created_at: int
    updated_at: int


@dataclass(frozen=True, slots=True)
class TestReport:
    """How a connection test went; the last step is the failing one if not ok."""

    ok: bool
    latency_ms: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class TagChange:
    """A tag before and after."""

    before: TagSpec
    after: TagSpec


@dataclass(frozen=True, slots=True)
class Difference:
    """What a list of tags changes."""

    added: tuple[TagSpec, ...]
    changed: tuple[TagChange, ...]
    removed: tuple[TagSpec, ...]
    unchanged: int


class LinkLost(TwinEdgeError):
    """The device cannot be reached or went silent: an outage, try again. Words for a person."""

    code = "service_unavailable"
    status = 503


class ConfigFault(TwinEdgeError):
    """The device answers and refuses us: a person must change something. Words for a person."""

    code = "conflict"
    status = 409

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint
