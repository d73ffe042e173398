"""How an algorithm is described, and what a fitted one consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.kit.errors import TwinEdgeError

Floats = NDArray[np.float64]
Setting = int | float | bool


class UnsuitableData(TwinEdgeError):
    """The data cannot be learned from; the message says why to a person."""

    code = "validation_error"
    status = 400


class Task(StrEnum):
    """What a model answers: how strange, which class, or how much."""

    ANOMALY = "anomaly_detection"
    CLASSIFICATION = "classification"
    REGRESSION = "regression"


@dataclass(frozen=True, slots=True)
class Hyperparameter:
    """One knob. `type` is integer, number or boolean; the range includes both ends."""

    name: str
    type: str
    default: Setting
    description: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One algorithm as people choose it."""

    id: str
    title: str
    task: Task
    description: str
    hyperparameters: tuple[Hyperparameter, ...]
    recommended: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows to learn from, in time order (per group).

    features float64[n, d]; target float64[n] (class codes for classification) or None; groups
    int64[n] numbers the unit each row belongs to, or None; step_us: median step between rows.
    """

    names: tuple[str, ...]
    features: Floats
    target: Floats | None = None
    groups: NDArray[np.int64] | None = None
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: tuple[Any, ...] = ()
    step_us: int | None = None

    def __len__(self) -> int:
        return len(self.features)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything of a fitted model but its numbers; kept as JSON beside the ONNX file.

    threshold and scale belong to the raw score: 0..1 is 0.5 at the threshold, see `to_unit`.
    window: rolling rows before the core; spread: rolling spread and drift are features too;
    smooth: rows the raw score is averaged over; alpha: how fast the baseline follows.
    """

    algorithm: str
    task: Task
    features: tuple[str, ...]
    target: str | None
    threshold: float | None
    scale: float
    window: int = 1
    smooth: int = 1
    spread: bool = False
    grouped: bool = False
    alpha: float | None = None
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: tuple[Any, ...] = ()
    positive: int = 0
    step_us: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A trained model: blueprint, ONNX core, and arrays (medians, state at the training's end)."""

    blueprint: Blueprint
    onnx: bytes
    arrays: dict[str, NDArray[Any]]
