"""Judges a fitted model on rows: numbers for people to compare, points for curves."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.forecasting import ahead
from twinedge.ml.algorithms.model import Floats, Table, Task
from twinedge.ml.algorithms.predictor import Predictor, State
from twinedge.ml.training import curves, metrics
from twinedge.ml.training.events import find_events, scorecard


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a model said to the rows of a table, row by row."""

    raw: Floats
    alarm: NDArray[np.bool_]
    prediction: Floats
    probability: Floats


def judge(
    predictor: Predictor, table: Table, train: Table, *, goes_on: bool, raw: Floats | None = None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Metrics and curves on the table's rows. goes_on: they follow the training rows in time.

    raw: a detector's scores of these rows, where they are known already.
    """
    if raw is None:
        answers = answer(predictor, table, goes_on=goes_on)
    else:
        alarm = predictor.is_above(raw)
        answers = Answers(raw, alarm, alarm.astype(np.float64), np.empty((len(table), 1)))
    plan = predictor.blueprint
    drawn: dict[str, Any] = dict.fromkeys(curves.KINDS)
    if plan.task is Task.FORECASTING:
        found = _forecast(predictor, table, train, answers, drawn)
    elif plan.task is Task.REGRESSION:
        assert table.target is not None
        assert train.target is not None
        found = metrics.regression(table.target, answers.prediction, float(train.target.mean()))
        drawn["residuals"] = curves.residuals(table.target, answers.prediction)
    else:
        found = _scored(predictor, table, answers, drawn)
    drawn["importance"] = importance(predictor, table, goes_on=goes_on)
    return metrics.finite(found), metrics.finite(drawn)


def answer(predictor: Predictor, table: Table, *, goes_on: bool) -> Answers:
    """Score all rows, unit by unit, as the model would live."""
    found = Answers(
        np.full(len(table), np.nan), np.zeros(len(table), np.bool_), np.empty(len(table)),
        np.empty((len(table), max(len(table.classes), 1))),
    )  # fmt: skip
    for rows in table.units():
        scores = predictor.score(
            table.features[rows], _first(predictor, table, goes_on), explain=False
        )
        found.raw[rows], found.alarm[rows] = scores.raw, scores.is_anomaly
        found.prediction[rows] = scores.prediction
        if scores.probability is not None:
            found.probability[rows] = scores.probability
    return found


def _first(predictor: Predictor, table: Table, goes_on: bool) -> State:
    return predictor.fresh() if goes_on and table.groups is None else predictor.empty()


def _scored(
    predictor: Predictor, table: Table, answers: Answers, drawn: dict[str, Any]
) -> dict[str, Any]:
    """Detectors and classifiers: everything with a score."""
    plan = predictor.blueprint
    truth: NDArray[np.bool_] | None = None
    if plan.task is Task.CLASSIFICATION:
        assert table.target is not None
        found = metrics.classification(plan.classes, table.target, answers.prediction)
        if len(plan.classes) == 2:
            truth = table.target == plan.positive
            found["positive_class"] = plan.classes[plan.positive]
            found["brier"] = float(np.mean((answers.raw - truth) ** 2))
            found["floor_brier"] = float(truth.mean() * (1 - truth.mean()))
    else:
        found = {"rows": len(table), "alarm_rate": float(answers.alarm.mean())}
        truth = None if table.target is None else table.target > 0
    if truth is not None:
        found |= metrics.binary(truth, answers.alarm)
        found |= metrics.ranked(truth, answers.raw)
        drawn["roc"], drawn["pr"] = curves.roc(truth, answers.raw), curves.pr(truth, answers.raw)
    if truth is not None and plan.task is Task.ANOMALY:
        events = find_events(table, truth, answers.alarm)
        found |= scorecard(table, truth, answers.alarm, events)
        drawn["events"] = curves.events(table, events)
    if truth is not None or plan.task is Task.ANOMALY:
        drawn["scores"] = curves.scores(table, answers.raw, truth, plan.threshold)
    return found


def _forecast(
    predictor: Predictor, table: Table, train: Table, answers: Answers, drawn: dict[str, Any]
) -> dict[str, Any]:
    assert table.target is not None
    assert train.target is not None
    horizon = predictor.blueprint.horizon
    later = ahead(table, horizon)
    known = ~np.isnan(later)
    drawn["residuals"] = curves.residuals(later[known], answers.prediction[known])
    steps = np.abs(ahead(train, horizon) - train.target)
    return metrics.forecast(
        later[known], answers.prediction[known], table.target[known], float(np.nanmean(steps)),
        predictor.interval,
    )  # fmt: skip


_IMPORTANCE_CELLS = 2_000_000
_IMPORTANCE_ROWS = 500


def importance(predictor: Predictor, table: Table, *, goes_on: bool) -> dict[str, float]:
    """Share of each feature: of a detector's blame in its strangest rows, of the others in how far
    answers move when the feature's values change places."""
    width = len(table.names)
    most = max(min(_IMPORTANCE_ROWS, _IMPORTANCE_CELLS // (width * width + 1)), 50)
    rows = table.units()[0][:most]
    x = table.features[rows]
    if predictor.blueprint.task is Task.ANOMALY:
        raw = predictor.score(x, _first(predictor, table, goes_on), explain=False).raw
        strangest = np.zeros(len(x), np.bool_)
        strangest[np.argsort(-raw)[: max(len(x) // 20, 1)]] = True
        blame = predictor.score(x, _first(predictor, table, goes_on), explain=strangest).blame
        moved = np.zeros(width) if blame is None else blame[strangest].mean(axis=0)
    else:
        moved = _moved(predictor, x, _first(predictor, table, goes_on))
    total = float(moved.sum())
    shares = moved / total if total > 0 else moved
    return {name: float(share) for name, share in zip(table.names, shares, strict=True)}


def _moved(predictor: Predictor, x: Floats, state: State) -> Floats:
    def said(rows: Floats) -> Floats:
        scores = predictor.score(rows, state.copy(), explain=False)
        return scores.prediction if scores.probability is None else scores.probability

    base = said(x)
    random = np.random.default_rng(0)
    moved = np.empty(x.shape[1])
    for column in range(x.shape[1]):
        other = x.copy()
        other[:, column] = random.permutation(x[:, column])
        moved[column] = float(np.abs(said(other) - base).mean())
    return moved
