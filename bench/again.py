"""How soon the plant is live after a start, and data again after a device was away.

A fresh demo with its three real protocol servers; each is killed as a power cut would, left away
for ten seconds (the back-off has grown by then) and started again. Counted from the word to start
it, so that the device's own start is in it, to the first good value stored after that.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bench.table import Figure, show
from twinedge.client import Client
from twinedge.demo import control, session
from twinedge.demo.run import admin_key
from twinedge.demo.tags import MACHINES
from twinedge.kit.errors import NotFound

T = TypeVar("T")
AWAY_S = 10
TIMES = 5
WITNESS = {"opcua": ("Pump_001", "flow"), "modbus": ("Tank_001", "level"),
           "mqtt": ("Meter_001", "active_power")}  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder))
    show("again: data after a start and after outages", figures)


def measured(folder: Path) -> list[Figure]:
    began = time.monotonic()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TWINEDGE_")}
    demo = subprocess.Popen(
        [sys.executable, "-m", "twinedge", "demo", "--no-faults", "--port", "0",
         "--data-dir", str(folder)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment,
    )  # fmt: skip
    try:
        plant = seconds_until(lambda: found(folder), began)[1]
        with Client(plant.url, admin_key(folder)) as client:
            took, _ = seconds_until(lambda: live_tags(client) >= 120, began)
            figures = [
                Figure("twinedge", "from nothing to 120 tags live", took, "s", 10,
                       higher_is_better=False)
            ]  # fmt: skip
            for server, tag in WITNESS.items():
                took_s = sorted(outage(plant, client, server, *tag) for _ in range(TIMES))
                figures.append(
                    Figure("twinedge", f"{server}: data again after {AWAY_S} s away, worst of"
                           f" {TIMES}", took_s[-1], "s", 5, higher_is_better=False,
                           note=f"median {took_s[TIMES // 2]:.1f} s")
                )  # fmt: skip
        return figures
    finally:
        demo.send_signal(signal.SIGINT)
        demo.wait(30)


def found(folder: Path) -> session.Session | None:
    try:
        return session.running(folder)
    except NotFound:
        return None


def live_tags(client: Client) -> int:
    """Tags with a good value; the stored past is older than ten seconds."""
    return sum(
        point["quality"] == "good" and point["age_seconds"] < 10
        for machine in MACHINES
        for point in client.telemetry.latest(machine.asset_id)
    )


def outage(
    plant: session.Session, client: Client, server: str, asset_id: str, tag_name: str
) -> float:
    control.ask(plant, "stop", name=server)
    time.sleep(AWAY_S)
    began, began_at = time.monotonic(), datetime.now(UTC)
    control.ask(plant, "start", name=server)

    def is_back() -> bool:
        (point,) = client.telemetry.latest(asset_id, [tag_name])
        return point["quality"] == "good" and datetime.fromisoformat(point["timestamp"]) > began_at

    return seconds_until(is_back, began)[0]


def seconds_until(question: Callable[[], T | None], began: float) -> tuple[float, T]:
    """Ask until the answer is true; the seconds since `began`, and the answer."""
    while time.monotonic() < began + 120:
        if answer := question():
            return time.monotonic() - began, answer
        time.sleep(0.05)
    raise TimeoutError("it did not come true within 120 s")


if __name__ == "__main__":
    main()
