"""Every tag of the demo plant: where it is served, at which address, in which unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

ServerName = Literal["opcua", "modbus", "mqtt"]
SERVERS: tuple[ServerName, ...] = ("opcua", "modbus", "mqtt")
Table = Literal["coil", "discrete_input", "input_register", "holding_register"]
Wire = Literal["float32", "int16", "uint32", "bool", "string", "float64"]

OPCUA_NAMESPACE = "urn:twinedge:demo-plant"
MODBUS_UNIT = 1
MODBUS_STRIDE = 100
"""Registers from one machine's block to the next: further apart than a poll merges, so that a
machine that answers with an exception takes no neighbour with it."""


@dataclass(frozen=True, slots=True)
class PlantTag:
    """One tag. `wire` is its type on the wire; value = raw * scale on Modbus registers."""

    server: ServerName
    asset_id: str
    tag_name: str
    unit: str | None
    wire: Wire
    scale: float | None = None
    table: Table | None = None
    offset: int | None = None

    @property
    def key(self) -> str:
        """`Pump_001.flow`, the name of the value in a frame."""
        return f"{self.asset_id}.{self.tag_name}"

    @property
    def address(self) -> str | dict[str, Any]:
        """The address as our API writes it."""
        if self.server == "opcua":
            return f"nsu={OPCUA_NAMESPACE};s={self.key}"
        if self.server == "modbus":
            return {"table": self.table, "offset": self.offset}
        return f"{mqtt_topic(self.asset_id)}#{self.tag_name}"


@dataclass(frozen=True, slots=True)
class Machine:
    """One machine of the plant: what people call it and where its tags are served."""

    asset_id: str
    name: str
    type: str
    server: ServerName


def mqtt_topic(asset_id: str) -> str:
    """The topic a machine publishes its JSON object to, once a second."""
    return f"plant/{asset_id}/telemetry"


MACHINES: tuple[Machine, ...] = (
    Machine("Pump_001", "Raw water pump A", "pump", "opcua"),
    Machine("Pump_002", "Raw water pump B", "pump", "opcua"),
    Machine("Pump_003", "Transfer pump", "pump", "opcua"),
    Machine("Motor_001", "Motor of raw water pump A", "motor", "opcua"),
    Machine("Motor_002", "Motor of raw water pump B", "motor", "opcua"),
    Machine("Motor_003", "Motor of the transfer pump", "motor", "opcua"),
    Machine("Tank_001", "Raw water tank", "tank", "modbus"),
    Machine("Tank_002", "Treated water tank", "tank", "modbus"),
    Machine("Tank_003", "Day tank", "tank", "modbus"),
    Machine("Valve_001", "Mains inlet valve", "valve", "modbus"),
    Machine("Valve_002", "Raw water discharge valve", "valve", "modbus"),
    Machine("Valve_003", "Transfer discharge valve", "valve", "modbus"),
    Machine("Valve_004", "Cooling water valve", "valve", "modbus"),
    Machine("Boiler_001", "Steam boiler", "boiler", "modbus"),
    Machine("Line_001", "Bottling line", "line", "mqtt"),
    Machine("Compressor_001", "Air compressor", "compressor", "mqtt"),
    Machine("Meter_001", "Electricity meter", "meter", "mqtt"),
    Machine("Analyzer_001", "Water analyser", "analyzer", "mqtt"),
    Machine("Weather_001", "Weather station", "weather", "mqtt"),
)

_FLOATS: dict[str, dict[str, str | None]] = {
    "pump": {
        "flow": "m³/h", "suction_pressure": "bar", "discharge_pressure": "bar", "head": "m",
        "efficiency": "%", "npsh_margin": "m", "speed": "rpm", "temperature": "°C",
        "bearing_temperature": "°C", "vibration_x": "mm/s", "vibration_y": "mm/s",
        "vibration_rms": "mm/s", "running_hours": "h",
    },
    "motor": {
        "current": "A", "voltage": "V", "power": "kW", "power_factor": None,
        "frequency": "Hz", "load": "%", "winding_temperature": "°C",
    },
    "line": {"speed": "1/min", "product_temperature": "°C", "oee": "%"},
    "compressor": {"pressure": "bar", "motor_current": "A", "oil_temperature": "°C", "load": "%"},
    "meter": {
        "voltage_l1": "V", "voltage_l2": "V", "voltage_l3": "V", "current_l1": "A",
        "current_l2": "A", "current_l3": "A", "active_power": "kW", "power_factor": None,
        "frequency": "Hz", "energy": "kWh",
    },
    "analyzer": {"ph": "pH", "conductivity": "µS/cm", "turbidity": "NTU", "chlorine": "mg/l"},
    "weather": {"temperature": "°C", "humidity": "%", "pressure": "hPa"},
}  # fmt: skip
_OTHERS: dict[str, dict[str, tuple[Wire, str | None]]] = {
    "pump": {"running": ("bool", None)},
    "line": {
        "state": ("string", None), "units_total": ("uint32", None),
        "rejects_total": ("uint32", None),
    },
    "compressor": {"running": ("bool", None)},
}  # fmt: skip

_Register = tuple[str, str | None, Wire, float | None, Table]
_INPUT: Table = "input_register"
_REGISTERS: dict[str, tuple[_Register, ...]] = {
    "tank": (
        ("level", "%", "float32", None, _INPUT),
        ("volume", "m³", "float32", None, _INPUT),
        ("inflow", "m³/h", "float32", None, _INPUT),
        ("outflow", "m³/h", "float32", None, _INPUT),
        ("temperature", "°C", "int16", 0.1, _INPUT),
        ("level_setpoint", "%", "int16", 0.1, "holding_register"),
        ("high_level", None, "bool", None, "discrete_input"),
        ("low_level", None, "bool", None, "discrete_input"),
    ),
    "valve": (
        ("position", "%", "int16", 0.01, _INPUT),
        ("deviation", "%", "int16", 0.01, _INPUT),
        ("flow", "m³/h", "float32", None, _INPUT),
        ("pressure_drop", "bar", "float32", None, _INPUT),
        ("command", "%", "int16", 0.01, "holding_register"),
        ("automatic", None, "bool", None, "coil"),
    ),
    "boiler": (
        ("steam_pressure", "bar", "float32", None, _INPUT),
        ("steam_temperature", "°C", "float32", None, _INPUT),
        ("steam_flow", "t/h", "float32", None, _INPUT),
        ("feed_flow", "t/h", "float32", None, _INPUT),
        ("drum_level", "%", "float32", None, _INPUT),
        ("fuel_flow", "kg/h", "float32", None, _INPUT),
        ("flue_gas_temperature", "°C", "int16", 0.1, _INPUT),
        ("flue_gas_oxygen", "%", "int16", 0.01, _INPUT),
        ("starts_total", None, "uint32", None, _INPUT),
        ("pressure_setpoint", "bar", "int16", 0.01, "holding_register"),
        ("burner_on", None, "bool", None, "discrete_input"),
    ),
}
REGISTERS_OF: dict[Wire, int] = {"float32": 2, "uint32": 2, "int16": 1, "bool": 1}


@cache
def plant_tags() -> tuple[PlantTag, ...]:
    """All tags, grouped by machine, in an order that never changes between runs."""
    return tuple(tag for i, machine in enumerate(MACHINES) for tag in _tags_of(i, machine))


@cache
def tags_of_server(server: ServerName) -> tuple[PlantTag, ...]:
    """The tags of one server; frames carry their values in this order."""
    return tuple(tag for tag in plant_tags() if tag.server == server)


def _tags_of(index: int, machine: Machine) -> Iterator[PlantTag]:
    place = (machine.server, machine.asset_id)
    for name, unit in _FLOATS.get(machine.type, {}).items():
        yield PlantTag(*place, name, unit, "float64")
    for name, (wire, unit) in _OTHERS.get(machine.type, {}).items():
        yield PlantTag(*place, name, unit, wire)
    first = MODBUS_STRIDE * sum(m.server == "modbus" for m in MACHINES[:index])
    free: dict[Table, int] = {}
    for name, unit, wire, scale, table in _REGISTERS.get(machine.type, ()):
        offset = free.get(table, first)
        free[table] = offset + REGISTERS_OF[wire]
        yield PlantTag(*place, name, unit, wire, scale, table, offset)
