"""The plant's machines: state that one step moves on, and what their instruments show."""

import math
import random
from dataclasses import dataclass, replace

from twinedge.demo.physics import (
    ATMOSPHERE_BAR,
    BAR_PER_M,
    Pi,
    PumpCurve,
    clip,
    hydraulic_kw,
    lag,
    motor_current_a,
    valve_kv,
    vapour_pressure_bar,
)
from twinedge.demo.sensors import Reader

_SLIP_PCT = 15.0
_RATED_KW = 15.0
_MOTOR_EFFICIENCY = 0.91


@dataclass
class Tank:
    """An upright tank with open top; what would rise above the brim is lost."""

    volume_m3: float
    height_m: float
    setpoint_pct: float
    celsius: float = 15.0
    inflow_m3h: float = 0.0
    outflow_m3h: float = 0.0
    level_pct: float = -1.0

    def __post_init__(self) -> None:
        if self.level_pct < 0.0:
            self.level_pct = self.setpoint_pct

    @property
    def head_m(self) -> float:
        """Height of the water over the tank's floor."""
        return self.level_pct / 100.0 * self.height_m

    def step(self, inflow_m3h: float, outflow_m3h: float, ambient: float, dt_s: float) -> None:
        """Mass balance; an empty tank gives only what comes in."""
        self.inflow_m3h = inflow_m3h
        self.outflow_m3h = outflow_m3h if self.level_pct > 0.5 else min(outflow_m3h, inflow_m3h)
        change_m3 = (self.inflow_m3h - self.outflow_m3h) * dt_s / 3600.0
        self.level_pct = clip(self.level_pct + 100.0 * change_m3 / self.volume_m3, 0.0, 100.0)
        self.celsius = lag(self.celsius, 14.0 + 0.2 * (ambient - 14.0), 1800.0, dt_s)

    def measure(self, name: str, read: Reader) -> None:
        level = read.number(f"{name}.level", self.level_pct, 0.08)
        read.exact(f"{name}.volume", round(level / 100.0 * self.volume_m3, 4))
        read.number(f"{name}.inflow", self.inflow_m3h, 0.3)
        read.number(f"{name}.outflow", self.outflow_m3h, 0.3)
        read.number(f"{name}.temperature", self.celsius, 0.05)
        read.exact(f"{name}.level_setpoint", self.setpoint_pct)
        read.exact(f"{name}.high_level", self.level_pct > 90.0)
        read.exact(f"{name}.low_level", self.level_pct < 20.0)


@dataclass
class Valve:
    """An equal-percentage control valve; full travel takes 20 s.

    Stuck, its stem has slipped _SLIP_PCT towards shut and stays there whatever the command.
    """

    kvs: float
    position_pct: float
    command_pct: float = 75.0
    flow_m3h: float = 0.0
    stuck_pct: float | None = None

    @property
    def kv(self) -> float:
        return valve_kv(self.position_pct, self.kvs)

    @property
    def drop_bar(self) -> float:
        return (self.flow_m3h / self.kv) ** 2

    def travel(self, dt_s: float, stuck: bool) -> None:
        """Move towards the command, or to where the stem sticks."""
        if not stuck:
            self.stuck_pct = None
        elif self.stuck_pct is None:
            self.stuck_pct = max(0.0, self.position_pct - _SLIP_PCT)
        target = self.command_pct if self.stuck_pct is None else self.stuck_pct
        reach = 5.0 * dt_s
        self.position_pct += clip(target - self.position_pct, -reach, reach)

    def pass_drop(self, drop_bar: float) -> None:
        """Flow under a given pressure difference."""
        self.flow_m3h = self.kv * math.sqrt(drop_bar)

    def pass_flow(self, flow_m3h: float) -> None:
        """Flow that the pumps have settled."""
        self.flow_m3h = flow_m3h

    def measure(self, name: str, read: Reader) -> None:
        read.number(f"{name}.position", self.position_pct, 0.03)
        read.number(f"{name}.flow", self.flow_m3h, 0.3)
        read.number(f"{name}.pressure_drop", self.drop_bar, 0.01)
        read.exact(f"{name}.command", round(self.command_pct, 2))
        read.exact(f"{name}.deviation", round(self.command_pct - self.position_pct, 2))
        read.exact(f"{name}.automatic", True)


class PumpSet:
    """A centrifugal pump and its motor, with bearings that warm up and wear.

    build: how far its head lies off the catalogue; scale: size against the catalogue pump.
    """

    def __init__(self, build: float, scale: float = 1.0) -> None:
        self._clean = PumpCurve(
            shutoff_m=62.0 * build,
            drop=12.0 / (60.0 * scale) ** 2,
            best_m3h=60.0 * scale,
        )
        self.curve = self._clean
        """With the suction strainer's resistance in it."""
        self._rated_kw = _RATED_KW * scale
        self._cavitation = 0.0
        self._wear = 0.0
        self._suction_bar = 0.3
        self._discharge_bar = 6.0
        self._npsh_margin_m = 6.0
        self._header_m = 50.0
        self._volts, self._hertz = 400.0, 50.0
        self._speed_rpm = 2950.0
        self._housing, self._bearing, self._winding = 60.0, 55.0, 75.0
        self._running_s = 0.0
        self.flow_m3h = 0.0
        self.head_m = 0.0
        self.electric_kw = 0.0

    @property
    def shutoff_factor(self) -> float:
        """How much of the shut-off head is left: speed (affinity law) and vapour in the wheel."""
        return (self._speed_rpm / 2950.0) ** 2 * (1.0 - 0.22 * self._cavitation)

    @property
    def _load(self) -> float:
        return self.electric_kw * _MOTOR_EFFICIENCY / self._rated_kw

    def set_head(self, header_m: float) -> None:
        """Take the flow the curve gives at this header head above the source's water level."""
        self.flow_m3h = self.curve.flow_m3h(header_m, self.shutoff_factor)
        self._header_m = header_m

    def step(
        self,
        source_head_m: float,
        water_celsius: float,
        ambient_celsius: float,
        volts: float,
        hertz: float,
        wear: float,
        clogging: float,
        dt_s: float,
    ) -> None:
        """Move suction, motor and bearings on by dt_s. wear and clogging: severities 0…1."""
        self._wear, self._volts, self._hertz = wear, volts, hertz
        strainer = (0.6 + 42.0 * clogging) / self._clean.best_m3h**2
        self.curve = replace(self._clean, drop=self._clean.drop + strainer)
        loss_m = strainer * self.flow_m3h**2
        vapour_bar = vapour_pressure_bar(water_celsius)
        suction_bar = (source_head_m + 1.5 - loss_m) * BAR_PER_M
        self._suction_bar = max(suction_bar, vapour_bar - ATMOSPHERE_BAR)
        self._discharge_bar = (source_head_m + 1.5 + self._header_m) * BAR_PER_M
        self.head_m = (self._discharge_bar - self._suction_bar) / BAR_PER_M
        available_m = (self._suction_bar + ATMOSPHERE_BAR - vapour_bar) / BAR_PER_M
        self._npsh_margin_m = available_m - self.curve.npsh_required_m(self.flow_m3h)
        boiling = clip((1.5 - self._npsh_margin_m) / 2.5, 0.0, 1.0)
        self._cavitation = lag(self._cavitation, boiling, 3.0, dt_s)
        shaft_kw = self.shaft_kw + 0.9 * wear * self._rated_kw / _RATED_KW
        self.electric_kw = shaft_kw / _MOTOR_EFFICIENCY
        load = self._load
        self._speed_rpm = 60.0 * hertz * (1.0 - 0.0165 * load) * 1.0005
        warm = 26.0 + 10.0 * load
        self._housing = lag(
            self._housing, ambient_celsius + warm + 6.0 + 26.0 * wear + 5.0 * self._cavitation,
            75.0, dt_s,
        )  # fmt: skip
        self._bearing = lag(
            self._bearing, ambient_celsius + warm + 44.0 * wear + 4.0 * self._cavitation,
            60.0, dt_s,
        )  # fmt: skip
        self._winding = lag(self._winding, ambient_celsius + 62.0 * load * load + 8.0, 300.0, dt_s)
        self._running_s += dt_s

    @property
    def shaft_kw(self) -> float:
        """Power into the wheel by flow, head and efficiency, besides a small idle loss."""
        efficiency = self.curve.efficiency(self.flow_m3h) * (1.0 - 0.15 * self._cavitation)
        idle_kw = 0.08 * self._rated_kw
        return idle_kw + 0.92 * hydraulic_kw(self.flow_m3h, self.head_m) / efficiency

    def _vibration(self) -> float:
        """Velocity in mm/s: rises off the best point, with wear and with bursting bubbles."""
        off = abs(self.flow_m3h - self.curve.best_m3h) / self.curve.best_m3h
        speed = (self._speed_rpm / 2950.0) ** 2
        return (1.9 + 1.5 * off) * speed + 6.8 * math.pow(self._wear, 1.3) + 3.2 * self._cavitation

    def measure(self, pump: str, motor: str, read: Reader) -> None:
        rattle = 0.05 + 0.35 * self._wear + 0.5 * self._cavitation
        truth = self._vibration()
        x = abs(read.number(f"{pump}.vibration_x", 1.08 * truth, rattle))
        y = abs(read.number(f"{pump}.vibration_y", 0.91 * truth, rattle))
        read.exact(f"{pump}.vibration_x", round(x, 4))
        read.exact(f"{pump}.vibration_y", round(y, 4))
        read.exact(f"{pump}.vibration_rms", round(math.sqrt((x * x + y * y) / 2.0), 4))
        self._measure_water(pump, read)
        read.number(f"{pump}.speed", self._speed_rpm, 1.0)
        read.number(f"{pump}.temperature", self._housing, 0.1)
        read.number(f"{pump}.bearing_temperature", self._bearing, 0.1)
        read.exact(f"{pump}.running_hours", round(4000.0 + self._running_s / 3600.0, 4))
        read.exact(f"{pump}.running", True)
        factor = clip(0.56 + 0.31 * self._load, 0.2, 0.92)
        current_a = motor_current_a(self.electric_kw, self._volts, factor)
        read.number(f"{motor}.current", current_a, 0.12 + 0.6 * self._cavitation)
        read.number(f"{motor}.voltage", self._volts, 0.3)
        read.number(f"{motor}.power", self.electric_kw, 0.05)
        read.number(f"{motor}.power_factor", factor, 0.002)
        read.number(f"{motor}.frequency", self._hertz, 0.002)
        read.number(f"{motor}.load", 100.0 * self._load, 0.3)
        read.number(f"{motor}.winding_temperature", self._winding, 0.1)

    def _measure_water(self, pump: str, read: Reader) -> None:
        rough = 1.0 + 6.0 * self._cavitation
        read.number(f"{pump}.flow", self.flow_m3h, 0.25 * rough)
        read.number(f"{pump}.suction_pressure", self._suction_bar, 0.004 * rough)
        read.number(f"{pump}.discharge_pressure", self._discharge_bar, 0.01 * rough)
        read.exact(f"{pump}.head", round(self.head_m, 4))
        hydraulic = hydraulic_kw(self.flow_m3h, self.head_m)
        wire_to_water = 100.0 * hydraulic / max(0.1, self.electric_kw * _MOTOR_EFFICIENCY)
        read.number(f"{pump}.efficiency", wire_to_water, 0.2)
        read.number(f"{pump}.npsh_margin", self._npsh_margin_m, 0.03 * rough)


class Boiler:
    """A small steam boiler: fuel holds the pressure, feed water holds the drum level."""

    _KG_FUEL_PER_T = 68.0
    PRESSURE_SETPOINT_BAR = 8.0

    def __init__(self) -> None:
        self._pressure_bar = 8.0
        self._drum_pct = 50.0
        self._measured_drum_pct = 50.0
        self._steam_t_h = 2.8
        self._fuel = Pi(30.0, 40.0, 62.0)
        self._feed = Pi(2.0, 120.0, 55.0)
        self._fuel_pct = 62.0
        self._flue_celsius = 190.0
        self._starts = 214
        self.feed_t_h = 2.8

    def step(self, demand_t_h: float, dt_s: float) -> None:
        """Steam follows demand and pressure; mass and heat balance move drum and pressure."""
        wanted = demand_t_h * math.sqrt(max(0.0, self._pressure_bar) / self.PRESSURE_SETPOINT_BAR)
        self._steam_t_h = lag(self._steam_t_h, wanted, 5.0, dt_s)
        fire = self._fuel.step(self.PRESSURE_SETPOINT_BAR - self._pressure_bar, dt_s)
        self._fuel_pct = lag(self._fuel_pct, fire, 6.0, dt_s)
        raised_t_h = 4.5 * self._fuel_pct / 100.0
        self._pressure_bar += (raised_t_h - self._steam_t_h) * dt_s / 90.0
        self._pressure_bar = clip(self._pressure_bar, 0.5, 11.0)
        pump = self._feed.step(50.0 - self._measured_drum_pct, dt_s)
        self.feed_t_h = lag(self.feed_t_h, 5.0 * pump / 100.0, 4.0, dt_s)
        self._drum_pct += (self.feed_t_h - self._steam_t_h) * dt_s / 36.0
        self._drum_pct = clip(self._drum_pct, 0.0, 100.0)
        self._flue_celsius = lag(self._flue_celsius, 150.0 + 0.7 * self._fuel_pct, 60.0, dt_s)

    def measure(self, name: str, read: Reader) -> None:
        read.number(f"{name}.steam_pressure", self._pressure_bar, 0.01)
        saturation = 179.9 * ((self._pressure_bar + ATMOSPHERE_BAR) / 10.0) ** 0.25
        read.number(f"{name}.steam_temperature", saturation, 0.1)
        read.number(f"{name}.steam_flow", self._steam_t_h, 0.01)
        read.number(f"{name}.feed_flow", self.feed_t_h, 0.01)
        self._measured_drum_pct = read.number(f"{name}.drum_level", self._drum_pct, 0.15)
        fuel_kg_h = 4.5 * self._KG_FUEL_PER_T * self._fuel_pct / 100.0
        read.number(f"{name}.fuel_flow", fuel_kg_h, 0.5)
        read.number(f"{name}.flue_gas_temperature", self._flue_celsius, 0.3)
        read.number(f"{name}.flue_gas_oxygen", 5.5 - 0.025 * self._fuel_pct, 0.03)
        read.exact(f"{name}.starts_total", self._starts)
        read.exact(f"{name}.pressure_setpoint", self.PRESSURE_SETPOINT_BAR)
        read.exact(f"{name}.burner_on", self._fuel_pct > 2.0)


class Line:
    """A bottling line that runs, stops for small troubles, and runs up again."""

    FULL_SPEED = 300.0

    def __init__(self) -> None:
        self._left_s = 600.0
        self._up = True
        self._speed = self.FULL_SPEED
        self._units = 0.0
        self._rejects = 0.0
        self._up_s = self._all_s = 1.0
        self._celsius = 8.0

    @property
    def speed_fraction(self) -> float:
        return self._speed / self.FULL_SPEED

    def step(self, rng: random.Random, dt_s: float) -> None:
        """Run down the time of the present phase; draws exactly two numbers."""
        length, spoiled = rng.random(), rng.random()
        self._left_s -= dt_s
        if self._left_s <= 0.0:
            self._up = not self._up
            self._left_s = 240.0 + 600.0 * length if self._up else 20.0 + 50.0 * length
        self._speed = lag(self._speed, self.FULL_SPEED if self._up else 0.0, 8.0, dt_s)
        made = self._speed * dt_s / 60.0
        self._units += made
        self._rejects += made * 0.02 * spoiled
        self._all_s += dt_s
        self._up_s += dt_s if self._up else 0.0
        self._celsius = lag(self._celsius, 7.0 + 5.0 * (1.0 - self.speed_fraction), 120.0, dt_s)

    def measure(self, name: str, read: Reader) -> None:
        read.exact(f"{name}.speed", round(self._speed, 1))
        read.number(f"{name}.product_temperature", self._celsius, 0.05)
        good = 1.0 - self._rejects / max(1.0, self._units)
        read.exact(f"{name}.oee", round(100.0 * self._up_s / self._all_s * good, 2))
        running = self.speed_fraction > 0.95
        read.exact(f"{name}.state", "running" if running else "starting" if self._up else "stopped")
        read.exact(f"{name}.units_total", int(self._units))
        read.exact(f"{name}.rejects_total", int(self._rejects))
