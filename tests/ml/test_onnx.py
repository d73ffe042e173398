"""Every algorithm of the registry: the ONNX core answers what Python computes."""

from typing import Any

import numpy as np
import onnxruntime
import pytest

from tests.ml.fits import EVERY, FAST, FEATURES, fitted, rows
from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.cores import _known
from twinedge.ml.algorithms.fitting import fit
from twinedge.ml.algorithms.model import Fitted, Floats, Table, Task
from twinedge.ml.algorithms.predictor import Predictor
from twinedge.ml.algorithms.preparation import columns, prepare
from twinedge.ml.algorithms.scaling import scale_of
from twinedge.ml.algorithms.state import State


def core(model: Fitted, x: Floats) -> Floats:
    session = onnxruntime.InferenceSession(model.onnx, providers=["CPUExecutionProvider"])
    output: Floats = session.run(None, {"features": x})[0]
    return output


def prepared(model: Fitted, x: Floats) -> Floats:
    plan = model.blueprint.preparation
    width = len(columns(plan, model.blueprint.features))
    return prepare(plan, x, State.empty(x.shape[1], width))


def python(model: Fitted, x: Floats) -> Floats:
    """The answer by scikit-learn or numpy, column by column as the core gives it."""
    learned = prepared(model, given_to(model, rows(300)))[model.blueprint.preparation.window - 1 :]
    center, spread = scale_of("operating_point", learned)
    z, known = (x - center) / spread, (learned - center) / spread
    name, estimator = model.blueprint.algorithm, model.estimator
    by_numpy = {
        "adaptive_mahalanobis": lambda: _mahalanobis(model, x),
        "robust_zscore": lambda: (np.abs(z) / (np.median(np.abs(known), axis=0) * 1.4826)).max(
            axis=1
        ),
        "pca_t2q": lambda: _t2q(z, known),
        "autoencoder": lambda: np.sqrt(((estimator.predict(z) - z) ** 2).mean(axis=1)),
        "knn": lambda: _neighbours(known, z, 5),
        "lof": lambda: _lof(known, z),
        "one_class_svm": lambda: -estimator.decision_function(z),
        "isolation_forest": lambda: -estimator.score_samples(x),
        "seasonal_naive": lambda: x[:, len(model.blueprint.features)],
    }
    if name in by_numpy:
        return by_numpy[name]()[:, None]
    if name == "boosted_autoregression":
        return (estimator.predict(x) + x[:, 0])[:, None]
    linear = name in {"logistic_regression", "ridge", "autoregression"}
    if name == "autoregression":
        center, spread = scale_of("standard", learned[model.blueprint.preparation.memory : -3])
    elif linear:
        center, spread = scale_of("standard", learned)
    if linear:
        given = (x - center) / spread
    else:  # forests see float32
        given = x.astype(np.float32) if name.startswith("random_forest") else x
    if model.blueprint.task is Task.CLASSIFICATION:
        return estimator.predict_proba(given)
    return estimator.predict(given)[:, None]


def given_to(model: Fitted, x: Floats) -> Floats:
    """A forecast gets its target as the first feature."""
    is_forecast = model.blueprint.task is Task.FORECASTING
    return np.column_stack([x[:, 0], x]) if is_forecast else x


def _mahalanobis(model: Fitted, x: Floats) -> Any:
    z = (x - model.arrays["center"]) / model.arrays["spread"]
    return np.sqrt(np.einsum("ij,jk,ik->i", z, model.arrays["precision"], z))


def _neighbours(known: Floats, z: Floats, count: int) -> Any:
    from sklearn.neighbors import NearestNeighbors

    kept = _known(known, {"seed": 0})
    return NearestNeighbors(n_neighbors=count).fit(kept).kneighbors(z)[0].mean(axis=1)


def _lof(known: Floats, z: Floats) -> Any:
    from sklearn.neighbors import LocalOutlierFactor

    kept = _known(known, {"seed": 0})
    return -LocalOutlierFactor(n_neighbors=20, novelty=True).fit(kept).score_samples(z)


def _t2q(z: Floats, known: Floats) -> Any:
    from sklearn.decomposition import PCA

    plane = PCA(0.6).fit(known)

    def parts(x: Floats) -> tuple[Any, Any]:
        inside = plane.transform(x)
        outside = x - plane.inverse_transform(inside)
        return (inside**2 / plane.explained_variance_).sum(axis=1), (outside**2).sum(axis=1)

    (t2, q), (usual_t2, usual_q) = parts(z), parts(known)
    return np.maximum(t2 / np.quantile(usual_t2, 0.99), q / np.quantile(usual_q, 0.99))


@pytest.mark.parametrize("algorithm", EVERY)
def test_onnx_equals_python(algorithm: str) -> None:
    model = fitted(algorithm)
    x = prepared(model, given_to(model, rows(60, seed=2)))
    assert core(model, x) == pytest.approx(python(model, x), rel=1e-5, abs=1e-6)


class TestTrees:
    X = rows(400)

    def learned(self, algorithm: str, y: Any, classes: tuple[Any, ...] = ()) -> Fitted:
        params = registry.complete(registry.find(algorithm), FAST.get(algorithm, {}))
        return fit(algorithm, Table(FEATURES, self.X, y, classes=classes), "y", params)

    @pytest.mark.parametrize("algorithm", ["random_forest", "gradient_boosting"])
    @pytest.mark.parametrize("classes", [3, 2])
    def test_probabilities_are_exact(self, algorithm: str, classes: int) -> None:
        y = np.digitize(self.X[:, 0], [-0.5, 0.5][: classes - 1]).astype(np.float64)
        model = self.learned(algorithm, y, tuple(range(classes)))
        x = prepared(model, rows(60, seed=2))
        given = x.astype(np.float32) if algorithm == "random_forest" else x
        assert core(model, x) == pytest.approx(model.estimator.predict_proba(given), abs=1e-12)

    @pytest.mark.parametrize(
        "algorithm", ["random_forest", "gradient_boosting", "logistic_regression"]
    )
    def test_a_class_that_training_lacks_is_never_said(self, algorithm: str) -> None:
        y = np.where(self.X[:, 0] > 0, 0.0, 2.0)
        model = self.learned(algorithm, y, ("low", "middle", "high"))
        predictor = Predictor(model)
        said = predictor.score(self.X, predictor.fresh(), explain=False)
        assert said.probability is not None
        assert (said.probability[:, 1] == 0).all()
        assert (said.prediction == y).mean() > 0.9

    def test_a_tree_that_is_one_leaf(self) -> None:
        model = self.learned("random_forest_regressor", np.full(400, 7.0))
        assert core(model, prepared(model, self.X)) == pytest.approx(7.0, rel=1e-12)


def test_isolation_forest_equals_scikit_learn_on_raw_rows() -> None:
    from sklearn.ensemble import IsolationForest

    x = rows(1000)
    forest = IsolationForest(
        n_estimators=100, contamination=0.05, max_samples=256, random_state=0
    ).fit(x)
    predictor = Predictor(fitted("isolation_forest", 1000, n_estimators=100))
    fresh = np.vstack([rows(500, seed=3), rows(500, seed=4) * 3])
    scores = predictor.score(fresh, predictor.fresh(), explain=False)
    assert np.abs(scores.raw - -forest.score_samples(fresh)).max() < 1e-12
    assert (scores.is_anomaly == (forest.predict(fresh) == -1)).all()
    own = predictor.score(x, predictor.fresh(), explain=False).is_anomaly
    assert (own == (forest.predict(x) == -1)).all()


def test_the_file_names_its_inputs() -> None:
    import onnx

    model = fitted("random_forest")
    properties = {p.key: p.value for p in onnx.load_model_from_string(model.onnx).metadata_props}
    inputs = properties["inputs"].split("\n")
    assert inputs[: len(FEATURES)] == list(FEATURES)
    assert "a - b" in inputs
    assert "a * b" in inputs
    assert set(registry.ALGORITHMS) == set(EVERY)
