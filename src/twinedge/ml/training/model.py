"""A training job: what was ordered and how far it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from twinedge.ml.algorithms.model import Budget, Preparation
from twinedge.ml.jobs import JobStatus


@dataclass(frozen=True, slots=True)
class Order:
    """What to learn. features None: every usable column. group: column of the unit's id.

    validation_fraction: share of rows, the last in time (or the last units), kept for judging.
    plan: what is made of raw rows; budget: false alarms accepted; seed: of every random choice.
    base_model_id: the model whose recipe this is; goes_on: it learns on from what that one knows.
    dataset_version: the content that was the newest when it was ordered; None in old orders.
    """

    algorithm: str
    hyperparameters: Mapping[str, Any]
    features: tuple[str, ...] | None
    target: str | None
    group: str | None
    validation_fraction: float
    plan: Preparation = field(default_factory=Preparation)
    budget: Budget | None = None
    seed: int = 0
    base_model_id: str | None = None
    goes_on: bool = False
    dataset_version: int | None = None

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "Order":
        """The order as `dataclasses.asdict` wrote it into JSON."""
        given = dict(read)
        if given["features"] is not None:
            given["features"] = tuple(given["features"])
        if (plan := given.get("plan")) is not None:
            sequences = {name: tuple(plan[name]) for name in ("statistics", "lags")}
            given["plan"] = Preparation(**plan | sequences)
        if given.get("budget") is not None:
            given["budget"] = Budget(**given["budget"])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Training:
    """One job. restarts: how often a stop of the server cut it short, and it began again."""

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
    warnings: Sequence[str]
    created_us: int
    started_us: int | None
    finished_us: int | None
    restarts: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What one training may use."""

    memory_mb: int = 4096
    threads: int = 1
    time_s: float = 3600.0


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a job's log. level: info, warning or error."""

    timestamp_us: int
    level: str
    message: str
