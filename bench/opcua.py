"""OPC UA link to points handed to the sink: CPU of the link's process, and ticks that are missing.

The server is open62541 in a process of its own; the figures are this process's CPU time, so they
hold for the connector alone, on the loop the product uses. `OPCUA_SECONDS` sets each run's length.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvloop
from tests.contracts.connector import free_port

from bench.table import Figure, show
from twinedge.assets.model import Kind, NewTag
from twinedge.connectors.opcua import OpcuaDriver
from twinedge.connectors.opcua.settings import OpcuaSettings
from twinedge.sources.model import TagSpec
from twinedge.sources.ports import BoundTag
from twinedge.telemetry.model import Batch

SECONDS = float(os.environ.get("OPCUA_SECONDS", "10"))
PEER = Path(__file__).parent.parent / "tests" / "connectors" / "opcua" / "peers" / "open62541.py"


class CountingSink:
    """Counts points, batches and, by value, how many tags had it: each tick is one value."""

    def __init__(self) -> None:
        self.points = 0
        self.batches = 0
        self.ticks: Counter[float] = Counter()

    async def deliver(self, batch: Batch) -> None:
        self.points += len(batch)
        self.batches += 1
        self.ticks.update(batch.value.tolist())

    def alive(self) -> None:
        return None

    def tag_fault(self, series: int, message: str | None) -> None:
        if message is not None:
            raise AssertionError(message)

    async def discover(self, wanted: Sequence[NewTag]) -> list[int | None]:
        return [None] * len(wanted)


@contextmanager
def ticking_server(tags: int) -> Iterator[tuple[int, Any]]:
    """An open62541 server; its port, and the order to change every value each so many seconds."""
    port = free_port()
    options = {"port": port, "tags": {f"T{n}": 0.0 for n in range(tags)}}
    peer = subprocess.Popen(
        [sys.executable, str(PEER), json.dumps(options)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert peer.stdin is not None
    assert peer.stdout is not None
    while peer.stdout.readline().strip() != "ready":
        pass

    def tick(period_s: float) -> None:
        peer.stdin.write(json.dumps({"tick": {"names": tags, "period_s": period_s}}) + "\n")
        peer.stdin.flush()

    try:
        yield port, tick
    finally:
        peer.kill()
        peer.wait()
        peer.stdin.close()
        peer.stdout.close()


async def measure(tags: int, period_s: float, interval_ms: int) -> list[Figure]:
    """One run: `tags` values change every period, sampled by the server every interval_ms."""
    with ticking_server(tags) as (port, tick):
        sink = CountingSink()
        with tempfile.TemporaryDirectory() as pki:
            settings = OpcuaSettings.model_validate(
                {
                    "endpoint": f"opc.tcp://127.0.0.1:{port}",
                    "subscription": {
                        "publishing_interval_ms": interval_ms,
                        "max_notifications_per_publish": 0,
                    },
                }
            )
            link = OpcuaDriver(Path(pki)).link(settings, sink)
            started = time.monotonic()
            await link.open()
            bound = [
                BoundTag(n, Kind.NUMBER, TagSpec(f"ns=1;s=T{n}", "plant", f"T{n}"))
                for n in range(tags)
            ]
            task = asyncio.create_task(link.run(bound))
            while sink.points < tags:
                await asyncio.sleep(0.01)
            ready_s = time.monotonic() - started
            tick(period_s)
            await asyncio.sleep(1.0)
            points, cpu_s, began = sink.points, _cpu_s(), time.monotonic()
            await asyncio.sleep(SECONDS)
            points, cpu_s = sink.points - points, _cpu_s() - cpu_s
            wall_s = time.monotonic() - began
            task.cancel()
            await asyncio.wait({task})
            await link.close()
    whole = sorted(value for value in sink.ticks if value > 0)[1:-1]
    missing = sum(tags - sink.ticks[value] for value in whole)
    skipped = int(whole[-1] - whole[0]) + 1 - len(whole) if whole else 0
    note = f"{missing} values missing in {len(whole)} ticks, {skipped} ticks not seen"
    what = f"{tags} tags at {1 / period_s:g} Hz"
    return [
        Figure("twinedge", f"{what}: received", points / wall_s, "points/s", note=note),
        Figure(
            "twinedge", f"{what}: CPU", 100 * cpu_s / wall_s, "% of a core",
            target=40 if period_s == 1 else None, higher_is_better=False,
        ),
        Figure(
            "twinedge", f"{what}: per core", points / max(cpu_s, 1e-9), "points/core-s",
            target=10_000,
        ),
        Figure("twinedge", f"{what}: all subscribed", ready_s, "s", higher_is_better=False),
    ]  # fmt: skip


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """5 000 tags at 1 Hz, then as many changes as the server gives."""
    figures = [
        figure
        for run in ((5000, 1.0, 250), (2000, 0.1, 50), (4000, 0.1, 100))
        for figure in uvloop.run(measure(*run))
    ]
    show("OPCUA link to sink, open62541 server, security None", figures)


if __name__ == "__main__":
    main()
