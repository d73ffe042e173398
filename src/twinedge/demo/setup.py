"""Makes the demo's data sources, assets, rules and dashboard through our own REST API.

One function per noun. Each is idempotent and leaves alone what a person has changed: things are
found by their fixed ids and made only when missing; of an existing source only the address follows
the plant's ports.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from twinedge.client import Client
from twinedge.demo.director import Past
from twinedge.demo.learning import MODEL_NAME, PUMP
from twinedge.demo.tags import (
    MACHINES,
    MODBUS_UNIT,
    PlantTag,
    ServerName,
    plant_tags,
    tags_of_server,
)
from twinedge.kit.clock import to_iso

SOURCE_IDS: Mapping[ServerName, str] = {
    "opcua": "demo-opcua",
    "modbus": "demo-modbus",
    "mqtt": "demo-mqtt",
}
_SOURCE_NAMES: Mapping[ServerName, str] = {
    "opcua": "Demo plant: pump station (OPC UA)",
    "modbus": "Demo plant: tank farm PLC (Modbus TCP)",
    "mqtt": "Demo plant: line and utilities (MQTT)",
}
_LIVE_S = 10.0
MOTORS_OF_PUMPS = {"Motor_001": "Pump_001", "Motor_002": "Pump_002", "Motor_003": "Pump_003"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One alert rule of the demo."""

    id: str
    name: str
    severity: str
    server: ServerName
    condition: dict[str, Any]
    description: str


_HEARTBEATS: tuple[tuple[str, ServerName, str], ...] = (
    ("pump", "opcua", "flow"),
    ("motor", "opcua", "current"),
    ("tank", "modbus", "level"),
    ("valve", "modbus", "flow"),
    ("boiler", "modbus", "steam_flow"),
    ("line", "mqtt", "speed"),
    ("compressor", "mqtt", "oil_temperature"),
    ("meter", "mqtt", "active_power"),
    ("analyzer", "mqtt", "ph"),
    ("weather", "mqtt", "humidity"),
)
"""By machine type: a tag that only that type has in its source, and that never stands still."""

RULES: tuple[Rule, ...] = (
    Rule(
        "demo-vibration-high", "Pump vibration high", "warning", "opcua",
        {"tag_name": "vibration_rms", "operator": "gt", "value": 7.1, "duration_seconds": 10,
         "clear_value": 6.0},
        "ISO 10816-3 zone C/D limit of a 15 kW pump. Usual causes: worn bearing, cavitation.",
    ),
    Rule(
        "demo-bearing-hot", "Pump bearing hot", "critical", "opcua",
        {"tag_name": "bearing_temperature", "operator": "gt", "value": 110, "duration_seconds": 20,
         "clear_value": 100},
        "Stop the pump before the bearing seizes.",
    ),
    Rule(
        "demo-npsh-low", "Pump about to cavitate", "warning", "opcua",
        {"tag_name": "npsh_margin", "operator": "lt", "value": 1.5, "duration_seconds": 10,
         "clear_value": 3},
        "Too little pressure at the suction: look at the strainer and the tank's level.",
    ),
    Rule(
        "demo-tank-level", "Tank level off its set point", "warning", "modbus",
        {"tag_name": "level", "operator": "outside", "value": [50, 80], "duration_seconds": 15,
         "deadband": 2},
        "A valve that sticks or a level sensor that lies.",
    ),
    Rule(
        "demo-valve-stuck", "Valve does not follow its command", "warning", "modbus",
        {"tag_name": "deviation", "operator": "outside", "value": [-8, 8],
         "duration_seconds": 20, "deadband": 2},
        "Command minus position in percent of travel: the stem sticks or the air is gone.",
    ),
    Rule(
        "demo-drum-level", "Boiler drum level dangerous", "critical", "modbus",
        {"tag_name": "drum_level", "operator": "outside", "value": [44, 58],
         "duration_seconds": 5, "deadband": 2},
        "Low: tubes burn. High: water is carried into the steam.",
    ),
    Rule(
        "demo-ph", "Water out of specification", "warning", "mqtt",
        {"tag_name": "ph", "operator": "outside", "value": [6.8, 8.2], "duration_seconds": 30,
         "deadband": 0.1},
        "Drinking water regulations ask for 6.5 to 9.5; the plant acts earlier.",
    ),
    Rule(
        "demo-discharge-pressure", "Pump discharge pressure implausible", "warning", "opcua",
        {"tag_name": "discharge_pressure", "operator": "gt", "value": 7.8,
         "duration_seconds": 15, "clear_value": 7.5},
        "More than the pump can give against a shut valve at this flow: the sensor lies.",
    ),
    *(
        Rule(
            f"demo-silent-{type}", f"{type.capitalize()} sends nothing", "info", server,
            {"tag_name": tag_name, "stale_seconds": 20},
            "Its instruments, its network or its gateway are down.",
        )
        for type, server, tag_name in _HEARTBEATS
    ),
)  # fmt: skip


def everything(
    client: Client, ports: Mapping[ServerName, int], past: Past, say: Callable[[str], None]
) -> int:
    """Make whatever is missing, most wanted first; `say` hears each step in words.

    Returns how many tags are read live in the end.
    """
    say("creating the data sources")
    if sources(client, ports) == len(SOURCE_IDS):
        say("storing the last hour")
        history(client, past)
    say("naming the assets")
    assets(client)
    say("creating the alert rules")
    rules(client)
    say("creating the dashboard")
    dashboards(client)
    return wait_live(client, _LIVE_S)


def sources(client: Client, ports: Mapping[ServerName, int]) -> int:
    """The three sources with their tags, at the plant's ports. Returns how many are new."""
    made = 0
    known = {source["id"]: source for source in client.sources.list()}
    for server, id in SOURCE_IDS.items():
        place = place_of(server, ports[server])
        if id not in known:
            tags = [tag_body(tag) for tag in tags_of_server(server)]
            name = _SOURCE_NAMES[server]
            body = {"id": id, "name": name, "type": server, "config": place, "tags": tags}
            client.sources.create(body)
            made += 1
            continue
        source = known[id]
        config = {**source["config"], **place}
        if config != source["config"]:
            client.sources.update(
                id,
                {
                    "name": source["name"],
                    "type": server,
                    "config": config,
                    "enabled": source["enabled"],
                },
            )
    return made


def history(client: Client, past: Past) -> None:
    """Store what the plant did before it was connected, so that the first chart is not empty."""
    import pyarrow as pa

    tags = [tag for tag in plant_tags() if tag.wire not in {"bool", "string"}]
    times = [ts for ts, _ in past]
    client.telemetry.ingest_table(
        pa.table(
            {
                "asset_id": [tag.asset_id for tag in tags for _ in past],
                "tag_name": [tag.tag_name for tag in tags for _ in past],
                "timestamp": pa.array(times * len(tags), pa.timestamp("us", "UTC")),
                "value": pa.array(
                    [readings[tag.key] for tag in tags for _, readings in past], pa.float64()
                ),
            }
        )
    )
    states = [tag for tag in plant_tags() if tag.wire in {"bool", "string"}]
    client.telemetry.ingest(
        {
            "asset_id": tag.asset_id,
            "tag_name": tag.tag_name,
            "timestamp": to_iso(ts),
            "value": readings[tag.key],
        }
        for ts, readings in past
        for tag in states
    )


def wait_live(client: Client, timeout_s: float) -> int:
    """Return how many tags are live: those of connected sources, when all are or time is up."""
    deadline_s = time.monotonic() + timeout_s
    while True:
        ours = [s for s in client.sources.list() if s["id"] in SOURCE_IDS.values()]
        live = [s for s in ours if s["status"] == "connected"]
        if len(live) == len(ours) or time.monotonic() > deadline_s:
            return sum(source["tag_count"] for source in live)
        time.sleep(0.1)


def place_of(server: ServerName, port: int) -> dict[str, Any]:
    """The part of a source's config that says where the server is."""
    if server == "opcua":
        return {"endpoint": f"opc.tcp://127.0.0.1:{port}/twinedge/demo"}
    if server == "modbus":
        return {"host": "127.0.0.1", "port": port, "unit_id": MODBUS_UNIT}
    return {"broker_url": f"mqtt://127.0.0.1:{port}"}


def tag_body(tag: PlantTag) -> dict[str, Any]:
    """A tag as the API takes it."""
    body: dict[str, Any] = {
        "address": tag.address,
        "asset_id": tag.asset_id,
        "tag_name": tag.tag_name,
        "data_type": tag.wire,
    }
    if tag.unit is not None:
        body["unit"] = tag.unit
    if tag.scale is not None:
        body["scale"] = tag.scale
    return body


def assets(client: Client) -> None:
    """A name, a type and the parent for every machine that nobody has described yet."""
    described = {asset["id"] for asset in client.assets.list() if asset["type"] is not None}
    for machine in MACHINES:
        if machine.asset_id not in described:
            fields: dict[str, Any] = {"name": machine.name, "type": machine.type}
            if machine.asset_id in MOTORS_OF_PUMPS:
                fields["parent"] = MOTORS_OF_PUMPS[machine.asset_id]
            client.assets.put(machine.asset_id, **fields)


def rules(client: Client) -> None:
    """Alert rules that each planted fault sets off."""
    known = {rule["id"] for rule in client.pages("/alert-rules")}
    for rule in RULES:
        if rule.id not in known:
            client.post(
                "/alert-rules",
                {
                    "id": rule.id,
                    "name": rule.name,
                    "description": rule.description,
                    "severity": rule.severity,
                    "data_source_id": SOURCE_IDS[rule.server],
                    "condition": rule.condition,
                    "notifications": [],
                },
            )


def dashboards(client: Client) -> None:
    """One dashboard of the pump station."""
    id = "demo-pump-station"
    if id not in {dashboard["id"] for dashboard in client.pages("/dashboards")}:
        body = {
            "id": id,
            "name": "Pump station",
            "description": "Three pumps of the demo plant, their bearings and what is wrong now",
            "layout": {"columns": 24, "widgets": _pump_widgets()},
        }
        client.post("/dashboards", body)


def _pump_widgets() -> list[dict[str, Any]]:
    """A row of newest values a pump, two trends over all of them, the alarms, the model."""
    pumps = ("Pump_001", "Pump_002", "Pump_003")
    widgets: list[dict[str, Any]] = []
    for row, pump in enumerate(pumps):
        shown = {
            "flow": "flow", "discharge_pressure": "pressure", "bearing_temperature": "bearing",
        }  # fmt: skip
        for column, tag_name in enumerate(shown):
            options = {"asset_id": pump, "tag_name": tag_name, "decimals": 1}
            title = f"Pump {int(pump[-3:])} {shown[tag_name]}"
            widgets.append(_widget("value", title, 4 * column, 3 * row, 4, 3, options))
    for column, (title, tag_name, limit) in enumerate(
        (("Vibration", "vibration_rms", 7.1), ("Bearing temperature", "bearing_temperature", 85.0))
    ):
        options = {
            "series": [{"asset_id": pump, "tag_name": tag_name, "label": pump} for pump in pumps],
            "window_seconds": 1800,
            "thresholds": [{"value": limit, "severity": "warning"}],
        }
        widgets.append(_widget("trend", title, 12 * column, 9, 12, 7, options))
    widgets.append(_widget("alert_list", "Alarms now", 12, 0, 12, 9, {"limit": 20}))
    score = {"asset_id": PUMP, "tag_name": f"{MODEL_NAME}.score", "window_seconds": 1800}
    widgets.append(_widget("model_score", f"{MODEL_NAME} of {PUMP}", 0, 16, 24, 6, score))
    return widgets


def _widget(
    type: str, title: str, x: int, y: int, w: int, h: int, options: dict[str, Any]
) -> dict[str, Any]:
    place = {"x": x, "y": y, "w": w, "h": h}
    return {"type": type, "title": title, **place, "options": options}
