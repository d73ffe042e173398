"""MQTT link to points handed to the sink: QoS 1 JSON messages per second of this process's CPU.

The broker is mosquitto, the publisher mosquitto_pub, each in a process of its own. The messages
wait in the broker in a persistent session, so that the publisher does not set the pace; the second
run puts 10 ms of a store's commit behind every batch. `MQTT_MESSAGES` sets how many.
"""

import asyncio
import os
import resource
import tempfile
import time
from pathlib import Path

import uvloop
from tests.connectors.mqtt.peer import Mosquitto
from tests.contracts.connector import RecordingSink, free_port

from bench.table import Figure, show
from twinedge.connectors.mqtt import MqttDriver
from twinedge.connectors.mqtt.settings import MqttSettings
from twinedge.telemetry.model import Batch

MESSAGES = int(os.environ.get("MQTT_MESSAGES", "50000"))


class CommittingSink(RecordingSink):
    """Counts points and batches; each batch takes `commit_s`."""

    def __init__(self, commit_s: float) -> None:
        super().__init__()
        self.commit_s = commit_s
        self.points = 0
        self.delivered = 0

    async def deliver(self, batch: Batch) -> None:
        await asyncio.sleep(self.commit_s)
        self.points += len(batch)
        self.delivered += 1


async def measure(commit_s: float) -> list[Figure]:
    """Drain MESSAGES waiting messages."""
    with tempfile.TemporaryDirectory() as folder:
        broker = Mosquitto(
            Path(folder), free_port(), ["max_queued_messages 0", "autosave_on_changes false"]
        )
        await broker.start()
        driver, sink = MqttDriver(), CommittingSink(commit_s)
        settings = MqttSettings.model_validate(
            {
                "broker_url": f"mqtt://127.0.0.1:{broker.port}",
                "client_id": "bench",
                "topics": ["plant/{asset_id}/state"],
            }
        )
        try:
            first = driver.link(settings, sink)
            await first.open()
            await first.retag([])
            await first.close()
            lines = "\n".join(
                f'{{"ts": {1767225600000 + n}, "rpm": {n}.5}}' for n in range(MESSAGES // 10)
            )
            await asyncio.gather(
                *(broker.publish(f"plant/p{asset}/state", lines) for asset in range(10))
            )
            link = driver.link(settings, sink)
            cpu_s, began = _cpu_s(), time.monotonic()
            await link.open()
            task = asyncio.create_task(link.run([]))
            while sink.points < MESSAGES and time.monotonic() - began < 40:
                await asyncio.sleep(0.02)
            cpu_s, wall_s = _cpu_s() - cpu_s, time.monotonic() - began
            task.cancel()
            await asyncio.wait({task})
            await link.close()
        finally:
            await broker.stop()
    what = f"commit {commit_s * 1000:g} ms"
    note = f"{sink.points} of {MESSAGES} messages in {sink.delivered} batches"
    return [
        Figure("twinedge", f"{what}: received", sink.points / wall_s, "msg/s", note=note),
        Figure("twinedge", f"{what}: per core", sink.points / cpu_s, "msg/core-s", target=10_000),
    ]


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Without a store, and with one that takes 10 ms a batch."""
    figures = [figure for commit_s in (0.0, 0.01) for figure in uvloop.run(measure(commit_s))]
    show("MQTT link to sink, mosquitto, QoS 1, JSON with a time", figures)


if __name__ == "__main__":
    main()
