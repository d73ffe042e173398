"""Equations of the demo plant's machines: pure, in the units their names say."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

GRAVITY = 9.80665
WATER_KG_M3 = 998.0
ATMOSPHERE_BAR = 1.01325
BAR_PER_M = WATER_KG_M3 * GRAVITY / 1e5
"""Pressure of one metre of water column."""


def clip(value: float, low: float, high: float) -> float:
    """The value held between two limits."""
    return min(max(value, low), high)


def lag(value: float, target: float, tau_s: float, dt_s: float) -> float:
    """One step of a first-order lag: after `tau_s` 63 % of the way to the target is done."""
    return value + (target - value) * (1.0 - math.exp(-dt_s / tau_s))


def vapour_pressure_bar(celsius: float) -> float:
    """Absolute vapour pressure of water (Tetens), good from 0 to 60 °C."""
    return 0.0061078 * math.exp(17.27 * celsius / (celsius + 237.3))


@dataclass(frozen=True, slots=True)
class PumpCurve:
    """A centrifugal pump at rated speed: head = shutoff_m - drop * flow², flow in m³/h."""

    shutoff_m: float = 62.0
    drop: float = 12.0 / 60.0**2
    best_m3h: float = 60.0
    best_efficiency: float = 0.76
    npsh_base_m: float = 3.0
    npsh_rise_m: float = 4.0
    """NPSH required = base + rise * (flow / best flow)²."""

    def flow_m3h(self, head_m: float, shutoff_factor: float) -> float:
        """Flow against this head; 0 behind the check valve when the head is above shut-off."""
        return math.sqrt(max(0.0, self.shutoff_m * shutoff_factor - head_m) / self.drop)

    def efficiency(self, flow_m3h: float) -> float:
        """Parabola through the best point; never below 5 % so that power stays finite."""
        off = (flow_m3h - self.best_m3h) / self.best_m3h
        return max(0.05, self.best_efficiency * (1.0 - 0.9 * off * off))

    def npsh_required_m(self, flow_m3h: float) -> float:
        return self.npsh_base_m + self.npsh_rise_m * (flow_m3h / self.best_m3h) ** 2


def header_head_m(
    curves: Sequence[tuple[PumpCurve, float]], static_m: float, resistance: float
) -> float:
    """Head at which parallel pumps and their pipe agree, by bisection to a tenth of a millimetre.

    curves: each running pump with its shut-off factor. The pipe takes static_m +
    resistance * flow² (m³/h). Without a pump that lifts that high it is static_m: no flow.
    """
    low = static_m
    high = max((c.shutoff_m * factor for c, factor in curves), default=static_m)
    while high - low > 1e-4:
        middle = (low + high) / 2.0
        pumped = sum(c.flow_m3h(middle, factor) for c, factor in curves)
        if pumped > math.sqrt((middle - static_m) / resistance):
            low = middle
        else:
            high = middle
    return low


def valve_kv(position_pct: float, kvs: float, rangeability: float = 30.0) -> float:
    """Flow coefficient of an equal-percentage valve; nearly tight below 1 % of travel."""
    if position_pct < 1.0:
        return kvs * 1e-3
    return kvs * float(rangeability ** (position_pct / 100.0 - 1.0))


def valve_resistance(kv: float) -> float:
    """Head loss in m of water per (m³/h)²: one bar at a flow of kv."""
    return 1.0 / (BAR_PER_M * kv * kv)


def hydraulic_kw(flow_m3h: float, head_m: float) -> float:
    return WATER_KG_M3 * GRAVITY * flow_m3h * head_m / 3.6e6


def motor_current_a(electric_kw: float, volts: float, power_factor: float) -> float:
    """Line current of a three-phase motor."""
    return electric_kw * 1000.0 / (math.sqrt(3.0) * volts * power_factor)


class Pi:
    """PI controller with output 0…100 % and an integral that stops at the limits."""

    def __init__(self, gain: float, reset_s: float, output_pct: float) -> None:
        self._gain = gain
        self._reset_s = reset_s
        self._integral_pct = output_pct
        self.output_pct = output_pct

    def step(self, error: float, dt_s: float) -> float:
        """The output after one step; error = how much more is wanted, in the measured unit."""
        integral = self._integral_pct + self._gain * error * dt_s / self._reset_s
        self._integral_pct = clip(integral, 0.0, 100.0)
        self.output_pct = clip(self._integral_pct + self._gain * error, 0.0, 100.0)
        return self.output_pct
