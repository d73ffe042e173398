"""How an algorithm is described, and what a fitted one consists of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    """What a model answers: how strange, which class, how much, or how much it will be."""

    ANOMALY = "anomaly_detection"
    CLASSIFICATION = "classification"
    REGRESSION = "regression"
    FORECASTING = "forecasting"

    @property
    def answers_a_value(self) -> bool:
        return self in {Task.REGRESSION, Task.FORECASTING}


STATISTICS = ("value", "mean", "std", "min", "max", "drift")
"""What a rolling window makes of a feature; drift: its mean minus that of the unit's first rows."""
SCALINGS = ("auto", "none", "standard", "robust")
"""How features are scaled; auto: as the algorithm needs it."""


@dataclass(frozen=True, slots=True)
class Preparation:
    """What is made of raw rows before the core; part of the model. Row t looks at rows up to t.

    window: rows of the rolling statistics; lags: how many rows back raw values are taken from;
    interactions: differences and products of every pair of features.
    """

    window: int = 1
    statistics: tuple[str, ...] = ("value",)
    lags: tuple[int, ...] = ()
    interactions: bool = False
    scaling: str = "auto"

    @property
    def memory(self) -> int:
        """Rows before the present one that are needed."""
        return max(self.window - 1, *self.lags, 0)


@dataclass(frozen=True, slots=True)
class Budget:
    """False alarms a person accepts: so many a week, or this share of normal rows. One is set."""

    per_week: float | None = None
    rate: float | None = None


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
    """One algorithm as people choose it. goes_on: it may learn on from a model of its own."""

    id: str
    title: str
    task: Task
    description: str
    hyperparameters: tuple[Hyperparameter, ...]
    preparation: Preparation = Preparation()
    recommended: bool = False
    goes_on: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Rows to learn from, in time order (per group).

    features float64[n, d]; target float64[n] (class codes for classification) or None; groups
    int64[n] numbers the unit each row belongs to, or None; times int64[n] are microseconds, or
    None; step_us: median step between rows.
    """

    names: tuple[str, ...]
    features: Floats
    target: Floats | None = None
    groups: NDArray[np.int64] | None = None
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: tuple[Any, ...] = ()
    step_us: int | None = None
    times: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.features)

    def rows(self, mask: NDArray[Any]) -> "Table":
        """The rows of a mask or of indices."""
        return replace(
            self,
            features=self.features[mask],
            target=None if self.target is None else self.target[mask],
            groups=None if self.groups is None else self.groups[mask],
            times=None if self.times is None else self.times[mask],
        )

    def units(self) -> list[NDArray[np.int64]]:
        """The row numbers of each unit, in order; one unit where there are no groups."""
        every = np.arange(len(self))
        if self.groups is None:
            return [every]
        order = np.argsort(self.groups, kind="stable")
        cuts = np.flatnonzero(np.diff(self.groups[order])) + 1
        return np.split(order, cuts)


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Everything of a fitted model but its numbers; kept as JSON beside the ONNX file.

    threshold and scale belong to the raw score: 0..1 is 0.5 at the threshold, see `to_unit`.
    smooth: rows the raw score is averaged over; alpha: how fast the baseline follows; horizon:
    rows ahead of a forecast.
    """

    algorithm: str
    task: Task
    features: tuple[str, ...]
    target: str | None
    threshold: float | None
    scale: float
    preparation: Preparation = Preparation()
    smooth: int = 1
    grouped: bool = False
    alpha: float | None = None
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    classes: tuple[Any, ...] = ()
    positive: int = 0
    step_us: int | None = None
    horizon: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """A trained model: blueprint, ONNX core, and arrays (medians, state at the training's end).

    estimator: what scikit-learn fitted, kept for re-training only; None where it fitted nothing.
    training_raw: a detector's raw scores of the training rows, as it would live; not kept on disk.
    """

    blueprint: Blueprint
    onnx: bytes
    arrays: dict[str, NDArray[Any]]
    estimator: Any = None
    training_raw: Floats | None = None
