"""What the anomaly detectors compute: each fits its numbers and writes them into an ONNX graph.

A core gets prepared rows scaled to the operating point and answers a raw score, higher is stranger.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.graph import Graph
from twinedge.ml.algorithms.model import Floats, Setting
from twinedge.ml.algorithms.running import Run, run_fit
from twinedge.ml.algorithms.trees import Tree, tree_ensemble

_KEPT_ROWS = 5000
"""Rows the neighbour methods keep, drawn by the seed."""
HELD_BACK = 5
"""Every fifth row (counted from the end) judges a neighbour method: a row is near itself."""

Params = Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class Core:
    """The output's name in the graph, and what scikit-learn fitted (None where it did nothing)."""

    output: str
    estimator: Any = None


def average_path(count: NDArray[Any]) -> Floats:
    """c(n) of the isolation forest: the mean depth of an unsuccessful search among n rows."""
    n = np.asarray(count, np.float64)
    safe = np.maximum(n, 3)
    path = 2 * (np.log(safe - 1) + np.euler_gamma) - 2 * (safe - 1) / safe
    return np.where(n > 2, path, np.where(n == 2, 1.0, 0.0))


def isolation_forest(graph: Graph, z: str, rows: Floats, params: Params, run: Run) -> Core:
    """exp(-ln 2 * mean depth / c(rows a tree sees)): minus scikit-learn's score_samples.

    The forest is grown only: scikit-learn would score every row for its threshold too, which the
    graph does in less time (see `detectors`).
    """
    from sklearn.ensemble import IsolationForest

    forest = IsolationForest(
        n_estimators=int(params["n_estimators"]),
        max_samples=min(int(params["max_samples"]), len(rows)),
        random_state=int(params["seed"]),
    )
    forest = run_fit(forest, run, rows)
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
        trees.append(Tree(tree.children_left, tree.children_right, feature, tree.threshold, weight))
    depths = tree_ensemble(graph, graph.as_float32(z), trees)
    unit = len(trees) * float(average_path(np.array(forest.max_samples_)))
    output = graph.op("Exp", graph.op("Mul", depths, graph.constant(np.array(-math.log(2) / unit))))
    return Core(output, forest)


def zscore(graph: Graph, z: str, rows: Floats, _params: Params, _run: Run) -> Core:
    """The largest distance of a column from its median, in its own robust spread."""
    deviation = np.median(np.abs(rows), axis=0) * 1.4826
    robust = np.where(deviation > 1e-6, deviation, 1.0)
    scaled = graph.op("Div", graph.op("Abs", z), graph.constant(robust))
    return Core(graph.op("ReduceMax", scaled, graph.constant(np.array([1], np.int64)), keepdims=1))


def pca(graph: Graph, z: str, rows: Floats, params: Params, _run: Run) -> Core:
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
    return Core(graph.op("Max", far, off))


def autoencoder(graph: Graph, z: str, rows: Floats, params: Params, run: Run) -> Core:
    """Root of the mean squared difference between a row and its re-drawing."""
    from sklearn.neural_network import MLPRegressor

    outer, middle = int(params["hidden"]), int(params["bottleneck"])
    network = MLPRegressor(
        hidden_layer_sizes=(outer, middle, outer),
        max_iter=int(params["max_iter"]),
        random_state=int(params["seed"]),
    )
    network = run_fit(network, run, rows, rows if rows.shape[1] > 1 else rows[:, 0])
    x = z
    for layer, (weights, bias) in enumerate(zip(network.coefs_, network.intercepts_, strict=True)):
        x = graph.affine(x, weights, bias)
        if layer < len(network.coefs_) - 1:
            x = graph.op("Relu", x)
    error = graph.op("Sub", x, z)
    squares = graph.row_sum(graph.op("Mul", error, error))
    mean = graph.op("Div", squares, graph.constant(np.array(float(rows.shape[1]))))
    return Core(graph.op("Sqrt", mean), network)


def _known(rows: Floats, params: Params) -> Floats:
    """The rows a neighbour method keeps: all but those held back, at most 5 000."""
    from_end = np.arange(len(rows))[::-1]
    return _sample(rows[from_end % HELD_BACK != 0], params)


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


def knn(graph: Graph, z: str, rows: Floats, params: Params, _run: Run) -> Core:
    """Mean distance to the nearest known rows."""
    known = _known(rows, params)
    count = min(int(params["n_neighbors"]), len(known))
    distances, _indices = _nearest(graph, z, known, count)
    mean = graph.op("Div", graph.row_sum(distances), graph.constant(np.array(float(count))))
    return Core(mean)


def lof(graph: Graph, z: str, rows: Floats, params: Params, _run: Run) -> Core:
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
    return Core(graph.op("Mul", theirs, own))


def svm(graph: Graph, z: str, rows: Floats, params: Params, _run: Run) -> Core:
    """Minus the decision function of the one-class SVM with a Gaussian kernel."""
    from sklearn.svm import OneClassSVM

    known = _sample(rows, params)
    machine = OneClassSVM(nu=float(params["nu"]), gamma="scale")
    machine.fit(known)  # its progress goes past Python to the terminal
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
    similarity = graph.op("MatMul", kernel, graph.constant(weights))
    limit = graph.constant(np.array(float(machine.offset_[0])))
    return Core(graph.op("Sub", limit, similarity), machine)


CORES = {
    "isolation_forest": isolation_forest,
    "robust_zscore": zscore,
    "pca_t2q": pca,
    "autoencoder": autoencoder,
    "knn": knn,
    "lof": lof,
    "one_class_svm": svm,
}
"""Core by algorithm; the adaptive Mahalanobis detector has its own (it keeps its numbers)."""
