"""Machine learning through REST: public data sets by their protocols, what training and scoring
cost beside plain scikit-learn.

Needs the data sets of docs/reference/ml.md in a folder named by BENCH_DATA (skab/, ai4i/, cmapss/);
without it only the costs are measured. CPU seconds count, so a busy machine does not matter much.
"""

import csv
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from bench.ml_cost import costs
from bench.server import KEY, Server
from bench.table import Figure, show

TRAIN_ROWS = 400
"""SKAB's protocol: the first 400 rows of a file train, the rest are scored."""
LOW_ALARM = {"factor": 1.5}
CAP = 125
HELD_UNITS = 30
CUTS_PER_UNIT = 5


def main() -> None:
    figures: list[Figure] = []
    with (
        Server() as server,
        httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}/v1/ml",
            headers={"Authorization": f"Bearer {KEY}"},
            timeout=120,
        ) as http,
    ):
        ml = Ml(http)
        if data := os.environ.get("BENCH_DATA"):
            figures += [*skab(ml, Path(data)), *ai4i(ml, Path(data)), *fd001(ml, Path(data))]
        else:
            print("BENCH_DATA is not set: SKAB, AI4I and FD001 are left out")
        figures += costs(ml)
    show("ML learned, judged, and what it costs", figures)


class Ml:
    """The few calls of the REST API this needs."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def dataset(self, name: str, text: str) -> str:
        """A dataset of a CSV text; answers its id."""
        made = self._data(self.http.post("/datasets", json={"name": name}))
        files = {"file": ("rows.csv", text.encode())}
        self._data(self.http.post(f"/datasets/{made['id']}/upload", files=files))
        return str(made["id"])

    def train(self, dataset_id: str, algorithm: str, **body: Any) -> dict[str, Any]:
        """A finished job."""
        order = {"name": algorithm, "dataset_id": dataset_id, "algorithm": algorithm} | body
        job = self._data(self.http.post("/training", json=order))
        while job["status"] in {"queued", "running"}:
            time.sleep(0.05)
            job = self._data(self.http.get(f"/training/{job['id']}"))
        if job["status"] != "succeeded":
            raise RuntimeError(f"{algorithm} {job['status']}: {job['error']}")
        return job

    def model(self, id: str) -> dict[str, Any]:
        return self._data(self.http.get(f"/models/{id}"))

    def test(self, model_id: str, rows: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
        answer: Any = self._data(
            self.http.post(f"/models/{model_id}/test", json={"features": rows})
        )
        return list(answer)

    @staticmethod
    def _data(answer: httpx.Response) -> Any:
        if answer.is_error:
            raise RuntimeError(answer.text)
        return answer.json()["data"]


def skab(ml: Ml, data: Path) -> list[Figure]:
    """Outlier task of the published protocol: counts are summed over the files."""
    files = [path for path in sorted((data / "skab").rglob("*.csv")) if _labelled(path)]
    figures = []
    presets: dict[str, tuple[dict[str, float], float, float]] = {
        "default": ({}, 0.80, 29),
        "low alarm": (LOW_ALARM, 0.70, 20),
    }
    for preset, (hyperparameters, least_f1, most_far) in presets.items():
        counts = np.zeros(4)
        for path in files:
            counts += _skab_file(ml, path, hyperparameters)
        tp, fp, fn, tn = counts
        f1, floor = 2 * tp / (2 * tp + fp + fn), 2 * (tp + fn) / (2 * (tp + fn) + fp + tn)
        note = f"{len(files)} files; always alarm: {floor:.3f}; missed {fn / (fn + tp):.1%}"
        figures += [
            Figure("twinedge", f"SKAB {preset}: F1", f1, "", least_f1, note=note),
            Figure(
                "twinedge", f"SKAB {preset}: false alarms", 100 * fp / (fp + tn), "%", most_far,
                higher_is_better=False,
            ),
        ]  # fmt: skip
    return figures


def _labelled(path: Path) -> bool:
    with path.open() as file:
        return "anomaly" in file.readline()


def _skab_file(ml: Ml, path: Path, hyperparameters: Mapping[str, float]) -> Any:
    head, *lines = path.read_text().splitlines()
    names = [n for n in head.split(";") if n not in {"datetime", "anomaly", "changepoint"}]
    dataset = ml.dataset(path.stem, "\n".join([head, *lines[:TRAIN_ROWS]]))
    job = ml.train(dataset, "adaptive_mahalanobis", features=names, hyperparameters=hyperparameters)
    rows = list(csv.DictReader([head, *lines[TRAIN_ROWS:]], delimiter=";"))
    answers = ml.test(job["model_id"], [{n: float(row[n]) for n in names} for row in rows])
    truth = np.array([float(row["anomaly"]) > 0 for row in rows])
    alarm = np.array([answer["is_anomaly"] for answer in answers])
    return np.array(
        [
            (alarm & truth).sum(), (alarm & ~truth).sum(), (~alarm & truth).sum(),
            (~alarm & ~truth).sum(),
        ]
    )  # fmt: skip


def ai4i(ml: Ml, data: Path) -> list[Figure]:
    """Failure of a milling machine: the last third of the rows judges."""
    (path,) = (data / "ai4i").glob("*.csv")
    features = [
        "Type", "Air temperature [K]", "Process temperature [K]", "Rotational speed [rpm]",
        "Torque [Nm]", "Tool wear [min]",
    ]  # fmt: skip
    dataset = ml.dataset("AI4I", path.read_text())
    figures = []
    for algorithm in ("gradient_boosting", "random_forest"):
        found = ml.train(
            dataset, algorithm, features=features, target="Machine failure",
            validation_fraction=1 / 3,
        )["metrics"]  # fmt: skip
        note = f"always failure: {found['floor_f1']:.3f}; PR-AUC {found['pr_auc']:.3f}"
        figures.append(
            Figure("twinedge", f"AI4I {algorithm}: F1", found["f1"], "", 0.78, note=note)
        )
    return figures


def fd001(ml: Ml, data: Path) -> list[Figure]:
    """Remaining life of turbofans, capped: units held back, whole and cut off before failure.

    The age in cycles is a feature, as an hour counter would be on a machine.
    """
    rows = np.loadtxt(data / "cmapss" / "train_FD001.txt")
    unit, cycle = rows[:, 0].astype(int), rows[:, 1]
    life = np.array([cycle[unit == u].max() for u in np.unique(unit)])
    remaining = life[unit - 1] - cycle
    x = rows[:, 1:]
    names = ["cycle", *(f"x{n}" for n in range(1, x.shape[1]))]
    lines = [",".join(["unit", *names, "rul"])]
    lines += [
        ",".join(map(repr, [int(u), *map(float, row), float(r)]))
        for u, row, r in zip(unit, x, remaining, strict=True)
    ]
    job = ml.train(
        ml.dataset("FD001", "\n".join(lines)), "gradient_boosting_regressor", target="rul",
        features=names, group="unit", validation_fraction=HELD_UNITS / len(life),
        hyperparameters={"target_cap": CAP, "window": 30},
    )  # fmt: skip
    random = np.random.default_rng(0)
    truth, said = [], []
    for held in np.unique(unit)[-HELD_UNITS:]:
        mine = np.flatnonzero(unit == held)
        features = [dict(zip(names, map(float, x[i]), strict=True)) for i in mine]
        answers = ml.test(job["model_id"], features)
        for last in random.integers(30, len(mine) - 5, CUTS_PER_UNIT):
            truth.append(min(remaining[mine[last]], CAP))
            said.append(answers[last]["prediction"])
    error = np.array(said) - np.array(truth)
    found = job["metrics"]
    mean = float(np.minimum(remaining[unit <= len(life) - HELD_UNITS], CAP).mean())
    floor = float(np.sqrt(np.mean((np.array(truth) - mean) ** 2)))
    nasa = np.where(error < 0, np.exp(-error / 13), np.exp(error / 10)) - 1
    note = f"{len(truth)} cuts; mean predictor {floor:.1f}; NASA {nasa.mean():.1f} each"
    return [
        Figure(
            "twinedge", "FD001 last cycle of cut-off units: RMSE",
            float(np.sqrt(np.mean(error**2))), "cycles", 13, higher_is_better=False, note=note,
        ),
        Figure(
            "twinedge", "FD001 all cycles of held-back units: RMSE", found["rmse"], "cycles", 13,
            higher_is_better=False, note=f"mean predictor {found['floor_rmse']:.1f}",
        ),
    ]  # fmt: skip
