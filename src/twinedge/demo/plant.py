"""The demo plant as a whole: water from the mains through three tanks to a boiler and a line.

    mains → Valve_001 → Tank_001 → Pump_001 ∥ Pump_002 → Valve_002 → Tank_002
          → Pump_003 → Valve_003 → Tank_003 → Boiler_001 (steam) and Valve_004 (cooling) → Line_001

Level controllers move the valves by what the level sensors say, so a sensor that drifts or a valve
that sticks moves real water. Pure and deterministic: the same seed and the same effects give the
same values, and each step draws the same number of random numbers whatever is wrong, so a fault
shows in what it physically touches and nowhere else.
"""

import random
from dataclasses import dataclass, field

from twinedge.demo.faults import Effects, FaultKind
from twinedge.demo.machines import Boiler, Line, PumpSet, Tank, Valve
from twinedge.demo.physics import (
    BAR_PER_M,
    Pi,
    clip,
    header_head_m,
    lag,
    valve_resistance,
)
from twinedge.demo.sensors import Reader, Sensors, Wander
from twinedge.demo.tags import plant_tags

Value = float | bool | str | None
STEP_S = 1.0
_SUBSTEPS = 2
PAST_S = 3600
PAST_STEP_S = 10
SETTLE_S = 600
"""Plant time run before anything is recorded, until temperatures and levels have settled."""

_RAW_LIFT_M = 18.0
_TRANSFER_LIFT_M = 16.0
_PIPE = 6.0 / 120.0**2
"""Friction of either discharge pipe in m per (m³/h)²."""


@dataclass
class _State:
    """What the machines are doing; levels are true ones, not what a sensor says."""

    tanks: dict[str, Tank]
    valves: dict[str, Valve]
    pumps: dict[str, PumpSet]
    boiler: Boiler = field(default_factory=Boiler)
    line: Line = field(default_factory=Line)
    energy_kwh: float = 0.0
    compressor_bar: float = 7.2
    compressor_loaded: bool = True
    oil_celsius: float = 68.0


class Plant:
    """The plant under one seed; `advance` is one second of its life.

    It is born settled and with a past of past_s seconds in which nothing broke. `past` holds what
    was read in it every PAST_STEP_S, oldest first, as (plant time in s, readings); plant time is 0
    now.
    """

    def __init__(self, seed: int, settle_s: int = SETTLE_S, past_s: int = PAST_S) -> None:
        self._rng = random.Random(f"plant {seed}")
        self._sensors = Sensors(random.Random(f"sensors {seed}"))
        self._state = _State(
            tanks={
                "Tank_001": Tank(60.0, 5.0, 60.0),
                "Tank_002": Tank(50.0, 4.0, 65.0),
                "Tank_003": Tank(40.0, 4.0, 70.0),
            },
            valves={
                "Valve_001": Valve(kvs=170.0, position_pct=75.0),
                "Valve_002": Valve(kvs=150.0, position_pct=78.0),
                "Valve_003": Valve(kvs=105.0, position_pct=80.0),
                "Valve_004": Valve(kvs=150.0, position_pct=85.0),
            },
            pumps={
                "Pump_001": PumpSet(build=1.00),
                "Pump_002": PumpSet(build=0.985),
                "Pump_003": PumpSet(build=1.18, scale=2.0),
            },
        )
        self._controllers = {
            name: Pi(gain, 240.0, self._state.valves[name].position_pct)
            for name, gain in (("Valve_001", 4.0), ("Valve_002", 4.0), ("Valve_003", 4.0))
        }
        self._cooling = Pi(1.2, 20.0, 85.0)
        self._ambient = Wander(22.0, 1.5, 1800.0)
        self._mains_bar = Wander(3.2, 0.15, 120.0)
        self._grid_volts = Wander(400.0, 2.0, 60.0)
        self._grid_hz = Wander(50.0, 0.02, 20.0)
        self._demand = Wander(1.0, 0.05, 90.0)
        self._ph = Wander(7.4, 0.08, 900.0)
        self._conductivity = Wander(410.0, 15.0, 900.0)
        self._turbidity = Wander(0.35, 0.06, 300.0)
        self._chlorine = Wander(0.55, 0.04, 600.0)
        self._humidity = Wander(54.0, 4.0, 1800.0)
        self._air_hpa = Wander(1013.0, 3.0, 3600.0)
        self._measured_level = {name: tank.level_pct for name, tank in self._state.tanks.items()}
        self.elapsed_s = -float(settle_s + past_s)
        self.past: list[tuple[float, dict[str, Value]]] = []
        while self.elapsed_s < 0:
            values = self.advance({})
            if -past_s < self.elapsed_s < 0 and self.elapsed_s % PAST_STEP_S == 0:
                self.past.append((self.elapsed_s, values))

    def advance(self, effects: Effects) -> dict[str, Value]:
        """One second on. Returns every tag's reading by key; None where the machine dropped out."""
        dt_s = STEP_S / _SUBSTEPS
        for _ in range(_SUBSTEPS):
            self._wander(dt_s)
            self._move_valves(effects, dt_s)
            self._move_water(effects, dt_s)
            self._make_steam(dt_s)
            self._run_utilities(dt_s)
        self.elapsed_s += STEP_S
        values = self._measure(effects)
        for name in self._measured_level:
            level = values[f"{name}.level"]
            assert isinstance(level, float)
            self._measured_level[name] = level
        for kind, asset_id in effects:
            if kind is FaultKind.DROPOUT and effects[kind, asset_id] > 0:
                prefix = f"{asset_id}."
                values.update({key: None for key in values if key.startswith(prefix)})
        return values

    def _wander(self, dt_s: float) -> None:
        for wander in (
            self._ambient, self._mains_bar, self._grid_volts, self._grid_hz, self._demand,
            self._ph, self._conductivity, self._turbidity, self._chlorine, self._humidity,
            self._air_hpa,
        ):  # fmt: skip
            wander.step(self._rng, dt_s)
        self._state.line.step(self._rng, dt_s)

    def _move_valves(self, effects: Effects, dt_s: float) -> None:
        state = self._state
        feeds = {"Valve_001": "Tank_001", "Valve_002": "Tank_002", "Valve_003": "Tank_003"}
        for name, tank in feeds.items():
            error = state.tanks[tank].setpoint_pct - self._measured_level[tank]
            state.valves[name].command_pct = self._controllers[name].step(error, dt_s)
        wanted_m3h = 25.0 + 88.0 * state.line.speed_fraction * self._demand.value
        cooling = state.valves["Valve_004"]
        cooling.command_pct = self._cooling.step((wanted_m3h - cooling.flow_m3h) / 4.0, dt_s)
        for name, valve in state.valves.items():
            valve.travel(dt_s, stuck=effects.get((FaultKind.STUCK_VALVE, name), 0.0) > 0)

    def _move_water(self, effects: Effects, dt_s: float) -> None:
        state = self._state
        tanks, valves, pumps = state.tanks, state.valves, state.pumps
        inlet = valves["Valve_001"]
        inlet.pass_drop(max(0.0, self._mains_bar.value - tanks["Tank_001"].head_m * BAR_PER_M))
        raw = [pumps["Pump_001"], pumps["Pump_002"]]
        self._pump(raw, tanks["Tank_001"], tanks["Tank_002"], valves["Valve_002"], _RAW_LIFT_M)
        transfer = [pumps["Pump_003"]]
        self._pump(
            transfer, tanks["Tank_002"], tanks["Tank_003"], valves["Valve_003"], _TRANSFER_LIFT_M
        )
        valves["Valve_004"].pass_drop(0.9 + tanks["Tank_003"].head_m * BAR_PER_M)
        for name, pump in pumps.items():
            source = tanks["Tank_002" if name == "Pump_003" else "Tank_001"]
            pump.step(
                source_head_m=source.head_m,
                water_celsius=source.celsius,
                ambient_celsius=self._ambient.value,
                volts=self._grid_volts.value,
                hertz=self._grid_hz.value,
                wear=effects.get((FaultKind.BEARING_WEAR, name), 0.0),
                clogging=effects.get((FaultKind.CAVITATION, name), 0.0),
                dt_s=dt_s,
            )
        out = (
            valves["Valve_002"].flow_m3h,
            valves["Valve_003"].flow_m3h,
            valves["Valve_004"].flow_m3h + state.boiler.feed_t_h,
        )
        inflow = (inlet.flow_m3h, *out[:2])
        for tank, into, from_ in zip(tanks.values(), inflow, out, strict=True):
            tank.step(into, from_, self._ambient.value, dt_s)

    def _pump(
        self, pumps: list[PumpSet], source: Tank, target: Tank, valve: Valve, lift_m: float
    ) -> None:
        """Find the flow of parallel pumps through their common pipe and valve."""
        static_m = max(0.5, lift_m + target.head_m - source.head_m)
        resistance = _PIPE + valve_resistance(valve.kv)
        running = [(pump.curve, pump.shutoff_factor) for pump in pumps]
        head_m = header_head_m(running, static_m, resistance)
        for pump in pumps:
            pump.set_head(head_m)
        flow_m3h = sum(pump.flow_m3h for pump in pumps)
        valve.pass_flow(flow_m3h)

    def _make_steam(self, dt_s: float) -> None:
        line = self._state.line
        demand_t_h = (1.1 + 1.9 * line.speed_fraction) * self._demand.value
        self._state.boiler.step(demand_t_h, dt_s)

    def _run_utilities(self, dt_s: float) -> None:
        state = self._state
        usage = 0.010 + 0.016 * state.line.speed_fraction
        state.compressor_bar += ((0.045 if state.compressor_loaded else 0.0) - usage) * dt_s
        if state.compressor_bar >= 7.6:
            state.compressor_loaded = False
        elif state.compressor_bar <= 6.8:
            state.compressor_loaded = True
        target = self._ambient.value + (52.0 if state.compressor_loaded else 38.0)
        state.oil_celsius = lag(state.oil_celsius, target, 180.0, dt_s)
        state.energy_kwh += self._total_kw() * dt_s / 3600.0

    def _total_kw(self) -> float:
        state = self._state
        pumps_kw = sum(pump.electric_kw for pump in state.pumps.values())
        compressor_kw = 18.0 if state.compressor_loaded else 6.0
        return pumps_kw + compressor_kw + 9.0 + 26.0 * state.line.speed_fraction

    def _measure(self, effects: Effects) -> dict[str, Value]:
        state = self._state
        read = self._sensors.reader(effects)
        for name, pump in state.pumps.items():
            pump.measure(name, name.replace("Pump", "Motor"), read)
        for name, tank in state.tanks.items():
            tank.measure(name, read)
        for name, valve in state.valves.items():
            valve.measure(name, read)
        state.boiler.measure("Boiler_001", read)
        state.line.measure("Line_001", read)
        loaded = state.compressor_loaded
        read.number("Compressor_001.pressure", state.compressor_bar, 0.01)
        read.number("Compressor_001.motor_current", 34.0 if loaded else 14.0, 0.3)
        read.number("Compressor_001.oil_temperature", state.oil_celsius, 0.1)
        read.number("Compressor_001.load", 100.0 if loaded else 0.0, 0.0)
        read.exact("Compressor_001.running", True)
        self._measure_meter(read)
        read.number("Analyzer_001.ph", self._ph.value, 0.01)
        read.number("Analyzer_001.conductivity", self._conductivity.value, 1.0)
        read.number("Analyzer_001.turbidity", max(0.02, self._turbidity.value), 0.005)
        read.number("Analyzer_001.chlorine", max(0.0, self._chlorine.value), 0.005)
        read.number("Weather_001.temperature", self._ambient.value, 0.05)
        read.number("Weather_001.humidity", clip(self._humidity.value, 5.0, 100.0), 0.3)
        read.number("Weather_001.pressure", self._air_hpa.value, 0.1)
        return {tag.key: read.values[tag.key] for tag in plant_tags()}

    def _measure_meter(self, read: Reader) -> None:
        kilowatts, volts, factor = self._total_kw(), self._grid_volts.value / 3.0**0.5, 0.86
        for phase, share in (("l1", 1.02), ("l2", 0.99), ("l3", 0.99)):
            amps = kilowatts * 1000.0 * share / (3.0 * volts * factor)
            read.number(f"Meter_001.voltage_{phase}", volts, 0.2)
            read.number(f"Meter_001.current_{phase}", amps, 0.4)
        read.number("Meter_001.active_power", kilowatts, 0.2)
        read.number("Meter_001.power_factor", factor, 0.003)
        read.number("Meter_001.frequency", self._grid_hz.value, 0.002)
        read.number("Meter_001.energy", self._state.energy_kwh, 0.0)
