"""The data every candidate gets: plant-like values, each point once, in arrival order."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa

START = datetime(2026, 1, 6, tzinfo=UTC)
START_US = int(START.timestamp() * 1_000_000)
TAGS = 10


def names(series: int) -> tuple[str, str]:
    """Asset and tag of the n-th series: ten tags an asset."""
    return f"Pump_{series // TAGS:05d}", f"tag_{series % TAGS}"


def values(points: int, seed: int = 1) -> np.ndarray:
    """Rounded random walks, as temperatures and pressures look."""
    rng = np.random.default_rng(seed)
    return np.round(60 + np.cumsum(rng.normal(0, 0.05, points)), 2)


def json_bodies(requests: int, points: int, series: int, offset_s: int = 0) -> Iterator[bytes]:
    """The reference's body: `points` points over `series` tags, one second apart per tag."""
    walk = values(points, offset_s + 1)
    for request in range(requests):
        rows = []
        for i in range(points):
            n = request * points + i
            asset, tag = names(n % series)
            moment = START + timedelta(seconds=offset_s + n // series)
            rows.append(
                {
                    "asset_id": asset,
                    "tag_name": tag,
                    "value": float(walk[i]),
                    "timestamp": moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
                }
            )
        yield json.dumps({"data": rows}).encode()


def columns(
    request: int, points: int, series: int, offset_s: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Series numbers, microseconds and values of the n-th bulk request."""
    n = np.arange(request * points, (request + 1) * points)
    return n % series, START_US + (offset_s + n // series) * 1_000_000, values(points, request + 1)


def arrow_bodies(requests: int, points: int, series: int, offset_s: int = 0) -> Iterator[bytes]:
    """Arrow IPC streams with dictionary-encoded names."""
    assets = pa.array([names(s)[0] for s in range(series)])
    tags = pa.array([names(s)[1] for s in range(series)])
    asset_values, tag_values = assets.dictionary_encode(), tags.dictionary_encode()
    for request in range(requests):
        number, ts, value = columns(request, points, series, offset_s)
        index = pa.array(number)
        yield arrow_body(asset_values.take(index), tag_values.take(index), ts, value)


def arrow_body(assets: pa.Array, tags: pa.Array, ts: np.ndarray, value: np.ndarray) -> bytes:
    """One Arrow IPC stream with one record batch."""
    batch = pa.record_batch(
        {
            "asset_id": assets,
            "tag_name": tags,
            "timestamp": pa.array(ts, pa.timestamp("us", tz="UTC")),
            "value": pa.array(value),
        }
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue())


def influx_bodies(requests: int, points: int, series: int, offset_s: int = 0) -> Iterator[bytes]:
    """The same points in InfluxDB's line protocol (nanoseconds)."""
    for request in range(requests):
        number, ts, value = columns(request, points, series, offset_s)
        lines = []
        for s, t, v in zip(number.tolist(), ts.tolist(), value.tolist(), strict=True):
            asset, tag = names(s)
            lines.append(f"{tag},asset_id={asset} value={v} {t}000")
        yield "\n".join(lines).encode()
