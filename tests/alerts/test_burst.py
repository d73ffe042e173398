"""Thousands of alerts at once: booked in slices, told in one message, nobody kept waiting."""

import asyncio

import pytest

from tests.alerts.rig import Rig
from twinedge.alerts.service import evaluation
from twinedge.assets.model import Kind, NewTag

MANY = 60


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "SLICE", 20)


async def plant(rig: Rig, rules: int = 1) -> list[int]:
    """Tags watched by one rule, or by one each."""
    await rig.channel()
    for number in range(rules):
        where = {} if rules == 1 else {"asset_id": f"a{number:03}"}
        await rig.rule(name=f"Hot {number}", notifications=["email"], **where)
    tags = [NewTag(f"a{n:03}", "temperature", Kind.NUMBER) for n in range(MANY)]
    return [tag.series for tag in await rig.register.ensure(tags)]


class TestOneRule:
    async def test_one_message_each_way_though_booked_in_slices(self, rig: Rig) -> None:
        series = await plant(rig)
        await rig.flood(series, 0, 99)
        (message,) = await rig.deliver()
        assert (message.event, message.payload["total"]) == ("raised", MANY)
        assert message.title == f"[WARNING] {MANY} alerts of Hot 0"
        await rig.flood(series, 1, 10)
        (message,) = await rig.deliver()
        assert message.title == f"[WARNING] Resolved: {MANY} alerts of Hot 0"
        assert {a["status"] for a in await rig.alerts()} == {"resolved"}

    async def test_each_alert_finds_the_message_that_told_of_it(self, rig: Rig) -> None:
        await rig.flood(await plant(rig), 0, 99)
        (message,) = await rig.deliver()
        for alert in (await rig.alerts())[::20]:
            query = f"/notification-deliveries?alert_id={alert['id']}&status=sent"
            assert [d["id"] for d in await rig.call("GET", query)] == [message.id]

    async def test_killed_half_way_the_rest_is_booked_and_told(self, rig: Rig) -> None:
        series = await plant(rig)
        write, calls = rig.room.evaluation._write_transitions, []

        async def dies(transitions, burst):
            calls.append(burst)
            if len(calls) == 3:
                raise asyncio.CancelledError
            await write(transitions, burst)

        rig.room.evaluation._write_transitions = dies
        with pytest.raises(asyncio.CancelledError):
            await rig.flood(series, 0, 99)
        assert len(await rig.alerts()) == 40
        await rig.restart()
        assert len(await rig.alerts()) == MANY
        await rig.at(15)
        messages = await rig.deliver()
        assert sum(m.payload["total"] for m in messages) == MANY


class TestManyRules:
    async def test_beyond_the_cap_one_message_tells_of_all(self, rig: Rig) -> None:
        series = await plant(rig, MANY)
        await rig.flood(series, 0, 99)
        assert len(await rig.deliver()) == 20
        await rig.at(61)
        (message,) = await rig.deliver()
        assert (message.event, message.payload["total"]) == ("summary", MANY - 20)
        assert message.title == f"[WARNING] {MANY - 20} alert messages"
        assert "Hot 20 on a020: temperature of a020 is 99" in message.text

    async def test_the_worst_severity_of_all_names_it(self, rig: Rig) -> None:
        series = await plant(rig, MANY)
        last = {"asset_id": "a059", "severity": "critical", "notifications": ["email"]}
        await rig.rule(name="Fire", **last)
        await rig.flood(series, 0, 99)
        await rig.deliver()
        await rig.at(61)
        (message,) = await rig.deliver()
        assert message.severity == "critical"


class TestMeanwhile:
    async def test_an_acknowledgement_waits_for_one_slice_only(self, rig: Rig) -> None:
        series = await plant(rig)
        await rig.points("other", "temperature", (0, 99))
        (alert,) = await rig.alerts()
        write, order = rig.room.evaluation._write_transitions, []

        async def noted(transitions, burst):
            await write(transitions, burst)
            order.append("slice")

        rig.room.evaluation._write_transitions = noted
        burst = asyncio.create_task(rig.flood(series, 1, 99))
        while not rig.room.evaluation._lock.locked():
            await asyncio.sleep(0)
        await rig.call("POST", f"/alerts/{alert['id']}/acknowledge", {})
        order.append("acknowledged")
        await burst
        assert order.index("acknowledged") < 3
        assert order.count("slice") == 3
