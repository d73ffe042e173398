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

_JUDGING = 0.2
"""Share of the last rows that the width of the interval is learned from."""
_FEWEST = 20

Params = Mapping[str, Setting]


def forecast_plan(algorithm: str, params: Params) -> Preparation:
    """The lags a forecast looks at."""
    horizon, season = int(params["horizon"]), int(params["season"])
    same_phase = -horizon % max(season, 1)
    if algorithm == "seasonal_naive":
        wanted = {same_phase}
    else:
        wanted = {*range(1, int(params["lags"]))} | ({same_phase, season} if season > 1 else set())
    return Preparation(lags=tuple(sorted(wanted - {0})))


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
        output = graph.op("Gather", given, graph.constant(np.array([place], np.int64)), axis=1)
        misses = y - x[:, place]
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


def _ridge(params: Params) -> Any:
    from sklearn.linear_model import Ridge

    return Ridge(alpha=float(params["alpha"]))


def _misses(z: Floats, y: Floats, params: Params) -> Floats:
    """Errors on the last rows of a model that did not see them."""
    cut = len(z) - max(int(len(z) * _JUDGING), 1)
    missed: Floats = y[cut:] - _ridge(params).fit(z[:cut], y[:cut]).predict(z[cut:])
    return missed
