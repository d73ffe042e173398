"""Models at work: what a test costs over HTTP, what a scored row costs the server, and what 200
deployed assets of 10 features cost at one row a second.

The server's CPU seconds are read from /proc; those of the same ingest without a model are taken
off, so a busy machine changes only the latencies.
"""

import asyncio
import json
import time
from collections.abc import Iterator

import httpx
import numpy as np

from bench.load import request, run
from bench.ml import Ml
from bench.server import KEY, Server
from bench.table import Figure, show

FEATURES = tuple(f"tag_{i}" for i in range(10))
ASSETS = 200
SECONDS = 20
TESTS = 2000
HISTORY = 20_000
ALGORITHMS = ("isolation_forest", "adaptive_mahalanobis")
START_S = 1_767_225_600


def main() -> None:
    figures: list[Figure] = []
    for algorithm in ALGORITHMS:
        with (
            Server() as server,
            httpx.Client(
                base_url=f"http://127.0.0.1:{server.port}/v1",
                headers={"Authorization": f"Bearer {KEY}"},
                timeout=120,
            ) as http,
        ):
            model_id = trained(http, server, algorithm)
            figures += test_endpoint(server, algorithm, model_id)
            figures += live(http, server, algorithm, model_id)
            figures += history(http, server, algorithm, model_id)
    show("scoring of deployed models", figures)


def trained(http: httpx.Client, server: Server, algorithm: str) -> str:
    with httpx.Client(
        base_url=f"http://127.0.0.1:{server.port}/v1/ml", headers=http.headers, timeout=120
    ) as room:
        ml = Ml(room)
        rows = np.random.default_rng(1).normal(60, 2, (2000, len(FEATURES))).round(3)
        text = "\n".join([",".join(FEATURES), *(",".join(map(str, row)) for row in rows)])
        return str(ml.train(ml.dataset("rows", text), algorithm)["model_id"])


def test_endpoint(server: Server, algorithm: str, model_id: str) -> Iterator[Figure]:
    """One row a request, one after another, by a client that costs next to nothing."""
    body = json.dumps({"features": dict.fromkeys(FEATURES, 60.0)}).encode()
    asked = request("POST", f"/v1/ml/models/{model_id}/test", KEY, body)
    asyncio.run(run(server.port, [asked] * 20, 1))  # the first ones load the model
    out = asyncio.run(run(server.port, [asked] * TESTS, 1))
    assert not out.failed, out.statuses
    yield Figure(
        "twinedge", f"{algorithm}: test of one row over HTTP, p99", out.percentile(99), "ms", 3,
        higher_is_better=False, note=f"p50 {out.percentile(50):.2f} ms",
    )  # fmt: skip


def live(http: httpx.Client, server: Server, algorithm: str, model_id: str) -> Iterator[Figure]:
    """CPU of so many assets at 1 Hz, with and without the model."""
    rows = np.random.default_rng(2).normal(60, 2, (3 * SECONDS, ASSETS, len(FEATURES))).round(3)
    play(http, rows[:5], 0, pause=False)  # tags come into being
    without_s = played(http, server, rows[:SECONDS], 100)
    deployed(http, model_id, None)
    with_s = played(http, server, rows[SECONDS : 2 * SECONDS], 200)
    model = http.get(f"/ml/models/{model_id}").json()["data"]["deployment"]
    expected = ASSETS * SECONDS
    yield Figure(
        "twinedge", f"{algorithm}: {ASSETS} assets x {len(FEATURES)} features at 1 Hz",
        100 * (with_s - without_s) / SECONDS, "% of a core", higher_is_better=False,
        note=f"{model['rows_scored']} of {expected} rows scored, scores stored; ingest alone "
        f"{100 * without_s / SECONDS:.1f} %",
    )  # fmt: skip
    http.post(f"/ml/models/{model_id}/undeploy").raise_for_status()


def history(http: httpx.Client, server: Server, algorithm: str, model_id: str) -> Iterator[Figure]:
    """CPU a row of one asset's history: read, aligned, scored, written."""
    rows = np.random.default_rng(3).normal(60, 2, (HISTORY, 1, len(FEATURES))).round(3)
    store(http, rows[:, 0, :], 10_000)
    began_s = server.cpu_s()
    span = {"start": at(10_000), "end": at(10_000 + HISTORY), "asset_ids": ["Pump_00000"]}
    job = http.post(f"/ml/models/{model_id}/backfill", json=span).raise_for_status().json()["data"]
    while job["status"] in {"queued", "running"}:
        time.sleep(0.05)
        job = http.get(f"/ml/models/{model_id}/backfills/{job['id']}").json()["data"]
    spent_s = server.cpu_s() - began_s
    yield Figure(
        "twinedge", f"{algorithm}: a row of history, read to written",
        spent_s / max(job["rows_scored"], 1) * 1e6, "us CPU a row", higher_is_better=False,
        note=f"{job['rows_scored']} rows",
    )  # fmt: skip


def store(http: httpx.Client, rows: np.ndarray, offset_s: int) -> None:
    """One asset's rows, a second apart, in one Arrow body."""
    import pyarrow as pa

    names = [name for _row in rows for name in FEATURES]
    times = np.repeat(START_S + offset_s + np.arange(len(rows)), len(FEATURES)) * 1_000_000
    table = pa.table(
        {
            "asset_id": ["Pump_00000"] * len(names),
            "tag_name": names,
            "timestamp": pa.array(times, pa.timestamp("us", "UTC")),
            "value": rows.ravel(),
        }
    )
    out = pa.BufferOutputStream()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table, max_chunksize=50_000)
    http.post(
        "/telemetry",
        content=out.getvalue().to_pybytes(),
        headers={"Content-Type": "application/vnd.apache.arrow.stream"},
    ).raise_for_status()


def deployed(http: httpx.Client, model_id: str, asset_id: str | None) -> None:
    body = {} if asset_id is None else {"asset_id": asset_id}
    http.post(f"/ml/models/{model_id}/deploy", json=body).raise_for_status()


def played(http: httpx.Client, server: Server, rows: np.ndarray, offset_s: int) -> float:
    """The server's CPU seconds while the rows are played, one a second."""
    began_s = server.cpu_s()
    play(http, rows, offset_s, pause=True)
    return server.cpu_s() - began_s


def play(http: httpx.Client, rows: np.ndarray, offset_s: int, *, pause: bool) -> None:
    """Rows float64[seconds, assets, features], one request a second of rows."""
    for second, frame in enumerate(rows):
        began = time.perf_counter()
        points = [
            {
                "asset_id": f"Pump_{asset:05d}",
                "tag_name": name,
                "value": value,
                "timestamp": at(offset_s + second),
            }
            for asset, row in enumerate(frame.tolist())
            for name, value in zip(FEATURES, row, strict=True)
        ]
        http.post("/telemetry", json={"data": points}).raise_for_status()
        if pause:
            time.sleep(max(0.0, 1 - (time.perf_counter() - began)))


def at(second: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(START_S + second))
