"""The API's answers as a client sees them: plain dictionaries with known keys."""

from typing import Any, TypedDict


class Source(TypedDict):
    """A data source, as GET /data-sources/{id} answers it."""

    id: str
    name: str
    type: str
    endpoint: str
    config: dict[str, Any]
    enabled: bool
    status: str
    state: str
    last_error: str | None
    last_data_at: str | None
    tag_count: int
    points_per_second: float
    created_at: str
    updated_at: str


class Step(TypedDict):
    """One step of a connection test."""

    name: str
    ok: bool
    ms: float
    detail: str
    hint: str | None


class ConnectionReport(TypedDict):
    """What a connection test found."""

    ok: bool
    latency_ms: float | None
    steps: list[Step]


class Node(TypedDict):
    """One entry of a browse answer."""

    node: str
    name: str
    has_children: bool
    address: str | None
    data_type: str | None
    unit: str | None
    value: Any
    description: str | None


class Point(TypedDict):
    """One row of GET /telemetry; `value` is absent where `max_points` answers min, max, avg…"""

    timestamp: str
    asset_id: str
    tag_name: str
    value: float | bool | str | None
    quality: str


class LatestPoint(Point):
    """One row of GET /telemetry/latest."""

    age_seconds: float


class Key(TypedDict):
    """An API key; `key` itself is there only in the answer that makes it."""

    id: str
    name: str
    scopes: list[str]
    created_at: str
    expires_at: str | None
    last_used_at: str | None


class NewKey(Key):
    """A key just made or rotated: the only time it is shown."""

    key: str


class AssetTag(TypedDict):
    """One tag of an asset."""

    tag_name: str
    kind: str
    unit: str | None
    description: str | None
    data_source_id: str | None


class Asset(TypedDict):
    """An asset and its tags."""

    id: str
    name: str
    description: str
    type: str | None
    parent: str | None
    properties: dict[str, Any]
    tags: list[AssetTag]
    created_at: str
    updated_at: str
    version: int
