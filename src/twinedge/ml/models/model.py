"""A model: one version of a name, what is said of it, and where it watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from twinedge.ml.jobs import JobStatus

Bindings = Mapping[str, Mapping[str, tuple[str, str]]]
"""By asset that gets the scores: the (asset, tag) of each feature."""


class ModelStatus(StrEnum):
    """What a model does."""

    READY = "ready"
    DEPLOYED = "deployed"
    ARCHIVED = "archived"


class Mode(StrEnum):
    """Whether a deployed model is the one that counts, or watches beside it."""

    LIVE = "live"
    SHADOW = "shadow"


class Missing(StrEnum):
    """What happens to a row with a value older than the deployment's maximum age.

    skip: it is not scored. hold: the old value is used however old it is. mean: the value is
    replaced by the feature's middle at training.
    """

    SKIP = "skip"
    HOLD = "hold"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where a model watches. assets None: every asset that has all feature tags."""

    assets: Bindings | None
    output_tag: str
    mode: Mode
    max_age_s: float
    since_us: int
    missing: Missing = Missing.SKIP

    @property
    def stem(self) -> str:
        """What the names of all its output tags begin with."""
        return self.output_tag.removesuffix(".score")


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model as the API shows it. revision counts changes of anything."""

    id: str
    name: str
    version: int
    description: str
    algorithm: str
    task: str
    features: tuple[str, ...]
    target: str | None
    threshold: float | None
    metrics: Mapping[str, Any]
    card: Mapping[str, Any]
    status: ModelStatus
    aliases: tuple[str, ...]
    deployment: Deployment | None
    dataset_id: str
    training_id: str
    revision: int
    created_us: int


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Which models; None is any."""

    status: ModelStatus | None = None
    name: str | None = None
    alias: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a person changes of a model; None keeps it. by: who."""

    name: str | None
    description: str | None
    threshold: float | None
    by: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Models side by side; each list has one entry a model, None where it has none."""

    models: tuple[Model, ...]
    metrics: Mapping[str, list[Any]]
    hyperparameters: Mapping[str, list[Any]]
    same_dataset: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One tested row."""

    prediction: Any
    score: float | None
    raw_score: float | None
    raw_threshold: float | None
    is_anomaly: bool
    contributions: Mapping[str, float]
    probabilities: Mapping[str, float] | None
    latency_ms: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """One scored row of live telemetry. score: 0..1, or the value a regression predicts."""

    model_id: str
    model_name: str
    asset_id: str
    score: float
    is_anomaly: bool
    top: str | None
    mode: Mode
    ts_us: int


@dataclass(frozen=True, slots=True)
class BackfillOrder:
    """History to score: [start_us, end_us) of these assets (empty: all the model would watch)."""

    start_us: int
    end_us: int
    asset_ids: tuple[str, ...]
    output_tag: str


@dataclass(frozen=True, slots=True)
class Backfill:
    """One job that scores history. progress: 0 to 1."""

    id: str
    model_id: str
    order: BackfillOrder
    status: JobStatus
    progress: float
    message: str
    rows_scored: int
    error: str | None
    created_us: int
    started_us: int | None
    finished_us: int | None
