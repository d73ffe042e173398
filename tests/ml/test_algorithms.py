"""Every detector: fitted, saved, loaded, the same scores; memory carried row by row."""

from pathlib import Path

import numpy as np
import pytest

from twinedge.ml.algorithms import files, registry
from twinedge.ml.algorithms.fitting import fit
from twinedge.ml.algorithms.model import Fitted, Setting, Table, Task
from twinedge.ml.algorithms.predictor import Predictor, State

DETECTORS = [a.id for a in registry.ALGORITHMS.values() if a.task is Task.ANOMALY]
FAST: dict[str, dict[str, Setting]] = {
    "autoencoder": {"max_iter": 20},
    "isolation_forest": {"n_estimators": 20},
}


def fitted(algorithm: str) -> Fitted:
    rows = np.random.default_rng(1).normal(size=(300, 3)) * [1, 5, 0.1] + [0, 50, 3]
    params = registry.complete(registry.find(algorithm), FAST.get(algorithm, {}))
    return fit(algorithm, Table(("a", "b", "c"), rows), None, params)


@pytest.mark.parametrize("algorithm", DETECTORS)
class TestEveryDetector:
    def test_loads_to_the_same_scores(self, algorithm: str, tmp_path: Path) -> None:
        model = fitted(algorithm)
        files.save(model, tmp_path / "m")
        again = Predictor(files.load(tmp_path / "m"))
        here = Predictor(model)
        rows = np.random.default_rng(2).normal(size=(50, 3)) * [2, 9, 0.2] + [0, 50, 3]
        one, two = here.score(rows, here.fresh()), again.score(rows, again.fresh())
        assert (one.raw == two.raw).all()
        assert one.blame is not None
        assert np.allclose(one.blame.sum(axis=1)[one.is_anomaly], 1)

    def test_row_by_row_equals_at_once_over_a_kept_state(self, algorithm: str) -> None:
        predictor = Predictor(fitted(algorithm))
        rows = np.random.default_rng(3).normal(size=(40, 3)) * [2, 9, 0.2] + [0, 50, 3]
        whole = predictor.score(rows, predictor.fresh(), explain=False).raw
        state, singly = predictor.fresh(), []
        for row in rows:
            singly.append(predictor.score(row[None, :], state, explain=False).raw[0])
            state = State.from_json(state.to_json())
        assert np.allclose(whole, singly, rtol=1e-6, atol=1e-9)

    def test_the_score_rises_with_the_raw_score_and_is_a_half_at_the_threshold(
        self, algorithm: str
    ) -> None:
        predictor = Predictor(fitted(algorithm))
        rows = np.random.default_rng(4).normal(size=(100, 3)) * [3, 15, 0.3] + [0, 50, 3]
        scores = predictor.score(rows, predictor.fresh(), explain=False)
        order = np.argsort(scores.raw)
        assert (np.diff(scores.unit[order]) >= 0).all()
        assert (scores.unit[scores.is_anomaly] >= 0.5).all()
        assert (scores.unit[~scores.is_anomaly] <= 0.5 + 1e-6).all()
