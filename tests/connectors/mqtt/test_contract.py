"""The MQTT driver against the suite of all drivers, with mosquitto on the other side."""

import pytest

from tests.connectors.mqtt.conftest import StartBroker
from tests.connectors.mqtt.peer import Mosquitto
from tests.contracts.connector import ConnectorContract, Plant, free_port
from twinedge.connectors.mqtt import MqttDriver
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.sources.model import TagSpec


class MosquittoPlant:
    """Two topics at a mosquitto."""

    def __init__(self, broker: Mosquitto) -> None:
        self._broker = broker
        self.driver = MqttDriver()
        self.config = self._settings(port=broker.port)
        self.tags = [
            TagSpec("plant/p1/level", "Plant_001", "level"),
            TagSpec("plant/p1/speed", "Plant_001", "speed"),
        ]
        self.bad_tag = None
        self.garbage_address = "#/not/+an address"
        self.refused = self._settings(port=free_port())
        self.unknown_host = self._settings("no-such-host.invalid")

    def _settings(self, host: str = "127.0.0.1", port: int = 1883) -> MqttSettings:
        return MqttSettings(broker_url=f"mqtt://{host}:{port}", keepalive=2, timeout_ms=1000)

    async def start(self) -> None:
        await self._broker.start()

    async def stop(self) -> None:
        await self._broker.stop()

    async def freeze(self) -> None:
        self._broker.freeze()

    async def thaw(self) -> None:
        self._broker.thaw()

    async def set(self, tag: TagSpec, value: float) -> None:
        await self._broker.publish(str(tag.address), str(value))


class TestMqttContract(ConnectorContract):
    @pytest.fixture
    async def plant(self, start_broker: StartBroker) -> Plant:
        return MosquittoPlant(await start_broker())
