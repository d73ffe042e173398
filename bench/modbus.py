"""Modbus link to points handed to the sink: registers per second of this process's own CPU time.

The device is the tests' libmodbus server in a process of its own. `MODBUS_SECONDS` sets the length
of each run.
"""

import asyncio
import os
import resource
import tempfile
import time
from pathlib import Path

import uvloop
from tests.connectors.modbus.peer import Device, build_server
from tests.contracts.connector import RecordingSink, bind, free_port

from bench.table import Figure, show
from twinedge.connectors.modbus import ModbusDriver
from twinedge.connectors.modbus.settings import ModbusSettings
from twinedge.sources.model import DataType, TagSpec
from twinedge.telemetry.model import Batch

SECONDS = float(os.environ.get("MODBUS_SECONDS", "5"))
REGISTERS = 1000


class CountingSink(RecordingSink):
    """Counts and forgets."""

    points = 0

    async def deliver(self, batch: Batch) -> None:
        self.points += len(batch)


async def measure(binary: Path, data_type: DataType, width: int, sources: int) -> list[Figure]:
    """`sources` sources of 1000 registers each, every 100 ms, over one connection."""
    device = Device(binary, free_port())
    await device.start()
    driver, sink = ModbusDriver(), CountingSink()
    settings = ModbusSettings(host="127.0.0.1", port=device.port, polling_interval_ms=100)
    specs = [
        TagSpec(f"input_register:{offset}", "plant", str(offset), data_type=data_type)
        for offset in range(0, REGISTERS, width)
    ]
    tags = bind(driver, [driver.check_tag(settings, spec) for spec in specs])
    links = [driver.link(settings, sink) for _ in range(sources)]
    for link in links:
        await link.open()
    tasks = [asyncio.create_task(link.run(tags)) for link in links]
    try:
        await asyncio.sleep(0.5)
        points, cpu_s, began = sink.points, _cpu_s(), time.monotonic()
        await asyncio.sleep(SECONDS)
        points, cpu_s = sink.points - points, _cpu_s() - cpu_s
        wall_s = time.monotonic() - began
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for link in links:
            await link.close()
        await device.stop()
    what = f"{sources} x 1000 registers as {data_type}"
    registers = points * width
    return [
        Figure("twinedge", f"{what}: read", registers / wall_s, "registers/s"),
        Figure(
            "twinedge", f"{what}: per core", registers / max(cpu_s, 1e-9), "registers/core-s",
            target=50_000,
        ),
        Figure("twinedge", f"{what}: points per core", points / max(cpu_s, 1e-9), "points/core-s"),
    ]  # fmt: skip


def _cpu_s() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """One tag a register, then two registers a tag, then many sources on one gateway."""
    with tempfile.TemporaryDirectory() as folder:
        binary = build_server(Path(folder))
        figures = [
            figure
            for run in (("uint16", 1, 1), ("float32", 2, 1), ("uint16", 1, 20))
            for figure in uvloop.run(measure(binary, *run))
        ]
    show("Modbus TCP link to sink, libmodbus device", figures)


if __name__ == "__main__":
    main()
