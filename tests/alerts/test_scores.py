"""Conditions on a model's score: asleep until it is deployed, awake from then on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.alerts.rig import NOON, Rig, rig_on
from tests.alerts.test_worker import publish, until
from twinedge.db.database import Database
from twinedge.kit.clock import US, to_iso

ANOMALY = {"model_id": "m-1", "operator": "gt", "value": 0.8}
HOT = {"tag_name": "temperature", "operator": "gt", "value": 80}


class Deployed:
    """Which models write scores, and who wants to know."""

    def __init__(self) -> None:
        self.tags: dict[str, str] = {}
        self.listeners: list[Callable[[], None]] = []

    def score_tag_of(self, model_id: str) -> str | None:
        return self.tags.get(model_id)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.listeners.append(listener)

    def set(self, **tags: str) -> None:
        self.tags = {id.replace("_", "-"): tag for id, tag in tags.items()}
        for listener in self.listeners:
            listener()


@pytest.fixture
def models() -> Deployed:
    return Deployed()


@pytest.fixture
async def rig(database: Database, models: Deployed) -> AsyncIterator[Rig]:
    async with rig_on(database, score_tags=models) as rig:
        yield rig


async def deploy(rig: Rig, models: Deployed, **tags: str) -> None:
    models.set(**tags)
    assert rig.room.evaluation.scores_changed.is_set()
    await rig.room.evaluation.refresh_scores()


class TestLive:
    async def test_sleeps_with_a_warning_and_wakes_at_deploy(
        self, rig: Rig, models: Deployed
    ) -> None:
        rule = await rig.rule(condition=ANOMALY)
        assert rule["warnings"] == ["model 'm-1' is not deployed; the rule waits for it"]
        await rig.points("p", "Pump.score", (0, 0.9))
        assert await rig.alerts() == []
        await deploy(rig, models, m_1="Pump.score")
        (alert,) = await rig.alerts()
        assert (alert["asset_id"], alert["tag_name"]) == ("p", "Pump.score")
        assert alert["message"] == "Pump.score of p is 0.9, above 0.8"
        assert (await rig.call("GET", f"/alert-rules/{rule['id']}"))["warnings"] == []
        await rig.points("q", "Pump.score", (5, 0.95))
        await rig.points("p", "Pump.score", (6, 0.1))
        states = {a["asset_id"]: a["status"] for a in await rig.alerts()}
        assert states == {"p": "resolved", "q": "active"}

    async def test_tag_that_comes_after_the_deployment(self, rig: Rig, models: Deployed) -> None:
        await rig.rule(condition=ANOMALY)
        await deploy(rig, models, m_1="Pump.score")
        await rig.points("p", "Pump.score", (0, 0.9))
        assert len(await rig.alerts()) == 1

    async def test_withdrawn_model_ends_its_alerts(self, rig: Rig, models: Deployed) -> None:
        await deploy(rig, models, m_1="Pump.score")
        await rig.rule(condition=ANOMALY)
        await rig.points("p", "Pump.score", (0, 0.9))
        await deploy(rig, models)
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]
        await rig.points("p", "Pump.score", (1, 0.95))
        assert len(await rig.alerts()) == 1

    async def test_withdrawn_while_nobody_looked(self, rig: Rig, models: Deployed) -> None:
        await deploy(rig, models, m_1="Pump.score")
        await rig.rule(condition=ANOMALY)
        await rig.points("p", "Pump.score", (0, 0.9))
        models.tags = {}
        await rig.restart()
        assert [a["status"] for a in await rig.alerts()] == ["resolved"]

    async def test_new_version_on_the_same_tag_keeps_the_alert(
        self, rig: Rig, models: Deployed
    ) -> None:
        await deploy(rig, models, m_1="Pump.score")
        await rig.rule(condition=ANOMALY)
        await rig.points("p", "Pump.score", (0, 0.9))
        await deploy(rig, models, m_1="Pump.score", m_2="Other.score")
        await rig.restart()
        assert [a["occurrences"] for a in await rig.alerts("&status=active")] == [1]

    async def test_the_worker_follows(self, rig: Rig, models: Deployed) -> None:
        await rig.rule(condition=ANOMALY)
        series = await rig.tag("p", "Pump.score")
        await rig.room.worker.start()
        models.set(m_1="Pump.score")
        await publish(rig, series, 0, 0.9)

        async def raised() -> bool:
            return bool(await rig.alerts())

        await until(raised)
        await asyncio.wait_for(rig.room.worker.stop(), 60)


class TestInsideOthers:
    async def test_all(self, rig: Rig, models: Deployed) -> None:
        await deploy(rig, models, m_1="Pump.score")
        await rig.rule(condition={"all": [HOT, ANOMALY], "duration_seconds": 10})
        await rig.points("p", "temperature", (0, 85))
        await rig.points("p", "Pump.score", (1, 0.9))
        await rig.at(10)
        assert await rig.alerts() == []
        await rig.at(14)
        (alert,) = await rig.alerts()
        assert alert["triggered_at"].endswith("12:00:11Z")

    async def test_any_works_without_the_model(self, rig: Rig, models: Deployed) -> None:
        rule = await rig.rule(condition={"any": [HOT, ANOMALY]})
        assert len(rule["warnings"]) == 2
        await rig.points("p", "temperature", (0, 85), (1, 70))
        await deploy(rig, models, m_1="Pump.score")
        await rig.points("p", "Pump.score", (2, 0.9))
        assert [a["tag_name"] for a in await rig.alerts()] == ["Pump.score", "temperature"]
        assert [a["status"] for a in await rig.alerts()] == ["active", "resolved"]

    async def test_deadband_and_clear_value(self, rig: Rig, models: Deployed) -> None:
        await deploy(rig, models, m_1="Pump.score")
        await rig.rule(condition=ANOMALY | {"clear_value": 0.5})
        await rig.points("p", "Pump.score", (0, 0.9), (1, 0.6))
        assert len(await rig.alerts("&status=active")) == 1
        await rig.points("p", "Pump.score", (2, 0.5))
        assert await rig.alerts("&status=active") == []


class TestPreview:
    def body(self, condition: dict[str, Any]) -> dict[str, Any]:
        rule = {"name": "x", "severity": "info", "condition": condition}
        return {"rule": rule, "start": to_iso(NOON), "end": to_iso(NOON + 100 * US)}

    async def test_from_stored_scores(self, rig: Rig, models: Deployed) -> None:
        await deploy(rig, models, m_1="Pump.score")
        await rig.points("p", "Pump.score", *[(i, 0.9 if i % 10 < 3 else 0.2) for i in range(60)])
        rig.clock.advance(200)
        preview = await rig.call("POST", "/alert-rules/preview", self.body(ANOMALY))
        assert preview["total"] == 5  # flapping holds the last one open
        assert preview["advice"]

    async def test_of_a_model_that_is_not_deployed_says_so(self, rig: Rig) -> None:
        preview = await rig.call("POST", "/alert-rules/preview", self.body(ANOMALY))
        assert preview["alerts"] == []
        assert "'m-1' is not deployed" in preview["warnings"][0]
