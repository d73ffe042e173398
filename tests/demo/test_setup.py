"""What the demo sets up: bodies the API takes, rules that planted faults set off, idempotence."""

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import httpx
import pytest

from twinedge.alerts.conditions import parse_condition
from twinedge.client import Client
from twinedge.demo import setup
from twinedge.demo.faults import Fault, FaultKind, machines_for
from twinedge.demo.plant import Plant, Value
from twinedge.demo.setup import RULES, SOURCE_IDS, Rule
from twinedge.demo.tags import MACHINES, SERVERS, ServerName, plant_tags, tags_of_server
from twinedge.kit.ids import is_id

PORTS: Mapping[ServerName, int] = {"opcua": 1001, "modbus": 1002, "mqtt": 1003}
SHOWN: Mapping[FaultKind, Mapping[str, str]] = {
    FaultKind.BEARING_WEAR: {"Pump": "demo-vibration-high"},
    FaultKind.CAVITATION: {"Pump": "demo-npsh-low"},
    FaultKind.STUCK_VALVE: {"Valve": "demo-valve-stuck"},
    FaultKind.SENSOR_DRIFT: {
        "Pump": "demo-discharge-pressure",
        "Tank": "demo-tank-level",
        "Boiler": "demo-drum-level",
        "Analyzer": "demo-ph",
    },
}
"""The one rule a fault of a kind of machine sets off; dropouts are seen by silence instead."""


def beyond(condition: Mapping[str, Any], value: Value) -> bool:
    limit = condition["value"]
    assert isinstance(value, float)
    if condition["operator"] == "outside":
        return not limit[0] <= value <= limit[1]
    return value > limit if condition["operator"] == "gt" else value < limit


def fired(fault: Fault | None, seconds: int, seed: int = 2) -> set[tuple[str, str]]:
    """Rules and machines that would have an alert; durations counted second by second."""
    plant = Plant(seed, past_s=0)
    watched = [
        (rule, tag.asset_id, tag.key)
        for rule in RULES
        if "operator" in rule.condition
        for tag in tags_of_server(rule.server)
        if tag.tag_name == rule.condition["tag_name"]
    ]
    held: dict[tuple[str, str], int] = {}
    found = set()
    for second in range(seconds):
        severity = fault.severity(second) if fault is not None else 0.0
        effects = {(fault.kind, fault.asset_id): severity} if fault is not None and severity else {}
        values = plant.advance(effects)
        for rule, asset_id, key in watched:
            place = (rule.id, asset_id)
            held[place] = held.get(place, 0) + 1 if beyond(rule.condition, values[key]) else 0
            if held[place] > rule.condition["duration_seconds"]:
                found.add(place)
    return found


class TestRules:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_each_is_one_the_engine_takes(self, rule: Rule) -> None:
        condition, faults = parse_condition(rule.condition)
        assert condition is not None, faults
        assert is_id(rule.id)
        names = {tag.tag_name for tag in tags_of_server(rule.server)}
        assert rule.condition["tag_name"] in names

    def test_a_healthy_hour_sets_off_none(self) -> None:
        assert fired(None, 3600) == set()

    @pytest.mark.parametrize(
        ("kind", "asset_id"), [(kind, asset) for kind in SHOWN for asset in machines_for(kind)]
    )
    def test_each_planted_fault_sets_off_exactly_its_own(
        self, kind: FaultKind, asset_id: str
    ) -> None:
        rule = SHOWN[kind][asset_id.partition("_")[0]]
        assert fired(Fault(kind, asset_id, 5.0, 185.0), 400) == {(rule, asset_id)}

    def test_each_machine_is_missed_by_exactly_one_when_it_drops_out(self) -> None:
        heartbeats = {
            tag.key: rule.id
            for rule in RULES
            if "stale_seconds" in rule.condition
            for tag in tags_of_server(rule.server)
            if tag.tag_name == rule.condition["tag_name"]
        }
        assert sorted(key.split(".")[0] for key in heartbeats) == sorted(
            m.asset_id for m in MACHINES
        )

    def test_no_heartbeat_stands_still(self) -> None:
        plant = Plant(3, past_s=0)
        frames = [plant.advance({}) for _ in range(120)]
        for rule in RULES:
            for tag in tags_of_server(rule.server):
                if "stale_seconds" in rule.condition and tag.tag_name == rule.condition["tag_name"]:
                    values = [frame[tag.key] for frame in frames]
                    assert any(a != b for a, b in pairwise(values[:20])), tag.key


class Server:
    """Keeps what it is given, as the REST API would."""

    def __init__(self) -> None:
        self.things: dict[str, dict[str, dict[str, Any]]] = {}
        self.changes: list[tuple[str, str]] = []
        self.points = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        _, _, noun, *rest = request.url.path.split("/")
        kept = self.things.setdefault(noun, {})
        if request.method == "GET":
            meta = {"page": 1, "per_page": 100, "total": len(kept)}
            return httpx.Response(200, json={"data": list(kept.values()), "meta": meta})
        self.changes.append((request.method, request.url.path))
        if noun == "telemetry":
            self.points += 1
            return httpx.Response(200, json={"data": {"accepted": 1}})
        body = json.loads(request.content)
        id = rest[0] if rest else body["id"]
        shown = {"id": id, "type": None, "status": "connected", "enabled": True, "tag_count": 1}
        kept[id] = {**kept.get(id, shown), **body}
        return httpx.Response(201, json={"data": kept[id]})


class TestEverything:
    def run(self, server: Server, ports: Mapping[ServerName, int] = PORTS) -> list[str]:
        said: list[str] = []
        plant = Plant(1, settle_s=10, past_s=30)
        past = [(1_767_225_600_000_000 + i, values) for i, (_, values) in enumerate(plant.past)]
        with Client("http://demo", "te", transport=httpx.MockTransport(server)) as client:
            setup.everything(client, ports, past, said.append)
        return said

    def test_makes_sources_assets_and_rules_once(self) -> None:
        server = Server()
        self.run(server)
        assert set(server.things["data-sources"]) == set(SOURCE_IDS.values())
        assert set(server.things["assets"]) == {m.asset_id for m in MACHINES}
        assert set(server.things["alert-rules"]) == {rule.id for rule in RULES}
        tags = [tag for s in server.things["data-sources"].values() for tag in s["tags"]]
        assert len(tags) == len(plant_tags())
        server.changes.clear()
        self.run(server)
        assert server.changes == []

    def test_the_past_is_stored_at_the_first_start_only(self) -> None:
        server = Server()
        self.run(server)
        stored = server.points
        assert stored >= 2
        del server.things["data-sources"]["demo-mqtt"]
        self.run(server)
        assert server.points == stored

    def test_a_source_follows_its_server_to_another_port_and_keeps_what_people_changed(
        self,
    ) -> None:
        server = Server()
        self.run(server)
        mine = server.things["data-sources"]["demo-modbus"]
        mine["name"] = "My PLC"
        mine["config"]["timeout_ms"] = 500
        server.changes.clear()
        self.run(server, {**PORTS, "modbus": 2002})
        assert server.changes == [("PUT", "/v1/data-sources/demo-modbus")]
        moved = server.things["data-sources"]["demo-modbus"]
        assert moved["name"] == "My PLC"
        assert (moved["config"]["port"], moved["config"]["timeout_ms"]) == (2002, 500)

    def test_a_deleted_rule_comes_back_but_a_changed_one_stays_changed(self) -> None:
        server = Server()
        self.run(server)
        del server.things["alert-rules"]["demo-ph"]
        server.things["alert-rules"]["demo-npsh-low"]["severity"] = "info"
        self.run(server)
        assert "demo-ph" in server.things["alert-rules"]
        assert server.things["alert-rules"]["demo-npsh-low"]["severity"] == "info"


class TestPlaces:
    def test_each_server_has_one(self) -> None:
        places = [setup.place_of(server, PORTS[server]) for server in SERVERS]
        assert places == [
            {"endpoint": "opc.tcp://127.0.0.1:1001/twinedge/demo"},
            {"host": "127.0.0.1", "port": 1002, "unit_id": 1},
            {"broker_url": "mqtt://127.0.0.1:1003"},
        ]
