"""The demo plant against the live engine, in accelerated time: a fault raises exactly its alert.

The plant's physics are stepped second by second; every reading goes through the real ingest and
the real evaluation, with the demo's own rules made over HTTP. Only the clock is virtual.
"""

import copy
import math
from collections.abc import AsyncIterator
from functools import cache
from pathlib import Path

import pytest

from tests.alerts.rig import NOON, Rig, rig_at
from tests.demo.test_setup import SHOWN
from twinedge.assets.model import Kind, NewTag
from twinedge.demo.faults import Effects, Fault, FaultKind, machines_for
from twinedge.demo.plant import Plant, Value
from twinedge.demo.setup import RULES, SOURCE_IDS
from twinedge.demo.tags import MACHINES, plant_tags
from twinedge.kit.clock import US
from twinedge.telemetry.model import Batch, Quality, batch_of
from twinedge.telemetry.service import Telemetry

SEED = 2
FAULT_S, RECOVERY_S = 180.0, 220.0
KINDS = {"bool": Kind.BOOLEAN, "string": Kind.TEXT}
ONE_OF_EACH = [
    (FaultKind.BEARING_WEAR, "Pump_001"), (FaultKind.CAVITATION, "Pump_003"),
    (FaultKind.STUCK_VALVE, "Valve_002"), (FaultKind.SENSOR_DRIFT, "Pump_002"),
    (FaultKind.SENSOR_DRIFT, "Tank_003"), (FaultKind.SENSOR_DRIFT, "Boiler_001"),
    (FaultKind.SENSOR_DRIFT, "Analyzer_001"), (FaultKind.DROPOUT, "Motor_001"),
    (FaultKind.DROPOUT, "Tank_001"), (FaultKind.DROPOUT, "Line_001"),
]  # fmt: skip
EVERY = [(kind, asset) for kind in FaultKind for asset in machines_for(kind)]


@cache
def _settled() -> Plant:
    return Plant(SEED, past_s=0)


def alert_of(kind: FaultKind, asset_id: str) -> tuple[str, str]:
    """(rule, asset) of the one alert the fault should raise."""
    if kind is FaultKind.DROPOUT:
        type_ = next(m.type for m in MACHINES if m.asset_id == asset_id)
        return f"demo-silent-{type_}", asset_id
    return SHOWN[kind][asset_id.partition("_")[0]], asset_id


class Running:
    """The plant, its tags registered with their sources, its rules, and the engine behind it."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._plant = copy.deepcopy(_settled())
        self._telemetry = Telemetry(rig.store, rig.register, rig.stream, rig.clock)
        self._news = rig.stream.subscribe("test", 1_000_000)
        self._second = 0

    async def begin(self) -> "Running":
        tags = plant_tags()
        made = await self._rig.register.ensure(
            [
                NewTag(t.asset_id, t.tag_name, KINDS.get(t.wire, Kind.NUMBER), SOURCE_IDS[t.server])
                for t in tags
            ]
        )
        self._series = [tag.series for tag in made]
        for rule in RULES:
            await self._rig.call(
                "POST", "/alert-rules",
                {"id": rule.id, "name": rule.name, "severity": rule.severity,
                 "data_source_id": SOURCE_IDS[rule.server], "condition": rule.condition},
                201,
            )  # fmt: skip
        return self

    async def run(self, seconds: float, fault: Fault | None = None) -> None:
        """So many seconds of plant; the fault's times count from the beginning."""
        for _ in range(round(seconds)):
            self._second += 1
            self._rig.clock.advance(1)
            severity = fault.severity(self._second) if fault is not None else 0.0
            effects: Effects = (
                {(fault.kind, fault.asset_id): severity} if fault is not None and severity else {}
            )
            await self._telemetry.ingest(self._batch(self._plant.advance(effects)))
            evaluation = self._rig.room.evaluation
            await evaluation.feed(self._news.drain())
            await evaluation.tick()

    def _batch(self, values: dict[str, Value]) -> Batch:
        """What the connectors make of a frame: MQTT is silent where others send bad quality."""
        rows = [
            (series, value)
            for series, tag, value in zip(self._series, plant_tags(), values.values(), strict=True)
            if value is not None or tag.server != "mqtt"
        ]
        texts = [value if isinstance(value, str) else None for _, value in rows]
        return batch_of(
            [series for series, _ in rows],
            [NOON + self._second * US] * len(rows),
            [math.nan if v is None or isinstance(v, str) else float(v) for _, v in rows],
            [Quality.BAD if value is None else Quality.GOOD for _, value in rows],
            self._rig.clock.now_us(),
            texts,
        )


@pytest.fixture
async def rig(tmp_path: Path) -> AsyncIterator[Rig]:
    async with rig_at(tmp_path) as rig:
        yield rig


async def _show(rig: Rig, kind: FaultKind, asset_id: str) -> None:
    """One alert while the fault lasts. A level sensor that comes back shows how far it had led the
    true level astray: then the same rule may speak of the same machine once more.
    """
    expected = alert_of(kind, asset_id)
    plant = await Running(rig).begin()
    fault = Fault(kind, asset_id, 5.0, 5.0 + FAULT_S)
    await plant.run(5.0 + FAULT_S, fault)
    (alert,) = await rig.alerts()
    assert (alert["rule_id"], alert["asset_id"]) == expected
    await plant.run(RECOVERY_S, fault)
    alerts = await rig.alerts()
    assert {(a["rule_id"], a["asset_id"]) for a in alerts} == {expected}
    assert len(alerts) <= (2 if asset_id == "Boiler_001" else 1)
    assert alerts[-1]["status"] == "resolved"


class TestPlant:
    async def test_a_quiet_hour_raises_none(self, rig: Rig) -> None:
        plant = await Running(rig).begin()
        await plant.run(3600)
        assert await rig.alerts() == []

    @pytest.mark.parametrize(("kind", "asset_id"), ONE_OF_EACH)
    async def test_a_planted_fault_raises_exactly_its_alert(
        self, rig: Rig, kind: FaultKind, asset_id: str
    ) -> None:
        await _show(rig, kind, asset_id)

    @pytest.mark.slow
    @pytest.mark.parametrize(("kind", "asset_id"), [f for f in EVERY if f not in ONE_OF_EACH])
    async def test_and_so_does_every_other(self, rig: Rig, kind: FaultKind, asset_id: str) -> None:
        await _show(rig, kind, asset_id)
