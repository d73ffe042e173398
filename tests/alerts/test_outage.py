"""One outage is one alert, at the size of a plant, with the real loops and the real outbox."""

import asyncio

import pytest

from tests.alerts.rig import Rig
from tests.alerts.test_worker import until
from twinedge.assets.model import Kind, NewTag


async def _lose(rig: Rig, count: int, source: str = "ds-1") -> list[int]:
    """A plant of so many tags of one source, all watched for silence and for a limit."""
    await rig.channel()
    await rig.rule(name="Silent", notifications=["email"],
                   condition={"tag_name": "temperature", "stale_seconds": 20})  # fmt: skip
    await rig.rule(notifications=["email"])
    tags = await rig.register.ensure(
        [NewTag(f"a{i:04}", "temperature", Kind.NUMBER, source) for i in range(count)]
    )
    series = [tag.series for tag in tags]
    await rig.flood(series, 0, 50)
    rig.clock.advance(5)
    rig.room.evaluation.outages.note(source, "PLC", "backoff", "no answer")
    return series


async def _hear(rig: Rig, count: int) -> list[str]:
    """Events that went out, once there are so many and nothing waits any more."""

    async def quiet() -> bool:
        waiting = await rig.call("GET", "/notification-deliveries?status=pending")
        return len(rig.kinds["email"].sent) >= count and not waiting

    await until(quiet, 90)
    return [m.event for m in rig.kinds["email"].sent]


class TestManyTags:
    @pytest.mark.parametrize("count", [300, pytest.param(5000, marks=pytest.mark.slow)])
    async def test_lost_at_once_is_one_message_and_back_is_one(self, rig: Rig, count: int) -> None:
        series = await _lose(rig, count)
        await rig.room.worker.start()
        rig.clock.advance(25)
        assert await _hear(rig, 1) == ["raised"]
        (message,) = rig.kinds["email"].sent
        assert message.payload["alert"]["rule_name"] == "Data source offline"
        (first, *_) = await rig.alerts("&state=suppressed")
        assert first["rule_name"] == "Silent"
        rig.room.evaluation.outages.note("ds-1", "PLC", "connected", None)
        assert await _hear(rig, 2) == ["raised", "resolved"]
        for _ in range(4):
            await rig.flood(series, rig.second() + 12, 50)
        assert await _hear(rig, 2) == ["raised", "resolved"]
        assert await rig.alerts("&status=active") == []
        await asyncio.wait_for(rig.room.worker.stop(), 60)
