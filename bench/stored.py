"""From real devices to stored points: the server as a user starts it, a source made over REST.

CPU is the server's own; points are counted in its file after a stop. `STORED_SECONDS` sets the
length of each run.
"""

import asyncio
import json
import os
import tempfile
import time
import urllib.request
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import duckdb
from tests.connectors.modbus.peer import Device, build_server
from tests.connectors.mqtt.peer import Mosquitto

from bench.opcua import ticking_server
from bench.server import KEY, Server, free_port
from bench.table import Figure, show

SECONDS = float(os.environ.get("STORED_SECONDS", "10"))
MESSAGES = 100_000


def main() -> None:
    figures = [
        *opcua(5000, 1.0, 250),
        *opcua(1500, 0.25, 100, servers=2),
        *modbus(5),
        *mqtt(),
    ]
    show("Stored points from devices", figures)


def opcua(tags: int, period_s: float, interval_ms: int, servers: int = 1) -> list[Figure]:
    """`tags` values of each open62541 server change every period.

    A server of Python's o6 spends 93 us on a change (measured) and its core on 10 000 a second; so
    what we bear is shown with two.
    """
    with ExitStack() as stack:
        devices = [stack.enter_context(ticking_server(tags)) for _ in range(servers)]
        server = stack.enter_context(Server())
        for port, _ in devices:
            config = {
                "endpoint": f"opc.tcp://127.0.0.1:{port}",
                "subscription": {
                    "publishing_interval_ms": interval_ms,
                    "max_notifications_per_publish": 0,
                },
            }
            create(server, "opcua", config, [f"ns=1;s=T{n}" for n in range(tags)])
        until(server, lambda: points(server) >= tags * servers)
        for _, tick in devices:
            tick(period_s)
        rate, cpu = measured(server)
        server.stop()
        stored = [stored_values(server.data, n * tags, tags) for n in range(servers)]
    missing = ticks = 0
    for values in stored:
        whole = sorted(value for value in values if value > 0)[1:-1]
        missing += sum(tags - values[value] for value in whole)
        ticks += len(whole)
    name = f"OPC UA, {servers} x {tags} tags at {1 / period_s:g} Hz"
    note = f"{missing} values missing in {ticks} ticks"
    target = 40 if period_s == 1 else None
    wanted = min(servers * tags / period_s, 10_000)
    return [
        Figure("twinedge", f"{name}: stored", rate, "points/s", wanted * 0.99, note=note),
        Figure("twinedge", f"{name}: CPU", 100 * cpu, "% of a core", target, False),
        Figure("twinedge", f"{name}: per core", rate / cpu, "points/core-s", 10_000),
    ]


def modbus(sources: int) -> list[Figure]:
    """`sources` sources of 1 000 registers each, every 100 ms, from one libmodbus server."""
    with tempfile.TemporaryDirectory() as folder:
        device = Device(build_server(Path(folder)), free_port())
        asyncio.run(device.start())
        try:
            with Server() as server:
                config = {"host": "127.0.0.1", "port": device.port, "polling_interval_ms": 100}
                addresses = [f"input_register:{offset}" for offset in range(1000)]
                for _ in range(sources):
                    create(server, "modbus", config, addresses)
                until(server, lambda: points(server) >= sources * 1000)
                rate, cpu = measured(server)
        finally:
            asyncio.run(device.stop())
    return [
        Figure("twinedge", "Modbus: stored", rate, "registers/s", sources * 10_000 * 0.99),
        Figure("twinedge", "Modbus: per core", rate / cpu, "registers/core-s", 50_000),
    ]


def mqtt() -> list[Figure]:
    """QoS 1 JSON messages that wait in mosquitto for a persistent session."""
    with tempfile.TemporaryDirectory() as folder, Server() as server:
        broker = Mosquitto(
            Path(folder), free_port(), ["max_queued_messages 0", "autosave_on_changes false"]
        )
        asyncio.run(broker.start())
        try:
            config = {
                "broker_url": f"mqtt://127.0.0.1:{broker.port}",
                "client_id": "bench",
                "topics": [{"topic": "plant/{asset_id}/state", "timestamp_path": "ts"}],
            }
            source = create(server, "mqtt", config, [])
            until(
                server, lambda: get(server, f"/v1/data-sources/{source}")["status"] == "connected"
            )
            put_enabled(server, source, False)
            lines = "\n".join(
                f'{{"ts": {1767225600000 + n}, "rpm": {n}.5}}' for n in range(MESSAGES // 10)
            )
            asyncio.run(publish(broker, lines))
            cpu_s, began = server.cpu_s(), time.perf_counter()
            put_enabled(server, source, True)
            until(server, lambda: points(server) >= MESSAGES)
            cpu_s, wall_s = server.cpu_s() - cpu_s, time.perf_counter() - began
            server.stop()
            stored = stored_points(server.data)
        finally:
            asyncio.run(broker.stop())
    note = f"{stored} of {MESSAGES} messages stored"
    return [
        Figure("twinedge", "MQTT QoS 1: stored", MESSAGES / wall_s, "msg/s", note=note),
        Figure("twinedge", "MQTT QoS 1: per core", MESSAGES / cpu_s, "msg/core-s", 10_000),
    ]


async def publish(broker: Mosquitto, lines: str) -> None:
    await asyncio.gather(*(broker.publish(f"plant/p{n}/state", lines) for n in range(10)))


def measured(server: Server) -> tuple[float, float]:
    """Stored points a second, and CPU seconds a second, from one second on."""
    time.sleep(1)
    count, cpu_s, began = points(server), server.cpu_s(), time.perf_counter()
    time.sleep(SECONDS)
    wall_s = time.perf_counter() - began
    return (points(server) - count) / wall_s, (server.cpu_s() - cpu_s) / wall_s


def create(server: Server, type: str, config: dict[str, Any], addresses: list[str]) -> str:
    """A source over REST; its id."""
    place = f"a{time.monotonic_ns()}"
    tags = [{"address": address, "asset_id": place, "tag_name": address} for address in addresses]
    body = {"name": place, "type": type, "config": config, "tags": tags}
    return str(ask(server, "POST", "/v1/data-sources", body)["id"])


def put_enabled(server: Server, id: str, is_enabled: bool) -> None:
    item = get(server, f"/v1/data-sources/{id}")
    body = {key: item[key] for key in ("name", "type", "config")} | {"enabled": is_enabled}
    ask(server, "PUT", f"/v1/data-sources/{id}", body)


def get(server: Server, path: str) -> Any:
    return ask(server, "GET", path, None)


def ask(server: Server, method: str, path: str, body: Any) -> Any:
    request = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{path}",
        None if body is None else json.dumps(body).encode(),
        {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["data"]


def points(server: Server) -> int:
    """Points stored since the start, from /metrics."""
    with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/metrics", timeout=10) as answer:
        for line in answer.read().decode().splitlines():
            if line.startswith("twinedge_points_stored_total "):
                return int(float(line.split()[1]))
    raise RuntimeError("/metrics does not tell how many points were stored")


def until(server: Server, condition: Any, timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > deadline or server.child.poll() is not None:
            raise TimeoutError(f"not within {timeout_s} s; {points(server)} points are stored")
        time.sleep(0.02)


def stored_values(data: Path, first: int, count: int) -> Counter[float]:
    """How often each value is in the file of a stopped server, of `count` series after `first`.

    Markers have no value.
    """
    of_these = f"s > {first} AND s <= {first + count}"
    question = f"SELECT v, count(*) FROM points WHERE v IS NOT NULL AND v = v AND {of_these}"
    return Counter(dict(rows(data, f"{question} GROUP BY v")))


def stored_points(data: Path) -> int:
    """Values in the file of a stopped server, each (series, time) once."""
    ((count,),) = rows(data, "SELECT count(DISTINCT (s, ts)) FROM points WHERE v = v")
    return int(count)


def rows(data: Path, question: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(data / "telemetry.duckdb"), read_only=True) as file:
        names = [
            name for (name,) in file.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        ]
        tables = [n for n in names if n.startswith(("hot_", "p_", "m_", "e_"))]
        points = " UNION ALL ".join(f"SELECT s, ts, v FROM {table}" for table in tables)
        return file.execute(f"WITH points AS ({points}) {question}").fetchall()
