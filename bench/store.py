"""Engine-level figures of the telemetry store: `python -m bench.store [--points 3000000]`.

The signals are what a plant sends: rounded temperatures, float noise, counters, switches; a third
of the series with jitter in the time stamp. Everything goes through the port, as the service does.
Prints a table and, as the last line, the same as JSON.
"""

import argparse
import asyncio
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path

import duckdb
import numpy as np

from twinedge.kit.clock import US, from_iso
from twinedge.storage.duckdb import DuckdbStore
from twinedge.telemetry.model import Batch, Range, Rollup, Scan, Series

T0 = from_iso("2026-01-01T00:00:00Z")
DAY = 86_400 * US
Figures = dict[str, float]


def plant(series: int, seconds: int, every_s: int, batch_points: int) -> Iterator[Batch]:
    """Batches in arrival order: all series at one moment, then the next moment."""
    chance = np.random.default_rng(7)
    at_once = max(1, batch_points // series)
    numbers = np.tile(np.arange(series, dtype=np.uint32), at_once)
    kind = numbers % 6
    jitter = (kind < 2) * 1_000
    for first in range(0, seconds, at_once * every_s):
        moments = np.repeat(first + np.arange(at_once) * every_s, series)
        noise = chance.standard_normal(len(numbers))
        slow = np.sin(moments / 900.0 + numbers)
        value = np.select(
            [kind == 0, kind == 1, kind == 2, kind == 3, kind == 4],
            [
                np.round(60 + 5 * slow + 0.2 * noise, 1),
                (slow + 0.01 * noise).astype(np.float32).astype(np.float64),
                np.floor(moments / 7.0 + numbers),
                (slow > 0).astype(np.float64),
                np.round(1013 + 20 * slow, 2),
            ],
            55.0,
        )
        ts = T0 + moments * US + jitter * chance.integers(0, 50, len(numbers))
        yield Batch(numbers, ts, value, np.zeros(len(numbers), np.uint8), T0)


def cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def spread(times_s: list[float]) -> Figures:
    ordered = sorted(times_s)
    return {
        "p50_ms": round(statistics.median(ordered) * 1e3, 2),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))] * 1e3, 2),
        "max_ms": round(ordered[-1] * 1e3, 2),
    }


async def timed(work: Callable[[], Awaitable[object]], times: int) -> Figures:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - start)
    return spread(taken)


async def bulk(store: DuckdbStore, points: int) -> Figures:
    """1 000 series, 0.2 Hz, batches of 50 000, eight under way at once.

    So a commit is larger than DuckDB's row group (122 880) and goes compressed into the file, past
    the log; "1 clients x 50000" is the case that goes through the log.
    """
    batches = list(plant(1000, points // 1000 * 5, 5, 50_000))
    total = sum(map(len, batches))
    left = iter(batches)
    taken: list[float] = []

    async def feed() -> None:
        for batch in left:
            start = time.perf_counter()
            await store.append(batch)
            taken.append(time.perf_counter() - start)

    start, cpu = time.perf_counter(), cpu_s()
    await asyncio.gather(*(feed() for _ in range(8)))
    elapsed = time.perf_counter() - start
    figures = {"points_per_s": round(total / elapsed), **spread(taken)}
    start = time.perf_counter()
    count = await store.settle()
    figures["settle_s"] = round(time.perf_counter() - start, 2)
    figures["cpu_us_per_point"] = round((cpu_s() - cpu) / total * 1e6, 3)
    figures["file_bytes_per_point"] = round(store._path.stat().st_size / count, 2)
    await store.close()
    with duckdb.connect(str(store._path)) as file:
        ((block, used),) = file.execute(
            "SELECT block_size, used_blocks FROM pragma_database_size()"
        ).fetchall()
    figures["used_bytes_per_point"] = round(block * used / count, 2)
    await store.open()
    return figures


async def clients(
    store: DuckdbStore, count: int, size: int, seconds: float, first_series: int
) -> Figures:
    """Clients that each wait for their own acknowledgement before the next batch."""
    taken: list[float] = []
    stop = time.perf_counter() + seconds

    async def client(number: int) -> None:
        series = np.full(size, first_series + number, np.uint32)
        quality = np.zeros(size, np.uint8)
        value = np.random.default_rng(number).random(size)
        ts = T0 + np.arange(size) * US
        while (start := time.perf_counter()) < stop:
            await store.append(Batch(series, ts, value, quality, T0))
            taken.append(time.perf_counter() - start)
            ts = ts + size * US

    start, cpu = time.perf_counter(), cpu_s()
    await asyncio.gather(*(client(number) for number in range(count)))
    elapsed = time.perf_counter() - start
    return {
        "points_per_s": round(len(taken) * size / elapsed),
        "appends_per_s": round(len(taken) / elapsed),
        **spread(taken),
        "cpu_us_per_point": round((cpu_s() - cpu) / (len(taken) * size) * 1e6, 2),
    }


async def steady(store: DuckdbStore, seconds: float, newest: int) -> Figures:
    """4 clients ask for 100 000 points/s in batches of 1 000, dashboard questions beside."""
    acks: list[float] = []
    lags: list[float] = []
    stop = time.perf_counter() + seconds

    async def client(number: int) -> None:
        series = np.repeat(np.arange(10, dtype=np.uint32) + 10_000 + number * 10, 100)
        due = time.perf_counter()
        ts = newest + np.tile(np.arange(100), 10) * US
        while due < stop:
            start = time.perf_counter()
            await store.append(
                Batch(series, ts, ts.astype(np.float64), np.zeros(1000, np.uint8), T0)
            )
            acks.append(time.perf_counter() - start)
            ts = ts + 100 * US
            due += 0.04
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    async def dashboard() -> None:
        series = np.arange(20, dtype=np.uint32)
        question = Rollup(series, Range(), ("avg", "min", "max"), width_us=60 * US)
        while time.perf_counter() < stop:
            await store.rollup(question)
            await asyncio.sleep(0.1)

    async def pulse() -> None:
        while time.perf_counter() < stop:
            start = time.perf_counter()
            await asyncio.sleep(0.001)
            lags.append(time.perf_counter() - start - 0.001)

    start, cpu = time.perf_counter(), cpu_s()
    await asyncio.gather(*(client(number) for number in range(4)), dashboard(), pulse())
    elapsed = time.perf_counter() - start
    return {
        "points_per_s": round(len(acks) * 1000 / elapsed),
        **spread(acks),
        "loop_lag_p99_ms": spread(lags)["p99_ms"],
        "loop_lag_max_ms": spread(lags)["max_ms"],
        "cpu_percent_of_a_core": round((cpu_s() - cpu) / elapsed * 100),
    }


async def questions(store: DuckdbStore, newest: int) -> dict[str, Figures]:
    """Over the bulk data: 1 000 series at 0.2 Hz."""
    chance = np.random.default_rng(3)

    def one() -> Series:
        return chance.integers(0, 1000, 1).astype(np.uint32)

    def last(hours: float) -> Range:
        return Range(newest - int(hours * 3600 * US), newest + 1)

    def rollup(series: Series, span: Range, width_s: int) -> Callable[[], Awaitable[object]]:
        return partial(store.rollup, Rollup(series, span, ("avg",), width_us=width_s * US))

    twenty = np.arange(20, 40, dtype=np.uint32)
    fleet = np.arange(1000, dtype=np.uint32)
    return {
        "raw, 1 series, 1 h": await timed(
            lambda: store.scan(Scan(one(), last(1), limit=100_000)), 50
        ),
        "newest 1 000 raw rows, 1 series": await timed(
            lambda: store.scan(Scan(one(), Range(), descending=True)), 50
        ),
        "first 1 000 raw rows, fleet": await timed(lambda: store.scan(Scan(fleet, Range())), 10),
        "1 series, all by 1 min": await timed(rollup(one(), Range(), 60), 50),
        "20 series, all by 5 min": await timed(rollup(twenty, Range(), 300), 20),
        "fleet by 1 h": await timed(rollup(fleet, Range(), 3600), 10),
        "latest, all": await timed(store.latest, 20),
        "latest_before, 20 series": await timed(
            lambda: store.latest_before(twenty, newest - 3600 * US), 20
        ),
    }


async def long_series(folder: Path) -> dict[str, Figures]:
    """30 days of 1 Hz and a year by 5 s of one series, among nine others."""
    figures: dict[str, Figures] = {}
    shapes = (("30 days of 1 Hz", 30, 1, 2_592), ("1 year of 0.2 Hz", 365, 5, 31_536))
    for name, days, every_s, bucket_s in shapes:
        store = DuckdbStore(folder / f"{days}.duckdb")
        await store.open()
        for batch in plant(4, days * 86_400, every_s, 200_000):
            await store.append(batch)
        await store.settle()
        functions = ("min", "max", "avg", "first", "last")
        series = np.array([1], np.uint32)
        question = Rollup(series, Range(), functions, width_us=bucket_s * US)
        figures[f"{name} by max_points=1000"] = await timed(partial(store.rollup, question), 20)
        await store.close()
    return figures


async def run(points: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory(dir=os.environ.get("TWINEDGE_BENCH_DIR")) as folder:
        store = DuckdbStore(Path(folder) / "bench.duckdb")
        start = time.perf_counter()
        await store.open()
        figures: dict[str, object] = {"open_s": round(time.perf_counter() - start, 3)}
        figures["bulk, 8 x 50 000"] = await bulk(store, points)
        newest = store.stats().newest_us or 0
        for name, answer in (await questions(store, newest)).items():
            figures[name] = answer
        for place, (count, size) in enumerate(
            [(1, 1), (64, 1), (256, 1), (1, 100), (64, 100), (1, 1000), (16, 1000), (1, 50_000)]
        ):
            figures[f"{count} clients x {size}"] = await clients(
                store, count, size, 2.5, 2000 + place * 300
            )
        figures["steady 100 000 points/s + dashboard"] = await steady(store, 12, newest)
        start = time.perf_counter()
        await store.close()
        figures["close_s"] = round(time.perf_counter() - start, 3)
        start = time.perf_counter()
        await store.open()
        figures["reopen_s"] = round(time.perf_counter() - start, 3)
        await store.close()
        for name, answer in (await long_series(Path(folder))).items():
            figures[name] = answer
    figures["rss_mb_max"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=3_000_000)
    figures = asyncio.run(run(parser.parse_args().points))
    for name, answer in figures.items():
        shown = answer
        if isinstance(answer, dict):
            shown = "  ".join(f"{key} {value:,}" for key, value in answer.items())
        print(f"{name:40} {shown}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
