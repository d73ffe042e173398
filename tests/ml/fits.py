"""Small fits of every algorithm, for the tests of this folder."""

import json
from functools import cache
from typing import Any

import numpy as np

from twinedge.ml.algorithms import preprocessing, registry
from twinedge.ml.algorithms.fitting import fit
from twinedge.ml.algorithms.model import Fitted, Floats, Setting, Table, Task

FEATURES = ("a", "b", "c")
EVERY = list(registry.ALGORITHMS)
FAST: dict[str, dict[str, Setting]] = {
    "autoencoder": {"max_iter": 20},
    "isolation_forest": {"n_estimators": 20},
    "pca_t2q": {"variance": 0.6},
    "random_forest": {"n_estimators": 10},
    "random_forest_regressor": {"n_estimators": 10},
    "gradient_boosting": {"max_iter": 10},
    "gradient_boosting_regressor": {"max_iter": 10},
    "seasonal_naive": {"horizon": 3, "season": 7},
    "autoregression": {"horizon": 3, "season": 7, "lags": 5},
    "boosted_autoregression": {"horizon": 3, "season": 7, "lags": 5, "max_iter": 10},
}


def rows(count: int, seed: int = 1) -> Floats:
    """Rows around an operating point."""
    random = np.random.default_rng(seed)
    return random.normal(size=(count, 3)) * [1, 5, 0.1] + [0, 50, 3]


def table_for(algorithm: str, x: Floats, step_us: int | None = None) -> tuple[Table, str | None]:
    """A table with the target the algorithm needs, and the target's name."""
    task = registry.find(algorithm).task
    if task is Task.ANOMALY:
        return Table(FEATURES, x, step_us=step_us), None
    if task is Task.CLASSIFICATION:
        y = (x[:, 0] + x[:, 2] > 3.8).astype(np.float64)
        return Table(FEATURES, x, y, classes=("fine", "broken"), step_us=step_us), "y"
    if task is Task.FORECASTING:
        wide = np.column_stack([x[:, 0], x])
        return Table(("t", *FEATURES), wide, x[:, 0], step_us=step_us), "t"
    return Table(FEATURES, x, x[:, 0] * 2 - x[:, 1], step_us=step_us), "y"


def fitted(
    algorithm: str, count: int = 300, written: dict[str, Any] | None = None, **given: Setting
) -> Fitted:
    """A small model, fitted once for all tests; `written`: its preprocessing as people write it."""
    return _fitted(algorithm, count, json.dumps(written), tuple(given.items()))


@cache
def _fitted(
    algorithm: str, count: int, written: str, given: tuple[tuple[str, Setting], ...]
) -> Fitted:
    description = registry.find(algorithm)
    params = registry.complete(description, FAST.get(algorithm, {}) | dict(given))
    plan = preprocessing.read(description, params, json.loads(written), window_given=False)
    table, target = table_for(algorithm, rows(count))
    return fit(algorithm, table, target, params, plan)
