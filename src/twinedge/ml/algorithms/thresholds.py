"""Where the alarm begins: from a share of rows, or from the false alarms a person accepts."""

import numpy as np
from numpy.typing import NDArray

from twinedge.ml.algorithms.model import Budget, Floats, UnsuitableData

WEEK_US = 7 * 86_400 * 1_000_000


def within_budget(
    scores: Floats, normal: NDArray[np.bool_], budget: Budget, step_us: int | None
) -> float:
    """The lowest threshold whose alarms on normal rows keep to the budget.

    scores float64[n] in time order, an alarm is a score above the threshold; normal marks the rows
    that are known or taken to be fine. Raises UnsuitableData when a budget a week meets rows
    without a time.
    """
    calm = scores[normal]
    if len(calm) == 0:
        raise UnsuitableData("alarm_budget: no training row is labelled normal")
    if budget.rate is not None:
        return float(np.quantile(calm, 1 - budget.rate, method="higher"))
    assert budget.per_week is not None
    if not step_us:
        raise UnsuitableData("alarm_budget.per_week needs a time column in the dataset")
    allowed = int(budget.per_week * len(calm) * step_us / WEEK_US)
    return _by_rises(scores, normal, allowed)


def rises(alarm: NDArray[np.bool_], normal: NDArray[np.bool_]) -> int:
    """How many alarms begin on normal rows."""
    before = np.concatenate([[False], alarm[:-1]])
    return int((alarm & ~before & normal).sum())


def _by_rises(scores: Floats, normal: NDArray[np.bool_], allowed: int) -> float:
    """The lowest threshold from which on upwards no more than `allowed` alarms begin.

    A rise from a to b begins an alarm at every threshold in [a, b): sweep them from the top.
    """
    before = np.concatenate([[-np.inf], scores[:-1]])
    rising = (scores > before) & normal
    highs, lows = scores[rising], before[rising]
    level = np.concatenate([highs, lows])
    change = np.concatenate([np.ones(len(highs), np.int64), -np.ones(len(lows), np.int64)])
    # all events of one level happen just below it: endings first, so that nothing counts twice
    order = np.lexsort((change, -level))
    running = np.cumsum(change[order])
    over = np.flatnonzero(running > allowed)
    if len(over) == 0:
        return float(scores.min())
    return float(level[order][over[0]])
