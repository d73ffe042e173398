"""The peers that Debian packages: the same points by their own best door, durable as we are."""

import asyncio
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from bench import bodies
from bench.load import request, run
from bench.server import Process, free_port, wait_for
from bench.table import Figure

SERIES = 1000


def influxdb() -> list[Figure]:
    """InfluxDB 1.x over HTTP line protocol; its WAL is synced on each write by default."""
    if shutil.which("influxd") is None:
        print("influxdb: not installed (apt-get install influxdb), left out")
        return []
    with tempfile.TemporaryDirectory() as directory:
        port = free_port()
        config = Path(directory, "influxdb.conf")
        config.write_text(
            f'reporting-disabled = true\nbind-address = "127.0.0.1:{free_port()}"\n'
            f'[meta]\n  dir = "{directory}/meta"\n'
            f'[data]\n  dir = "{directory}/data"\n  wal-dir = "{directory}/wal"\n'
            f'[http]\n  bind-address = "127.0.0.1:{port}"\n  log-enabled = false\n'
            "[monitor]\n  store-enabled = false\n"
        )
        server = Process(["influxd", "-config", str(config)])
        try:
            wait_for(f"http://127.0.0.1:{port}/ping", server.child)
            asyncio.run(run(port, [request("POST", "/query?q=CREATE+DATABASE+bench", "")], 1))
            return _influx_figures(server, port)
        finally:
            server.stop()


def _influx_figures(server: Process, port: int) -> list[Figure]:
    figures = []
    for name, requests, points, clients, start_s in (
        ("JSON, 1 000 points a request", 600, 1000, 4, 100_000),
        ("bulk, 50 000 points a request", 100, 50_000, 2, 200_000),
        ("64 clients x 100 points", 6000, 100, 64, 400_000),
        ("single points, 64 clients", 20_000, 1, 64, 600_000),
    ):
        messages = [
            request("POST", "/write?db=bench", "", body)
            for body in bodies.influx_bodies(requests, points, SERIES, start_s)
        ]
        cpu_s = server.cpu_s()
        out = asyncio.run(run(port, messages, clients))
        if out.failed:
            raise RuntimeError(f"influxdb refused requests: {out.statuses}")
        cpu_s = server.cpu_s() - cpu_s
        n = requests * points
        note = "line protocol"
        if points == 1:
            figures.append(Figure("influxdb 1.6", name, n / out.wall_s, "requests/s", note=note))
        else:
            figures.append(
                Figure("influxdb 1.6", f"{name}: wall", n / out.wall_s, "points/s", note=note)
            )
        if points == 1000:
            figures.append(
                Figure("influxdb 1.6", f"{name}: per core", n / cpu_s, "points/core-s", note=note)
            )
        if points == 50_000:
            cost = cpu_s / n * 1e6
            figures.append(Figure("influxdb 1.6", f"{name}: CPU", cost, "us/point", note=note))
        if points == 100:
            p99 = out.percentile(99)
            figures.append(Figure("influxdb 1.6", f"{name}: p99", p99, "ms", note=note))
    return figures


def postgresql() -> list[Figure]:
    """PostgreSQL: COPY into a staging table, upsert into one with a key, one commit a batch."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        print("postgresql: not installed (apt-get install postgresql), left out")
        return []
    home = binaries[-1].parent
    with tempfile.TemporaryDirectory() as directory:
        port = free_port()
        user = _as_other_user(directory)
        subprocess.run(
            [*user, str(home / "initdb"), "-D", f"{directory}/pg", "-A", "trust", "-U", "bench"],
            check=True,
            stdout=subprocess.DEVNULL,
        )
        options = f"-k {directory} -h 127.0.0.1 -p {port}"
        server = Process([*user, str(home / "postgres"), "-D", f"{directory}/pg", *options.split()])
        try:
            return [_postgres_bulk(port)]
        finally:
            server.stop()


def _as_other_user(directory: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    import os

    if os.getuid() != 0:
        return []
    shutil.chown(directory, "nobody")
    return ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--"]


def _postgres_bulk(port: int) -> Figure:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        try:
            connection = psycopg.connect(f"host=127.0.0.1 port={port} user=bench dbname=postgres")
            break
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
    with connection, connection.cursor() as cursor:
        columns = "(s int, ts bigint, v float8, q smallint"
        cursor.execute(f"create table points {columns}, primary key (s, ts))")
        cursor.execute(f"create temp table staging {columns})")
        connection.commit()
        points, requests = 50_000, 20
        started = time.perf_counter()
        for n in range(requests):
            series, ts, value = bodies.columns(n, points, SERIES)
            with cursor.copy("copy staging from stdin") as copy:
                rows = zip(series.tolist(), ts.tolist(), value.tolist(), strict=True)
                copy.write("".join(f"{s}\t{t}\t{v}\t0\n" for s, t, v in rows))
            cursor.execute(
                "insert into points select * from staging "
                "on conflict (s, ts) do update set v = excluded.v; truncate staging"
            )
            connection.commit()
        rate = points * requests / (time.perf_counter() - started)
    return Figure(
        "postgresql", "bulk, 50 000 points a request: wall", rate, "points/s", note="COPY, no HTTP"
    )
