"""Fit any algorithm by its id."""

from collections.abc import Mapping

from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.detectors import fit_detector
from twinedge.ml.algorithms.model import Fitted, Setting, Table, Task, UnsuitableData
from twinedge.ml.algorithms.supervised import fit_supervised

FEWEST_ROWS = 20


def fit(
    algorithm_id: str, table: Table, target: str | None, params: Mapping[str, Setting]
) -> Fitted:
    """A model of the table. `params` are complete (see registry.complete).

    Raises UnsuitableData, with the reason for people, when this cannot be learned from.
    """
    task = registry.find(algorithm_id).task
    if len(table) < FEWEST_ROWS:
        raise UnsuitableData(
            f"only {len(table)} complete rows to learn from; at least {FEWEST_ROWS} are needed"
        )
    if not (table.features.max(axis=0) > table.features.min(axis=0)).any():
        raise UnsuitableData("every feature is constant: there is nothing to learn from")
    if task is Task.ANOMALY:
        return fit_detector(algorithm_id, table, params)
    if table.target is None or target is None:
        raise UnsuitableData("this algorithm learns from a target; none was named")
    if task is Task.CLASSIFICATION and len(set(table.target.tolist())) < 2:
        raise UnsuitableData(
            f"the training rows hold a single class of {target!r}; at least two are needed"
        )
    return fit_supervised(algorithm_id, task, target, table, params)
