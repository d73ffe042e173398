"""The Modbus driver against the suite of all drivers, with libmodbus on the other side."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.connectors.modbus.peer import Device
from tests.contracts.connector import ConnectorContract, Plant, free_port
from twinedge.connectors.modbus import ModbusDriver
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.sources.model import TagSpec

OFFSETS = {"level": 0, "speed": 40}


class LibmodbusPlant:
    """Two registers of a libmodbus device."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.driver = ModbusDriver()
        fast = {"timeout_ms": 200, "polling_interval_ms": 100}
        self.config = ModbusSettings(host="127.0.0.1", port=device.port, **fast)
        self.tags = [
            TagSpec(f"holding_register:{offset}", "Plant_001", name, interval_ms=100)
            for name, offset in OFFSETS.items()
        ]
        self.bad_tag = TagSpec("45000", "Plant_001", "nowhere", interval_ms=100)
        self.garbage_address = "not an address"
        self.refused = ModbusSettings(host="127.0.0.1", port=free_port(), **fast)
        self.unknown_host = ModbusSettings(host="no-such-host.invalid", **fast)

    async def start(self) -> None:
        await self._device.start()

    async def stop(self) -> None:
        await self._device.stop()

    async def freeze(self) -> None:
        self._device.freeze()

    async def thaw(self) -> None:
        self._device.thaw()

    async def set(self, tag: TagSpec, value: float) -> None:
        await self._device.write(OFFSETS[tag.tag_name], [int(value)])


class TestModbusContract(ConnectorContract):
    @pytest.fixture
    async def plant(self, server_binary: Path) -> AsyncIterator[Plant]:
        device = Device(server_binary, free_port())
        await device.start()
        yield LibmodbusPlant(device)
        device.thaw()
        await device.stop()
