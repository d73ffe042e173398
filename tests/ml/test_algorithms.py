"""Every algorithm: fitted, saved, loaded, the same scores; memory carried row by row."""

import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.ml.fits import EVERY, FEATURES, fitted, rows, table_for
from twinedge.ml.algorithms import files, registry
from twinedge.ml.algorithms.fitting import fit
from twinedge.ml.algorithms.model import Budget, Fitted, Floats, Table, Task, UnsuitableData
from twinedge.ml.algorithms.predictor import Predictor, State, shares

DETECTORS = [a for a in EVERY if registry.find(a).task is Task.ANOMALY]
PREPARED = {
    "rolling": {"window": 6, "statistics": ["value", "mean", "std", "min", "max", "drift"]},
    "lags": [1, 3], "scaling": "robust", "interactions": True,
}  # fmt: skip


def like(model: Fitted, count: int, seed: int) -> Floats:
    """Rows for this model, wilder than those it learned from."""
    x = (rows(count, seed) - [0, 50, 3]) * 2 + [0, 50, 3]
    return np.column_stack([x[:, 0], x]) if len(model.blueprint.features) > len(FEATURES) else x


@pytest.mark.parametrize("algorithm", EVERY)
class TestEveryAlgorithm:
    def test_loads_to_the_same_answers(self, algorithm: str, tmp_path: Path) -> None:
        model = fitted(algorithm)
        files.save(model, tmp_path / "m")
        loaded = files.load(tmp_path / "m")
        assert loaded.blueprint == model.blueprint
        x = like(model, 50, 2)
        here, again = Predictor(model), Predictor(loaded)
        one, two = here.score(x, here.fresh()), again.score(x, again.fresh())
        assert np.array_equal(one.raw, two.raw, equal_nan=True)
        assert np.array_equal(one.prediction, two.prediction)
        assert one.blame is not None
        assert np.allclose(one.blame.sum(axis=1)[one.is_anomaly], 1)

    def test_row_by_row_equals_at_once_over_a_kept_state(self, algorithm: str) -> None:
        written = None if registry.find(algorithm).task is Task.FORECASTING else PREPARED
        model = fitted(algorithm, written=written)
        predictor = Predictor(model)
        x = like(model, 40, 3)
        whole = predictor.score(x, predictor.fresh(), explain=False)
        state, raw, said = predictor.fresh(), [], []
        for row in x:
            scores = predictor.score(row[None, :], state, explain=False)
            raw.append(scores.raw[0])
            said.append(scores.prediction[0])
            state = State.from_json(state.to_json())
        assert np.allclose(whole.raw, raw, rtol=1e-5, atol=1e-8, equal_nan=True)
        assert np.allclose(whole.prediction, said, rtol=1e-5, atol=1e-8)

    def test_the_estimator_beside_it_is_the_one_that_was_fitted(
        self, algorithm: str, tmp_path: Path
    ) -> None:
        model = fitted(algorithm)
        files.save(model, tmp_path / "m")
        kept = files.load_estimator(tmp_path / "m")
        assert (kept is None) == (model.estimator is None)
        if kept is not None:
            assert kept.get_params() == model.estimator.get_params()
            assert type(kept) is type(model.estimator)


@pytest.mark.parametrize("algorithm", ["isolation_forest", "random_forest", "ridge"])
@pytest.mark.parametrize("interactions", [True, False])
def test_blame_is_what_the_answer_lacks_with_the_feature_at_its_median(
    algorithm: str, interactions: bool
) -> None:
    model = fitted(algorithm, written=PREPARED | {"interactions": interactions})
    predictor = Predictor(model)
    before = predictor.fresh()
    x = like(model, 30, 5)
    some = np.arange(30) % 3 == 1
    blame = predictor.score(x, before.copy(), explain=some).blame
    assert blame is not None
    assert not blame[~some].any()
    positive = model.blueprint.positive

    def answer(rows: Floats) -> Floats:
        scores = predictor.score(rows, before.copy(), explain=False)
        if scores.probability is not None:
            return scores.probability[:, positive]
        return scores.prediction if np.isnan(scores.raw).all() else scores.raw

    moved = np.empty(x.shape)
    for column in range(x.shape[1]):
        calm = x.copy()
        calm[:, column] = predictor.middles[column]
        moved[:, column] = answer(x) - answer(calm)
    size = np.abs(moved) if model.blueprint.threshold is None else np.maximum(moved, 0)
    assert blame[some] == pytest.approx(shares(size)[some], abs=1e-9)


@pytest.mark.parametrize("algorithm", DETECTORS)
class TestEveryDetector:
    def test_the_score_rises_with_the_raw_score_and_is_a_half_at_the_threshold(
        self, algorithm: str
    ) -> None:
        predictor = Predictor(fitted(algorithm))
        x = (rows(100, 4) - [0, 50, 3]) * 3 + [0, 50, 3]
        scores = predictor.score(x, predictor.fresh(), explain=False)
        order = np.argsort(scores.raw)
        assert (np.diff(scores.unit[order]) >= 0).all()
        assert (scores.unit[scores.is_anomaly] >= 0.5).all()
        assert (scores.unit[~scores.is_anomaly] <= 0.5 + 1e-6).all()

    def test_a_budget_holds_on_the_training_rows(self, algorithm: str) -> None:
        params = registry.complete(registry.find(algorithm), {})
        table, _target = table_for(algorithm, rows(400), step_us=60_000_000)
        model = fit(algorithm, table, None, params, budget=Budget(rate=0.1))
        predictor = Predictor(model)
        alarms = predictor.score(table.features, predictor.empty(), explain=False).is_anomaly
        assert alarms[30:].mean() <= 0.1 + 1e-9
        # neighbour methods judge by every fifth row only, so their share is a rough one
        assert alarms[30:].mean() > (0.0 if algorithm in {"knn", "lof"} else 0.02)


class TestAdaptiveMahalanobis:
    def test_a_tag_that_wandered_in_training_alarms_less(self) -> None:
        random = np.random.default_rng(0)
        steady = random.normal(size=(600, 2))
        wandering = np.cumsum(random.normal(size=600)) * 0.1
        table = Table(("a", "b", "temperature"), np.column_stack([steady, wandering]))
        algorithm = registry.find("adaptive_mahalanobis")

        def score_of(wander: float) -> float:
            params = registry.complete(algorithm, {"wander": wander})
            predictor = Predictor(fit(algorithm.id, table, None, params))
            far = np.column_stack(
                [random.normal(size=(50, 2)), np.full(50, wandering.mean() + 5 * wandering.std())]
            )
            return float(predictor.score(far, predictor.empty()).unit[-1])

        assert score_of(0.0) > 0.6
        assert score_of(1.0) < 0.5

    def test_the_baseline_of_a_wandering_tag_follows(self) -> None:
        drift = np.linspace(0, 3, 600)
        noise = np.random.default_rng(0).normal(size=(600, 2)) * [0.1, 1]
        algorithm = registry.find("adaptive_mahalanobis")
        params = registry.complete(algorithm, {"alpha": 0.05, "wander": 0.0})
        table = Table(("slow", "b"), np.column_stack([drift, noise[:, 1]]) + noise * [1, 0])
        predictor = Predictor(fit(algorithm.id, table, None, params))
        state = predictor.fresh()
        later = np.column_stack([3 + np.arange(2000) * 0.005, np.zeros(2000)])
        assert not predictor.score(later, state, explain=False).is_anomaly.any()
        assert state.baseline[0] > 1


class TestNothingOnDiskCanRunCode:
    @pytest.fixture
    def model(self, tmp_path: Path) -> Path:
        files.save(fitted("isolation_forest"), tmp_path / "m")
        return tmp_path / "m"

    def test_a_pickle_in_the_place_of_the_estimator_is_refused(
        self, model: Path, tmp_path: Path
    ) -> None:
        (model / "estimator.skops").write_bytes(pickle.dumps(_Touch(tmp_path / "touched")))
        with pytest.raises(UnsuitableData, match="cannot be read"):
            files.load_estimator(model)
        assert not (tmp_path / "touched").exists()

    def test_a_skops_file_with_a_type_not_allowed_is_refused(
        self, model: Path, tmp_path: Path
    ) -> None:
        import skops.io

        skops.io.dump(_Touch(tmp_path / "touched"), model / "estimator.skops")
        with pytest.raises(UnsuitableData, match=r"not allowed: .*_Touch"):
            files.load_estimator(model)
        assert not (tmp_path / "touched").exists()

    def test_arrays_of_objects_are_refused(self, model: Path, tmp_path: Path) -> None:
        evil = np.array([_Touch(tmp_path / "touched")], dtype=object)
        with (
            zipfile.ZipFile(model / "arrays.npz", "w") as archive,
            archive.open("median.npy", "w") as file,
        ):
            np.lib.format.write_array(file, evil, allow_pickle=True)  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="allow_pickle"):
            files.load(model)
        assert not (tmp_path / "touched").exists()


class _Touch:
    """Unpickled, it makes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.path,)
