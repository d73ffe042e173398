"""How good a model is, by its task, always beside the floor that needs no model."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import Floats, Table, Task
from twinedge.ml.algorithms.predictor import Predictor

_CURVE_POINTS = 200


def judge(predictor: Predictor, table: Table, *, goes_on: bool) -> dict[str, Any]:
    """Metrics on the table's rows. goes_on: they follow the training rows in time."""
    raw, alarm, prediction, probability = _answers(predictor, table, goes_on)
    task = predictor.blueprint.task
    if task is Task.REGRESSION:
        assert table.target is not None
        return _regression(table.target, prediction)
    if task is Task.CLASSIFICATION:
        assert table.target is not None
        return _classification(predictor, table.target, raw, alarm, prediction, probability)
    found: dict[str, Any] = {"rows": len(table), "alarm_rate": float(alarm.mean())}
    if table.target is not None:
        found |= binary(table.target > 0, alarm) | _ranked(table.target > 0, raw)
        found |= _events(table.target > 0, alarm, table.step_us)
    found["curve"] = {"score": _thin(raw), "threshold": predictor.blueprint.threshold}
    return found


def _answers(predictor: Predictor, table: Table, goes_on: bool) -> tuple[Any, Any, Any, Any]:
    groups = table.groups if table.groups is not None else np.zeros(len(table), np.int64)
    raw, prediction = np.full(len(table), np.nan), np.empty(len(table))
    alarm = np.zeros(len(table), np.bool_)
    probability = np.empty((len(table), max(len(table.classes), 1)))
    for group in np.unique(groups):
        mask = groups == group
        state = predictor.fresh() if goes_on and table.groups is None else predictor.empty()
        scores = predictor.score(table.features[mask], state, explain=False)
        raw[mask], alarm[mask], prediction[mask] = scores.raw, scores.is_anomaly, scores.prediction
        if scores.probability is not None:
            probability[mask] = scores.probability
    return raw, alarm, prediction, probability


def binary(truth: NDArray[np.bool_], alarm: NDArray[np.bool_]) -> dict[str, Any]:
    """F1, false-alarm and missed rates; the floor is F1 of always saying yes."""
    tp, fp = int((truth & alarm).sum()), int((~truth & alarm).sum())
    fn, tn = int((truth & ~alarm).sum()), int((~truth & ~alarm).sum())
    return {
        "f1": _ratio(2 * tp, 2 * tp + fp + fn),
        "precision": _ratio(tp, tp + fp),
        "recall": _ratio(tp, tp + fn),
        "false_alarm_rate": _ratio(fp, fp + tn),
        "missed_rate": _ratio(fn, fn + tp),
        "floor_f1": _ratio(2 * (tp + fn), 2 * (tp + fn) + fp + tn),
        "confusion": {"tp": tp, "fp": fp, "fn": fn, "tn": tn},
    }


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _ranked(truth: NDArray[np.bool_], raw: Floats) -> dict[str, Any]:
    """PR-AUC, ROC-AUC and their curves; nothing when only one kind of row is there."""
    from sklearn import metrics

    if truth.all() or not truth.any():
        return {}
    fpr, tpr, _ = metrics.roc_curve(truth, raw)
    precision, recall, _ = metrics.precision_recall_curve(truth, raw)
    return {
        "pr_auc": float(metrics.average_precision_score(truth, raw)),
        "roc_auc": float(metrics.roc_auc_score(truth, raw)),
        "floor_pr_auc": float(truth.mean()),
        "roc": {"false_alarm_rate": _thin(fpr), "recall": _thin(tpr)},
        "pr": {"recall": _thin(recall), "precision": _thin(precision)},
    }


def _events(
    truth: NDArray[np.bool_], alarm: NDArray[np.bool_], step_us: int | None
) -> dict[str, Any]:
    """Anomalous stretches: how many were noticed, and how late."""
    edges = np.diff(np.concatenate([[0], truth.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    delays = [
        int(np.argmax(alarm[start:end]))
        for start, end in zip(starts, ends, strict=True)
        if alarm[start:end].any()
    ]
    rises = alarm & ~np.concatenate([[False], alarm[:-1]]) & ~truth
    found: dict[str, Any] = {
        "events": len(starts),
        "events_noticed": len(delays),
        "median_delay_rows": float(np.median(delays)) if delays else None,
    }
    if step_us:
        weeks = len(truth) * step_us / (7 * 86_400e6)
        found["false_alarms_per_week"] = float(rises.sum() / weeks)
    return found


def _classification(
    predictor: Predictor, truth: Floats, raw: Floats, alarm: Any, prediction: Floats,
    probability: Floats,
) -> dict[str, Any]:  # fmt: skip
    classes = predictor.blueprint.classes
    found: dict[str, Any] = {
        "rows": len(truth),
        "accuracy": float((prediction == truth).mean()),
        "floor_accuracy": float(np.bincount(truth.astype(np.int64)).max() / len(truth)),
    }
    if len(classes) == 2:
        positive = truth == predictor.blueprint.positive
        found |= binary(positive, alarm) | _ranked(positive, raw)
        found["brier"] = float(np.mean((raw - positive) ** 2))
        found["positive_class"] = classes[predictor.blueprint.positive]
    else:
        from sklearn.metrics import f1_score

        found["f1_macro"] = float(f1_score(truth, prediction, average="macro"))
    return found


def _regression(truth: Floats, prediction: Floats) -> dict[str, Any]:
    error = prediction - truth
    power = float(((truth - truth.mean()) ** 2).sum())
    nasa = np.where(
        error < 0, np.exp(np.minimum(-error / 13, 50)), np.exp(np.minimum(error / 10, 50))
    )
    return {
        "rows": len(truth),
        "rmse": float(np.sqrt(np.mean(error**2))),
        "mae": float(np.abs(error).mean()),
        "r2": 1 - float((error**2).sum()) / power if power else 0.0,
        "floor_rmse": float(truth.std()),
        "nasa_score": float((nasa - 1).sum()),
        "residuals": {"truth": _thin(truth), "prediction": _thin(prediction)},
    }


def _thin(column: Floats) -> list[float]:
    """At most 200 points of a curve, evenly taken."""
    take = np.linspace(0, len(column) - 1, min(len(column), _CURVE_POINTS)).round().astype(int)
    return [float(value) for value in column[take]]
