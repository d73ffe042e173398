"""What instruments make of the truth: noise, drift, and slow disturbances from outside."""

import math
import random

from twinedge.demo.faults import Effects, FaultKind

DRIFTS: dict[str, tuple[str, float]] = {
    "pump": ("discharge_pressure", 2.5),
    "tank": ("level", -30.0),
    "boiler": ("drum_level", 15.0),
    "analyzer": ("ph", 1.4),
}
"""By machine type (the asset id's first word): the sensor that drifts and how far, in its unit."""


class Wander:
    """A disturbance that strays about its mean (Ornstein-Uhlenbeck) with deviation sigma."""

    def __init__(self, mean: float, sigma: float, tau_s: float) -> None:
        self._mean = mean
        self._sigma = sigma
        self._tau_s = tau_s
        self.value = mean

    def step(self, rng: random.Random, dt_s: float) -> None:
        """One step on; draws exactly one number."""
        keep = math.exp(-dt_s / self._tau_s)
        kick = self._sigma * math.sqrt(1.0 - keep * keep) * rng.gauss(0.0, 1.0)
        self.value = self._mean + (self.value - self._mean) * keep + kick


class Reader:
    """Collects one second's readings."""

    def __init__(self, rng: random.Random, drifts: dict[str, float]) -> None:
        self._rng = rng
        self._drifts = drifts
        self.values: dict[str, float | bool | str | None] = {}

    def number(self, key: str, truth: float, sigma: float) -> float:
        """A reading with noise and, if its sensor drifts, with its error; draws one number."""
        reading = truth + self._rng.gauss(0.0, 1.0) * sigma + self._drifts.get(key, 0.0)
        self.values[key] = round(reading, 4)
        return reading

    def exact(self, key: str, value: float | bool | str) -> None:
        """A state or a counter, read as it is."""
        self.values[key] = value


class Sensors:
    """The plant's instruments with their own random numbers."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def reader(self, effects: Effects) -> Reader:
        """A reader for one second under these effects."""
        drifts: dict[str, float] = {}
        for (kind, asset_id), severity in effects.items():
            if kind is FaultKind.SENSOR_DRIFT:
                tag_name, span = DRIFTS[asset_id.partition("_")[0].lower()]
                drifts[f"{asset_id}.{tag_name}"] = span * severity
        return Reader(self._rng, drifts)
