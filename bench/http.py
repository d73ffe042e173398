"""The server over HTTP, as a client sees it, beside InfluxDB 1.x and PostgreSQL when installed."""

import asyncio
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
import pyarrow as pa

from bench import bodies, peers
from bench.load import Outcome, request, run
from bench.server import KEY, Process, Server
from bench.table import Figure, show

SERIES = 1000
ARROW = "application/vnd.apache.arrow.stream"


def main() -> None:
    figures = [
        *footprint(),
        *json_ingest(),
        *bulk_ingest(),
        *many_clients(),
        *latest(),
        *ranges(),
        *peers.influxdb(),
        *peers.postgresql(),
    ]
    show("HTTP ingest and queries", figures)


def footprint() -> list[Figure]:
    with Server() as server:
        time.sleep(2)
        return [
            figure("start to ready", server.start_s, "s", 3, up=False),
            figure("idle memory", server.rss_mb(), "MB", 250, up=False),
        ]


def json_ingest() -> list[Figure]:
    """The reference's body, 1 000 points a request, four clients."""
    points, requests = 1000, 600
    with Server() as server:
        post(server, bodies.json_bodies(20, points, SERIES), 2)
        out, cpu_s = timed(server, posts(bodies.json_bodies(requests, points, SERIES, 100)), 4)
    n = requests * points
    name = "JSON, 1 000 points a request"
    return [
        figure(f"{name}: wall", n / out.wall_s, "points/s", 250_000, note=ack(out)),
        figure(f"{name}: per core", n / cpu_s, "points/core-s", 250_000),
    ]


def bulk_ingest() -> list[Figure]:
    """Arrow, 50 000 points a request, two clients; then what is left on disk."""
    points, requests = 50_000, 200
    with Server() as server:
        post(server, bodies.arrow_bodies(2, points, SERIES), 1, ARROW)
        out, cpu_s = timed(
            server, posts(bodies.arrow_bodies(requests, points, SERIES, 1000), ARROW), 2
        )
        stored = (requests + 2) * points
        memory = server.rss_mb()
        server.stop()
        disk = server.disk_bytes()
        server.start(STORE__MOVE_AFTER_S="1")
        compact = server.quiet_disk_bytes()
    n = requests * points
    return [
        figure(
            "bulk, 50 000 points a request: wall", n / out.wall_s, "points/s", 1e6, note=ack(out)
        ),
        figure("bulk, 50 000 points a request: CPU", cpu_s / n * 1e6, "us/point", up=False),
        figure("disk right after a stop", disk / stored, "bytes/point", up=False),
        figure("disk after compaction", compact / stored, "bytes/point", 4.5, up=False),
        figure("memory after 10 M points", memory, "MB", up=False),
    ]


def many_clients() -> list[Figure]:
    """64 clients, each waiting for its own durable acknowledgement; the first bring new tags."""
    with Server() as server:
        first = post(server, bodies.json_bodies(64, 100, SERIES), 64)
        hundred, _ = timed(server, posts(bodies.json_bodies(6000, 100, SERIES, 100)), 64)
    with Server() as server:
        single, _ = timed(server, posts(bodies.json_bodies(20_000, 1, SERIES)), 64)
    name = "64 clients x 100 points"
    return [
        figure(f"{name}: wall", 600_000 / hundred.wall_s, "points/s", 200_000, note=ack(hundred)),
        figure(f"{name}: p99", hundred.percentile(99), "ms", 150, up=False),
        figure(f"{name}: first, 1 000 new tags", max(first.latency_ms), "ms", up=False),
        figure(
            "single points, 64 clients",
            20_000 / single.wall_s,
            "requests/s",
            8000,
            note=ack(single),
        ),
    ]


def latest() -> list[Figure]:
    """100 tags of one asset, with 100 000 other series loaded."""
    with Server() as server:
        post(server, bodies.arrow_bodies(2, 50_000, 100_000), 1, ARROW)
        rows = ",".join(f'{{"asset_id":"Big","tag_name":"t{i}","value":{i}.5}}' for i in range(100))
        post(server, [f'{{"data":[{rows}]}}'.encode()], 1)
        out = gets(server, "/v1/telemetry/latest?asset_id=Big", 2000)
    name = "latest, 100 tags beside 100 000 series"
    return [figure(f"{name}: p99", out.percentile(99), "ms", 5, up=False)]


def ranges() -> list[Figure]:
    """One tag at 1 Hz for 30 days and one at 0.1 Hz for a year, beside 100 other tags."""
    with Server() as server:
        for tag, step_s, days in (("fast", 1, 30), ("slow", 10, 365)):
            post(server, history(tag, step_s, days), 1, ARROW)
        post(server, bodies.arrow_bodies(40, 50_000, 100), 1, ARROW)
        asked = {
            "1 series, 24 h by 1 min": ("fast", 1, "interval=1m&aggregation=avg", 10),
            "1 series, 30 days of 1 Hz, 1 000 points": ("fast", 30, "max_points=1000", 60),
            "1 series, 1 year of 0.1 Hz, 1 000 points": ("slow", 365, "max_points=1000", 150),
        }
        figures = []
        for name, (tag, days, how, target) in asked.items():
            end = bodies.START + timedelta(days=days)
            path = (
                f"/v1/telemetry?asset_id=Hist&tag_name={tag}&{how}"
                f"&start={iso(bodies.START)}&end={iso(end)}"
            )
            out = gets(server, path, 40)
            figures.append(figure(f"{name}: p50", out.percentile(50), "ms", target, up=False))
    return figures


def history(tag: str, step_s: int, days: int) -> Iterable[bytes]:
    """A long series as Arrow bodies; it ends in 2026, the past as far as the store goes."""
    n = days * 86_400 // step_s
    for start in range(0, n, 200_000):
        rows = np.arange(start, min(n, start + 200_000))
        yield bodies.arrow_body(
            pa.array(["Hist"]).dictionary_encode().take(pa.array(np.zeros(len(rows), np.int32))),
            pa.array([tag]).dictionary_encode().take(pa.array(np.zeros(len(rows), np.int32))),
            bodies.START_US - 300 * 86_400_000_000 + rows * step_s * 1_000_000,
            np.round(50 + 10 * np.sin(rows / 3000) + rows % 7 / 10, 2),
        )


def iso(moment: datetime) -> str:
    return (moment - timedelta(days=300)).strftime("%Y-%m-%dT%H:%M:%SZ")


def figure(
    name: str,
    value: float,
    unit: str,
    target: float | None = None,
    *,
    up: bool = True,
    note: str = "",
) -> Figure:
    return Figure("twinedge", name, value, unit, target, up, note)


def posts(contents: Iterable[bytes], content_type: str = "application/json") -> list[bytes]:
    return [request("POST", "/v1/telemetry", KEY, body, content_type) for body in contents]


def post(
    server: Server, contents: Iterable[bytes], clients: int, content_type: str = "application/json"
) -> Outcome:
    return checked(asyncio.run(run(server.port, posts(contents, content_type), clients)))


def gets(server: Server, path: str, times: int) -> Outcome:
    return checked(asyncio.run(run(server.port, [request("GET", path, KEY)] * times, 1)))


def timed(server: Process, requests: list[bytes], clients: int) -> tuple[Outcome, float]:
    """Run the prepared requests; the outcome and the server's CPU seconds."""
    assert isinstance(server, Server)
    before = server.cpu_s()
    out = checked(asyncio.run(run(server.port, requests, clients)))
    return out, server.cpu_s() - before


def checked(out: Outcome) -> Outcome:
    if out.failed:
        raise RuntimeError(f"the server refused requests: {out.statuses}")
    return out


def ack(out: Outcome) -> str:
    return f"ack p50 {out.percentile(50):.1f} p99 {out.percentile(99):.1f} ms"
