"""How good answers are, by task, always beside the floor that needs no model."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import Floats


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


def ranked(truth: NDArray[np.bool_], raw: Floats) -> dict[str, Any]:
    """PR-AUC and ROC-AUC; nothing when only one kind of row is there."""
    from sklearn.metrics import average_precision_score, roc_auc_score

    if truth.all() or not truth.any():
        return {}
    return {
        "pr_auc": float(average_precision_score(truth, raw)),
        "roc_auc": float(roc_auc_score(truth, raw)),
        "floor_pr_auc": float(truth.mean()),
    }


def classification(classes: Sequence[Any], truth: Floats, prediction: Floats) -> dict[str, Any]:
    """Accuracy beside that of always naming the commonest class; F1 of every class."""
    from sklearn.metrics import f1_score

    known = np.arange(len(classes))
    single = f1_score(truth, prediction, labels=known, average=None, zero_division=0)
    return {
        "rows": len(truth),
        "accuracy": float((prediction == truth).mean()),
        "floor_accuracy": float(np.bincount(truth.astype(np.int64)).max() / len(truth)),
        "f1_macro": float(single.mean()),
        "f1_by_class": {str(name): float(f1) for name, f1 in zip(classes, single, strict=True)},
    }


def regression(truth: Floats, prediction: Floats, usual: float) -> dict[str, Any]:
    """Errors in the target's unit; the floor always says `usual`, the training rows' mean.

    nasa_score: late predictions of remaining life weigh more (C-MAPSS).
    """
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
        "floor_rmse": float(np.sqrt(np.mean((truth - usual) ** 2))),
        "floor_mae": float(np.abs(truth - usual).mean()),
        "nasa_score": float((nasa - 1).sum()),
    }


def forecast(
    truth: Floats, prediction: Floats, present: Floats, usual_step: float,
    interval: tuple[float, float],
) -> dict[str, Any]:  # fmt: skip
    """Errors of a forecast; the floor says that all stays as it is at present.

    mase: mean absolute error over that of the same floor on the training rows. coverage: share of
    rows within the 90 % interval.
    """
    error = prediction - truth
    mae = float(np.abs(error).mean()) if len(error) else math.nan
    inside = (truth >= prediction + interval[0]) & (truth <= prediction + interval[1])
    return {
        "rows": len(truth),
        "rmse": float(np.sqrt(np.mean(error**2))) if len(error) else math.nan,
        "mae": mae,
        "mase": mae / usual_step if usual_step else math.nan,
        "coverage": float(inside.mean()) if len(error) else math.nan,
        "floor_rmse": float(np.sqrt(np.mean((present - truth) ** 2))) if len(error) else math.nan,
        "floor_mae": float(np.abs(present - truth).mean()) if len(error) else math.nan,
    }


def finite(found: Any) -> Any:
    """The same with null where a number is not finite: JSON knows no NaN."""
    if isinstance(found, Mapping):
        return {name: finite(value) for name, value in found.items()}
    if isinstance(found, list):
        return [finite(value) for value in found]
    return None if isinstance(found, float) and not math.isfinite(found) else found
