"""The REST reference, Alerts: its examples byte for byte, its parameters one by one."""

from collections.abc import AsyncIterator

import pytest

from tests.alerts.rig import Rig, rig_on
from tests.db.databases import database  # noqa: F401 - on SQLite, and in the slow run PostgreSQL too
from twinedge.db.database import Database

CREATE = b"""{
"name": "High Temperature",
"severity": "warning",
"data_source_id": "ds-123",
"condition": {
"tag_name": "temperature",
"operator": "gt",
"value": 80,
"duration_seconds": 60
},
"notifications": ["email", "slack"]
}"""
ACKNOWLEDGE = b"""{
"note": "Investigating the issue"
}"""


@pytest.fixture
async def rig(database: Database) -> AsyncIterator[Rig]:  # noqa: F811 - the fixture above
    async with rig_on(database) as rig:
        yield rig


@pytest.fixture
async def rule_id(rig: Rig) -> str:
    answer = await rig.http.post("/alert-rules", content=CREATE)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["data"]["id"])


@pytest.fixture
async def alert_id(rig: Rig, rule_id: str) -> str:
    await rig.points("Pump_001", "temperature", (0, 85), (60, 86), source="ds-123")
    (alert,) = (await rig.http.get("/alerts")).json()["data"]
    return str(alert["id"])


class TestAlertRules:
    async def test_create(self, rig: Rig) -> None:
        answer = await rig.http.post("/alert-rules", content=CREATE)
        assert answer.status_code == 201
        rule = answer.json()["data"]
        assert answer.headers["location"] == f"/v1/alert-rules/{rule['id']}"
        assert rule["name"] == "High Temperature"
        assert rule["severity"] == "warning"
        assert rule["data_source_id"] == "ds-123"
        assert rule["condition"] == {
            "tag_name": "temperature", "operator": "gt", "value": 80, "duration_seconds": 60,
        }  # fmt: skip
        assert rule["notifications"] == ["email", "slack"]
        assert rule["enabled"] is True
        assert len(rule["warnings"]) == 3

    async def test_list(self, rig: Rig, rule_id: str) -> None:
        body = (await rig.http.get("/alert-rules")).json()
        assert [rule["id"] for rule in body["data"]] == [rule_id]
        assert body["meta"] == {"page": 1, "per_page": 20, "total": 1}

    async def test_get_update_delete(self, rig: Rig, rule_id: str) -> None:
        path = f"/alert-rules/{rule_id}"
        assert (await rig.http.get(path)).json()["data"]["name"] == "High Temperature"
        answer = await rig.http.put(path, content=CREATE.replace(b"80", b"85"))
        assert answer.json()["data"]["condition"]["value"] == 85
        answer = await rig.http.delete(path)
        assert answer.status_code == 200
        assert answer.json()["data"]["deleted"] is True
        assert (await rig.http.get(path)).status_code == 404

    async def test_enable_disable(self, rig: Rig, rule_id: str) -> None:
        for verb, enabled in (("disable", False), ("enable", True)):
            answer = await rig.http.post(f"/alert-rules/{rule_id}/{verb}")
            assert answer.status_code == 200
            assert answer.json()["data"]["enabled"] is enabled

    async def test_without_key_401(self, rig: Rig) -> None:
        answer = await rig.http.get("/alert-rules", headers={"Authorization": ""})
        assert answer.status_code == 401


class TestAlerts:
    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("", 1),
            ("?status=active", 1),
            ("?status=acknowledged", 0),
            ("?status=resolved", 0),
            ("?severity=warning", 1),
            ("?severity=critical", 0),
            ("?severity=info", 0),
            ("?start=2026-01-06T12:01:00Z", 1),
            ("?end=2026-01-06T12:01:00Z", 0),
            ("?start=2026-01-06T00:00:00Z&end=2026-01-07T00:00:00Z&page=1&per_page=5", 1),
        ],
    )
    async def test_list(self, rig: Rig, alert_id: str, query: str, count: int) -> None:
        body = (await rig.http.get(f"/alerts{query}")).json()
        assert (len(body["data"]), body["meta"]["total"]) == (count, count)

    @pytest.mark.parametrize("query", ["status=open", "severity=high", "start=x", "color=red"])
    async def test_refused(self, rig: Rig, query: str) -> None:
        answer = await rig.http.get(f"/alerts?{query}")
        assert answer.status_code == 400
        assert answer.json()["error"]["details"][0]["field"] == query.partition("=")[0]

    async def test_acknowledge(self, rig: Rig, alert_id: str) -> None:
        answer = await rig.http.post(f"/alerts/{alert_id}/acknowledge", content=ACKNOWLEDGE)
        assert answer.status_code == 200
        alert = answer.json()["data"]
        assert (alert["status"], alert["note"]) == ("acknowledged", "Investigating the issue")

    async def test_resolve(self, rig: Rig, alert_id: str) -> None:
        answer = await rig.http.post(f"/alerts/{alert_id}/resolve")
        assert answer.status_code == 200
        assert answer.json()["data"]["status"] == "resolved"
