"""The REST reference, Data Sources: its examples byte for byte, its parameters one by one.

Through the web floor, a real database, the real Modbus driver and the real supervisor. The
addresses of the examples are not dialled: a private network is not ours to knock on.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.people import OneKey
from tests.sources.scripted import ScriptedDriver
from twinedge.assets.service import Register
from twinedge.connectors.modbus.connector import ModbusDriver
from twinedge.db.database import Database
from twinedge.db.vault import Vault
from twinedge.kit.clock import ManualClock, from_iso
from twinedge.sources.model import State, Status, TagState
from twinedge.sources.ports import Link, Plan
from twinedge.sources.routes import router
from twinedge.sources.service import Sources
from twinedge.web.app import create_app

CREATE = b"""{
"name": "Production Line PLC",
"type": "modbus",
"config": {
"host": "192.168.1.50",
"port": 502,
"unit_id": 1
}
}"""
LISTED = {
    "id": "ds-123",
    "name": "Factory OPC UA Server",
    "type": "opcua",
    "endpoint": "opc.tcp://192.168.1.100:4840",
    "status": "connected",
    "tag_count": 45,
    "created_at": "2026-01-01T00:00:00Z",
}
HEADERS = {
    "Authorization": "Bearer YOUR_API_KEY",
    "Content-Type": "application/json",
    "Accept": "application/json",
}


class Paper:
    """A runtime that dials nobody; what it is told to be connected is."""

    def __init__(self) -> None:
        self.up: set[str] = set()

    async def apply(self, plan: Plan) -> None:
        """Nothing is dialled."""

    async def forget(self, id: str) -> None:
        self.up.discard(id)

    def retry(self, id: str) -> None:
        """Nothing is dialled."""

    def status(self, id: str) -> Status:
        states: dict[int, TagState] = {}
        return Status(State.CONNECTED if id in self.up else State.CONNECTING, tags=states)

    def connected(self) -> frozenset[str]:
        return frozenset(self.up)

    def link(self, id: str) -> Link | None:
        return None


class FactoryDriver(ScriptedDriver):
    """Stands for OPC UA, so that this suite needs no server."""

    name = "opcua"

    def endpoint(self, config: object) -> str:
        return "opc.tcp://192.168.1.100:4840"


@dataclass
class Api:
    http: httpx.AsyncClient
    runtime: Paper


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Api]:
    db = Database(f"sqlite:///{tmp_path}/twinedge.db")
    db.migrate()
    clock = ManualClock(from_iso("2026-01-01T00:00:00Z"))
    register = Register(db, clock)
    runtime = Paper()
    drivers = {"opcua": FactoryDriver(), "modbus": ModbusDriver(clock), "mqtt": ScriptedDriver()}
    sources = Sources(db, Vault(b"k" * 32), register, drivers, runtime, clock)
    app = create_app(routers=[router(sources)], authenticator=OneKey(), version="0")
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test/v1", headers=HEADERS
    ) as http:
        yield Api(http, runtime)
    db.close()


async def create(api: Api) -> str:
    answer = await api.http.post("/data-sources", content=CREATE)
    assert answer.status_code == 201, answer.text
    id: str = answer.json()["data"]["id"]
    return id


class TestListDataSources:
    async def test_the_item_of_the_reference(self, api: Api) -> None:
        tags = [
            {"address": f"ns=2;i={n}", "asset_id": "Pump_001", "tag_name": f"t{n}"}
            for n in range(45)
        ]
        body = {
            "id": "ds-123", "name": "Factory OPC UA Server", "type": "opcua",
            "config": {"host": "192.168.1.100"}, "tags": tags,
        }  # fmt: skip
        assert (await api.http.post("/data-sources", json=body)).status_code == 201
        api.runtime.up.add("ds-123")
        answer = (await api.http.get("/data-sources")).json()
        (item,) = answer["data"]
        assert {name: item[name] for name in LISTED} == LISTED
        assert answer["meta"] == {"page": 1, "per_page": 20, "total": 1}

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("type=modbus", 1), ("type=opcua", 0), ("type=mqtt", 0),
            ("status=disconnected", 1), ("status=connected", 0),
            ("page=1", 1), ("page=2", 0), ("per_page=100", 1),
            ("type=modbus&status=disconnected&page=1&per_page=20", 1),
        ],
    )  # fmt: skip
    async def test_parameters(self, api: Api, query: str, count: int) -> None:
        await create(api)
        answer = await api.http.get(f"/data-sources?{query}")
        assert answer.status_code == 200
        assert len(answer.json()["data"]) == count

    @pytest.mark.parametrize("query", ["page=0", "per_page=0", "per_page=101", "status=on"])
    async def test_parameters_out_of_range(self, api: Api, query: str) -> None:
        answer = await api.http.get(f"/data-sources?{query}")
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert error["code"] == "validation_error"
        assert error["details"][0]["field"] == query.partition("=")[0]


class TestCreateDataSource:
    async def test_the_body_of_the_reference(self, api: Api) -> None:
        answer = await api.http.post("/data-sources", content=CREATE)
        assert answer.status_code == 201
        data = answer.json()["data"]
        assert answer.headers["location"] == f"/v1/data-sources/{data['id']}"
        assert data["name"] == "Production Line PLC"
        assert data["type"] == "modbus"
        assert data["config"] == {"host": "192.168.1.50", "port": 502, "unit_id": 1}
        assert data["endpoint"] == "modbus://192.168.1.50:502/1"
        assert data["status"] == "disconnected"
        assert data["tag_count"] == 0
        assert data["created_at"] == "2026-01-01T00:00:00Z"

    async def test_an_error_of_the_reference(self, api: Api) -> None:
        answer = await api.http.post("/data-sources", content=CREATE.replace(b'"name"', b'"nam"'))
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert error["code"] == "validation_error"
        assert {"field": "name", "message": "is required"} in error["details"]


class TestOneDataSource:
    async def test_get(self, api: Api) -> None:
        id = await create(api)
        answer = await api.http.get(f"/data-sources/{id}")
        assert answer.status_code == 200
        assert answer.json()["data"]["id"] == id

    async def test_put(self, api: Api) -> None:
        id = await create(api)
        changed = CREATE.replace(b"Production Line PLC", b"Packing Line PLC")
        answer = await api.http.put(f"/data-sources/{id}", content=changed)
        assert answer.status_code == 200
        assert answer.json()["data"]["name"] == "Packing Line PLC"

    async def test_delete(self, api: Api) -> None:
        id = await create(api)
        answer = await api.http.delete(f"/data-sources/{id}")
        assert answer.status_code == 200
        data = answer.json()["data"]
        assert (data["id"], data["deleted"]) == (id, True)
        assert (await api.http.get(f"/data-sources/{id}")).status_code == 404

    @pytest.mark.parametrize("method", ["GET", "DELETE"])
    async def test_missing(self, api: Api, method: str) -> None:
        answer = await api.http.request(method, "/data-sources/ds-123")
        assert answer.status_code == 404
        error = answer.json()["error"]
        assert error["code"] == "not_found"
        assert "ds-123" in error["message"]
        assert error["details"] == []


class TestTestConnection:
    async def test_a_device_that_is_not_there(self, api: Api) -> None:
        body = {"name": "x", "type": "modbus", "config": {"host": "127.0.0.1", "port": 1}}
        id = (await api.http.post("/data-sources", json=body)).json()["data"]["id"]
        answer = await api.http.post(f"/data-sources/{id}/test")
        assert answer.status_code == 200
        report = answer.json()["data"]
        assert report["ok"] is False
        assert [step["name"] for step in report["steps"]] == ["resolve", "connect"]
        assert report["steps"][-1]["ok"] is False


class TestWithoutAKey:
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", ""), ("POST", ""), ("GET", "/x"), ("PUT", "/x"), ("DELETE", "/x"),
            ("POST", "/x/test"),
        ],
    )  # fmt: skip
    async def test_is_unauthorized(self, api: Api, method: str, path: str) -> None:
        answer = await api.http.request(
            method, f"/data-sources{path}", headers={"Authorization": ""}
        )
        assert answer.status_code == 401
        assert answer.json()["error"]["code"] == "unauthorized"
