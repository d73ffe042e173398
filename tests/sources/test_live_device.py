"""The supervisor with a real driver against a device of another make that dies and comes back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.connectors.modbus.peer import Device, build_server
from tests.contracts.connector import free_port, until
from tests.sources.test_worker import Claims, Store
from twinedge.assets.model import Kind
from twinedge.connectors.modbus.connector import ModbusDriver
from twinedge.kit.clock import SystemClock
from twinedge.sources.model import TagSpec
from twinedge.sources.ports import BoundTag, Plan
from twinedge.sources.worker import Supervisor


@pytest.fixture
async def device(tmp_path: Path) -> AsyncIterator[Device]:
    device = Device(build_server(tmp_path), free_port())
    await device.start()
    yield device
    device.thaw()
    await device.stop()


class TestRestart:
    async def test_is_noticed_and_overcome(self, device: Device) -> None:
        driver, store = ModbusDriver(), Store()
        supervisor = Supervisor(Claims(), store.ingest, {"modbus": driver}, SystemClock())
        config = {"host": "127.0.0.1", "port": device.port, "polling_interval_ms": 200}
        settings = driver.settings.model_validate(config)
        spec = driver.check_tag(settings, TagSpec("40001", "a", "t", "t", data_type="uint16"))
        await supervisor.start()
        await supervisor.apply(
            Plan("m", "m", "modbus", True, config, (BoundTag(1, Kind.NUMBER, spec),))
        )
        await until(supervisor.connected, 60, "connected")
        await until(lambda: store.good(1), 60, "a value")
        for losses in (1, 2):
            await device.stop()
            await until(lambda: not supervisor.connected(), 60, "the loss")
            assert f"127.0.0.1:{device.port}" in (supervisor.status("m").last_error or "")
            await asyncio.sleep(1)
            seen = len(store.good(1))
            await device.start()
            await until(lambda seen=seen: len(store.good(1)) > seen, 60, "data again")
            assert store.markers(1) == losses
        device.freeze()
        await until(lambda: not supervisor.connected(), 60, "the half-open link")
        device.thaw()
        await until(supervisor.connected, 60, "connected again")
        await asyncio.wait_for(supervisor.stop(), 30)
