"""Fits the anomaly detectors; each becomes an ONNX core and the rule around it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.cores import CORES, HELD_BACK, Core
from twinedge.ml.algorithms.graph import Graph
from twinedge.ml.algorithms.model import (
    Blueprint,
    Budget,
    Fitted,
    Floats,
    Preparation,
    Setting,
    Table,
    Task,
)
from twinedge.ml.algorithms.predictor import Predictor
from twinedge.ml.algorithms.preparation import columns, owners, prepare_table, start_of
from twinedge.ml.algorithms.running import ANEW, Run
from twinedge.ml.algorithms.scaling import scale_of
from twinedge.ml.algorithms.thresholds import within_budget

_WARM_UP = 30
"""Rows of a unit whose scores the threshold ignores: rolling windows are short there."""
_ENDLESS = 1e300
"""A threshold no score reaches."""
_STEADIEST = 1e-3
"""Least noise share of a column: a constant or purely drifting one still counts a little."""
_STEP, _STEPS = 1.05, 60
"""How a budget's threshold is raised while the moving baseline still alarms too often."""

Params = Mapping[str, Setting]


def fit_detector(
    algorithm: str, table: Table, params: Params, plan: Preparation,
    budget: Budget | None = None, run: Run = ANEW,
) -> Fitted:  # fmt: skip
    """Fit one of the anomaly detectors on every row of the table."""
    prepared = prepare_table(plan, table)
    settled = prepared[_settled(table, plan.window - 1)]
    names = columns(plan, table.names)
    usual = "none" if algorithm == "isolation_forest" else "operating_point"
    center, spread = scale_of(usual if plan.scaling == "auto" else plan.scaling, settled)
    graph = Graph()
    x = graph.input("features", len(names))
    if center.any() or (spread != 1).any():
        x = graph.standardise(x, center, spread)
    arrays = start_of(table, plan)
    alpha: float | None = None
    if algorithm == "adaptive_mahalanobis":
        alpha = float(params["alpha"])
        z = (settled - center) / spread
        noise = _noise_share(table, plan)
        arrays["center"], arrays["spread"] = center, spread
        arrays["precision"] = _precision(z, float(params["shrink"]), noise, float(params["wander"]))
        arrays["rates"] = alpha * (1 - noise)
        core = _mahalanobis(graph, x, arrays["precision"])
    else:
        # an isolation forest learns from every row, as scikit-learn's does
        rows = prepared if algorithm == "isolation_forest" else settled
        core = CORES[algorithm](graph, x, (rows - center) / spread, params, run)
    blueprint = Blueprint(
        algorithm, Task.ANOMALY, table.names, None, 0.0, 1.0, plan, int(params.get("smooth", 1)),
        grouped=table.groups is not None, alpha=alpha, categories=table.categories,
        step_us=table.step_us,
    )  # fmt: skip
    metadata = {
        "algorithm": algorithm,
        "features": "\n".join(table.names),
        "inputs": "\n".join(name for name, _of in names),
    }
    onnx = graph.finish(core.output, metadata)
    fitted = Fitted(blueprint, onnx, arrays, core.estimator)
    return _judged(fitted, table, params, budget)


def _settled(table: Table, skip: int) -> NDArray[np.bool_]:
    """Rows whose rolling window was full; of short units the later half."""
    out = np.zeros(len(table), np.bool_)
    for rows in table.units():
        out[rows[min(skip, len(rows) // 2) :]] = True
    return out


def _judged(fitted: Fitted, table: Table, params: Params, budget: Budget | None) -> Fitted:
    """Score the training rows; set the threshold by the budget, the scale by what is usual."""
    blueprint = fitted.blueprint
    # the adaptive baseline stays still below this endless threshold only with alpha 0
    still = replace(blueprint, threshold=_ENDLESS, alpha=None if blueprint.alpha is None else 0.0)
    raw, fitted.arrays["raws"] = _scored(replace(fitted, blueprint=still), table)
    counted = _settled(table, _WARM_UP)
    if blueprint.algorithm in {"knn", "lof"}:
        counted &= np.arange(len(table))[::-1] % HELD_BACK == 0
    settled = raw[counted]
    share = float(params.get("contamination", 0.0))
    if budget is not None:
        threshold = _budgeted(fitted, table, raw, counted, budget)
    elif blueprint.algorithm == "isolation_forest" and blueprint.smooth == 1:
        threshold = _offset(fitted.estimator, raw, share)
    else:
        threshold = float(np.quantile(settled, 1 - share)) * float(params.get("factor", 1.0))
    distance = abs(threshold - float(np.median(settled)))
    scale = max(distance / 2, abs(threshold) * 1e-3, 1e-9)
    return replace(
        fitted, blueprint=replace(blueprint, threshold=threshold, scale=scale),
        training_raw=None if blueprint.alpha else raw,
    )  # fmt: skip


def _offset(forest: Any, raw: Floats, contamination: float) -> float:
    """The threshold that scikit-learn's own fit would have set, which the forest is given too."""
    forest.set_params(contamination=contamination)
    forest.offset_ = float(np.percentile(-raw, 100.0 * contamination))
    return -float(forest.offset_)


def _budgeted(
    fitted: Fitted, table: Table, raw: Floats, counted: NDArray[np.bool_], budget: Budget
) -> float:
    """The threshold that keeps to the budget on training rows not labelled as anomalies."""
    normal = counted if table.target is None else counted & (table.target <= 0)
    plan = fitted.blueprint
    threshold = within_budget(raw, normal, budget, table.step_us)
    if not plan.alpha:
        return threshold
    # with a moving baseline the scores depend on the threshold: begin low and step up
    free = replace(fitted, blueprint=replace(plan, threshold=_ENDLESS))
    moving, _raws = _scored(free, table)
    threshold = within_budget(moving, normal, budget, table.step_us)
    for _attempt in range(_STEPS):
        there = replace(fitted, blueprint=replace(plan, threshold=threshold))
        scores, _raws = _scored(there, table)
        if within_budget(scores, normal, budget, table.step_us) <= threshold:
            break
        threshold *= _STEP
    return threshold


def _scored(fitted: Fitted, table: Table) -> tuple[Floats, Floats]:
    """Raw scores of all rows, unit by unit, and the last raw scores of the last unit."""
    predictor = Predictor(fitted)
    raw = np.empty(len(table))
    last = np.empty(0)
    for rows in table.units():
        state = predictor.empty()
        raw[rows] = predictor.score(table.features[rows], state, explain=False).raw
        last = state.raws
    return raw, last


def _noise_share(table: Table, plan: Preparation) -> Floats:
    """Share of each column's variance that is noise from row to row, not wandering: 0..1.

    Half the mean squared step over the variance (von Neumann's ratio): about 1 for a steady tag,
    near 0 for one that drifts. It is taken of raw rows and handed to the columns made of them.
    """
    steps = np.concatenate([np.diff(table.features[rows], axis=0) for rows in table.units()])
    variance = table.features.var(axis=0)
    safe = np.where(variance > 0, variance, 1.0)
    share = np.where(variance > 0, (steps**2).sum(axis=0) / max(len(steps), 1) / 2 / safe, 1.0)
    clipped = np.clip(share, _STEADIEST, 1.0)
    columns_share: Floats = owners(plan, len(table.names)) @ clipped
    return columns_share


def _precision(z: Floats, shrink: float, noise: Floats, wander: float) -> Floats:
    """Inverse of the shrunk Ledoit-Wolf covariance over the number of columns.

    Columns that wandered in training will wander on: each counts noise share ** wander.
    """
    from sklearn.covariance import ledoit_wolf

    covariance, _shrinkage = ledoit_wolf(z)
    width = len(covariance)
    level = max(float(np.trace(covariance)) / width, 1e-9)
    blended = (1 - shrink) * covariance + shrink * level * np.eye(width)
    trust = noise**wander
    # the least of it keeps the matrix regular when shrink is 0 and columns repeat each other
    regular = blended + 1e-9 * level * np.eye(width)
    precision: Floats = np.linalg.inv(regular) / width * np.outer(trust, trust)
    return precision


def _mahalanobis(graph: Graph, z: str, precision: Floats) -> Core:
    """Distance from the operating point; the moving baseline lies outside the graph."""
    weighted = graph.op("MatMul", z, graph.constant(precision))
    squares = graph.row_sum(graph.op("Mul", z, weighted))
    return Core(graph.op("Sqrt", graph.op("Relu", squares)))
