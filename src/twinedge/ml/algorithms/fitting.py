"""Fit any algorithm by its id."""

from collections.abc import Mapping

from twinedge.ml.algorithms import registry
from twinedge.ml.algorithms.detectors import fit_detector
from twinedge.ml.algorithms.forecasting import fit_forecast
from twinedge.ml.algorithms.model import (
    Budget,
    Fitted,
    Preparation,
    Setting,
    Table,
    Task,
    UnsuitableData,
)
from twinedge.ml.algorithms.preprocessing import default_plan
from twinedge.ml.algorithms.running import ANEW, Run
from twinedge.ml.algorithms.supervised import fit_supervised

FEWEST_ROWS = 20


def fit(
    algorithm_id: str, table: Table, target: str | None, params: Mapping[str, Setting],
    plan: Preparation | None = None, budget: Budget | None = None, run: Run = ANEW,
) -> Fitted:  # fmt: skip
    """A model of the table. `params` are complete (see registry.complete); plan None: the usual.

    Raises UnsuitableData, with the reason for people, when this cannot be learned from.
    """
    algorithm = registry.find(algorithm_id)
    task = algorithm.task
    plan = plan or default_plan(algorithm, params)
    if len(table) < FEWEST_ROWS:
        raise UnsuitableData(
            f"only {len(table)} complete rows to learn from; at least {FEWEST_ROWS} are needed"
        )
    if not (table.features.max(axis=0) > table.features.min(axis=0)).any():
        raise UnsuitableData("every feature is constant: there is nothing to learn from")
    if task is Task.ANOMALY:
        return fit_detector(algorithm_id, table, params, plan, budget, run)
    if table.target is None or target is None:
        raise UnsuitableData("this algorithm learns from a target; none was named")
    if task is Task.FORECASTING:
        return fit_forecast(algorithm_id, target, table, params, plan, run)
    if task is Task.CLASSIFICATION and len(set(table.target.tolist())) < 2:
        raise UnsuitableData(
            f"the training rows hold a single class of {target!r}; at least two are needed"
        )
    return fit_supervised(algorithm_id, task, target, table, params, plan, budget, run)
