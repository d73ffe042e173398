"""Fits the anomaly detectors; each becomes an ONNX core and the rule around it."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.graph import Graph, Tree, tree_ensemble
from twinedge.ml.algorithms.model import Blueprint, Fitted, Floats, Setting, Table, Task
from twinedge.ml.algorithms.predictor import Predictor
from twinedge.ml.algorithms.rolling import FIRST_ROWS, rolling_mean

_KEPT_ROWS = 5000
"""Rows the neighbour methods keep, drawn by the seed."""
_WARM_UP = 30
"""Training rows whose scores the threshold ignores: rolling windows are short there."""

_ENDLESS = 1e300
"""A threshold no score reaches."""
_HELD_BACK = 5
"""Every fifth row (counted from the end) judges a neighbour method: a row is near itself."""

Params = Mapping[str, Setting]


def fit_detector(algorithm: str, table: Table, params: Params) -> Fitted:
    """Fit one of the anomaly detectors on every row of the table."""
    window, smooth = int(params.get("window", 1)), int(params.get("smooth", 1))
    rows = table.features
    rolled = rolling_mean(rows[:0], rows, window)
    settled = rolled[min(window - 1, len(rolled) // 2) :]
    center, spread = _centre(settled)
    arrays: dict[str, NDArray[Any]] = {
        "median": np.median(rows, axis=0),
        "tail": rows[len(rows) - min(window - 1, len(rows)) :],
        "raws": np.empty(0),
        "first": rows[:FIRST_ROWS].sum(axis=0),
        "seen": np.array(len(rows)),
        "center": center,
        "spread": spread,
    }
    graph = Graph()
    alpha: float | None = None
    threshold: float | None = None
    if algorithm == "isolation_forest":
        output, threshold = _isolation_forest(graph, rolled, params)
    elif algorithm == "adaptive_mahalanobis":
        alpha = float(params["alpha"])
        arrays["precision"] = _precision((settled - center) / spread, float(params["shrink"]))
        output = _mahalanobis(graph, center, spread, arrays["precision"])
    else:
        x = graph.standardise(graph.input("features", rows.shape[1]), center, spread)
        output = _CORES[algorithm](graph, x, (settled - center) / spread, params)
    blueprint = Blueprint(
        algorithm, Task.ANOMALY, table.names, None, 0.0, 1.0, window, smooth,
        alpha=alpha, categories=table.categories, step_us=table.step_us,
    )  # fmt: skip
    onnx = graph.finish(output, {"algorithm": algorithm, "features": "\n".join(table.names)})
    return _judged(blueprint, onnx, arrays, rows, params, threshold)


def _judged(
    blueprint: Blueprint, onnx: bytes, arrays: dict[str, NDArray[Any]], rows: Floats,
    params: Params, threshold: float | None,
) -> Fitted:  # fmt: skip
    """Score the training rows; set the threshold by the budget, the scale by what is usual."""
    # the adaptive baseline stays still below this endless threshold only with alpha 0
    still = _replace(blueprint, threshold=_ENDLESS, alpha=None if blueprint.alpha is None else 0.0)
    predictor = Predictor(Fitted(still, onnx, arrays))
    state = predictor.empty()
    raw = predictor.score(rows, state, explain=False).raw
    arrays["raws"] = state.raws
    settled = raw[_WARM_UP:] if len(raw) > 2 * _WARM_UP else raw
    if blueprint.algorithm in {"knn", "lof"}:
        settled = settled[::-1][::_HELD_BACK]
    if threshold is None or blueprint.smooth > 1:
        budget = float(params.get("contamination", 0.0))
        threshold = float(np.quantile(settled, 1 - budget)) * float(params.get("factor", 1.0))
    distance = abs(threshold - float(np.median(settled)))
    scale = max(distance / 2, abs(threshold) * 1e-3, 1e-9)
    return Fitted(_replace(blueprint, threshold=threshold, scale=scale), onnx, arrays)


def _replace(blueprint: Blueprint, **changes: Any) -> Blueprint:
    from dataclasses import replace

    return replace(blueprint, **changes)


def _centre(rows: Floats) -> tuple[Floats, Floats]:
    """Median and standard deviation of each column; a constant column gets a spread of its size."""
    center = np.median(rows, axis=0)
    spread = rows.std(axis=0)
    floor = np.maximum(np.abs(center) * 1e-6, 1e-9)
    return center, np.where(spread > floor, spread, np.maximum(floor, 1.0))


def average_path(count: NDArray[Any]) -> Floats:
    """c(n) of the isolation forest: the mean depth of an unsuccessful search among n rows."""
    n = np.asarray(count, np.float64)
    safe = np.maximum(n, 3)
    path = 2 * (np.log(safe - 1) + np.euler_gamma) - 2 * (safe - 1) / safe
    return np.where(n > 2, path, np.where(n == 2, 1.0, 0.0))


def _isolation_forest(graph: Graph, rows: Floats, params: Params) -> tuple[str, float]:
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(
        n_estimators=int(params["n_estimators"]),
        contamination=float(params["contamination"]),
        max_samples=min(int(params["max_samples"]), len(rows)),
        random_state=int(params["seed"]),
    ).fit(rows)
    trees = []
    for estimator, columns in zip(forest.estimators_, forest.estimators_features_, strict=True):
        tree = estimator.tree_
        depth = np.zeros(tree.node_count)
        for node in range(tree.node_count):  # children come after their parent
            if tree.children_left[node] >= 0:
                depth[tree.children_left[node]] = depth[node] + 1
                depth[tree.children_right[node]] = depth[node] + 1
        weight = depth + average_path(tree.n_node_samples)
        feature = columns[np.maximum(tree.feature, 0)]
        trees.append(
            Tree(tree.children_left, tree.children_right, feature, tree.threshold, weight[:, None])
        )
    x = graph.as_float32(graph.input("features", rows.shape[1]))
    depths = tree_ensemble(graph, x, trees)
    unit = len(trees) * float(average_path(np.array(forest.max_samples_)))
    output = graph.op("Exp", graph.op("Mul", depths, graph.constant(np.array(-math.log(2) / unit))))
    return output, -float(forest.offset_)


def _precision(z: Floats, shrink: float) -> Floats:
    """Inverse of the shrunk Ledoit-Wolf covariance, divided by the number of features."""
    from sklearn.covariance import LedoitWolf

    covariance = LedoitWolf().fit(z).covariance_
    width = len(covariance)
    level = max(float(np.trace(covariance)) / width, 1e-9)
    blended = (1 - shrink) * covariance + shrink * level * np.eye(width)
    precision: Floats = np.linalg.pinv(blended, hermitian=True) / width
    return precision


def _mahalanobis(graph: Graph, center: Floats, spread: Floats, precision: Floats) -> str:
    """Distance from the operating point; the moving baseline lies outside the graph."""
    z = graph.standardise(graph.input("features", len(center)), center, spread)
    weighted = graph.op("MatMul", z, graph.constant(precision))
    return graph.op("Sqrt", graph.op("Relu", graph.row_sum(graph.op("Mul", z, weighted))))


def _zscore(graph: Graph, z: str, rows: Floats, _params: Params) -> str:
    deviation = np.median(np.abs(rows), axis=0) * 1.4826
    robust = np.where(deviation > 1e-6, deviation, 1.0)
    scaled = graph.op("Div", graph.op("Abs", z), graph.constant(robust))
    return graph.op("ReduceMax", scaled, graph.constant(np.array([1], np.int64)), keepdims=1)


def _pca(graph: Graph, z: str, rows: Floats, params: Params) -> str:
    """The larger of T² and Q, each over its 99 % quantile in training, so that both count alike."""
    mean = rows.mean(axis=0)
    _u, singular, axes = np.linalg.svd(rows - mean, full_matrices=False)
    power = singular**2
    share = np.cumsum(power) / max(float(power.sum()), 1e-12)
    kept = int(np.searchsorted(share, float(params["variance"])) + 1)
    plane = axes[:kept].T
    deviation = np.sqrt(np.maximum(power[:kept] / max(len(rows) - 1, 1), 1e-9))
    inside = (rows - mean) @ plane
    outside = rows - mean - inside @ plane.T
    t2 = max(float(np.quantile(((inside / deviation) ** 2).sum(axis=1), 0.99)), 1e-9)
    q = max(float(np.quantile((outside**2).sum(axis=1), 0.99)), 1e-9)
    shifted = graph.op("Sub", z, graph.constant(mean))
    scores = graph.op("MatMul", shifted, graph.constant(plane))
    residual = graph.op("Sub", shifted, graph.op("MatMul", scores, graph.constant(plane.T)))
    scaled = graph.op("Div", scores, graph.constant(deviation * math.sqrt(t2)))
    far = graph.row_sum(graph.op("Mul", scaled, scaled))
    off = graph.op(
        "Div", graph.row_sum(graph.op("Mul", residual, residual)), graph.constant(np.array(q))
    )
    return graph.op("Max", far, off)


def _autoencoder(graph: Graph, z: str, rows: Floats, params: Params) -> str:
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPRegressor

    outer, middle = int(params["hidden"]), int(params["bottleneck"])
    network = MLPRegressor(
        hidden_layer_sizes=(outer, middle, outer),
        max_iter=int(params["max_iter"]),
        random_state=int(params["seed"]),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # max_iter is the user's own choice
        network.fit(rows, rows if rows.shape[1] > 1 else rows[:, 0])
    x = z
    for layer, (weights, bias) in enumerate(zip(network.coefs_, network.intercepts_, strict=True)):
        x = graph.affine(x, weights, bias)
        if layer < len(network.coefs_) - 1:
            x = graph.op("Relu", x)
    error = graph.op("Sub", x, z)
    squares = graph.row_sum(graph.op("Mul", error, error))
    return graph.op(
        "Sqrt", graph.op("Div", squares, graph.constant(np.array(float(rows.shape[1]))))
    )


def _known(rows: Floats, params: Params) -> Floats:
    """The rows a neighbour method keeps: all but those held back, at most 5 000."""
    from_end = np.arange(len(rows))[::-1]
    return _sample(rows[from_end % _HELD_BACK != 0], params)


def _sample(rows: Floats, params: Params) -> Floats:
    if len(rows) <= _KEPT_ROWS:
        return rows
    chosen = np.random.default_rng(int(params["seed"])).choice(len(rows), _KEPT_ROWS, replace=False)
    return rows[np.sort(chosen)]


def _nearest(graph: Graph, z: str, known: Floats, count: int) -> tuple[str, str]:
    """Distances to the nearest known rows, and which they are: two names, [n, count] each."""
    squares = graph.constant((known**2).sum(axis=1)[None, :])
    product = graph.op("MatMul", z, graph.constant(known.T * -2.0))
    own = graph.row_sum(graph.op("Mul", z, z))
    squared = graph.op("Relu", graph.op("Add", graph.op("Add", product, squares), own))
    indices = graph.op(
        "TopK", squared, graph.constant(np.array([count], np.int64)), outputs=2, axis=1, largest=0
    )
    # gather by index instead of taking TopK's values, so that one name is enough
    nearest = graph.op("GatherElements", squared, indices, axis=1)
    return graph.op("Sqrt", nearest), indices


def _knn(graph: Graph, z: str, rows: Floats, params: Params) -> str:
    known = _known(rows, params)
    count = min(int(params["n_neighbors"]), len(known))
    distances, _indices = _nearest(graph, z, known, count)
    return graph.op("Div", graph.row_sum(distances), graph.constant(np.array(float(count))))


def _lof(graph: Graph, z: str, rows: Floats, params: Params) -> str:
    """Minus scikit-learn's score_samples of a novelty LOF, written out."""
    from sklearn.neighbors import NearestNeighbors

    known = _known(rows, params)
    count = min(int(params["n_neighbors"]), len(known) - 1)
    found, index = NearestNeighbors(n_neighbors=count).fit(known).kneighbors()
    reach = found[:, -1]
    density = 1.0 / (np.maximum(found, reach[index]).mean(axis=1) + 1e-10)
    distances, indices = _nearest(graph, z, known, count)
    k_distance = graph.op("Gather", graph.constant(reach), indices, axis=0)
    mean = graph.op(
        "Div",
        graph.row_sum(graph.op("Max", distances, k_distance)),
        graph.constant(np.array(float(count))),
    )
    own = graph.op("Add", mean, graph.constant(np.array(1e-10)))
    theirs = graph.row_sum(graph.op("Gather", graph.constant(density / count), indices, axis=0))
    return graph.op("Mul", theirs, own)


def _svm(graph: Graph, z: str, rows: Floats, params: Params) -> str:
    """Minus the decision function of the one-class SVM with a Gaussian kernel."""
    from sklearn.svm import OneClassSVM

    known = _sample(rows, params)
    machine = OneClassSVM(nu=float(params["nu"]), gamma="scale").fit(known)
    vectors = machine.support_vectors_
    product = graph.op("MatMul", z, graph.constant(vectors.T * -2.0))
    own = graph.row_sum(graph.op("Mul", z, z))
    squared = graph.op(
        "Add", graph.op("Add", product, graph.constant((vectors**2).sum(axis=1)[None, :])), own
    )
    kernel = graph.op(
        "Exp", graph.op("Mul", squared, graph.constant(np.array(-float(machine._gamma))))
    )
    weights = machine.dual_coef_.T
    return graph.op(
        "Sub",
        graph.constant(np.array(float(weights.sum()))),
        graph.op("MatMul", kernel, graph.constant(weights)),
    )


_CORES = {
    "robust_zscore": _zscore,
    "pca_t2q": _pca,
    "autoencoder": _autoencoder,
    "knn": _knn,
    "lof": _lof,
    "one_class_svm": _svm,
}
