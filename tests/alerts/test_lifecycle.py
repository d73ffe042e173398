"""An alert's life, from the rule to its end, over HTTP and the real database."""

from tests.alerts.rig import Rig
from twinedge.assets.model import Kind


class TestRaising:
    async def test_point_over_the_limit_raises_one_alert(self, rig: Rig) -> None:
        rule = await rig.rule()
        await rig.points("Pump_001", "temperature", (0, 70), (1, 85.5), (2, 90))
        (alert,) = await rig.alerts()
        assert alert["rule_id"] == rule["id"]
        assert (alert["status"], alert["state"]) == ("active", "unacknowledged")
        assert (alert["asset_id"], alert["tag_name"]) == ("Pump_001", "temperature")
        assert (alert["value"], alert["last_value"]) == (85.5, 90)
        assert alert["triggered_at"] == "2026-01-06T12:00:01Z"
        assert alert["message"] == "temperature of Pump_001 is 85.5, above 80"
        assert [h["event"] for h in alert["history"]] == ["triggered"]

    async def test_each_asset_has_its_own(self, rig: Rig) -> None:
        await rig.rule()
        for asset in ("a", "b"):
            await rig.points(asset, "temperature", (0, 99))
        assert {a["asset_id"] for a in await rig.alerts()} == {"a", "b"}

    async def test_duration_without_a_further_point(self, rig: Rig) -> None:
        condition = {
            "tag_name": "temperature", "operator": "gt", "value": 80, "duration_seconds": 60,
        }  # fmt: skip
        await rig.rule(condition=condition)
        await rig.points("p", "temperature", (0, 85))
        await rig.at(61)
        assert await rig.alerts() == []
        await rig.at(63)
        (alert,) = await rig.alerts()
        assert alert["triggered_at"] == "2026-01-06T12:01:00Z"

    async def test_truth_tag_says_true(self, rig: Rig) -> None:
        await rig.tag("p", "running", Kind.BOOLEAN)
        await rig.rule(condition={"tag_name": "running", "operator": "eq", "value": True})
        await rig.points("p", "running", (0, 1))
        (alert,) = await rig.alerts()
        assert alert["value"] is True

    async def test_only_the_rules_source(self, rig: Rig) -> None:
        await rig.rule(data_source_id="ds-1")
        await rig.points("a", "temperature", (0, 99), source="ds-1")
        await rig.points("b", "temperature", (0, 99))
        (alert,) = await rig.alerts()
        assert (alert["asset_id"], alert["data_source_id"]) == ("a", "ds-1")

    async def test_tag_claimed_later_wakes_the_rule(self, rig: Rig) -> None:
        await rig.rule(data_source_id="ds-1")
        await rig.points("a", "temperature", (0, 99))
        assert await rig.alerts() == []
        await rig.tag("a", "temperature", source="ds-1")
        await rig.at(1)
        assert len(await rig.alerts()) == 1

    async def test_tags_that_speak_in_another_order_than_they_came(self, rig: Rig) -> None:
        await rig.rule()
        for asset in ("first", "second"):
            await rig.tag(asset, "temperature")
        await rig.points("second", "temperature", (0, 99))
        await rig.points("first", "temperature", (1, 99))
        assert [a["triggered_at"][-3:] for a in await rig.alerts()] == ["01Z", "00Z"]

    async def test_rule_on_a_value_held_raises_at_once(self, rig: Rig) -> None:
        await rig.points("a", "temperature", (0, 99))
        await rig.rule()
        assert len(await rig.alerts()) == 1


class TestClearing:
    async def test_resolves_by_itself(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 85), (10, 70))
        (alert,) = await rig.alerts()
        assert (alert["status"], alert["state"]) == ("resolved", "resolved")
        assert alert["resolved_at"] == "2026-01-06T12:00:10Z"
        assert alert["resolved_by"] == "rule"

    async def test_again_is_a_new_alert(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 85), (10, 70), (20, 85))
        assert [a["status"] for a in await rig.alerts()] == ["active", "resolved"]

    async def test_latched_waits_for_a_person(self, rig: Rig) -> None:
        await rig.rule(latching=True)
        await rig.points("p", "temperature", (0, 85), (10, 70))
        (alert,) = await rig.alerts()
        assert (alert["status"], alert["state"]) == ("active", "cleared_unacknowledged")
        await rig.points("p", "temperature", (20, 85))
        (alert,) = await rig.alerts()
        assert (alert["state"], alert["occurrences"]) == ("unacknowledged", 2)
        await rig.points("p", "temperature", (30, 70))
        done = await rig.call("POST", f"/alerts/{alert['id']}/acknowledge", {"note": "ok"})
        assert (done["status"], done["acknowledged_by"]) == ("resolved", "owner")

    async def test_latched_and_cleared_stays_so_over_a_restart(self, rig: Rig) -> None:
        await rig.rule(latching=True)
        await rig.points("p", "temperature", (0, 85), (10, 70))
        await rig.restart()
        await rig.points("p", "temperature", (11, 71))
        (alert,) = await rig.alerts()
        assert [h["event"] for h in alert["history"]] == ["triggered", "cleared"]
        await rig.points("p", "temperature", (12, 85))
        (alert,) = await rig.alerts()
        assert (alert["state"], alert["occurrences"]) == ("unacknowledged", 2)

    async def test_latched_and_cleared_resolved_by_hand_comes_back_at_once(self, rig: Rig) -> None:
        await rig.rule(latching=True)
        await rig.points("p", "temperature", (0, 85), (10, 70))
        (alert,) = await rig.alerts()
        await rig.call("POST", f"/alerts/{alert['id']}/resolve")
        await rig.points("p", "temperature", (11, 90))
        assert [a["status"] for a in await rig.alerts()] == ["active", "resolved"]

    async def test_flapping_is_one_alert(self, rig: Rig) -> None:
        await rig.rule()
        rows = [(i, 85 if i % 2 == 0 else 70) for i in range(40)]
        await rig.points("p", "temperature", *rows)
        alerts = await rig.alerts()
        assert len(alerts) == 5
        assert alerts[0]["flapping"]
        assert alerts[0]["occurrences"] == 16
        await rig.at(39 + 303)
        assert [a["status"] for a in await rig.alerts()] == ["resolved"] * 5


class TestAcknowledge:
    async def test_twice_is_harmless_and_note_is_kept(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 85))
        (alert,) = await rig.alerts()
        path = f"/alerts/{alert['id']}/acknowledge"
        first = await rig.call("POST", path, {"note": "Investigating the issue"})
        assert (first["status"], first["acknowledged_by"]) == ("acknowledged", "owner")
        assert first["note"] == "Investigating the issue"
        second = await rig.call("POST", path)
        assert second["acknowledged_at"] == first["acknowledged_at"]
        assert second["note"] == "Investigating the issue"

    async def test_resolved_is_a_409(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 85), (1, 70))
        (alert,) = await rig.alerts()
        for verb in ("acknowledge", "resolve"):
            error = await rig.call("POST", f"/alerts/{alert['id']}/{verb}", status=409)
            assert error["code"] == "conflict"

    async def test_unknown_is_a_404(self, rig: Rig) -> None:
        await rig.call("POST", "/alerts/nope/acknowledge", status=404)


class TestResolveByHand:
    async def test_comes_back_only_after_it_cleared(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 85))
        (alert,) = await rig.alerts()
        done = await rig.call("POST", f"/alerts/{alert['id']}/resolve")
        assert (done["status"], done["resolved_by"]) == ("resolved", "owner")
        await rig.points("p", "temperature", (1, 90))
        await rig.restart()
        await rig.points("p", "temperature", (2, 91))
        assert len(await rig.alerts()) == 1
        await rig.points("p", "temperature", (3, 70), (4, 90))
        assert len(await rig.alerts()) == 2


class TestRuleChanges:
    async def test_disable_resolves_with_the_reason(self, rig: Rig) -> None:
        rule = await rig.rule()
        await rig.points("p", "temperature", (0, 85))
        off = await rig.call("POST", f"/alert-rules/{rule['id']}/disable")
        assert off["enabled"] is False
        (alert,) = await rig.alerts()
        assert alert["history"][-1]["note"] == "the rule was disabled"
        await rig.points("p", "temperature", (1, 90))
        assert len(await rig.alerts()) == 1
        await rig.call("POST", f"/alert-rules/{rule['id']}/enable")
        assert len(await rig.alerts("&status=active")) == 1

    async def test_asset_the_rule_no_longer_watches_ends_its_alert(self, rig: Rig) -> None:
        rule = await rig.rule(asset_id="p")
        await rig.points("p", "temperature", (0, 85))
        keep = ("name", "severity", "condition")
        body = {key: rule[key] for key in keep} | {"asset_id": "q"}
        await rig.call("PUT", f"/alert-rules/{rule['id']}", body)
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]

    async def test_delete_keeps_history(self, rig: Rig) -> None:
        rule = await rig.rule()
        await rig.points("p", "temperature", (0, 85))
        await rig.call("DELETE", f"/alert-rules/{rule['id']}")
        (alert,) = await rig.alerts()
        assert alert["status"] == "resolved"
        await rig.call("GET", f"/alert-rules/{rule['id']}", status=404)

    async def test_put_keeps_an_alert_that_still_holds(self, rig: Rig) -> None:
        rule = await rig.rule()
        await rig.points("p", "temperature", (0, 85))
        body = {"name": "Hotter", "severity": "critical"}
        lower = {"tag_name": "temperature", "operator": "gt", "value": 82}
        await rig.call("PUT", f"/alert-rules/{rule['id']}", body | {"condition": lower})
        assert [a["status"] for a in await rig.alerts()] == ["active"]
        higher = {"tag_name": "temperature", "operator": "gt", "value": 99}
        await rig.call("PUT", f"/alert-rules/{rule['id']}", body | {"condition": higher})
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]

    async def test_if_match(self, rig: Rig) -> None:
        rule = await rig.rule()
        body = {"name": "x", "severity": "info", "condition": rule["condition"]}
        path = f"/alert-rules/{rule['id']}"
        await rig.call("PUT", path, body, headers={"If-Match": '"1"'})
        await rig.call("PUT", path, body, status=412, headers={"If-Match": '"1"'})


class TestRestart:
    async def test_pending_and_open_survive_a_kill(self, rig: Rig) -> None:
        slow = {
            "tag_name": "temperature", "operator": "gt", "value": 80, "duration_seconds": 60,
        }  # fmt: skip
        await rig.rule(condition=slow)
        await rig.rule(condition={"tag_name": "level", "operator": "lt", "value": 1})
        await rig.room.evaluation.checkpoint()
        await rig.points("p", "temperature", (0, 85))
        await rig.points("p", "level", (0, 0.5))
        await rig.restart()
        await rig.points("p", "temperature", (59, 85), (60, 86))
        await rig.points("p", "level", (61, 2))
        assert {(a["tag_name"], a["status"]) for a in await rig.alerts()} == {
            ("temperature", "active"), ("level", "resolved"),
        }  # fmt: skip

    async def test_points_stored_but_not_judged_are_judged(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 70))
        await rig.room.evaluation.checkpoint()
        feed, rig.room.evaluation.feed = rig.room.evaluation.feed, _nothing  # type: ignore
        await rig.points("p", "temperature", (1, 85), (2, 70), (3, 88))
        rig.room.evaluation.feed = feed  # type: ignore
        await rig.restart()
        assert [a["status"] for a in await rig.alerts()] == ["active", "resolved"]


async def _nothing(_batches: object) -> None:
    return None


class TestManual:
    async def test_raise_and_resolve(self, rig: Rig) -> None:
        body = {"id": "m-1", "name": "Leak", "severity": "critical", "message": "Oil on the floor"}
        alert = await rig.call("POST", "/alerts", body, 201)
        assert (alert["id"], alert["rule_id"], alert["rule_name"]) == ("m-1", None, "Leak")
        await rig.call("POST", "/alerts", body, 409)
        await rig.call("POST", "/alerts/m-1/resolve", {"note": "mopped"})
        assert (await rig.call("GET", "/alerts/m-1"))["history"][-1]["note"] == "mopped"


class TestList:
    async def test_filters_and_order(self, rig: Rig) -> None:
        await rig.rule()
        await rig.rule(name="Low", severity="info", condition={
            "tag_name": "level", "operator": "lt", "value": 1})  # fmt: skip
        await rig.points("p", "level", (5, 0))
        await rig.points("p", "temperature", (0, 85), (10, 70), (20, 90), (30, 70))
        assert [a["triggered_at"][-3:-1] for a in await rig.alerts()] == ["05", "20", "00"]
        assert len(await rig.alerts("&status=resolved")) == 2
        assert len(await rig.alerts("&severity=info")) == 1
        assert len(await rig.alerts("&start=2026-01-06T12:00:20Z")) == 1
        assert len(await rig.alerts("&end=2026-01-06T12:00:20Z")) == 2
        assert await rig.faults("GET", "/alerts?start=yesterday", None)
        assert await rig.faults("GET", "/alerts?status=open", None)


class TestTagsThatDoNotExist:
    async def test_in_any_they_do_not_hold(self, rig: Rig) -> None:
        hot = {"tag_name": "temperature", "operator": "gt", "value": 80}
        silent = {"tag_name": "missing", "stale_seconds": 5}
        await rig.rule(condition={"any": [hot, silent]})
        await rig.points("p", "temperature", (0, 85), (1, 70))
        await rig.at(60)
        (alert,) = await rig.alerts()
        assert (alert["status"], alert["tag_name"]) == ("resolved", "temperature")

    async def test_one_that_exists_without_a_value_is_unknown(self, rig: Rig) -> None:
        conditions = [
            {"tag_name": tag, "operator": "gt", "value": 80} for tag in ("temperature", "new")
        ]
        await rig.rule(condition={"any": conditions})
        await rig.tag("p", "new")
        await rig.points("p", "temperature", (0, 85), (1, 70))
        assert [a["status"] for a in await rig.alerts()] == ["active"]
        await rig.points("p", "new", (2, 1))
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]


class TestStoredButNotJudged:
    """A kill between the store and the engine: the point is found again at the start."""

    async def store(self, rig: Rig, second: float, value: float | str | None) -> None:
        """Stored only, as by a process killed before it could judge."""
        feed = rig.room.evaluation.feed
        rig.room.evaluation.feed = _nothing  # type: ignore[method-assign]
        await rig.points("p", "temperature", (second, value))
        rig.room.evaluation.feed = feed  # type: ignore[method-assign]
        await rig.restart()

    async def test_newer_point(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 70))
        await rig.room.evaluation.checkpoint()
        await self.store(rig, 1, 85)
        assert [a["triggered_at"][-3:] for a in await rig.alerts()] == ["01Z"]

    async def test_correction_under_the_same_timestamp(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 70))
        await rig.room.evaluation.checkpoint()
        await self.store(rig, 0, 85)
        assert [(a["value"], a["status"]) for a in await rig.alerts()] == [(85, "active")]
        await rig.room.evaluation.checkpoint()
        await self.store(rig, 0, 60)
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]

    async def test_correction_to_bad_quality_holds_the_alert(self, rig: Rig) -> None:
        hot = {"tag_name": "temperature", "operator": "gt", "value": 80, "duration_seconds": 10}
        await rig.rule(condition=hot)
        await rig.points("p", "temperature", (0, 85))
        await rig.room.evaluation.checkpoint()
        await self.store(rig, 0, None)
        await rig.at(60)
        assert await rig.alerts() == []

    async def test_correction_of_a_text(self, rig: Rig) -> None:
        await rig.rule(condition={"tag_name": "temperature", "operator": "eq", "value": "fault"})
        await rig.points("p", "temperature", (0, "ok"))
        await rig.room.evaluation.checkpoint()
        await self.store(rig, 0, "fault")
        assert [a["value"] for a in await rig.alerts()] == ["fault"]


async def _nothing(*_: object) -> None:
    return None


class TestTagsThatCameJustNow:
    async def test_another_rule_changed_meanwhile_hides_them_from_none(self, rig: Rig) -> None:
        await rig.rule(name="First")
        await rig.tag("p", "temperature")
        await rig.rule(name="Second")
        await rig.points("p", "temperature", (0, 85))
        assert {a["rule_name"] for a in await rig.alerts()} == {"First", "Second"}


class TestEndOfMuting:
    async def test_a_shelf_ends_though_another_alert_was_booked_before_the_chores(
        self, rig: Rig
    ) -> None:
        await rig.rule()
        await rig.points("a", "temperature", (0, 99))
        (alert,) = await rig.alerts()
        path = f"/alerts/{alert['id']}/shelve"
        await rig.call("POST", path, {"duration_seconds": 60, "reason": "x"})
        rig.clock.advance(61)
        await rig.points("b", "temperature", (61, 99))
        await rig.at(62)
        states = {a["asset_id"]: a["state"] for a in await rig.alerts()}
        assert states == {"a": "unacknowledged", "b": "unacknowledged"}
