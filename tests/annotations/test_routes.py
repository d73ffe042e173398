"""Annotations over HTTP, on a real database, behind the real edge."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.people import OpenDoor
from twinedge.annotations.routes import router
from twinedge.annotations.service import Annotations
from twinedge.assets.model import Kind, NewTag
from twinedge.assets.service import Register
from twinedge.db.database import Database
from twinedge.kit.clock import ManualClock
from twinedge.web.app import create_app

WORN: dict[str, Any] = {
    "asset_id": "Pump_001",
    "tag_name": "vibration",
    "start": "2026-01-06T10:00:00Z",
    "end": "2026-01-06T12:00:00+01:00",
    "label": "bearing_wear",
    "text": "Noise heard on the round",
}


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    clock = ManualClock()
    db = Database(f"sqlite:///{tmp_path / 'meta.db'}")
    db.migrate()
    register = Register(db, clock)
    await register.load()
    await register.ensure([NewTag("Pump_001", "vibration", Kind.NUMBER)])
    app = create_app(
        routers=[router(Annotations(db, register, clock))],
        authenticator=OpenDoor("read:assets", "write:assets", name="Ada"),
        version="0",
    )
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://test/v1"
    ) as client:
        yield client
    db.close()


class TestCreate:
    async def test_says_who_marked_what(self, client: httpx.AsyncClient) -> None:
        made = await client.post("/annotations", json=WORN)
        assert made.status_code == 201, made.text
        item = made.json()["data"]
        assert made.headers["location"] == f"/v1/annotations/{item['id']}"
        assert item["created_by"] == "Ada"
        assert item["end"] == "2026-01-06T11:00:00Z"
        assert (await client.get(f"/annotations/{item['id']}")).json()["data"] == item

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"asset_id": "Pump_1"}, "asset_id"),
            ({"tag_name": "vibrations"}, "tag_name"),
            ({"end": "2026-01-06T10:00:00Z"}, "end"),
            ({"start": "yesterday"}, "start"),
            ({"label": ""}, "label"),
            ({"colour": "red"}, "colour"),
        ],
    )
    async def test_names_the_fault(
        self, client: httpx.AsyncClient, change: dict[str, Any], field: str
    ) -> None:
        answer = await client.post("/annotations", json=WORN | change)
        assert answer.status_code == 400
        error = answer.json()["error"]
        assert field in [d["field"] for d in error["details"]] or field in error["message"]

    async def test_a_taken_id_is_a_conflict(self, client: httpx.AsyncClient) -> None:
        await client.post("/annotations", json=WORN | {"id": "a-1"})
        again = await client.post("/annotations", json=WORN | {"id": "a-1"})
        assert again.status_code == 409


class TestList:
    async def test_filters_by_place_label_and_overlap(self, client: httpx.AsyncClient) -> None:
        await client.post("/annotations", json=WORN | {"id": "first"})
        later = {"start": "2026-01-07T00:00:00Z", "end": "2026-01-08T00:00:00Z"}
        await client.post(
            "/annotations",
            json=WORN | later | {"id": "second", "label": "cavitation", "tag_name": None},
        )

        async def found(query: str) -> list[str]:
            answer = await client.get(f"/annotations?{query}")
            assert answer.status_code == 200, answer.text
            return [item["id"] for item in answer.json()["data"]]

        assert await found("") == ["second", "first"]
        assert await found("label=cavitation") == ["second"]
        assert await found("tag_name=vibration") == ["first"]
        assert await found("asset_id=Pump_002") == []
        assert await found("start=2026-01-06T10:59:00Z&end=2026-01-06T23:00:00Z") == ["first"]
        assert await found("start=2026-01-06T11:00:00Z&end=2026-01-06T23:00:00Z") == []

    async def test_a_range_the_wrong_way_round_is_refused(self, client: httpx.AsyncClient) -> None:
        answer = await client.get("/annotations?start=2026-01-07&end=2026-01-06")
        assert [d["field"] for d in answer.json()["error"]["details"]] == ["start"]


class TestChange:
    async def test_replaces_and_guards_against_lost_updates(
        self, client: httpx.AsyncClient
    ) -> None:
        made = await client.post("/annotations", json=WORN | {"id": "a-1"})
        etag = made.headers["etag"]
        changed = await client.put(
            "/annotations/a-1", json=WORN | {"text": "Replaced"}, headers={"If-Match": etag}
        )
        assert changed.json()["data"]["text"] == "Replaced"
        lost = await client.put("/annotations/a-1", json=WORN, headers={"If-Match": etag})
        assert lost.status_code == 412

    async def test_a_deleted_one_is_gone(self, client: httpx.AsyncClient) -> None:
        await client.post("/annotations", json=WORN | {"id": "a-1"})
        gone = await client.delete("/annotations/a-1")
        assert gone.json()["data"]["deleted"] is True
        assert (await client.get("/annotations/a-1")).status_code == 404
        assert (await client.delete("/annotations/a-1")).status_code == 404
