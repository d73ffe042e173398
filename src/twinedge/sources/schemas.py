"""Bodies and answers of data sources over HTTP."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from twinedge.kit.ids import ID_PATTERN
from twinedge.sources.model import (
    DataType,
    Deadband,
    Difference,
    NewSource,
    Order,
    SourceChange,
    State,
    TagChange,
    TagSpec,
    TagView,
)
from twinedge.web.envelope import Body, Item, Moment

TAGS_MAX = 50_000
PREVIEW_MAX = 500


def _not_blank(name: str) -> str:
    if not name.strip():
        raise ValueError("must not be blank")
    return name


Id = Annotated[str, Field(pattern=ID_PATTERN, description="Your own id; one is made if left out")]
Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_not_blank)]
Address = Annotated[str, Field(min_length=1, max_length=2000)] | dict[str, Any]
Config = Annotated[
    dict[str, Any],
    Field(
        description=(
            "Settings of the protocol; `GET /data-source-types` describes them. `${NAME}` stands "
            "for an environment variable. A secret is never returned, only `********`, and "
            "sending that back keeps it"
        ),
        examples=[{"host": "192.168.1.50", "port": 502, "unit_id": 1}],
    ),
]


class DeadbandIn(Body):
    """Values closer to the last stored one than this are not stored."""

    type: Literal["absolute", "percent"]
    value: float = Field(ge=0, description="In the tag's unit, or percent of the last value")


class TagIn(Body):
    """A tag: what to read, and under which asset and name to store it."""

    id: Id | None = None
    address: Address = Field(
        description="In the protocol's notation", examples=["40001", "ns=2;s=Pump.Flow"]
    )
    asset_id: str = Field(examples=["Pump_001"])
    tag_name: str = Field(examples=["temperature"])
    data_type: DataType | None = Field(default=None, description="Left out: as the device says")
    length: int | None = Field(default=None, ge=1, le=2000, description="Bytes of a string")
    word_order: Order = "big"
    byte_order: Order = "big"
    bit: int | None = Field(default=None, ge=0, le=63)
    scale: float | None = Field(default=None, description="value = raw * scale + offset")
    offset: float | None = None
    unit: str | None = Field(default=None, max_length=64)
    interval_ms: int | None = Field(default=None, ge=100, le=3_600_000)
    deadband: DeadbandIn | None = None
    enabled: bool = True

    def to_spec(self) -> TagSpec:
        band = self.deadband
        return TagSpec(
            address=self.address,
            asset_id=self.asset_id,
            tag_name=self.tag_name,
            id=self.id or "",
            data_type=self.data_type,
            length=self.length,
            word_order=self.word_order,
            byte_order=self.byte_order,
            bit=self.bit,
            scale=self.scale,
            offset=self.offset,
            unit=self.unit or None,
            interval_ms=self.interval_ms,
            deadband=None if band is None else Deadband(band.type, band.value),
            enabled=self.enabled,
        )


class TagsIn(Body):
    """Many tags at once, all or none."""

    tags: list[TagIn] = Field(min_length=1, max_length=TAGS_MAX)


def _one_or_many(body: object) -> str:
    is_many = isinstance(body, TagsIn) or (isinstance(body, dict) and "tags" in body)
    return "many tags" if is_many else "one tag"


TagOrTagsIn = Annotated[
    Annotated[TagIn, Tag("one tag")] | Annotated[TagsIn, Tag("many tags")],
    Discriminator(_one_or_many),
]
"""A tag, or `{"tags": [...]}`; told apart by that key, so that faults speak of one form only."""


class SourceIn(Body):
    """A data source to create."""

    id: Id | None = None
    name: Name
    type: str = Field(examples=["modbus"], description="opcua, modbus, mqtt")
    config: Config = Field(default_factory=dict)
    endpoint: str | None = Field(
        default=None, max_length=2000, description="May stand for the address in `config`"
    )
    enabled: bool = True
    tags: list[TagIn] = Field(default_factory=list, max_length=TAGS_MAX)

    def to_new(self) -> NewSource:
        return NewSource(
            self.name, self.type, self.config, self.id, self.endpoint, self.enabled,
            tuple(tag.to_spec() for tag in self.tags),
        )  # fmt: skip


class SourceChangeIn(Body):
    """What replaces a data source's own. `type` may be repeated but not changed; without `tags`
    they stay as they are."""

    name: Name
    type: str | None = None
    config: Config
    endpoint: str | None = Field(default=None, max_length=2000)
    enabled: bool = True
    tags: list[TagIn] | None = Field(default=None, max_length=TAGS_MAX)

    def to_change(self) -> SourceChange:
        tags = None if self.tags is None else tuple(tag.to_spec() for tag in self.tags)
        return SourceChange(self.name, self.config, self.type, self.endpoint, self.enabled, tags)


class DraftIn(Body):
    """A data source not saved yet. `id` of a saved one lends its secrets to masked ones."""

    id: Id | None = None
    name: Name | None = None
    type: str = Field(examples=["modbus"])
    config: Config = Field(default_factory=dict)
    endpoint: str | None = Field(default=None, max_length=2000)

    def to_draft(self) -> NewSource:
        return NewSource(self.name or "", self.type, self.config, self.id, self.endpoint)


class BrowseIn(DraftIn):
    """Browse a device before its source is saved."""

    node: str | None = Field(default=None, max_length=2000, description="Left out: the root")
    search: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=200, ge=1, le=1000)


class ProbedTagIn(TagIn):
    """A tag to read once; what it is to be called may be left open."""

    asset_id: str = "preview"
    tag_name: str = "preview"


class Wanted(Body):
    """Addresses or tags to read once."""

    addresses: list[Address] | None = Field(default=None, max_length=PREVIEW_MAX)
    tags: list[ProbedTagIn] | None = Field(default=None, max_length=PREVIEW_MAX)

    def to_specs(self) -> list[TagSpec]:
        bare = [
            TagSpec(address=address, asset_id="preview", tag_name=f"preview {number}")
            for number, address in enumerate(self.addresses or [])
        ]
        return bare + [tag.to_spec() for tag in self.tags or []]


class PreviewIn(Wanted):
    """What to read once from a saved source."""


class DraftPreviewIn(DraftIn, Wanted):
    """What to read once from a device whose source is not saved yet."""


class SourceItem(Item):
    """A data source."""

    id: str
    name: str
    type: str
    endpoint: str = Field(description="Derived from config", examples=["modbus://10.0.0.5:502/1"])
    config: dict[str, Any]
    enabled: bool
    status: Literal["connected", "disconnected"] = Field(
        description="connected only while data or keep-alives arrive"
    )
    state: State
    last_error: str | None = Field(description="What is wrong now, in words")
    last_data_at: Moment | None
    tag_count: int
    points_per_second: float = Field(description="Received, before deadbands; over about 10 s")
    created_at: Moment
    updated_at: Moment


class DeadbandItem(Item):
    """A tag's deadband."""

    type: Literal["absolute", "percent"]
    value: float


class TagItem(Item):
    """A tag of a data source, and how it is."""

    id: str
    address: str | dict[str, Any]
    asset_id: str
    tag_name: str
    data_type: DataType | None
    length: int | None
    word_order: Order
    byte_order: Order
    bit: int | None
    scale: float | None
    offset: float | None
    unit: str | None
    interval_ms: int | None
    deadband: DeadbandItem | None
    enabled: bool
    state: Literal["ok", "waiting", "fault", "disabled"] = Field(
        description="waiting: no value since the connection was made"
    )
    error: str | None
    created_at: Moment
    updated_at: Moment


class StepItem(Item):
    """One step of a connection test."""

    name: str = Field(
        description="resolve, connect, tls, hello, security, certificate, authenticate, read; "
        "settings when they cannot be used at all"
    )
    ok: bool
    ms: float
    detail: str
    hint: str | None


class TestItem(Item):
    """How a connection test went."""

    ok: bool
    latency_ms: float = Field(description="Of the whole test")
    steps: list[StepItem] = Field(description="Stops at the first failure")


class NodeItem(Item):
    """One entry of a browse answer: a folder to open, a tag to add, or both."""

    node: str = Field(description="Pass as `node` to go deeper")
    name: str
    has_children: bool
    address: str | None = Field(description="Use as a tag's address; null for a mere folder")
    data_type: str | None
    unit: str | None
    value: Any
    description: str | None


class ReadingItem(Item):
    """One address read once: value and quality, or an error in words."""

    address: str
    value: float | bool | str | None
    quality: str
    timestamp: Moment | None
    error: str | None
    data_type: str | None
    raw: list[int] | None = Field(description="Modbus: the registers as read")
    alternatives: dict[str, Any] = Field(description="Modbus: under other types and orders")


class TypeItem(Item):
    """A protocol and its settings."""

    type: str
    title: str
    schema_: dict[str, Any] = Field(
        serialization_alias="schema", description="JSON schema of `config`"
    )
    secrets: list[str] = Field(description="Settings that are never returned")


class TagNamed(Item):
    """Which tag."""

    id: str | None
    asset_id: str
    tag_name: str
    address: str | dict[str, Any]


class FieldChange(Item):
    """One field of a tag before and after."""

    field: str
    before: Any
    after: Any


class ChangedTag(TagNamed):
    """A tag that changes, and how."""

    changes: list[FieldChange]


class ImportItem(Item):
    """What an import of tags changes, or would change."""

    dry_run: bool
    added: list[TagNamed]
    changed: list[ChangedTag]
    removed: list[TagNamed]
    unchanged: int


def tag_item(view: TagView) -> TagItem:
    """The answer's form of a tag."""
    spec = view.spec
    band = spec.deadband
    return TagItem(
        **{name: getattr(spec, name) for name in _SPEC_FIELDS},
        deadband=None if band is None else DeadbandItem(type=band.type, value=band.value),
        state=view.state,
        error=view.error,
        created_at=view.created_at,
        updated_at=view.updated_at,
    )


def import_item(result: Difference, dry_run: bool) -> ImportItem:
    """The answer's form of a difference."""
    return ImportItem(
        dry_run=dry_run,
        added=[_named(tag) for tag in result.added],
        changed=[_changed(change) for change in result.changed],
        removed=[_named(tag) for tag in result.removed],
        unchanged=result.unchanged,
    )


_SPEC_FIELDS = (
    "id", "address", "asset_id", "tag_name", "data_type", "length", "word_order", "byte_order",
    "bit", "scale", "offset", "unit", "interval_ms", "enabled",
)  # fmt: skip


def _named(tag: TagSpec) -> TagNamed:
    return TagNamed(
        id=tag.id or None, asset_id=tag.asset_id, tag_name=tag.tag_name, address=tag.address
    )


def _changed(change: TagChange) -> ChangedTag:
    fields = [
        FieldChange(field=name, before=before, after=after)
        for name in (*_SPEC_FIELDS, "deadband")
        if (before := getattr(change.before, name)) != (after := getattr(change.after, name))
    ]
    return ChangedTag(**_named(change.after).model_dump(), changes=fields)
