"""A training job: what was ordered and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in {JobStatus.QUEUED, JobStatus.RUNNING}


@dataclass(frozen=True, slots=True)
class Order:
    """What to learn. features None: every usable column. group: column of the unit's id.

    validation_fraction: share of rows, the last in time (or the last units), kept for judging.
    """

    algorithm: str
    hyperparameters: Mapping[str, Any]
    features: tuple[str, ...] | None
    target: str | None
    group: str | None
    validation_fraction: float


@dataclass(frozen=True, slots=True)
class Training:
    """One job."""

    id: str
    name: str
    dataset_id: str
    order: Order
    status: JobStatus
    progress: float
    message: str
    metrics: Mapping[str, Any] | None
    model_id: str | None
    error: str | None
    created_us: int
    started_us: int | None
    finished_us: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What one training may use."""

    memory_mb: int = 4096
    threads: int = 1
    time_s: float = 3600.0
