"""Fits classifiers and regressors; each becomes an ONNX core."""

import itertools
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.graph import Graph, Tree, tree_ensemble
from twinedge.ml.algorithms.model import (
    Blueprint,
    Fitted,
    Floats,
    Setting,
    Table,
    Task,
    UnsuitableData,
)
from twinedge.ml.algorithms.rolling import FIRST_ROWS, widen

_MAX_CROSSED = 16
"""Features up to which pairs are crossed."""
_FOLDS = 3

Params = Mapping[str, Setting]
Estimator = Any  # scikit-learn has no types


def fit_supervised(algorithm: str, task: Task, target: str, table: Table, params: Params) -> Fitted:
    """Fit a classifier or regressor on every row of the table, which has a target."""
    assert table.target is not None
    window = int(params["window"])
    rows, wide = table.features, _widened(table, window)
    crossed = _pairs(wide.shape[1]) if params.get("interactions") else []
    x = _cross(wide, crossed)
    y = table.target
    if cap := float(params.get("target_cap", 0.0)):
        y = np.minimum(y, cap)
    center, spread = x.mean(axis=0), x.std(axis=0)
    spread = np.where(spread > 1e-12, spread, 1.0)
    make = _maker(algorithm, params)
    is_linear = algorithm in {"ridge", "logistic_regression"}
    prepared = (x - center) / spread if is_linear else x.astype(np.float32).astype(np.float64)
    fitted = _fit(make, prepared, y)
    threshold, positive = None, 0
    if task is Task.CLASSIFICATION:
        positive = int(np.argmin(np.bincount(y.astype(np.int64)))) if len(table.classes) == 2 else 0
        threshold = _best_threshold(make, prepared, y == positive, positive, table)
    graph = Graph()
    features = _crossed_in_graph(graph, graph.input("features", wide.shape[1]), crossed)
    if is_linear:
        output = _linear(graph, graph.standardise(features, center, spread), fitted)
    else:
        output = _trees(graph, graph.as_float32(features), fitted, algorithm)
    keep = window - 1
    arrays: dict[str, NDArray[Any]] = {
        "median": np.median(rows, axis=0),
        "tail": rows[len(rows) - keep :] if keep else rows[:0],
        "raws": np.empty(0),
        "first": rows[:FIRST_ROWS].sum(axis=0),
        "seen": np.array(len(rows)),
    }
    blueprint = Blueprint(
        algorithm, task, table.names, target, threshold, 1.0, window,
        spread=window > 1, grouped=table.groups is not None,
        categories=table.categories, classes=table.classes, positive=positive,
        step_us=table.step_us,
    )  # fmt: skip
    metadata = {"algorithm": algorithm, "features": "\n".join(table.names), "target": target}
    return Fitted(blueprint, graph.finish(output, metadata), arrays)


def _widened(table: Table, window: int) -> Floats:
    """Rolling features, unit by unit."""
    if window == 1:
        return table.features
    groups = table.groups if table.groups is not None else np.zeros(len(table), np.int64)
    out = np.empty((len(table), 4 * len(table.names)))
    for group in np.unique(groups):
        mask = groups == group
        rows = table.features[mask]
        counted = np.minimum(np.arange(1, len(rows) + 1), FIRST_ROWS)
        sums = np.cumsum(rows[:FIRST_ROWS], axis=0)
        origin = sums[counted - 1] / counted[:, None]
        out[mask] = widen(rows[:0], rows, window, origin)
    return out


def _pairs(width: int) -> list[tuple[int, int]]:
    return list(itertools.combinations(range(width), 2)) if width <= _MAX_CROSSED else []


def _cross(x: Floats, pairs: list[tuple[int, int]]) -> Floats:
    if not pairs:
        return x
    one, two = (list(side) for side in zip(*pairs, strict=True))
    return np.hstack([x, x[:, one] - x[:, two], x[:, one] * x[:, two]])


def _crossed_in_graph(graph: Graph, x: str, pairs: list[tuple[int, int]]) -> str:
    if not pairs:
        return x
    one, two = (np.array(side, np.int64) for side in zip(*pairs, strict=True))
    first = graph.op("Gather", x, graph.constant(one), axis=1)
    second = graph.op("Gather", x, graph.constant(two), axis=1)
    return graph.op(
        "Concat", x, graph.op("Sub", first, second), graph.op("Mul", first, second), axis=1
    )


def _maker(algorithm: str, params: Params) -> Callable[[], Estimator]:
    """A function that makes a fresh estimator with these hyperparameters."""
    from sklearn import ensemble, linear_model

    seed = int(params.get("seed", 0))
    weight = "balanced" if params.get("balanced") else None
    boosting = {
        "learning_rate": params.get("learning_rate"),
        "max_iter": params.get("max_iter"),
        "min_samples_leaf": params.get("min_samples_leaf"),
        "early_stopping": False,
        "random_state": seed,
    }
    makers: dict[str, Callable[[], Estimator]] = {
        "random_forest": lambda: ensemble.RandomForestClassifier(
            n_estimators=int(params["n_estimators"]), class_weight=weight, random_state=seed
        ),
        "gradient_boosting": lambda: ensemble.HistGradientBoostingClassifier(
            class_weight=weight, **boosting
        ),
        "logistic_regression": lambda: linear_model.LogisticRegression(
            C=float(params["c"]), class_weight=weight, max_iter=1000
        ),
        "random_forest_regressor": lambda: ensemble.RandomForestRegressor(
            n_estimators=int(params["n_estimators"]),
            min_samples_leaf=int(params["min_samples_leaf"]),
            random_state=seed,
        ),
        "gradient_boosting_regressor": lambda: ensemble.HistGradientBoostingRegressor(**boosting),
        "ridge": lambda: linear_model.Ridge(alpha=float(params["alpha"])),
    }
    return makers[algorithm]


def _fit(make: Callable[[], Estimator], x: Floats, y: Floats) -> Estimator:
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the metrics tell how good it is
        return make().fit(x, y)


def _best_threshold(
    make: Callable[[], Estimator], x: Floats, is_positive: NDArray[np.bool_], positive: int,
    table: Table,
) -> float:  # fmt: skip
    """The probability that gives the best F1 out of fold; a half for more than two classes."""
    assert table.target is not None
    if len(table.classes) != 2:
        return 0.5
    chance = np.full(len(x), np.nan)
    for fold in np.array_split(np.arange(len(x)), _FOLDS):
        rest = np.setdiff1d(np.arange(len(x)), fold)
        if len(np.unique(table.target[rest])) < 2:
            return 0.5
        chance[fold] = _fit(make, x[rest], table.target[rest]).predict_proba(x[fold])[:, positive]
    order = np.argsort(-chance)
    hits = np.cumsum(is_positive[order])
    f1 = 2 * hits / (np.arange(1, len(x) + 1) + is_positive.sum())
    best = int(np.argmax(f1))
    after = chance[order[min(best + 1, len(x) - 1)]]
    middle = float((chance[order[best]] + after) / 2)
    return min(max(middle, 1e-4), 1 - 1e-4)


def _linear(graph: Graph, z: str, fitted: Estimator) -> str:
    weights, bias = np.atleast_2d(fitted.coef_).T, np.atleast_1d(fitted.intercept_)
    value = graph.affine(z, weights.astype(np.float64), bias.astype(np.float64))
    if not hasattr(fitted, "classes_"):
        return value
    return _probabilities(graph, value, softmax=weights.shape[1] > 1)


def _probabilities(graph: Graph, value: str, *, softmax: bool) -> str:
    """Log-odds to probabilities: one column by a sigmoid, several by a softmax."""
    if softmax:
        return graph.op("Softmax", value, axis=1)
    yes = graph.op("Sigmoid", value)
    return graph.op("Concat", graph.op("Sub", graph.constant(np.array(1.0)), yes), yes, axis=1)


def _trees(graph: Graph, x: str, fitted: Estimator, algorithm: str) -> str:
    if algorithm.startswith("random_forest"):
        trees = []
        for estimator in fitted.estimators_:
            tree = estimator.tree_
            weights = tree.value[:, 0, :] / len(fitted.estimators_)
            trees.append(
                Tree(tree.children_left, tree.children_right, tree.feature, tree.threshold, weights)
            )
        return tree_ensemble(graph, x, trees)
    rounds = fitted._predictors
    targets = len(rounds[0])
    boosted = [
        _boosted(predictor.nodes, target, targets)
        for round_ in rounds
        for target, predictor in enumerate(round_)
    ]
    start = np.asarray(fitted._baseline_prediction, np.float64).reshape(1, targets)
    value = graph.op("Add", tree_ensemble(graph, x, boosted), graph.constant(start))
    if not hasattr(fitted, "classes_"):
        return value
    return _probabilities(graph, value, softmax=targets > 1)


def _boosted(nodes: NDArray[Any], target: int, targets: int) -> Tree:
    """One tree of a histogram gradient boosting; it adds to one target only."""
    if bool(nodes["is_categorical"].any()):
        raise UnsuitableData("trees with category splits are not supported")
    leaf = nodes["is_leaf"].astype(bool)
    weights = np.zeros((len(nodes), targets))
    weights[:, target] = nodes["value"]
    return Tree(
        np.where(leaf, -1, nodes["left"].astype(np.int64)),
        np.where(leaf, -1, nodes["right"].astype(np.int64)),
        nodes["feature_idx"].astype(np.int64),
        nodes["num_threshold"].astype(np.float64),
        weights,
    )
