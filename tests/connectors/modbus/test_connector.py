"""What the suite of all drivers does not ask: gateways, dead neighbours, grids, assistants."""

import asyncio
import time
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from tests.connectors.modbus.conftest import StartDevice
from tests.contracts.connector import RecordingSink, Steps, bind, running, until
from twinedge.connectors.modbus import ModbusDriver
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.kit.errors import Invalid
from twinedge.sources.model import LinkLost, TagSpec
from twinedge.sources.ports import BoundTag


def config(port: int, **more: Any) -> ModbusSettings:
    fast = {"timeout_ms": 200, "polling_interval_ms": 100, "retries": 0}
    return ModbusSettings(host="127.0.0.1", port=port, **(fast | more))


def bound(driver: ModbusDriver, settings: ModbusSettings, *addresses: str) -> list[BoundTag]:
    specs = [TagSpec(address, "a", f"t{n}") for n, address in enumerate(addresses)]
    return bind(driver, [driver.check_tag(settings, spec) for spec in specs])


class TestSettings:
    def test_the_reference_example_is_enough(self) -> None:
        settings = ModbusSettings.model_validate(
            {"host": "192.168.1.50", "port": 502, "unit_id": 1}
        )
        assert ModbusDriver().endpoint(settings) == "modbus://192.168.1.50:502/1"
        six = ModbusSettings.model_validate({"host": "[fe80::1]"})
        assert ModbusDriver().endpoint(six) == "modbus://[fe80::1]:502/1"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("host", ""), ("host", "a b"), ("host", "modbus://plc"), ("host", "plc:502"),
            ("port", 0), ("port", 65536), ("port", "502"), ("unit_id", 256), ("unit_id", True),
            ("polling_interval_ms", 99), ("timeout_ms", 0), ("max_registers", 126),
        ],
    )  # fmt: skip
    def test_refuses(self, field: str, value: object) -> None:
        with pytest.raises(ValidationError) as caught:
            ModbusSettings.model_validate({"host": "plc", field: value})
        assert caught.value.errors()[0]["loc"] == (field,)


class TestRun:
    async def test_every_table_and_kind(self, start_device: StartDevice) -> None:
        device = await start_device()
        await device.write(100, [0x4142, 0x4300, 0b100, 0x7FC0, 0, 0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF])
        await device.write_coil(5, True)
        driver, sink = ModbusDriver(), RecordingSink()
        settings = config(device.port)
        specs = [
            TagSpec("30012", "a", "input"),
            TagSpec("10002", "a", "discrete"),
            TagSpec("00006", "a", "coil"),
            TagSpec("40101", "a", "name", data_type="string", length=4),
            TagSpec("40103.2", "a", "bit"),
            TagSpec("40104", "a", "nan", data_type="float32"),
            TagSpec("40106", "a", "large", data_type="uint64"),
            TagSpec("30012", "a", "scaled", data_type="int16", scale=0.5, offset=1.0),
        ]
        tags = bind(driver, [driver.check_tag(settings, spec) for spec in specs])
        async with running(driver.link(settings, sink), tags):
            await until(lambda: sink.batches, 60, "a batch")
        batch = sink.batches[0]
        rows = {int(series): row for row, series in enumerate(batch.series)}
        assert [batch.value[rows[n]] for n in (1, 2, 3, 5, 8)] == [11, 1, 1, 1, 6.5]
        assert batch.text is not None
        assert batch.text[rows[4]] == "ABC"
        assert batch.text[rows[7]] == str(2**64 - 1)
        assert batch.quality[rows[6]] == 2
        assert set(sink.faults) == {6}

    async def test_a_dead_unit_does_not_delay_its_neighbours(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device("silent=3")
        driver = ModbusDriver()
        settings = config(device.port)
        sinks = {unit: RecordingSink() for unit in (1, 2, 3, 4)}
        links = {u: driver.link(config(device.port, unit_id=u), s) for u, s in sinks.items()}
        tags = bound(driver, settings, "30001")
        for link in links.values():
            await link.open()
        tasks = {unit: asyncio.create_task(link.run(tags)) for unit, link in links.items()}
        try:
            await until(tasks[3].done, 60, "the dead unit's link to end")
            error = tasks[3].exception()
            assert isinstance(error, LinkLost)
            assert "unit 3" in error.message
            counts = {unit: len(sinks[unit].batches) for unit in (1, 2, 4)}
            started = time.monotonic()
            await asyncio.sleep(1.0)
            scans = (time.monotonic() - started) / 0.1
            for unit, count in counts.items():
                assert len(sinks[unit].batches) - count >= 0.7 * scans
                assert not tasks[unit].done()
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
            for link in links.values():
                await link.close()

    async def test_tags_of_a_dead_unit_fault_and_the_others_go_on(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device("silent=3")
        driver, sink = ModbusDriver(), RecordingSink()
        settings = config(device.port)
        tags = bound(driver, settings, "30001", "3!30001")
        async with running(driver.link(settings, sink), tags) as task:
            await until(lambda: 2 in sink.faults and sink.values(1), 60, "a fault and a value")
            assert not task.done()
        assert set(sink.faults) == {2}
        assert "unit 3" in sink.faults[2]

    async def test_the_grid_does_not_drift(self, start_device: StartDevice) -> None:
        device = await start_device()
        driver, sink = ModbusDriver(), RecordingSink()
        settings = config(device.port)
        async with running(driver.link(settings, sink), bound(driver, settings, "30001")):
            await until(lambda: len(sink.batches) >= 31, 60, "31 scans")
        ts = np.array([int(batch.ts[0]) for batch in sink.batches])
        # a busy machine makes single scans late, never all of five: some early and some late scan
        # stand at the same place of the grid
        apart = (ts[:5, None] - ts[None, -5:]) % 100_000
        assert np.minimum(apart, 100_000 - apart).min() < 10_000

    async def test_scans_are_skipped_not_queued_when_the_store_is_slow(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device()
        driver = ModbusDriver()
        settings = config(device.port)

        class SlowSink(RecordingSink):
            async def deliver(self, batch: Any) -> None:
                await asyncio.sleep(0.25)
                await super().deliver(batch)

        sink = SlowSink()
        link = driver.link(settings, sink)
        async with running(link, bound(driver, settings, "30001")):
            await until(lambda: len(sink.batches) >= 3, 60, "three scans")
        assert link.skipped_scans >= 4  # type: ignore[attr-defined]
        gaps = [
            int(later.ts[0] - sooner.ts[0])
            for sooner, later in zip(sink.batches, sink.batches[1:], strict=False)
        ]
        assert all(gap > 200_000 for gap in gaps)  # of the store's pace, not of the scan's 100 ms

    async def test_a_device_that_takes_short_reads_only(self, start_device: StartDevice) -> None:
        device = await start_device("longest=10")
        driver, sink = ModbusDriver(), RecordingSink()
        settings = config(device.port)
        tags = bound(driver, settings, *(f"{30001 + n}" for n in range(100)))
        async with running(driver.link(settings, sink), tags):
            await until(lambda: sink.batches, 60, "a batch")
        assert sorted(sink.batches[0].value.tolist()) == list(range(100))
        assert sink.faults == {}


class TestRead:
    async def test_shows_registers_and_what_else_they_could_mean(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device("silent=9")
        await device.write(10, [0, 0x4282])  # 65.0 with the low word first
        driver = ModbusDriver()
        link = driver.link(config(device.port), RecordingSink())
        await link.open()
        asked = [
            TagSpec("40011", "a", "t"),
            TagSpec("49999", "a", "t"),
            TagSpec("9!40011", "a", "t"),
            TagSpec("nonsense", "a", "t"),
        ]
        good, missing, silent, garbage = await link.read(asked)
        await link.close()
        assert (good.value, good.raw, good.data_type) == (0, [0], "uint16")
        assert good.alternatives["float32 CDAB"] == 65.0
        assert "has no 49999" in (missing.error or "")
        assert "unit 9" in (silent.error or "")
        assert "not a Modbus address" in (garbage.error or "")


class TestBrowse:
    async def test_scans_a_range_and_leaves_holes_out(self, start_device: StartDevice) -> None:
        device = await start_device("hole=3-4")
        await device.write(0, [1, 2, 3])
        link = ModbusDriver().link(config(device.port), RecordingSink())
        await link.open()
        try:
            root = await link.browse(None, None, 100)
            folders = await link.browse(root[0].node, None, 100)
            nodes = await link.browse("holding_register:0-9", None, 100)
            same = await link.browse(None, "40001-40010", 100)
            with pytest.raises(Invalid):
                await link.browse("holding_register:9-0", None, 100)
        finally:
            await link.close()
        assert folders[0].node == "holding_register:0-99"
        assert [node.address for node in nodes] == [
            "40001", "40002", "40003", "40006", "40007", "40008", "40009", "40010"
        ]  # fmt: skip
        assert [node.value for node in nodes[:3]] == [1, 2, 3]
        assert same == nodes


class TestProbe:
    async def test_a_silent_unit_fails_at_hello_with_a_hint(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device("silent=7")
        steps = Steps()
        await ModbusDriver().probe(config(device.port, unit_id=7), steps)
        assert [(step.name, step.ok) for step in steps.steps] == [
            ("resolve", True), ("connect", True), ("hello", False)
        ]  # fmt: skip
        assert "unit id" in (steps.steps[-1].hint or "")

    async def test_a_device_without_the_first_holding_register_is_well(
        self, start_device: StartDevice
    ) -> None:
        device = await start_device("hole=0-5")
        steps = Steps()
        await ModbusDriver().probe(config(device.port), steps)
        assert [step.ok for step in steps.steps] == [True] * 4
        assert "30001 holds 0" in steps.steps[-1].detail
