"""What training costs beside plain scikit-learn, and what a scored row costs."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from bench.table import Figure

FEATURES = 8
SINGLE, BATCH = 2000, 1000


def costs(ml: Any) -> list[Figure]:
    return [*training(ml), *endpoint(ml), *scorer()]


def training(ml: Any) -> list[Figure]:
    """CPU of the whole child process over that of scikit-learn's `fit` alone.

    Ours reads the dataset, looks for leaks, fits, scores rows for metrics, curves and importance,
    and writes ONNX and skops. The script beside it has its rows in memory and only fits; the note
    says what it takes when it reads the same Parquet file, answers 10 000 rows and is saved.
    """
    from sklearn.ensemble import (
        HistGradientBoostingRegressor,
        IsolationForest,
        RandomForestRegressor,
    )

    plain: dict[str, tuple[int, dict[str, Any], Callable[[Any, Any], Any]]] = {
        "isolation_forest": (
            800_000, {"n_estimators": 150},
            lambda x, _y: IsolationForest(
                n_estimators=150, contamination=0.05, max_samples=256, random_state=0
            ).fit(x),
        ),
        "gradient_boosting_regressor": (
            500_000, {"max_iter": 300},
            lambda x, y: HistGradientBoostingRegressor(
                learning_rate=0.05, max_iter=300, early_stopping=False, random_state=0
            ).fit(x, y),
        ),
        "random_forest_regressor": (
            30_000, {"n_estimators": 100},
            lambda x, y: RandomForestRegressor(
                n_estimators=100, min_samples_leaf=5, random_state=0
            ).fit(x, y),
        ),
    }  # fmt: skip
    figures = []
    for algorithm, (count, hyperparameters, fit) in plain.items():
        x, y = _rows(count)
        names = [f"x{n}" for n in range(FEATURES)]
        theirs, whole = _plain(names, x, y, fit)
        lines = [",".join([*names, "y"])]
        lines += [
            ",".join(map(repr, row)) for row in np.column_stack([x, y]).astype(float).tolist()
        ]
        job = ml.train(
            ml.dataset(algorithm, "\n".join(lines)), algorithm, features=names,
            target=None if algorithm == "isolation_forest" else "y", validation_fraction=0.0,
            hyperparameters=hyperparameters,
        )  # fmt: skip
        ours = ml.model(job["model_id"])["card"]["cpu_seconds"]
        figures.append(
            Figure(
                "twinedge", f"training CPU, {algorithm}: over scikit-learn", ours / theirs, "x",
                1.1, higher_is_better=False,
                note=f"{ours:.1f} s to {theirs:.1f} s, {count} rows; over read, fit, answer, save: "
                f"{ours / whole:.2f}",
            )
        )  # fmt: skip
    return figures


def _plain(names: list[str], x: Any, y: Any, fit: Callable[[Any, Any], Any]) -> tuple[float, float]:
    """CPU seconds of a plain script: its fit alone, and with reading, answering and saving."""
    import joblib
    import pyarrow as pa
    import pyarrow.parquet as pq

    with one_thread(), TemporaryDirectory() as place:
        table = pa.table({**dict(zip(names, x.T, strict=True)), "y": y})
        pq.write_table(table, f"{place}/rows.parquet", compression="zstd")
        began = time.process_time()
        read = pq.read_table(f"{place}/rows.parquet")
        rows = np.column_stack([read.column(name).to_numpy() for name in names])
        target = read.column("y").to_numpy()
        before = time.process_time()
        estimator = fit(rows, target)
        after = time.process_time()
        estimator.predict(rows[-10_000:])
        joblib.dump(estimator, f"{place}/model.joblib")
        return after - before, time.process_time() - began


@contextmanager
def one_thread() -> Iterator[None]:
    """As a training has it by default."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield


def _rows(count: int) -> tuple[Any, Any]:
    random = np.random.default_rng(0)
    x = np.round(random.normal(size=(count, FEATURES)), 3)
    y = np.round(x[:, 0] * 2 + np.sin(x[:, 1] * 3) + x[:, 2] * x[:, 3], 4)
    return x, y + np.round(random.normal(scale=0.1, size=count), 4)


def endpoint(ml: Any) -> list[Figure]:
    """POST /models/{id}/test with one row, over HTTP."""
    x, _y = _rows(3000)
    names = [f"x{n}" for n in range(FEATURES)]
    text = "\n".join([",".join(names), *(",".join(map(str, row)) for row in x.tolist())])
    figures = []
    for algorithm in ("isolation_forest", "adaptive_mahalanobis"):
        job = ml.train(ml.dataset("endpoint", text), algorithm, features=names)
        row = [dict(zip(names, x[0].tolist(), strict=True))]
        took = []
        for _ in range(500):
            started = time.perf_counter()
            ml.test(job["model_id"], row)
            took.append((time.perf_counter() - started) * 1000)
        figures.append(
            Figure(
                "twinedge", f"test endpoint, {algorithm}: p99", float(np.percentile(took, 99)),
                "ms", 3, higher_is_better=False, note=f"p50 {np.percentile(took, 50):.2f} ms",
            )
        )  # fmt: skip
    return figures


def scorer() -> list[Figure]:
    """CPU a row in the scorer, one row at a time and 1 000 at once; contributions apart."""
    from twinedge.ml.algorithms import registry
    from twinedge.ml.algorithms.fitting import fit
    from twinedge.ml.algorithms.model import Table, Task
    from twinedge.ml.algorithms.predictor import Predictor

    x, _y = _rows(3000)
    names = tuple(f"x{n}" for n in range(FEATURES))
    figures = []
    for algorithm in registry.ALGORITHMS.values():
        if algorithm.task is not Task.ANOMALY:
            continue
        params = registry.complete(algorithm, {})
        predictor = Predictor(fit(algorithm.id, Table(names, x), None, params))
        single = _cpu_us(predictor, x[:SINGLE], 1)
        batched = _cpu_us(predictor, x[:BATCH], BATCH)
        recommended = algorithm.id in {"isolation_forest", "adaptive_mahalanobis"}
        figures += [
            Figure(
                "twinedge", f"scorer, {algorithm.id}: single", single, "us/row",
                15 if algorithm.id == "isolation_forest" else None, higher_is_better=False,
                note=f"with contributions {_cpu_us(predictor, x[:SINGLE], 1, explain=True):.0f}",
            ),
            Figure(
                "twinedge", f"scorer, {algorithm.id}: batched", batched, "us/row",
                10 if recommended else None, higher_is_better=False,
            ),
        ]  # fmt: skip
    return figures


def _cpu_us(predictor: Any, rows: Any, batch: int, *, explain: bool = False) -> float:
    state = predictor.fresh()
    started = time.process_time()
    for start in range(0, len(rows), batch):
        predictor.score(rows[start : start + batch], state, explain=explain)
    return (time.process_time() - started) / len(rows) * 1e6
