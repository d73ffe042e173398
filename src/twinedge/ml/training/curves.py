"""Points for plots, computed once at training and kept beside the model; at most 2 000 each."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from twinedge.kit.clock import to_iso
from twinedge.ml.algorithms.model import Floats, Table
from twinedge.ml.training.events import Event, lead_s

KINDS = ("roc", "pr", "scores", "residuals", "importance", "events")
POINTS = 2000


def roc(truth: NDArray[np.bool_], raw: Floats) -> dict[str, list[float]] | None:
    """False-alarm rate and recall by threshold; None when only one kind of row is there."""
    from sklearn.metrics import roc_curve

    if truth.all() or not truth.any():
        return None
    fpr, tpr, thresholds = roc_curve(truth, raw)
    thresholds[0] = raw.max()  # scikit-learn says infinity
    take = _even(len(fpr))
    return {"fpr": _list(fpr[take]), "tpr": _list(tpr[take]), "thresholds": _list(thresholds[take])}


def pr(truth: NDArray[np.bool_], raw: Floats) -> dict[str, list[float]] | None:
    """Precision and recall by threshold; None when only one kind of row is there."""
    from sklearn.metrics import precision_recall_curve

    if truth.all() or not truth.any():
        return None
    precision, recall, thresholds = precision_recall_curve(truth, raw)
    take = _even(len(thresholds))
    return {
        "precision": _list(precision[take]),
        "recall": _list(recall[take]),
        "thresholds": _list(thresholds[take]),
    }


def scores(
    table: Table, raw: Floats, truth: NDArray[np.bool_] | None, threshold: float | None
) -> dict[str, Any]:
    """The raw score over the rows; of every stretch its highest and lowest, so no peak is lost."""
    take = _extremes(raw)
    times = None if table.times is None else [to_iso(int(t)) for t in table.times[take]]
    return {
        "timestamp": times,
        "score": _list(raw[take]),
        "label": None if truth is None else [int(label) for label in truth[take]],
        "threshold": threshold,
    }


def residuals(truth: Floats, prediction: Floats) -> dict[str, list[float]]:
    """Actual and predicted values of rows evenly taken."""
    take = _even(len(truth))
    return {"actual": _list(truth[take]), "predicted": _list(prediction[take])}


def events(table: Table, found: list[Event]) -> list[dict[str, Any]]:
    """Labelled stretches; times, or row numbers where the rows have no time."""

    def when(row: int | None) -> str | int | None:
        if row is None or table.times is None:
            return row
        return to_iso(int(table.times[row]))

    return [
        {
            "start": when(event.start),
            "end": when(event.last),
            "detected_at": when(event.detected),
            "lead_seconds": lead_s(table, event),
        }
        for event in found[:POINTS]
    ]


def _even(count: int) -> NDArray[np.int64]:
    return np.linspace(0, count - 1, min(count, POINTS)).round().astype(np.int64)


def _extremes(raw: Floats) -> NDArray[np.int64]:
    """The places of each stretch's largest and smallest value, in order."""
    if len(raw) <= POINTS:
        return np.arange(len(raw))
    places: set[int] = set()
    for part in np.array_split(np.arange(len(raw)), POINTS // 2):
        places |= {int(part[np.argmax(raw[part])]), int(part[np.argmin(raw[part])])}
    return np.array(sorted(places))


def _list(column: Floats) -> list[float]:
    return [float(value) for value in column]
