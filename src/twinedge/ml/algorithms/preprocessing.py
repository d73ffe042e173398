"""The `preprocessing` of a training as people write it, and the Preparation it means."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeGuard

from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.algorithms.forecasting import forecast_plan
from twinedge.ml.algorithms.model import (
    SCALINGS,
    STATISTICS,
    Algorithm,
    Preparation,
    Setting,
    Task,
)

LONGEST_WINDOW = 600
MOST_LAGS = 50

Say = Callable[[str, str], None]
"""Notes a fault: its place below `preprocessing`, and words."""


def default_plan(algorithm: Algorithm, params: Mapping[str, Setting]) -> Preparation:
    """What the algorithm does with raw rows unless told otherwise; `window` is the caller's."""
    if algorithm.task is Task.FORECASTING:
        return forecast_plan(algorithm.id, params)
    usual = algorithm.preparation
    window = int(params.get("window", 1))
    return usual if window == 1 else replace(usual, window=window, statistics=_rolled(algorithm))


def _rolled(algorithm: Algorithm) -> tuple[str, ...]:
    """Statistics of a rolling window nobody asked for by name."""
    is_detector = algorithm.task is Task.ANOMALY
    return ("mean",) if is_detector else ("value", "mean", "std", "drift")


def read(
    algorithm: Algorithm, params: Mapping[str, Setting], given: Mapping[str, Any] | None,
    *, window_given: bool,
) -> Preparation:  # fmt: skip
    """The plan; what is not given stays as the algorithm has it. Raises Invalid, every fault named.

    given: {"rolling": {"window", "statistics"} | null, "lags", "scaling", "interactions"}.
    window_given: the client set the hyperparameter `window` itself.
    """
    plan = default_plan(algorithm, params)
    if not given:
        return plan
    faults: list[Fault] = []

    def fault(at: str, words: str) -> None:
        faults.append(Fault(f"preprocessing.{at}" if at else "preprocessing", words))

    if algorithm.task is Task.FORECASTING:
        fault("", "a forecast takes its lags from its hyperparameters; leave this out")
    for name in given:
        if name not in {"rolling", "lags", "scaling", "interactions"}:
            fault(str(name), "is unknown; known are: rolling, lags, scaling, interactions")
    if "rolling" in given:
        if window_given and given["rolling"] is not None:
            fault("rolling", "give either this or hyperparameters.window")
        plan = _rolling(plan, given["rolling"], _rolled(algorithm), fault)
    plan = _lags(plan, given, fault)
    if given.get("scaling", "auto") not in SCALINGS:
        fault("scaling", f"must be one of: {', '.join(SCALINGS)}")
    if not isinstance(given.get("interactions", True), bool):
        fault("interactions", "must be true or false")
    if faults:
        raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)
    return replace(
        plan,
        scaling=given.get("scaling", plan.scaling),
        interactions=given.get("interactions", plan.interactions),
    )


def _lags(plan: Preparation, given: Mapping[str, Any], fault: Say) -> Preparation:
    lags = given.get("lags", list(plan.lags))
    if not isinstance(lags, list) or len(lags) > MOST_LAGS:
        fault("lags", f"must be a list of at most {MOST_LAGS} whole numbers")
    elif not all(_whole(lag) and 1 <= lag <= LONGEST_WINDOW for lag in lags):
        fault("lags", f"must be whole numbers from 1 to {LONGEST_WINDOW}: rows back")
    else:
        return replace(plan, lags=tuple(sorted(set(lags))))
    return plan


def _rolling(plan: Preparation, given: Any, usual: tuple[str, ...], fault: Say) -> Preparation:
    if given is None:
        return replace(plan, window=1, statistics=("value",))
    if not isinstance(given, Mapping) or set(given) - {"window", "statistics"}:
        fault("rolling", 'must be null or {"window": rows, "statistics": [...]}')
        return plan
    window, statistics = given.get("window"), given.get("statistics", list(usual))
    if not _whole(window) or not 1 <= window <= LONGEST_WINDOW:
        fault("rolling.window", f"must be a whole number from 1 to {LONGEST_WINDOW}: rows")
        return plan
    if not isinstance(statistics, list) or not statistics:
        fault("rolling.statistics", f"must be a list of some of: {', '.join(STATISTICS)}")
        return plan
    if wrong := [s for s in statistics if s not in STATISTICS]:
        fault("rolling.statistics", f"{wrong[0]!r} is not one of: {', '.join(STATISTICS)}")
        return plan
    ordered = tuple(s for s in STATISTICS if s in statistics)
    return replace(plan, window=window, statistics=ordered)


def _whole(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def as_written(plan: Preparation) -> dict[str, Any]:
    """The plan as `read` takes it, complete."""
    rolling = {"window": plan.window, "statistics": list(plan.statistics)}
    return {
        "rolling": None if plan.window == 1 and plan.statistics == ("value",) else rolling,
        "lags": list(plan.lags),
        "scaling": plan.scaling,
        "interactions": plan.interactions,
    }
