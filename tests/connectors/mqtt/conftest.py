"""mosquitto with options of its configuration file."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.connectors.mqtt.peer import Mosquitto, program
from tests.contracts.connector import free_port

StartBroker = Callable[..., Awaitable[Mosquitto]]


@pytest.fixture
async def start_broker(tmp_path: Path) -> AsyncIterator[StartBroker]:
    """Start a broker with lines of mosquitto.conf."""
    program("mosquitto_pub")  # a skip from within a task of the test would be lost
    brokers: list[Mosquitto] = []

    async def start(*lines: str) -> Mosquitto:
        folder = tmp_path / f"broker-{len(brokers)}"
        folder.mkdir()
        broker = Mosquitto(folder, free_port(), lines)
        brokers.append(broker)
        await broker.start()
        return broker

    yield start
    for broker in brokers:
        broker.thaw()
        await broker.stop()
