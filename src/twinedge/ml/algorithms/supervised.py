"""Fits classifiers and regressors; each becomes an ONNX core."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    UnsuitableData,
)
from twinedge.ml.algorithms.preparation import columns, prepare_table, start_of
from twinedge.ml.algorithms.running import ANEW, Run, run_fit
from twinedge.ml.algorithms.scaling import scale_of
from twinedge.ml.algorithms.thresholds import within_budget
from twinedge.ml.algorithms.trees import Tree, boosted_trees, leaf_rows, tree_ensemble

_FOLDS = 5
_ENOUGH = 200
"""Rows of the rarer class in the last fold with which that fold alone sets the threshold."""
_BLUR = 0.5
"""How far F1 is smoothed over the threshold, in log-odds: the best of few rows is luck."""

Params = Mapping[str, Setting]
Estimator = Any  # scikit-learn has no types


def fit_supervised(
    algorithm: str, task: Task, target: str, table: Table, params: Params, plan: Preparation,
    budget: Budget | None = None, run: Run = ANEW,
) -> Fitted:  # fmt: skip
    """Fit a classifier or regressor on every row of the table, which has a target."""
    assert table.target is not None
    x = prepare_table(plan, table)
    names = columns(plan, table.names)
    y = table.target
    if cap := float(params.get("target_cap", 0.0)):
        y = np.minimum(y, cap)
    make = _maker(algorithm, params)
    is_linear = algorithm in {"ridge", "logistic_regression"}
    usual = "standard" if is_linear else "none"
    center, spread = scale_of(usual if plan.scaling == "auto" else plan.scaling, x)
    is_scaled = bool(center.any() or (spread != 1).any())
    prepared = (x - center) / spread if is_scaled else x
    threshold, positive = None, 0
    if task is Task.CLASSIFICATION:
        positive = int(np.argmin(np.bincount(y.astype(np.int64)))) if len(table.classes) == 2 else 0
        threshold = _threshold(make, prepared, positive, table, budget)
    fitted = run_fit(make(), run, prepared, y)
    graph = Graph()
    z = graph.input("features", len(names))
    if is_scaled:
        z = graph.standardise(z, center, spread)
    output = _linear(graph, z, fitted) if is_linear else _trees(graph, z, fitted, algorithm)
    if task is Task.CLASSIFICATION and len(fitted.classes_) < len(table.classes):
        output = graph.op("MatMul", output, graph.constant(_places(fitted, len(table.classes))))
    blueprint = Blueprint(
        algorithm, task, table.names, target, threshold, 1.0, plan,
        grouped=table.groups is not None, categories=table.categories, classes=table.classes,
        positive=positive, step_us=table.step_us,
    )  # fmt: skip
    metadata = {
        "algorithm": algorithm,
        "features": "\n".join(table.names),
        "inputs": "\n".join(name for name, _of in names),
        "target": target,
    }
    return Fitted(blueprint, graph.finish(output, metadata), start_of(table, plan), fitted)


def _maker(algorithm: str, params: Params) -> Callable[[], Estimator]:
    """A function that makes a fresh estimator with these hyperparameters."""
    from sklearn import ensemble, linear_model

    seed = int(params.get("seed", 0))
    weight = "balanced" if params.get("balanced") else None
    boosting = {
        "learning_rate": params.get("learning_rate"),
        "max_iter": params.get("max_iter"),
        "min_samples_leaf": params.get("min_samples_leaf"),
        "max_leaf_nodes": params.get("max_leaf_nodes"),
        "max_features": params.get("max_features"),
        "early_stopping": False,
        "random_state": seed,
    }
    makers: dict[str, Callable[[], Estimator]] = {
        "random_forest": lambda: ensemble.RandomForestClassifier(
            n_estimators=int(params["n_estimators"]),
            min_samples_leaf=int(params["min_samples_leaf"]),
            max_features=float(params["max_features"]),
            class_weight=weight,
            random_state=seed,
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
            max_features=float(params["max_features"]),
            random_state=seed,
        ),
        "gradient_boosting_regressor": lambda: ensemble.HistGradientBoostingRegressor(**boosting),
        "ridge": lambda: linear_model.Ridge(alpha=float(params["alpha"])),
    }
    return makers[algorithm]


def _threshold(
    make: Callable[[], Estimator], x: Floats, positive: int, table: Table, budget: Budget | None
) -> float:
    """The probability of the positive class from which on it is said; from out-of-fold rows.

    Without a budget: that of the best F1. A half for more than two classes.
    """
    assert table.target is not None
    if len(table.classes) != 2:
        if budget is not None:
            raise UnsuitableData("alarm_budget needs a target of two classes")
        return 0.5
    chance = _out_of_fold(make, x, table.target, positive)
    if chance is None:
        return 0.5
    known = ~np.isnan(chance)
    chance, is_positive = chance[known], table.target[known] == positive
    if budget is not None:
        found = within_budget(chance, ~is_positive, budget, table.step_us)
        return min(max(float(np.nextafter(found, 1)), 1e-4), 1 - 1e-4)
    return best_f1(chance, is_positive)


def _out_of_fold(
    make: Callable[[], Estimator], x: Floats, y: Floats, positive: int
) -> Floats | None:
    """Each row's probability by a model that did not see it; None when a fold lacks a class.

    Where the last fold has rows enough of both classes, only of its rows: the others are NaN.
    """
    chance = np.full(len(x), np.nan)
    folds = np.array_split(np.arange(len(x)), _FOLDS)
    if min((y[folds[-1]] == positive).sum(), (y[folds[-1]] != positive).sum()) >= _ENOUGH:
        folds = folds[-1:]
    for fold in folds:
        rest = np.setdiff1d(np.arange(len(x)), fold)
        if len(np.unique(y[rest])) < 2:
            return None
        fitted = run_fit(make(), ANEW, x[rest], y[rest])
        chance[fold] = fitted.predict_proba(x[fold])[:, positive]
    return chance


def best_f1(chance: Floats, is_positive: NDArray[np.bool_]) -> float:
    """The probability from which on F1 is best, after smoothing it over neighbouring ones."""
    clipped = np.clip(chance, 1e-4, 1 - 1e-4)
    odds = np.log(clipped / (1 - clipped))
    grid = np.linspace(-9.2, 9.2, 369)
    order = np.argsort(odds)
    above = len(odds) - np.searchsorted(odds[order], grid)
    hits = (
        is_positive.sum()
        - np.concatenate([[0], np.cumsum(is_positive[order])])[np.searchsorted(odds[order], grid)]
    )
    f1 = 2 * hits / np.maximum(above + is_positive.sum(), 1)
    width = grid[1] - grid[0]
    reach = np.arange(-40, 41) * width
    weight = np.exp(-0.5 * (reach / _BLUR) ** 2)
    smooth = np.convolve(f1, weight / weight.sum(), mode="same")
    return float(1 / (1 + np.exp(-grid[int(np.argmax(smooth))])))


def _places(fitted: Estimator, classes: int) -> Floats:
    """0/1 [learned, all]: classes that only held-back rows have get the probability 0."""
    places = np.zeros((len(fitted.classes_), classes))
    places[np.arange(len(places)), fitted.classes_.astype(np.int64)] = 1.0
    return places


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
    return _two_classes(graph, graph.op("Sigmoid", value))


def _trees(graph: Graph, x: str, fitted: Estimator, algorithm: str) -> str:
    if algorithm.startswith("random_forest"):  # its trees see float32, those of boosting double
        return _forest(graph, graph.as_float32(x), fitted)
    return _boost(graph, x, fitted)


def _forest(graph: Graph, x: str, fitted: Estimator) -> str:
    trees, weights = [], []
    for estimator in fitted.estimators_:
        tree = estimator.tree_
        weights.append(tree.value[:, 0, :] / len(fitted.estimators_))
        trees.append(
            Tree(
                tree.children_left, tree.children_right, tree.feature, tree.threshold,
                weights[-1][:, -1],
            )
        )  # fmt: skip
    if weights[0].shape[1] > 2:
        return leaf_rows(graph, x, trees, weights)
    value = tree_ensemble(graph, x, trees)
    return value if weights[0].shape[1] == 1 else _two_classes(graph, value)


def _two_classes(graph: Graph, yes: str) -> str:
    """The probability of the second class as those of both."""
    return graph.op("Concat", graph.op("Sub", graph.constant(np.array(1.0)), yes), yes, axis=1)


def _boost(graph: Graph, x: str, fitted: Estimator) -> str:
    value = boosted_trees(graph, x, fitted)
    if not hasattr(fitted, "classes_"):
        return value
    return _probabilities(graph, value, softmax=len(fitted._predictors[0]) > 1)
