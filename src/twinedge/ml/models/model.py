"""A model: one version of a name, and where it watches."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ModelStatus(StrEnum):
    """What a model does."""

    READY = "ready"
    DEPLOYED = "deployed"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Deployment:
    """Where a model watches. assets: by asset that gets the scores, the (asset, tag) of each
    feature; None: every asset that has all feature tags. mode: live or shadow."""

    assets: Mapping[str, Mapping[str, tuple[str, str]]] | None
    output_tag: str
    mode: str
    max_age_s: float
    since_us: int


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model as the API shows it."""

    id: str
    name: str
    version: int
    algorithm: str
    task: str
    features: tuple[str, ...]
    target: str | None
    threshold: float | None
    metrics: Mapping[str, Any]
    card: Mapping[str, Any]
    status: ModelStatus
    deployment: Deployment | None
    dataset_id: str
    training_id: str
    revision: int
    created_us: int


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
