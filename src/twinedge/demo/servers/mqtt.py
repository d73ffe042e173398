"""The plant's MQTT broker, and the machines that publish to it over a real connection.

Once a second every machine publishes one JSON object, `{"timestamp": …, "<tag>": …}`, to
`plant/<asset>/telemetry` at QoS 1, retained so that a new subscriber has values at once.
"""

import asyncio
import json
import logging
from collections.abc import Iterator

from gmqtt import Client
from gmqtt.mqtt.constants import MQTTv311

from twinedge.demo.servers.feed import Frame, announce, frames
from twinedge.demo.servers.level import LevelledBroker
from twinedge.demo.tags import MACHINES, mqtt_topic, tags_of_server
from twinedge.kit.clock import to_iso

_PLUGINS = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}


def messages(frame: Frame) -> Iterator[tuple[str, str]]:
    """Topic and payload of every machine that is well; one that dropped out publishes nothing."""
    readings = dict(zip(tags_of_server("mqtt"), frame.values, strict=True))
    for machine in MACHINES:
        own = {t.tag_name: v for t, v in readings.items() if t.asset_id == machine.asset_id}
        if own and None not in own.values():
            yield mqtt_topic(machine.asset_id), json.dumps({"timestamp": to_iso(frame.ts), **own})


async def serve(port: int) -> None:
    """Serve on loopback until stdin closes."""
    for name in ("amqtt", "gmqtt", "transitions"):
        logging.getLogger(name).setLevel(logging.ERROR)
    listener = {"type": "tcp", "bind": f"127.0.0.1:{port}"}
    broker = LevelledBroker({"listeners": {"default": listener}, "plugins": _PLUGINS})
    await broker.start()
    publisher = Client("plant-gateway")
    try:
        connecting = publisher.connect("127.0.0.1", port, keepalive=30, version=MQTTv311)
        await asyncio.wait_for(connecting, 10)
        announced = False
        async for frame in frames("mqtt"):
            for topic, payload in messages(frame):
                publisher.publish(topic, payload, qos=1, retain=True)
            if not announced:
                announce(port)
                announced = True
    finally:
        await publisher.disconnect()
        await broker.shutdown()
