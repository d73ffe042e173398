"""A dataset: an immutable table on disk and what is known of it."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from twinedge.kit.errors import Invalid


class Status(StrEnum):
    """Whether there is a table to learn from."""

    EMPTY = "empty"
    READY = "ready"
    FAILED = "failed"


class Origin(StrEnum):
    """Where the rows come from."""

    UPLOAD = "upload"
    TELEMETRY = "telemetry"


class BadFile(Invalid):
    """An uploaded file cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: type is number, boolean, text or time; statistics of numbers only."""

    name: str
    type: str
    missing: int
    min: float | None
    max: float | None
    mean: float | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One immutable table: a Parquet file named by its SHA-256."""

    file: str
    sha256: str
    row_count: int
    size_bytes: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts of n bins between n + 1 edges; the last bin includes its upper edge."""

    edges: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of a column. std (of the population) and histogram of numbers only."""

    name: str
    type: str
    missing: int
    min: float | None
    max: float | None
    mean: float | None
    std: float | None
    distinct: int
    histogram: Histogram | None


@dataclass(frozen=True, slots=True)
class Version:
    """One content that a dataset has or had."""

    version: int
    snapshot: Snapshot
    created_us: int


@dataclass(frozen=True, slots=True)
class LabelQuery:
    """Periods that make the label column 1. origin: alerts or annotations; None is any."""

    origin: str
    column: str
    rule_ids: tuple[str, ...] = ()
    severity: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class TelemetryQuery:
    """Rows wanted from stored telemetry: one row per asset and interval that has points.

    quality: good, or all (uncertain and bad points too).
    """

    asset_ids: tuple[str, ...]
    tags: tuple[str, ...]
    start: int
    end: int
    interval: str
    fill: str
    quality: str = "good"
    labels: LabelQuery | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset as the API shows it. `snapshot` is None until it has rows.

    version: how often its content changed; revision: how often anything did.
    """

    id: str
    name: str
    description: str
    status: Status
    source: Origin
    snapshot: Snapshot | None
    version: int
    revision: int
    created_us: int
    updated_us: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The columns and the first rows."""

    columns: tuple[Profile, ...] = ()
    rows: list[dict[str, Any]] = field(default_factory=list)
    row_count: int = 0
