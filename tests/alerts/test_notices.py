"""Who is told what, at once, later, in one, or not at all."""

from pathlib import Path

from tests.alerts.rig import NOON, Rig, rig_at
from twinedge.kit.clock import US, to_iso


def iso(second: float) -> str:
    return to_iso(NOON + round(second * US))


class TestTelling:
    async def test_raised_and_resolved(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        await rig.points("p", "temperature", (0, 85))
        (message,) = await rig.deliver()
        assert message.title == "[WARNING] Hot on p"
        assert message.payload["alert"]["value"] == 85
        assert message.acknowledge_link.startswith("https://plant.example/v1/alert-links/")
        await rig.points("p", "temperature", (1, 70))
        (message,) = await rig.deliver()
        assert message.title == "[WARNING] Resolved: Hot on p"
        assert await rig.deliver() == []

    async def test_unconfigured_channel_is_logged_as_skipped(self, rig: Rig) -> None:
        rule = await rig.rule(notifications=["email", "slack"])
        assert any("'email' is not configured" in w for w in rule["warnings"])
        await rig.points("p", "temperature", (0, 85))
        log = await rig.call("GET", "/notification-deliveries")
        assert {(d["channel"], d["status"]) for d in log} == {
            ("email", "skipped"), ("slack", "skipped"),
        }  # fmt: skip

    async def test_old_news_wake_nobody(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        await rig.points("p", "temperature", (-200_000, 85))
        assert len(await rig.alerts()) == 1
        assert await rig.deliver() == []

    async def test_repeat_until_acknowledged(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"], repeat_seconds=60)
        await rig.points("p", "temperature", (0, 85))
        assert len(await rig.deliver()) == 1
        await rig.at(59)
        assert await rig.deliver() == []
        for second in (60, 121):
            await rig.at(second)
            (message,) = await rig.deliver()
            assert message.event == "repeated"
        (alert,) = await rig.alerts()
        await rig.call("POST", f"/alerts/{alert['id']}/acknowledge")
        await rig.at(500)
        assert await rig.deliver() == []

    async def test_escalates_step_by_step(self, rig: Rig) -> None:
        for name in ("email", "slack"):
            await rig.channel(name)
        steps = [
            {"after_seconds": 60, "notifications": ["slack"]},
            {"after_seconds": 120, "notifications": ["email", "slack"]},
        ]
        await rig.rule(notifications=["email"], escalation=steps)
        await rig.points("p", "temperature", (0, 85))
        await rig.deliver()
        await rig.at(60)
        assert [m.event for m in await rig.deliver()] == ["escalated"]
        await rig.at(120)
        assert len(await rig.deliver()) == 2
        await rig.at(1000)
        assert await rig.deliver() == []


class TestManyAtOnce:
    async def test_storm_of_one_rule_is_one_message_each_way(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        series = [await rig.tag(f"a{i}", "temperature") for i in range(50)]
        await rig.flood(series, 0, 99)
        (message,) = await rig.deliver()
        assert "50 alerts" in message.title
        await rig.flood(series, 1, 10)
        (message,) = await rig.deliver()
        assert "Resolved" in message.title

    async def test_storm_cap_summarises_the_rest_of_the_minute(self, rig: Rig) -> None:
        await rig.channel(max_per_minute=3)
        await rig.rule(notifications=["email"])
        for i in range(10):
            await rig.points(f"a{i}", "temperature", (i, 99))
        assert len(await rig.deliver()) == 3
        await rig.at(61)
        (message,) = await rig.deliver()
        assert message.event == "summary"
        assert message.payload["total"] == 7


class TestOneOutageOneAlert:
    async def test_tags_of_a_source_that_is_down_are_suppressed(self, rig: Rig) -> None:
        await rig.channel()
        silent = {"tag_name": "temperature", "stale_seconds": 20}
        await rig.rule(name="Silent", condition=silent, notifications=["email"])
        series = [await rig.tag(f"a{i}", "temperature", source="ds-1") for i in range(60)]
        await rig.flood(series, 0, 50)
        outages = rig.room.evaluation.outages
        rig.clock.advance(5)
        outages.note("ds-1", "PLC", "backoff", "no answer")
        await rig.at(16)
        (message,) = await rig.deliver()
        assert message.payload["alert"]["message"] == "Data source PLC is offline: no answer"
        await rig.at(30)
        assert await rig.deliver() == []
        states = [a["state"] for a in await rig.alerts() if a["rule_name"] == "Silent"]
        assert states == ["suppressed"] * 60
        outages.note("ds-1", "PLC", "connected", None)
        await rig.at(31)
        (message,) = await rig.deliver()
        assert message.event == "resolved"
        for second in (32, 48, 64):
            await rig.flood(series, second, 50)
        await rig.at(70)
        assert await rig.deliver() == []
        assert all(a["status"] == "resolved" for a in await rig.alerts())

    async def test_still_silent_after_recovery_is_told(self, rig: Rig) -> None:
        await rig.channel()
        silent = {"tag_name": "temperature", "stale_seconds": 20}
        await rig.rule(name="Silent", condition=silent, notifications=["email"])
        await rig.points("a", "temperature", (0, 1), source="ds-1")
        rig.room.evaluation.outages.note("ds-1", "PLC", "backoff", "no answer")
        await rig.at(30)
        rig.room.evaluation.outages.note("ds-1", "PLC", "connected", None)
        await rig.at(31)
        assert [m.event for m in await rig.deliver()] == ["raised", "resolved"]
        for second in (62, 78):
            await rig.at(second)
        (message,) = await rig.deliver()
        assert message.payload["alert"]["rule_name"] == "Silent"

    async def test_silence_waits_for_its_source_to_be_found_down(self, rig: Rig) -> None:
        await rig.channel()
        silent = {"tag_name": "temperature", "stale_seconds": 5}
        await rig.rule(name="Silent", condition=silent, notifications=["email"])
        await rig.points("a", "temperature", (0, 1), source="ds-1")
        await rig.at(8)
        assert await rig.deliver() == []
        rig.room.evaluation.outages.note("ds-1", "PLC", "backoff", "no answer")
        await rig.at(30)
        assert [m.payload["alert"]["rule_name"] for m in await rig.deliver()] == [
            "Data source offline"
        ]

    async def test_short_blip_is_not_told(self, rig: Rig) -> None:
        await rig.channel()
        rig.room.evaluation.outages.note("ds-1", "PLC", "backoff", "no answer")
        await rig.at(5)
        rig.room.evaluation.outages.note("ds-1", "PLC", "connected", None)
        await rig.at(60)
        assert await rig.alerts() == []

    async def test_asset_tree(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(
            name="Power", inhibits="subtree",
            condition={"tag_name": "power", "operator": "eq", "value": 0},
        )  # fmt: skip
        await rig.rule(notifications=["email"])
        await rig.tag("line", "power")
        await rig.tag("pump", "temperature")
        await rig.parent("pump", "line")
        await rig.points("line", "power", (0, 0))
        await rig.points("pump", "temperature", (1, 99))
        assert await rig.deliver() == []
        await rig.points("line", "power", (2, 1))
        (message,) = await rig.deliver()
        assert message.payload["alert"]["asset_id"] == "pump"


class TestMuting:
    async def test_shelved_alert_is_silent_and_comes_back(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        await rig.points("p", "temperature", (0, 85))
        await rig.deliver()
        (alert,) = await rig.alerts()
        path = f"/alerts/{alert['id']}"
        shelved = await rig.call("POST", f"{path}/shelve", {"duration_seconds": 100, "reason": "x"})
        assert shelved["state"] == "shelved"
        await rig.points("p", "temperature", (1, 70), (2, 85))
        assert await rig.deliver() == []
        await rig.at(101)
        assert [m.event for m in await rig.deliver()] == ["raised"]
        await rig.call("POST", f"{path}/unshelve", status=409)

    async def test_unshelve(self, rig: Rig) -> None:
        await rig.rule()
        await rig.points("p", "temperature", (0, 85))
        (alert,) = await rig.alerts()
        path = f"/alerts/{alert['id']}"
        assert "until" in await rig.faults("POST", f"{path}/shelve", {"until": iso(-5)})
        assert await rig.faults("POST", f"{path}/shelve", {})
        await rig.call("POST", f"{path}/shelve", {"until": iso(50)})
        back = await rig.call("POST", f"{path}/unshelve")
        assert back["state"] == "unacknowledged"

    async def test_maintenance_window(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        window = {
            "name": "Service", "start": iso(0), "end": iso(100), "scope": {"asset_ids": ["p"]},
        }  # fmt: skip
        made = await rig.call("POST", "/maintenance-windows", window, 201)
        assert made["active"]
        await rig.points("p", "temperature", (1, 85))
        await rig.points("q", "temperature", (1, 85))
        (message,) = await rig.deliver()
        assert message.payload["alert"]["asset_id"] == "q"
        states = {a["asset_id"]: a["state"] for a in await rig.alerts()}
        assert states == {"p": "out_of_service", "q": "unacknowledged"}
        await rig.at(101)
        (message,) = await rig.deliver()
        assert message.payload["alert"]["asset_id"] == "p"

    async def test_recurring_window(self, rig: Rig) -> None:
        schedule = {"windows": [{"weekdays": ["tue"], "from": "12:00", "to": "13:00"}]}
        body = {"name": "Weekly", "schedule": schedule}
        made = await rig.call("POST", "/maintenance-windows", body, 201)
        assert made["active"]  # noon of 2026-01-06, a Tuesday
        await rig.at(3600)
        assert not (await rig.call("GET", f"/maintenance-windows/{made['id']}"))["active"]

    async def test_quiet_hours_hold_and_summarise(self, rig: Rig) -> None:
        quiet = {"schedule": {"windows": [{"from": "00:00", "to": "12:10"}]}}
        await rig.channel(quiet_hours=quiet)
        await rig.rule(notifications=["email"])
        await rig.rule(
            name="Fire", severity="critical", notifications=["email"],
            condition={"tag_name": "smoke", "operator": "gt", "value": 0},
        )  # fmt: skip
        await rig.points("p", "temperature", (0, 85), (1, 70))
        await rig.points("p", "smoke", (2, 1))
        assert [m.severity for m in await rig.deliver()] == ["critical"]
        await rig.at(600)
        (message,) = await rig.deliver()
        assert message.payload["total"] == 2


class TestRouting:
    async def test_by_severity_and_asset(self, rig: Rig) -> None:
        await rig.channel("slack")
        scope = {"severities": ["critical"], "asset_ids": ["line"]}
        body = {"name": "Night shift", "scope": scope, "notifications": ["slack"]}
        await rig.call("POST", "/notification-routes", body, 201)
        await rig.tag("pump", "temperature")
        await rig.tag("line", "x")
        await rig.parent("pump", "line")
        await rig.rule(severity="critical")
        await rig.points("other", "temperature", (0, 99))
        await rig.points("pump", "temperature", (0, 99))
        (message,) = await rig.deliver()
        assert message.payload["alert"]["asset_id"] == "pump"

    async def test_unknown_channel_is_a_400(self, rig: Rig) -> None:
        body = {"name": "x", "notifications": ["pager"]}
        assert "notifications[0]" in await rig.faults("POST", "/notification-routes", body)


class TestLinks:
    async def test_looking_changes_nothing_pressing_acknowledges(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        await rig.points("p", "temperature", (0, 85))
        (message,) = await rig.deliver()
        path = message.acknowledge_link.removeprefix("https://plant.example/v1")
        bare = {"Authorization": ""}
        page = await rig.http.get(path, headers=bare)
        assert (page.status_code, "Acknowledge</button>" in page.text) == (200, True)
        assert (await rig.alerts())[0]["status"] == "active"
        page = await rig.http.post(path, headers=bare)
        assert page.status_code == 200
        (alert,) = await rig.alerts()
        assert (alert["status"], alert["acknowledged_by"]) == ("acknowledged", "link sent to email")

    async def test_forged_and_expired(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        await rig.points("p", "temperature", (0, 85))
        (message,) = await rig.deliver()
        path = message.acknowledge_link.removeprefix("https://plant.example/v1")
        assert (await rig.http.post(path[:-2] + "xx")).status_code == 403
        rig.clock.advance(4 * 86_400)
        assert (await rig.http.post(path)).status_code == 403
        assert (await rig.alerts())[0]["status"] == "active"


class TestDelivering:
    async def test_retries_with_back_off_and_same_id(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        rig.kinds["email"].broken = "mail server down"
        await rig.points("p", "temperature", (0, 85))
        assert await rig.room.worker.deliver_due() == 1
        (entry,) = await rig.call("GET", "/notification-deliveries?status=pending")
        assert entry["attempts"][0]["detail"] == "mail server down"
        rig.kinds["email"].broken = None
        assert await rig.room.worker.deliver_due() == 0
        await rig.at(6)
        (message,) = await rig.deliver()
        assert message.id == entry["id"]
        (entry,) = await rig.call("GET", "/notification-deliveries?status=sent")
        assert [a["ok"] for a in entry["attempts"]] == [False, True]

    async def test_order_per_alert(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        rig.kinds["email"].broken = "down"
        await rig.points("p", "temperature", (0, 85), (1, 70))
        await rig.room.worker.deliver_due()
        rig.kinds["email"].broken = None
        assert await rig.room.worker.deliver_due() == 0
        await rig.at(6)
        assert [m.event for m in await rig.deliver()] == ["raised", "resolved"]

    async def test_permanent_failure_is_given_up_and_can_be_retried(self, rig: Rig) -> None:
        await rig.channel()
        await rig.rule(notifications=["email"])
        rig.kinds["email"].broken, rig.kinds["email"].permanent = "no such box", True
        await rig.points("p", "temperature", (0, 85))
        await rig.room.worker.deliver_due()
        (entry,) = await rig.call("GET", "/notification-deliveries?status=failed")
        rig.kinds["email"].broken = None
        await rig.call("POST", f"/notification-deliveries/{entry['id']}/retry")
        assert len(await rig.deliver()) == 1

    async def test_queued_messages_survive_a_kill(self, tmp_path: Path) -> None:
        async with rig_at(tmp_path) as rig:
            await rig.channel()
            await rig.rule(notifications=["email"])
            await rig.points("p", "temperature", (0, 85))
            await rig.restart()
            assert len(await rig.deliver()) == 1


class TestTemplates:
    async def test_own_words(self, rig: Rig) -> None:
        words = {"subject": "{{ alert.asset_id|upper }}!", "body": "{{ alert.value }} is too hot"}
        await rig.channel(template=words)
        await rig.rule(notifications=["email"])
        await rig.points("p", "temperature", (0, 85))
        (message,) = await rig.deliver()
        assert (message.title, message.text) == ("P!", "85.0 is too hot")
