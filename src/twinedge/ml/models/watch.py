"""One deployed model on one asset: takes points, makes rows, scores them, remembers."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from twinedge.assets.model import Tag
from twinedge.kit.clock import US
from twinedge.ml.algorithms.predictor import Predictor, State
from twinedge.ml.models.alignment import Aligner, Row
from twinedge.ml.models.drift import Monitor
from twinedge.ml.models.model import Deployment, Model, Prediction
from twinedge.ml.models.standing import AssetStanding
from twinedge.telemetry.model import Batch, Quality, batch_of

_WORTH_EXPLAINING = 0.4
"""Scores below this name no feature: nothing is strange enough to have a cause."""
_DRIFT_EVERY_US = 60 * US


@dataclass(frozen=True, slots=True)
class Outputs:
    """The tags a model writes on one asset."""

    score: Tag
    anomaly: Tag
    top: Tag
    drift: Tag


@dataclass(frozen=True, slots=True)
class Input:
    """A series that feeds a feature. codes: numbers of a text feature's texts."""

    feature: int
    codes: Mapping[str, float] | None

    def is_usable(self, value: float) -> bool:
        """Whether a point has what the feature needs: a number, or a text."""
        return self.codes is not None or not math.isnan(value)

    def number(self, value: float, text: str | None) -> float:
        """The feature's value; a text never seen at training is -1, as in a test."""
        if self.codes is None:
            return value
        return self.codes.get(text or "", -1.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One value to write."""

    series: int
    ts: int
    value: float
    quality: Quality = Quality.GOOD
    text: str | None = None


class Watch:
    """One model on one asset.

    Rows of steps in `written` have their scores in the store already: they move the state on and
    are not written again, so that a replay after a kill neither loses nor doubles a score.
    """

    def __init__(
        self, model: Model, deployment: Deployment, asset_id: str, predictor: Predictor,
        inputs: Mapping[int, Input], outputs: Outputs, monitor: Monitor | None,
        standing: AssetStanding,
    ) -> None:  # fmt: skip
        plan = predictor.blueprint
        self.model = model
        self.deployment = deployment
        self.asset_id = asset_id
        self.inputs = inputs
        self.outputs = outputs
        self.standing = standing
        self.step_us = plan.step_us or US
        self.state = predictor.fresh()
        self.position_us: int | None = None
        self.written: set[int] = set()
        self.rows: list[Row] = []
        self.is_saved = True
        self.is_known = False
        """Whether a state of it is on disk."""
        self._predictor = predictor
        self._monitor = monitor
        self._drift_us: int | None = None
        self._top: str | None = None
        self._always_explains = plan.alpha is not None
        self.aligner = self.new_aligner()
        standing.rows_needed = plan.preparation.memory + plan.smooth - 1

    def new_aligner(self) -> Aligner:
        """An aligner that has seen nothing."""
        deployment = self.deployment
        return Aligner(
            self.step_us, round(deployment.max_age_s * US), deployment.missing,
            self._predictor.middles.tolist(),
        )  # fmt: skip

    @property
    def monitor(self) -> Monitor | None:
        return self._monitor

    def take(self, series: int, ts: int, value: float, quality: int, text: str | None) -> bool:
        """Take one point; answers whether rows wait to be scored."""
        given = self.inputs[series]
        if quality == Quality.BAD:
            self.aligner.lose(given.feature)
        elif given.is_usable(value):
            self.rows += self.aligner.push(given.feature, ts, given.number(value, text))
        return bool(self.rows)

    def warm(self, rows: list[Row]) -> None:
        """Move the state over rows from before the deployment; nothing comes of them."""
        self._predictor.score(np.array([row for _ts, row in rows]), self.state, explain=False)
        self.standing.rows_seen += len(rows)

    def score(self) -> tuple[list[Point], list[Prediction]]:
        """Score the waiting rows: what to write, and what to tell."""
        times = [ts for ts, _row in self.rows]
        values = np.array([row for _ts, row in self.rows])
        self.rows = []
        before = None if self._always_explains else self.state.copy()
        scores = self._predictor.score(values, self.state, explain=self._always_explains)
        is_value = bool(np.isnan(scores.unit).any())
        main = scores.prediction if is_value else scores.unit
        worth = np.ones(len(main), np.bool_) if is_value else main >= _WORTH_EXPLAINING
        blame = scores.blame
        if before is not None and worth.any():
            blame = self._predictor.score(values, before, explain=worth).blame
        points: list[Point] = []
        told: list[Prediction] = []
        for number, ts in enumerate(times):
            self.standing.rows_seen += 1
            if ts // self.step_us in self.written:
                continue
            top = ""
            if blame is not None and worth[number] and blame[number].any():
                top = self.model.features[int(np.argmax(blame[number]))]
            points += self._points(ts, float(main[number]), bool(scores.is_anomaly[number]), top)
            told.append(
                Prediction(
                    self.model.id,
                    self.model.name,
                    self.asset_id,
                    float(main[number]),
                    bool(scores.is_anomaly[number]),
                    top or None,
                    self.deployment.mode,
                    ts,
                )
            )
        self._note(times)
        points += self._drift_point(values, times)
        return points, told

    def _points(self, ts: int, score: float, is_anomaly: bool, top: str) -> list[Point]:
        is_warm = self.standing.rows_seen >= self.standing.rows_needed
        quality = Quality.GOOD if is_warm else Quality.UNCERTAIN
        points = [
            Point(self.outputs.score.series, ts, score, quality),
            Point(self.outputs.anomaly.series, ts, float(is_anomaly), quality),
        ]
        if top != self._top:
            points.append(Point(self.outputs.top.series, ts, float("nan"), quality, top))
            self._top = top
        return points

    def _note(self, times: list[int]) -> None:
        self.position_us = times[-1]
        self.is_saved = False
        self.standing.rows_scored += len(times)
        self.standing.last_scored_us = times[-1]
        self.standing.error = None
        if self.written and times[-1] // self.step_us > max(self.written):
            self.written = set()

    def _drift_point(self, values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
                     times: list[int]) -> list[Point]:  # fmt: skip
        if self._monitor is None:
            return []
        self._monitor.add(values, times[0])
        is_due = self._drift_us is None or times[-1] - self._drift_us >= _DRIFT_EVERY_US
        worst = self._monitor.worst() if is_due else None
        if worst is None:
            return []
        self._drift_us = times[-1]
        return [Point(self.outputs.drift.series, times[-1], worst)]

    def to_json(self) -> str:
        """What is remembered, with the counters that belong to it."""
        drift = None if self._monitor is None else self._monitor.to_json()
        return json.dumps(
            {
                "state": self.state.to_json(),
                "rows_scored": self.standing.rows_scored,
                "rows_seen": self.standing.rows_seen,
                "drift": drift,
                "drift_us": self._drift_us,
            }
        )

    def restore(self, position_us: int, text: str) -> None:
        """Go on from what `to_json` gave."""
        read = json.loads(text)
        self.state = State.from_json(read["state"])
        self.standing.rows_scored = read["rows_scored"]
        self.standing.rows_seen = read["rows_seen"]
        self.standing.last_scored_us = self.position_us = position_us
        self.is_known = True
        self._drift_us = read["drift_us"]
        if self._monitor is not None and read["drift"] is not None:
            self._monitor.restore(read["drift"])
        self.aligner.done_until(position_us)


def batch_from(points: Sequence[Point], now_us: int) -> Batch:
    """Points as a batch."""
    return batch_of(
        [p.series for p in points], [p.ts for p in points], [p.value for p in points],
        [int(p.quality) for p in points], now_us, [p.text for p in points],
    )  # fmt: skip
