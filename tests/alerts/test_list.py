"""Finding alerts: filters, the sheet, and what the live feed carries."""

import csv
import io

from tests.alerts.rig import Rig
from twinedge.alerts.routes.sheet import COLUMNS


async def names(rig: Rig, query: str) -> set[str]:
    return {a["asset_id"] for a in await rig.alerts(query)}


class TestFilters:
    async def test_by_rule_asset_source_severity_and_text(self, rig: Rig) -> None:
        hot = await rig.rule()
        await rig.rule(name="Low level", severity="critical",
                       condition={"tag_name": "level", "operator": "lt", "value": 1})  # fmt: skip
        await rig.points("a", "temperature", (0, 85), source="ds-1")
        await rig.points("b", "level", (1, 0))
        assert await names(rig, f"&rule_id={hot['id']}") == {"a"}
        assert await names(rig, "&asset_id=b") == {"b"}
        assert await names(rig, "&data_source_id=ds-1") == {"a"}
        assert await names(rig, "&severity=critical") == {"b"}
        assert await names(rig, "&q=LOW") == {"b"}
        assert await names(rig, "&q=temperature") == {"a"}
        assert await names(rig, "&q=%25") == set()

    async def test_by_state(self, rig: Rig) -> None:
        await rig.rule()
        for asset in ("a", "b", "c"):
            await rig.points(asset, "temperature", (0, 85))
        await rig.points("c", "temperature", (1, 70))
        ids = {a["asset_id"]: a["id"] for a in await rig.alerts()}
        await rig.call("POST", f"/alerts/{ids['b']}/shelve", {"duration_seconds": 60})
        await rig.call("POST", f"/alerts/{ids['b']}/acknowledge")
        for state, asset in (("unacknowledged", "a"), ("shelved", "b"), ("resolved", "c")):
            assert await names(rig, f"&state={state}") == {asset}
        assert await names(rig, "&state=acknowledged") == set()
        assert (await rig.call("GET", "/alerts?state=loud", status=400))["details"]

    async def test_limit_in_words(self, rig: Rig) -> None:
        await rig.rule()
        await rig.rule(name="Silent", condition={"tag_name": "temperature", "stale_seconds": 20})
        await rig.points("a", "temperature", (0, 85))
        await rig.at(23)
        assert {a["rule_name"]: a["limit"] for a in await rig.alerts()} == {
            "Hot": "above 80", "Silent": "silent for 20 s",
        }  # fmt: skip


class TestDeliveriesOfAnAlert:
    async def test_alone_and_in_a_summary(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        series = [await rig.tag(f"a{i}", "temperature") for i in range(20)]
        await rig.flood(series, 0, 99)
        alert = (await rig.alerts("&asset_id=a7"))[0]
        (entry,) = await rig.call("GET", f"/notification-deliveries?alert_id={alert['id']}")
        assert len(entry["alert_ids"]) == 20
        assert await rig.call("GET", "/notification-deliveries?alert_id=none") == []


class TestSheet:
    async def test_every_page_in_one_and_no_formula(self, rig: Rig) -> None:
        await rig.rule(name="=cmd()")
        for i in range(30):
            await rig.points(f"a{i}", "temperature", (i, 85))
        answer = await rig.http.get("/alerts?per_page=5", headers={"Accept": "text/csv"})
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert tuple(rows[0]) == COLUMNS
        assert len(rows) == 30
        assert rows[0]["rule_name"] == "'=cmd()"
        assert rows[0]["triggered_at"] == "2026-01-06T12:00:29Z"
        json = await rig.http.get("/alerts", headers={"Accept": "application/json, text/csv"})
        assert json.headers["content-type"] == "application/json"


class TestFeed:
    async def test_carries_every_transition_of_one_batch(self, rig: Rig) -> None:
        await rig.rule()
        with rig.room.evaluation.changes.subscribe() as changes:
            await rig.points("a", "temperature", (0, 85), (1, 70), (2, 90))
            heard = [alert async for alert, _ in _few(changes, 3)]
        assert [alert.history[-1].event for alert in heard] == [
            "triggered",
            "resolved",
            "triggered",
        ]
        assert [alert.status for alert in heard] == ["active", "resolved", "active"]


async def _few(changes, count: int):
    seen = 0
    async for alert in changes:
        yield alert, seen
        seen += 1
        if seen == count:
            return
