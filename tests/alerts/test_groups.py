"""Rules with group_by: assets share an alert, people hear of it once."""

from typing import Any

import pytest

from tests.alerts.rig import NOON, Rig
from twinedge.alerts.service.groups import INTERVAL_US, WAIT_US
from twinedge.assets.model import Kind, NewTag
from twinedge.kit.clock import US, to_iso
from twinedge.telemetry.model import batch_of

WAIT_S, INTERVAL_S = WAIT_US // US, INTERVAL_US // US


async def hot(rig: Rig, *assets: str, at: float = 0.0) -> None:
    for asset in assets:
        await rig.points(asset, "temperature", (at, 85))


async def cold(rig: Rig, *assets: str, at: float = 1.0) -> None:
    for asset in assets:
        await rig.points(asset, "temperature", (at, 70))


def members(alert: dict[str, Any]) -> dict[str, bool]:
    """Asset -> whether its condition still holds."""
    return {m["asset_id"]: m["resolved_at"] is None for m in alert["members"]}


class TestOneAlertAGroup:
    async def test_of_the_rule(self, rig: Rig) -> None:
        await rig.rule(group_by="rule")
        await hot(rig, "a", "b", "c")
        (alert,) = await rig.alerts()
        assert alert["group"] == {"by": "rule", "value": None}
        assert members(alert) == {"a": True, "b": True, "c": True}
        assert alert["asset_id"] is None
        assert alert["message"] == "temperature of a is 85, above 80; also on b, c"
        assert (alert["member_count"], alert["members_open"], alert["occurrences"]) == (3, 3, 3)
        await cold(rig, "a", "b")
        (alert,) = await rig.alerts()
        assert members(alert) == {"a": False, "b": False, "c": True}
        assert alert["message"] == "temperature of c is 85, above 80"
        await cold(rig, "c")
        (alert,) = await rig.alerts()
        assert (alert["status"], alert["members_open"]) == ("resolved", 0)
        events = [(h["event"], h["note"]) for h in alert["history"]]
        assert events == [
            ("triggered", None), ("joined", "b"), ("joined", "c"), ("left", "a"), ("left", "b"),
            ("resolved", None),
        ]  # fmt: skip

    async def test_of_the_parent(self, rig: Rig) -> None:
        await rig.rule(group_by="parent")
        for asset, parent in (("a", "line1"), ("b", "line1"), ("c", "line2")):
            await rig.tag(asset, "temperature")
            await rig.tag(parent, "x")
            await rig.parent(asset, parent)
        await hot(rig, "a", "b", "c", "orphan")
        found = {a["asset_id"]: members(a) for a in await rig.alerts()}
        assert found == {
            "line1": {"a": True, "b": True}, "line2": {"c": True}, "orphan": {"orphan": True},
        }  # fmt: skip

    async def test_of_the_source(self, rig: Rig) -> None:
        await rig.rule(group_by="data_source")
        for asset, source in (("a", "ds-1"), ("b", "ds-1"), ("c", "ds-2")):
            await rig.points(asset, "temperature", (0, 85), source=source)
        found = {a["data_source_id"]: set(members(a)) for a in await rig.alerts()}
        assert found == {"ds-1": {"a", "b"}, "ds-2": {"c"}}

    async def test_by_asset_is_one_for_each_as_without(self, rig: Rig) -> None:
        await rig.rule(group_by="asset")
        await hot(rig, "a", "b")
        assert [(a["group"], a["members"]) for a in await rig.alerts()] == [(None, [])] * 2

    async def test_a_member_moved_to_another_parent_still_leaves(self, rig: Rig) -> None:
        await rig.rule(group_by="parent")
        for name in ("line1", "line2"):
            await rig.tag(name, "x")
        await rig.tag("a", "temperature")
        await rig.parent("a", "line1")
        await hot(rig, "a")
        await rig.parent("a", "line2")
        await cold(rig, "a")
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]

    async def test_found_by_a_member(self, rig: Rig) -> None:
        await rig.rule(group_by="rule")
        await hot(rig, "a", "b")
        assert len(await rig.alerts("&asset_id=b")) == 1
        assert await rig.alerts("&asset_id=c") == []

    async def test_many_members(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(group_by="rule", notifications=["email"])
        tags = [NewTag(f"a{i:04}", "temperature", Kind.NUMBER) for i in range(200)]
        series = [tag.series for tag in await rig.register.ensure(tags)]
        await rig.flood(series, 0, 99)
        (alert,) = await rig.alerts()
        assert (alert["member_count"], len(alert["members"])) == (200, 100)
        assert len(alert["history"]) == 2
        await rig.at(WAIT_S)
        (message,) = await rig.deliver()
        assert message.title == "[WARNING] Hot (200 assets)"
        await rig.flood(series, WAIT_S + 1, 10)
        (message,) = await rig.deliver()
        assert message.event == "resolved"


class TestTelling:
    async def test_once_after_a_wait_with_all_members(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(group_by="rule", notifications=["email"])
        for second, asset in enumerate("abc"):
            await hot(rig, asset, at=second)
        await rig.at(WAIT_S - 1)
        assert await rig.deliver() == []
        await rig.at(WAIT_S)
        (message,) = await rig.deliver()
        assert (message.event, message.title) == ("raised", "[WARNING] Hot (3 assets)")
        assert "- temperature of c is 85, above 80" in message.text
        assert message.payload["alert"]["group"] == {"by": "rule", "value": None}
        await cold(rig, "a", "b", "c", at=20)
        assert [m.event for m in await rig.deliver()] == ["resolved"]

    async def test_who_joins_later_is_told_but_not_too_often(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(group_by="rule", notifications=["email"])
        await hot(rig, "a")
        await rig.at(WAIT_S)
        assert len(await rig.deliver()) == 1
        await hot(rig, "b", at=20)
        await hot(rig, "c", at=90)
        await rig.at(WAIT_S + INTERVAL_S - 1)
        assert await rig.deliver() == []
        await rig.at(WAIT_S + INTERVAL_S)
        (message,) = await rig.deliver()
        assert (message.event, message.title) == ("joined", "[WARNING] More: Hot (3 assets)")
        await rig.at(5000)
        assert await rig.deliver() == []

    async def test_over_before_the_wait_is_not_told(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(group_by="rule", notifications=["email"])
        await hot(rig, "a")
        await cold(rig, "a")
        await rig.at(100)
        assert await rig.deliver() == []

    async def test_repeats_and_escalates_as_one(self, rig: Rig) -> None:
        await rig.channel()
        await rig.channel("slack")
        steps = [{"after_seconds": 90, "notifications": ["slack"]}]
        await rig.rule(
            group_by="rule", notifications=["email"], repeat_seconds=60, escalation=steps
        )
        await hot(rig, "a", "b")
        told = []
        for second in (10, 60, 90, 120):
            await rig.at(second)
            told += [m.event for m in await rig.deliver()]
        assert told == ["raised", "repeated", "escalated", "repeated"]


class TestPeople:
    async def test_a_new_member_takes_the_acknowledgement_back(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(group_by="rule", notifications=["email"])
        await hot(rig, "a", "b")
        await rig.at(WAIT_S)
        await rig.deliver()
        (alert,) = await rig.alerts()
        path = f"/alerts/{alert['id']}"
        await rig.call("POST", f"{path}/acknowledge")
        await cold(rig, "b", at=20)
        await hot(rig, "b", at=21)
        assert (await rig.call("GET", path))["status"] == "acknowledged"
        await hot(rig, "c", at=22)
        assert (await rig.call("GET", path))["status"] == "active"
        await rig.at(WAIT_S + INTERVAL_S)
        assert [m.event for m in await rig.deliver()] == ["joined"]

    async def test_resolved_by_hand_all_members_wait_until_they_cleared(self, rig: Rig) -> None:
        await rig.rule(group_by="rule")
        await hot(rig, "a", "b")
        (alert,) = await rig.alerts()
        done = await rig.call("POST", f"/alerts/{alert['id']}/resolve")
        assert (done["status"], done["members_open"]) == ("resolved", 0)
        await rig.restart()
        await hot(rig, "a", "b", at=5)
        assert len(await rig.alerts()) == 1
        await cold(rig, "a", at=6)
        await hot(rig, "a", at=7)
        assert [set(members(a)) for a in await rig.alerts("&status=active")] == [{"a"}]

    async def test_latched(self, rig: Rig) -> None:
        await rig.rule(group_by="rule", latching=True)
        await hot(rig, "a", "b")
        await cold(rig, "a", "b")
        (alert,) = await rig.alerts()
        assert alert["state"] == "cleared_unacknowledged"
        await hot(rig, "b", at=3)
        (alert,) = await rig.alerts()
        assert (alert["state"], members(alert)["b"]) == ("unacknowledged", True)

    async def test_shelved_as_a_whole(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(group_by="rule", notifications=["email"])
        await hot(rig, "a")
        (alert,) = await rig.alerts()
        path = f"/alerts/{alert['id']}"
        await rig.call("POST", f"{path}/shelve", {"duration_seconds": 100, "reason": "x"})
        await hot(rig, "b", at=5)
        await rig.at(50)
        assert await rig.deliver() == []
        back = await rig.call("POST", f"{path}/unshelve")
        assert back["state"] == "unacknowledged"
        (message,) = await rig.deliver()
        assert "(2 assets)" in message.title

    async def test_other_grouping_begins_anew(self, rig: Rig) -> None:
        rule = await rig.rule(group_by="rule")
        await hot(rig, "a", "b")
        keep = ("name", "severity", "condition")
        body = {key: rule[key] for key in keep}
        await rig.call("PUT", f"/alert-rules/{rule['id']}", body)
        open_ = await rig.alerts("&status=active")
        assert {a["asset_id"] for a in open_} == {"a", "b"}
        (old,) = await rig.alerts("&status=resolved")
        assert old["history"][-1]["note"] == "the rule groups differently now"

    async def test_disabling_ends_it(self, rig: Rig) -> None:
        rule = await rig.rule(group_by="rule")
        await hot(rig, "a", "b")
        await rig.call("POST", f"/alert-rules/{rule['id']}/disable")
        (alert,) = await rig.alerts()
        assert (alert["status"], alert["members_open"]) == ("resolved", 0)


class TestMuting:
    async def test_suppressed_only_while_every_member_is_explained(self, rig: Rig) -> None:
        await rig.channel()
        silent = {"tag_name": "temperature", "stale_seconds": 20}
        await rig.rule(name="Silent", condition=silent, group_by="rule", notifications=["email"])
        await rig.points("a", "temperature", (0, 1), source="ds-1")
        await rig.points("b", "temperature", (0, 1), source="ds-2")
        rig.room.evaluation.outages.note("ds-1", "PLC", "backoff", "no answer")
        await rig.points("b", "temperature", (15, 1), source="ds-2")
        await rig.at(30)
        (alert,) = [a for a in await rig.alerts() if a["rule_name"] == "Silent"]
        assert (alert["state"], set(members(alert))) == ("suppressed", {"a"})
        await rig.at(50)
        (alert,) = [a for a in await rig.alerts() if a["rule_name"] == "Silent"]
        assert (alert["state"], set(members(alert))) == ("unacknowledged", {"a", "b"})

    async def test_members_hide_what_is_below_each_of_them(self, rig: Rig) -> None:
        power = {"tag_name": "power", "operator": "eq", "value": 0}
        await rig.rule(name="Power", inhibits="subtree", group_by="rule", condition=power)
        await rig.rule()
        for line, pump in (("line1", "pump1"), ("line2", "pump2")):
            await rig.tag(line, "power")
            await rig.tag(pump, "temperature")
            await rig.parent(pump, line)
        await hot(rig, "pump1", "pump2")
        await rig.points("line1", "power", (1, 0))
        await rig.points("line2", "power", (2, 0))
        states = {a["asset_id"]: a["state"] for a in await rig.alerts() if a["rule_name"] == "Hot"}
        assert states == {"pump1": "suppressed", "pump2": "suppressed"}
        await rig.points("line1", "power", (3, 1))
        states = {a["asset_id"]: a["state"] for a in await rig.alerts() if a["rule_name"] == "Hot"}
        assert states == {"pump1": "unacknowledged", "pump2": "suppressed"}

    async def test_maintenance_of_one_member_leaves_the_others_heard(self, rig: Rig) -> None:
        window = {"name": "S", "schedule": {"windows": [{}]}, "scope": {"asset_ids": ["a"]}}
        await rig.call("POST", "/maintenance-windows", window, 201)
        await rig.rule(group_by="rule")
        await hot(rig, "a")
        assert [a["state"] for a in await rig.alerts()] == ["out_of_service"]
        await hot(rig, "b")
        assert [a["state"] for a in await rig.alerts()] == ["unacknowledged"]


class TestKill:
    @pytest.mark.parametrize("checkpoint", [True, False])
    async def test_members_survive(self, rig: Rig, checkpoint: bool) -> None:
        await rig.rule(group_by="rule")
        await hot(rig, "a", "b")
        if checkpoint:
            await rig.room.evaluation.checkpoint()
        await cold(rig, "a", at=2)
        await rig.restart()
        await hot(rig, "c", at=3)
        (alert,) = await rig.alerts()
        assert members(alert) == {"a": False, "b": True, "c": True}
        await cold(rig, "b", "c", at=4)
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]


class TestPreview:
    @pytest.mark.parametrize("group_by", ["rule", "parent", "data_source", "asset"])
    async def test_equals_what_the_live_rule_did(self, rig: Rig, group_by: str) -> None:
        hot = {"tag_name": "temperature", "operator": "gt", "value": 80}
        rule = {"name": "x", "severity": "info", "group_by": group_by, "condition": hot}
        await rig.call("POST", "/alert-rules", rule, 201)
        for asset, source in (("a", "ds-1"), ("b", "ds-2"), ("c", "ds-2")):
            await rig.tag(asset, "temperature", source=source)
        await rig.parent("a", "c")
        for second, asset, value in (
            (0, "a", 99), (5, "b", 99), (9, "a", 10), (12, "a", 99), (13, "c", 99), (20, "b", 10),
            (21, "c", 10), (30, "a", 10), (40, "b", 99),
        ):  # fmt: skip
            await rig.points(asset, "temperature", (second, value))
        rig.clock.advance(100)
        past = {"rule": rule, "start": to_iso(NOON), "end": to_iso(NOON + 60 * US)}
        preview = await rig.call("POST", "/alert-rules/preview", past)

        def seen(alert: dict[str, Any]) -> tuple[Any, ...]:
            names = ("asset_id", "group", "triggered_at", "resolved_at", "occurrences")
            return tuple(alert[name] for name in names)

        live = [seen(alert) for alert in await rig.alerts()]
        assert sorted(map(seen, preview["alerts"]), key=str) == sorted(live, key=str)
        assert {asset for alert in preview["alerts"] for asset in alert["assets"]} == set("abc")

    async def test_caught_up_with_in_one_batch_groups_are_those_of_the_time(self, rig: Rig) -> None:
        await rig.rule(group_by="rule")
        rows = {"a": [(0, 99.0), (10, 10.0), (50, 99.0), (60, 10.0)], "b": [(5, 99.0), (55, 10.0)]}
        for asset, points in rows.items():
            series = [await rig.tag(asset, "temperature")] * len(points)
            ts = [NOON + second * US for second, _ in points]
            values = [value for _, value in points]
            await rig.store.append(batch_of(series, ts, values, [0] * len(points), ts[-1]))
        rig.clock.advance(60)
        await rig.restart()
        (alert,) = await rig.alerts()
        ends = alert["triggered_at"], alert["resolved_at"]
        assert ends == (to_iso(NOON), to_iso(NOON + 60 * US))
