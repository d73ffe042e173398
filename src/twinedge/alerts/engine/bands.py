"""Operators as open intervals, so that one vectorised comparison serves all eight."""

import math
from dataclasses import dataclass

from twinedge.alerts.model import Operator, Rate, Score, Threshold

INF = math.inf


@dataclass(frozen=True, slots=True)
class Band:
    """True where (low < v < high) is not `inverted`."""

    low: float
    high: float
    inverted: bool = False

    def holds(self, value: float) -> bool:
        return (self.low < value < self.high) != self.inverted


def _below(value: float) -> float:
    return math.nextafter(value, -INF)


def _above(value: float) -> float:
    return math.nextafter(value, INF)


def raise_band(leaf: Threshold | Rate | Score) -> Band:
    """Where the leaf is true while the alert is not open. The limit must not be a text."""
    return _band(leaf.operator, leaf.value, 0.0)


def hold_band(leaf: Threshold | Rate | Score) -> Band:
    """Where a leaf that was true stays true while the alert is open; contains `raise_band`.

    It is left at `clear_value`, or at the limit less the deadband; reaching that value clears.
    """
    clear = None if isinstance(leaf, Rate) else leaf.clear_value
    if clear is not None and clear != leaf.value:
        return (
            Band(clear, INF) if leaf.operator in (Operator.GT, Operator.GTE) else Band(-INF, clear)
        )
    dead = 0.0 if isinstance(leaf, Rate) else leaf.deadband or 0.0
    return _band(leaf.operator, leaf.value, dead)


def _band(operator: Operator, value: object, dead: float) -> Band:
    if isinstance(value, tuple):
        low, high = value
        if operator is Operator.BETWEEN:
            return Band(_below(low - dead), _above(high + dead))
        return Band(_below(low + dead), _above(high - dead), inverted=True)
    limit = float(value)  # type: ignore[arg-type]  # a number or a truth value: texts have no band
    exact = dead == 0.0
    bands = {
        Operator.GT: Band(limit - dead, INF),
        Operator.GTE: Band(_below(limit) if exact else limit - dead, INF),
        Operator.LT: Band(-INF, limit + dead),
        Operator.LTE: Band(-INF, _above(limit) if exact else limit + dead),
        Operator.EQ: Band(_below(limit), _above(limit)),
        Operator.NEQ: Band(_below(limit), _above(limit), inverted=True),
    }
    return bands[operator]
