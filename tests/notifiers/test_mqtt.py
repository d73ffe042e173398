"""MQTT against mosquitto, a broker of another make."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from tests.connectors.mqtt.peer import Mosquitto, program
from tests.contracts.connector import free_port
from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message
from twinedge.notifiers.mqtt import MqttConfig, MqttNotifier

MESSAGE = Message("msg-1", "raised", "warning", "Hot", "85 °C", {"alert": {"id": "al-1"}}, 0)


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Mosquitto]:
    broker = Mosquitto(tmp_path, free_port())
    await broker.start()
    yield broker
    await broker.stop()


class TestSend:
    async def test_arrives_and_is_confirmed(self, broker: Mosquitto) -> None:
        config = MqttConfig(host="127.0.0.1", port=broker.port, topic="plant/alerts", retain=True)
        answer = await MqttNotifier().send(config, MESSAGE)
        assert answer == f"confirmed by 127.0.0.1:{broker.port}"
        listener = await asyncio.create_subprocess_exec(
            program("mosquitto_sub"), "-p", str(broker.port), "-t", "plant/#", "-C", "1",
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        raw, _ = await asyncio.wait_for(listener.communicate(), 60)
        told = json.loads(raw)
        assert (told["id"], told["alert"]) == ("msg-1", {"id": "al-1"})

    async def test_nobody_there(self) -> None:
        config = MqttConfig(host="127.0.0.1", port=free_port(), topic="a")
        with pytest.raises(DeliveryFailed, match=r"127\.0\.0\.1"):
            await MqttNotifier().send(config, MESSAGE)

    @pytest.mark.parametrize("topic", ["", "a/+", "#", "a\x00"])
    def test_bad_topics(self, topic: str) -> None:
        with pytest.raises(ValidationError):
            MqttConfig(host="h", topic=topic)
