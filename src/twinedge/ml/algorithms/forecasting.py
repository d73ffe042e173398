"""Fits forecasts: what the target will be `horizon` rows later, from its own past."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from twinedge.ml.algorithms.graph import Graph
from twinedge.ml.algorithms.model import (
    Blueprint,
    Fitted,
    Floats,
    Preparation,
    Setting,
    Table,
    Task,
    UnsuitableData,
)
from twinedge.ml.algorithms.preparation import columns, prepare_table, start_of
from twinedge.ml.algorithms.running import ANEW, Run, run_fit
from twinedge.ml.algorithms.scaling import scale_of
from twinedge.ml.algorithms.trees import boosted_trees

_JUDGING = 0.2
"""Share of the last rows that the width of the interval is learned from."""
_FEWEST = 20

Params = Mapping[str, Setting]


def forecast_plan(algorithm: str, params: Params) -> Preparation:
    """The past a forecast looks at; boosting also sees the mean and spread of its last rows."""
    horizon, season = int(params["horizon"]), int(params["season"])
    same_phase = -horizon % max(season, 1)
    if algorithm == "seasonal_naive":
        wanted = {same_phase}
    else:
        wanted = {*range(1, int(params["lags"]))} | ({same_phase, season} if season > 1 else set())
    lags = tuple(sorted(wanted - {0}))
    if algorithm == "boosted_autoregression":
        return Preparation(int(params["lags"]), ("value", "mean", "std"), lags)
    return Preparation(lags=lags)


def ahead(table: Table, horizon: int) -> Floats:
    """Each row's target `horizon` rows later in its unit; NaN where there is none."""
    assert table.target is not None
    later = np.full(len(table), np.nan)
    for rows in table.units():
        if len(rows) > horizon:
            later[rows[:-horizon]] = table.target[rows[horizon:]]
    return later


def fit_forecast(
    algorithm: str, target: str, table: Table, params: Params, plan: Preparation, run: Run = ANEW
) -> Fitted:
    """Fit a forecast. The table's first feature is the target itself."""
    horizon = int(params["horizon"])
    later = ahead(table, horizon)
    known = ~np.isnan(later)
    for rows in table.units():
        known[rows[: plan.memory]] = False
    if known.sum() < _FEWEST:
        raise UnsuitableData(
            f"a forecast {horizon} rows ahead that looks {plan.memory} rows back needs at least "
            f"{horizon + plan.memory + _FEWEST} rows in a unit; there are {len(table)} rows"
        )
    x, y = prepare_table(plan, table)[known], later[known]
    names = columns(plan, table.names)
    graph = Graph()
    given = graph.input("features", len(names))
    estimator = None
    if algorithm == "seasonal_naive":
        place = len(table.names) if plan.lags else 0
        output = _column(graph, given, place)
        misses = y - x[:, place]
    elif algorithm == "boosted_autoregression":  # trees know no trend: they say how much it changes
        estimator = run_fit(_boosting(params), run, x, y - x[:, 0])
        before, after = _cut(len(x))
        past = _boosting(params).fit(x[before], (y - x[:, 0])[before])
        misses = y[after] - x[after, 0] - past.predict(x[after])
        output = graph.op("Add", boosted_trees(graph, given, estimator), _column(graph, given, 0))
    else:
        center, spread = scale_of("standard", x)
        z = (x - center) / spread
        misses = _misses(z, y, params)
        estimator = run_fit(_ridge(params), run, z, y)
        weights, bias = estimator.coef_[:, None], np.atleast_1d(estimator.intercept_)
        output = graph.affine(graph.standardise(given, center, spread), weights, bias)
    arrays = start_of(table, plan) | {"interval": np.quantile(misses, [0.05, 0.95])}
    blueprint = Blueprint(
        algorithm, Task.FORECASTING, table.names, target, None, 1.0, plan,
        grouped=table.groups is not None, step_us=table.step_us, horizon=horizon,
    )  # fmt: skip
    metadata = {
        "algorithm": algorithm,
        "features": "\n".join(table.names),
        "inputs": "\n".join(name for name, _of in names),
        "target": target,
        "horizon": str(horizon),
    }
    return Fitted(blueprint, graph.finish(output, metadata), arrays, estimator)


def _column(graph: Graph, x: str, place: int) -> str:
    return graph.op("Gather", x, graph.constant(np.array([place], np.int64)), axis=1)


def _boosting(params: Params) -> Any:
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        learning_rate=float(params["learning_rate"]),
        max_iter=int(params["max_iter"]),
        max_leaf_nodes=int(params["max_leaf_nodes"]),
        min_samples_leaf=int(params["min_samples_leaf"]),
        early_stopping=False,
        random_state=int(params["seed"]),
    )


def _ridge(params: Params) -> Any:
    from sklearn.linear_model import Ridge

    return Ridge(alpha=float(params["alpha"]))


def _misses(z: Floats, y: Floats, params: Params) -> Floats:
    """Errors on the last rows of a model that did not see them."""
    before, after = _cut(len(z))
    missed: Floats = y[after] - _ridge(params).fit(z[before], y[before]).predict(z[after])
    return missed


def _cut(rows: int) -> tuple[slice, slice]:
    """The rows that the width of the interval is learned without, and those it is learned from."""
    cut = rows - max(int(rows * _JUDGING), 1)
    return slice(0, cut), slice(cut, rows)
