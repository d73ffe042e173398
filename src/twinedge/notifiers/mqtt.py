"""MQTT: the message as JSON, published with QoS 1 and confirmed by the broker."""

import asyncio
import json
import ssl
from contextlib import suppress
from typing import Annotated, Any

from gmqtt import Client
from gmqtt.mqtt.constants import MQTTv311
from gmqtt.storage import PersistentStorage
from pydantic import Field, SecretStr

from twinedge.alerts.model import DeliveryFailed
from twinedge.alerts.ports import Message
from twinedge.kit.clock import to_iso
from twinedge.kit.errors import Fault
from twinedge.web.envelope import Body

TIMEOUT_S = 10.0


class MqttConfig(Body):
    """The broker and the topic. Brokers are inside the plant: no address is refused."""

    host: Annotated[str, Field(min_length=1, max_length=255)]
    port: Annotated[int, Field(ge=1, le=65_535)] = 1883
    topic: Annotated[str, Field(min_length=1, max_length=1000, pattern=r"^[^+#\x00]+$")]
    tls: bool = False
    username: Annotated[str, Field(max_length=255)] | None = None
    password: SecretStr | None = None
    retain: bool = False


def body_of(message: Message) -> bytes:
    """The same bytes for every try of a message."""
    body = {
        "id": message.id,
        "event": message.event,
        "created_at": to_iso(message.created_us),
        "severity": message.severity,
        "title": message.title,
        "text": message.text,
        **message.payload,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


class MqttNotifier:
    """A connection of its own for each message: alerts are rare, idle connections break."""

    kind = "mqtt"
    config = MqttConfig

    async def check(self, config: MqttConfig) -> list[Fault]:
        return []

    async def send(self, config: MqttConfig, message: Message) -> str:
        where = f"{config.host}:{config.port}"
        unconfirmed = PersistentStorage()
        client = Client(
            f"twinedge-{message.id[-12:]}", clean_session=True, persistent_storage=unconfirmed
        )
        client.set_config({"reconnect_retries": 0, "reconnect_delay": 0})
        if config.username is not None:
            password = config.password.get_secret_value() if config.password is not None else None
            client.set_auth_credentials(config.username, password)
        client.on_connect = _ignore
        client.on_disconnect = _ignore
        client.on_message = _ignore
        client.on_subscribe = _ignore
        try:
            async with asyncio.timeout(TIMEOUT_S):
                context = ssl.create_default_context() if config.tls else False
                await client.connect(
                    config.host, config.port, ssl=context, version=MQTTv311, keepalive=30
                )
                client.publish(config.topic, body_of(message), qos=1, retain=config.retain)
                await unconfirmed.wait_empty()
        except TimeoutError:
            raise DeliveryFailed(f"{where} did not confirm within {TIMEOUT_S:g} s") from None
        except Exception as error:
            raise DeliveryFailed(f"{where}: {error or type(error).__name__}") from error
        finally:
            with suppress(Exception):
                await asyncio.wait_for(client.disconnect(), 2.0)
        return f"confirmed by {where}"


def _ignore(*_: Any) -> int:
    return 0
