"""The libmodbus server, compiled once a run."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.connectors.modbus.peer import Device, build_server
from tests.contracts.connector import free_port

StartDevice = Callable[..., Awaitable[Device]]


@pytest.fixture(scope="session")
def server_binary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_server(tmp_path_factory.mktemp("modbus"))


@pytest.fixture
async def start_device(server_binary: Path) -> AsyncIterator[StartDevice]:
    """Start a device with options such as `silent=7`, `hole=10-19`, `longest=50`."""
    devices: list[Device] = []

    async def start(*options: str) -> Device:
        device = Device(server_binary, free_port(), options)
        devices.append(device)
        await device.start()
        return device

    yield start
    for device in devices:
        device.thaw()
        await device.stop()
