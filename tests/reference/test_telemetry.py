"""The REST reference, Telemetry: its examples byte for byte, its parameters one by one.

Through the whole web floor and the real store on disk.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.people import OneKey
from twinedge.assets.routes import router
from twinedge.assets.service import Assets, Register
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock, SystemClock, from_iso
from twinedge.storage.duckdb.store import DuckdbStore
from twinedge.telemetry.openapi import OPENAPI_PATHS
from twinedge.telemetry.routes import routes
from twinedge.telemetry.service import Telemetry
from twinedge.telemetry.stream import Stream
from twinedge.web.app import create_app
from twinedge.web.buckets import RateLimiter
from twinedge.web.limits import PLANS

INGEST = b"""{
"data": [
{
"asset_id": "Pump_001",
"tag_name": "temperature",
"value": 65.5,
"timestamp": "2026-01-06T10:00:00Z"
}
]
}"""
ANSWER = {
    "data": [
        {
            "timestamp": "2026-01-06T10:00:00Z",
            "asset_id": "Pump_001",
            "tag_name": "temperature",
            "value": 65.5,
            "quality": "good",
        }
    ]
}
HEADERS = {
    "Authorization": "Bearer YOUR_API_KEY",
    "Content-Type": "application/json",
    "Accept": "application/json",
}


async def no_source(_id: str) -> bool:
    return False


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    db = Database(f"sqlite:///{tmp_path / 'twinedge.db'}")
    db.migrate()
    clock = ManualClock(from_iso("2026-01-06T10:00:10Z"))
    register = Register(db, clock)
    await register.load()
    store = DuckdbStore(tmp_path / "telemetry.duckdb", memory_limit_mb=256)
    await store.open()
    telemetry = Telemetry(store, register, Stream(), clock)
    await telemetry.start()
    limiter = RateLimiter(PLANS["generous"], SystemClock())
    app = create_app(
        routers=[router(Assets(db, register, clock))],
        routes=routes(telemetry, register, clock, no_source, limiter.charge),
        openapi_paths=OPENAPI_PATHS,
        authenticator=OneKey(),
        limiter=limiter,
        version="0",
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://test/v1", headers=HEADERS
    ) as client:
        yield client
    await telemetry.stop()
    await store.close()
    db.close()


@pytest.fixture
async def filled(client: httpx.AsyncClient) -> httpx.AsyncClient:
    answer = await client.post("/telemetry", content=INGEST)
    assert answer.status_code == 200, answer.text
    return client


class TestIngestTelemetry:
    @pytest.mark.parametrize("path", ["/telemetry", "/telemetry/ingest"])
    async def test_the_example(self, client: httpx.AsyncClient, path: str) -> None:
        answer = await client.post(path, content=INGEST)
        assert (answer.status_code, answer.json()) == (200, {"data": {"accepted": 1}})
        assert answer.headers["x-request-id"]
        assert answer.headers["x-ratelimit-limit"]

    async def test_the_error_format(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/telemetry", content=INGEST.replace(b"65.5", b"null"))
        assert answer.status_code == 400
        assert answer.json() == {
            "error": {
                "code": "validation_error",
                "message": "data[0].value must be a number, true, false or a text",
                "details": [
                    {
                        "field": "data[0].value",
                        "message": "must be a number, true, false or a text",
                    }
                ],
            }
        }

    async def test_without_key_401(self, client: httpx.AsyncClient) -> None:
        answer = await client.post("/telemetry", content=INGEST, headers={"Authorization": ""})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"


class TestQueryTelemetry:
    async def test_the_example_answer(self, filled: httpx.AsyncClient) -> None:
        answer = await filled.get("/telemetry")
        assert answer.status_code == 200
        assert {"data": answer.json()["data"]} == ANSWER
        assert list(answer.json()["data"][0]) == list(ANSWER["data"][0])

    @pytest.mark.parametrize(
        ("query", "rows"),
        [
            ("asset_id=Pump_001", 1),
            ("asset_id=Pump_002", 0),
            ("tag_name=temperature", 1),
            ("tag_name=pressure", 0),
            ("data_source_id=ds-123", 0),
            ("start=2026-01-06T10:00:00Z", 1),
            ("end=2026-01-06T10:00:00Z", 0),
            ("start=2026-01-06T09:00:00Z&end=2026-01-06T11:00:00Z", 1),
        ],
    )
    async def test_filters(self, filled: httpx.AsyncClient, query: str, rows: int) -> None:
        answer = await filled.get("/telemetry?" + query)
        assert answer.status_code == 200
        assert len(answer.json()["data"]) == rows

    @pytest.mark.parametrize("interval", ["1m", "5m", "1h", "1d"])
    @pytest.mark.parametrize(
        ("aggregation", "value"),
        [("avg", 65.5), ("min", 65.5), ("max", 65.5), ("sum", 65.5), ("count", 1)],
    )
    async def test_every_aggregation_with_every_interval(
        self, filled: httpx.AsyncClient, aggregation: str, value: float, interval: str
    ) -> None:
        answer = await filled.get(
            "/telemetry", params={"aggregation": aggregation, "interval": interval}
        )
        (row,) = answer.json()["data"]
        start = "2026-01-06T00:00:00Z" if interval == "1d" else "2026-01-06T10:00:00Z"
        assert row == ANSWER["data"][0] | {"timestamp": start, "value": value, "count": 1}


class TestGetLatestValues:
    async def test_all_tags(self, filled: httpx.AsyncClient) -> None:
        answer = await filled.get("/telemetry/latest", params={"asset_id": "Pump_001"})
        assert answer.json() == {"data": [ANSWER["data"][0] | {"age_seconds": 10.0}]}

    async def test_chosen_tags(self, filled: httpx.AsyncClient) -> None:
        for tags, rows in (("temperature,pressure", 1), ("pressure", 0)):
            answer = await filled.get(
                "/telemetry/latest", params={"asset_id": "Pump_001", "tags": tags}
            )
            assert len(answer.json()["data"]) == rows

    async def test_the_asset_is_required(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/telemetry/latest")
        assert answer.status_code == 400
        assert answer.json()["error"]["details"] == [
            {"field": "asset_id", "message": "is required"}
        ]


class TestAssets:
    async def test_the_asset_came_into_being_with_its_first_point(
        self, filled: httpx.AsyncClient
    ) -> None:
        answer = await filled.get("/assets/Pump_001")
        assert [tag["tag_name"] for tag in answer.json()["data"]["tags"]] == ["temperature"]
        listed = (await filled.get("/assets")).json()
        assert listed["meta"] == {"page": 1, "per_page": 20, "total": 1}


class TestDocument:
    async def test_every_path_is_described_with_scope_and_errors(
        self, client: httpx.AsyncClient
    ) -> None:
        paths = (await client.get("/openapi.json")).json()["paths"]
        assert paths["/v1/telemetry"]["post"]["x-scope"] == "write:telemetry"
        assert paths["/v1/telemetry"]["get"]["x-scope"] == "read:telemetry"
        assert {"400", "401", "413", "415", "503"} <= set(
            paths["/v1/telemetry/ingest"]["post"]["responses"]
        )
        assert paths["/v1/assets/{id}"]["put"]["x-scope"] == "write:assets"
