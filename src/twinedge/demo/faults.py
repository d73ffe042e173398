"""Planted faults: what can go wrong, when it does by itself, and how bad it is at a moment."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from twinedge.demo.tags import MACHINES
from twinedge.kit.errors import Conflict, Invalid


class FaultKind(StrEnum):
    """The kinds of planted faults."""

    BEARING_WEAR = "bearing_wear"
    CAVITATION = "cavitation"
    STUCK_VALVE = "stuck_valve"
    SENSOR_DRIFT = "sensor_drift"
    DROPOUT = "dropout"


@dataclass(frozen=True, slots=True)
class FaultClass:
    """What a kind does and to which machines it can happen.

    It comes up over onset_s and, once over, goes over recovery_s.
    """

    effect: str
    machine_types: tuple[str, ...]
    onset_s: float
    recovery_s: float


CLASSES: Mapping[FaultKind, FaultClass] = {
    FaultKind.BEARING_WEAR: FaultClass(
        "vibration, bearing temperature and motor current climb", ("pump",), 75, 30
    ),
    FaultKind.CAVITATION: FaultClass(
        "the suction strainer clogs: NPSH margin gone, head drops, vibration rattles",
        ("pump",), 60, 30,
    ),
    FaultKind.STUCK_VALVE: FaultClass(
        "the stem slips and sticks: position leaves command, levels wander off", ("valve",), 0, 0
    ),
    FaultKind.SENSOR_DRIFT: FaultClass(
        "one sensor slowly reads wrong, and what is controlled by it follows",
        ("pump", "tank", "boiler", "analyzer"), 120, 5,
    ),
    FaultKind.DROPOUT: FaultClass(
        "the machine's values stop coming or come with bad quality",
        ("pump", "motor", "tank", "valve", "boiler", "line", "compressor", "meter", "analyzer",
         "weather"), 0, 0,
    ),
}  # fmt: skip

Effects = Mapping[tuple[FaultKind, str], float]
"""Severity 0…1 by kind and machine; what the plant is stepped with."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One occurrence. Times are seconds of plant time; by_hand faults last until cleared."""

    kind: FaultKind
    asset_id: str
    start_s: float
    end_s: float | None
    by_hand: bool = False

    def severity(self, now_s: float) -> float:
        """0 before and after, 1 when full, linear between."""
        about = CLASSES[self.kind]
        until = now_s if self.end_s is None else min(now_s, self.end_s)
        if until < self.start_s:
            return 0.0
        grown = min(1.0, (until - self.start_s) / about.onset_s) if about.onset_s else 1.0
        if self.end_s is None or now_s < self.end_s:
            return grown
        if not about.recovery_s:
            return 0.0
        return max(0.0, grown - (now_s - self.end_s) / about.recovery_s)

    def over(self, now_s: float) -> bool:
        """Whether nothing of it is left."""
        return self.end_s is not None and now_s >= self.end_s + CLASSES[self.kind].recovery_s


FIRST_FAULT_S = 75.0
"""Soon enough that a newcomer sees an alarm within five minutes, late enough to see it healthy."""


def schedule(seed: int) -> Iterator[Fault]:
    """The faults that come by themselves, endless, in order of their start; same seed, same faults.

    The first is always wear in a bearing of Pump_001; then one at a time, 2 to 6 minutes apart,
    every kind in turn before one comes again.
    """
    rng = random.Random(f"faults {seed}")
    fault = Fault(FaultKind.BEARING_WEAR, "Pump_001", FIRST_FAULT_S, FIRST_FAULT_S + 240.0)
    kinds = [k for k in FaultKind if k is not FaultKind.BEARING_WEAR]
    while True:
        yield fault
        if not kinds:
            kinds = list(FaultKind)
            rng.shuffle(kinds)
        kind = kinds.pop(0)
        asset_id = rng.choice(machines_for(kind))
        assert fault.end_s is not None
        start_s = round(fault.end_s + rng.uniform(120.0, 360.0))
        duration_s = round(rng.uniform(60.0, 120.0) if kind is FaultKind.DROPOUT
                           else rng.uniform(180.0, 360.0))  # fmt: skip
        fault = Fault(kind, asset_id, start_s, start_s + duration_s)


def machines_for(kind: FaultKind) -> list[str]:
    """The machines this kind can happen to, in plant order."""
    return [m.asset_id for m in MACHINES if m.type in CLASSES[kind].machine_types]


def check(kind: str, asset_id: str) -> FaultKind:
    """The kind, if there is one of that name that can happen to that machine; else Invalid."""
    if kind not in set(FaultKind):
        raise Invalid.at("kind", f"there is no fault {kind!r}; there are: {', '.join(FaultKind)}")
    possible = machines_for(FaultKind(kind))
    if asset_id not in possible:
        raise Invalid.at(
            "asset_id", f"{kind} cannot happen to {asset_id!r}, but to: {', '.join(possible)}"
        )
    return FaultKind(kind)


class FaultBook:
    """The faults under way: from the schedule unless it is quiet, and by hand.

    Pure: time comes in with each call and must not go back.
    """

    def __init__(self, seed: int, scheduled: bool = True) -> None:
        self._coming = schedule(seed)
        self._next = next(self._coming)
        self._scheduled = scheduled
        self._quiet_until_s = 0.0
        self._under_way: list[Fault] = []

    def effects(self, now_s: float) -> Effects:
        """Severities at this moment; takes up what is due, forgets what is over."""
        while self._next.start_s <= now_s:
            if self._scheduled and now_s >= self._quiet_until_s:
                self._under_way.append(self._next)
            self._next = next(self._coming)
        self._under_way = [f for f in self._under_way if not f.over(now_s)]
        severities: dict[tuple[FaultKind, str], float] = {}
        for fault in self._under_way:
            place = (fault.kind, fault.asset_id)
            severities[place] = max(severities.get(place, 0.0), fault.severity(now_s))
        return severities

    def start(self, kind: str, asset_id: str, now_s: float) -> Fault:
        """Begin a fault by hand, to last until cleared. Raises Invalid, or Conflict if it is on."""
        fault = Fault(check(kind, asset_id), asset_id, now_s, None, by_hand=True)
        if any(f.kind == fault.kind and f.asset_id == asset_id and f.end_s is None
               for f in self._under_way):  # fmt: skip
            raise Conflict(f"{kind} of {asset_id} is already under way")
        self._under_way.append(fault)
        return fault

    def clear(self, now_s: float, kind: str | None = None, asset_id: str | None = None) -> int:
        """End every fault under way that matches; it recovers from now on. Returns how many."""
        ended = 0
        for i, fault in enumerate(self._under_way):
            wanted = kind in (None, fault.kind) and asset_id in (None, fault.asset_id)
            if wanted and (fault.end_s is None or fault.end_s > now_s):
                self._under_way[i] = replace(fault, end_s=now_s)
                ended += 1
        return ended

    def quiet(self, now_s: float, seconds: float) -> None:
        """Let nothing of the schedule begin for so long; what is under way is not touched."""
        self._quiet_until_s = now_s + seconds

    def under_way(self) -> list[Fault]:
        """What `effects` last took into account, oldest first."""
        return list(self._under_way)

    def coming(self, now_s: float) -> Fault | None:
        """The next fault of the schedule; None when the schedule is off or it falls into quiet."""
        if not self._scheduled or self._next.start_s < max(now_s, self._quiet_until_s):
            return None
        return self._next
