"""From what a client asks for to a complete order: checked against the dataset's columns, completed
from an earlier model's recipe and from the algorithm's defaults."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from twinedge.kit.errors import Fault, Invalid
from twinedge.ml.algorithms import preprocessing, registry
from twinedge.ml.algorithms.model import Algorithm, Budget, Preparation, Setting, Task
from twinedge.ml.training.model import Order

_DEFAULT_HELD_BACK = 0.2


@dataclass(frozen=True, slots=True)
class Wish:
    """What a client asks for; checked and completed by `order_of`."""

    id: str | None
    name: str
    dataset_id: str
    algorithm: str
    hyperparameters: Mapping[str, Any]
    features: tuple[str, ...] | None
    target: str | None
    group: str | None
    validation_fraction: float | None
    preprocessing: Mapping[str, Any] | None = None
    seed: int | None = None
    alarm_budget: Budget | None = None
    base_model_id: str | None = None
    goes_on: bool = False


def after(wish: Wish, base: Order, features: tuple[str, ...]) -> Wish:
    """The wish with everything it leaves out taken from the order of an earlier model, which
    learned from `features`. Raises Invalid for another algorithm."""
    if wish.algorithm != base.algorithm:
        raise Invalid.at(
            "algorithm", f"the base model is of {base.algorithm!r}; both must be equal"
        )
    usual = dict(base.hyperparameters)
    if wish.seed is not None:
        usual.pop("seed", None)
    usual.pop("window", None)  # the preprocessing says it
    written = None
    if registry.find(base.algorithm).task is not Task.FORECASTING:
        written = preprocessing.as_written(base.plan)
        if "window" in wish.hyperparameters:
            del written["rolling"]
        written |= wish.preprocessing or {}
    held_back = wish.validation_fraction
    return replace(
        wish,
        hyperparameters=usual | dict(wish.hyperparameters),
        features=wish.features or features,
        target=wish.target or base.target,
        group=wish.group or base.group,
        validation_fraction=base.validation_fraction if held_back is None else held_back,
        preprocessing=written if written is not None else wish.preprocessing,
        alarm_budget=wish.alarm_budget or base.budget,
    )


def _start_faults(wish: Wish, algorithm: Algorithm) -> list[Fault]:
    if not wish.goes_on:
        return []
    if wish.base_model_id is None:
        return [Fault("warm_start", "needs a base_model_id to go on from")]
    if not algorithm.goes_on:
        can = ", ".join(a.id for a in registry.ALGORITHMS.values() if a.goes_on)
        return [Fault("warm_start", f"{algorithm.id} always learns anew; these can go on: {can}")]
    return []


def order_of(wish: Wish, columns: Mapping[str, str]) -> Order:
    """The wish, checked and completed. Raises Invalid with every fault."""
    algorithm = registry.find(wish.algorithm)
    faults = _column_faults(wish, columns, algorithm.task) + _budget_faults(
        wish, columns, algorithm.task
    )
    faults += _start_faults(wish, algorithm)
    given = dict(wish.hyperparameters)
    takes_seed = any(h.name == "seed" for h in algorithm.hyperparameters)
    if wish.seed is not None and takes_seed and given.setdefault("seed", wish.seed) != wish.seed:
        faults.append(Fault("seed", "differs from hyperparameters.seed; give one of them"))
    filled: Mapping[str, Setting] = {}
    plan = Preparation()
    try:
        filled = registry.complete(algorithm, given)
        plan = preprocessing.read(
            algorithm, filled, wish.preprocessing, window_given="window" in given
        )
    except Invalid as error:
        faults += error.faults
    if faults:
        raise Invalid("; ".join(f"{f.field} {f.message}" for f in faults[:3]), faults)
    if "window" in filled:  # said in two places, kept the same
        filled = {**filled, "window": plan.window}
    held_back = wish.validation_fraction
    if held_back is None:
        held_back = 0.0 if algorithm.task is Task.ANOMALY else _DEFAULT_HELD_BACK
    return Order(
        wish.algorithm, filled, wish.features, wish.target, wish.group, held_back, plan,
        wish.alarm_budget, int(filled.get("seed", wish.seed or 0)), wish.base_model_id,
        wish.goes_on,
    )  # fmt: skip


def _budget_faults(wish: Wish, columns: Mapping[str, str], task: Task) -> list[Fault]:
    budget = wish.alarm_budget
    if budget is None:
        return []
    if task.answers_a_value:
        return [Fault("alarm_budget", f"{wish.algorithm} answers a value and raises no alarms")]
    if budget.per_week is not None and "time" not in columns.values():
        return [Fault("alarm_budget.per_week", "needs a time column in the dataset; use rate")]
    return []


def _column_faults(wish: Wish, columns: Mapping[str, str], task: Task) -> list[Fault]:
    faults: list[Fault] = []
    known = ", ".join(list(columns)[:30])
    for field in ("target", "group"):
        name = getattr(wish, field)
        if name is not None and name not in columns:
            faults.append(Fault(field, f"the dataset has no column {name!r}; it has: {known}"))
    if wish.target is None and task is not Task.ANOMALY:
        faults.append(Fault("target", f"is required: {wish.algorithm} learns from a target"))
    for number, name in enumerate(wish.features or ()):
        at = f"features[{number}]"
        if name not in columns:
            faults.append(Fault(at, f"the dataset has no column {name!r}; it has: {known}"))
        elif name == wish.target and task is not Task.FORECASTING:
            faults.append(Fault(at, "is the target itself; it cannot be a feature"))
        elif name == wish.group:
            faults.append(Fault(at, "is the group; the unit's id cannot be a feature"))
        elif columns[name] == "time":
            faults.append(Fault(at, "is a time; times cannot be features"))
        elif name in (wish.features or ())[:number]:
            faults.append(Fault(at, "is named twice"))
    return faults
